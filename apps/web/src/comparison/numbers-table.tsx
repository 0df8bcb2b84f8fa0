import type { ReactNode } from 'react';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';

interface NumbersTableProps {
  title: string;
  /** The first column is words, the others are figures. */
  heads: readonly string[];
  rows: readonly (readonly ReactNode[])[];
}

/** A plot's numbers as a table: what screen readers get, and everybody who presses T. */
export function NumbersTable({ title, heads, rows }: NumbersTableProps) {
  return (
    <Table aria-label={title} stickyHeader>
      <TableHead>
        <TableRow>
          {heads.map((head, index) => (
            <TableCell key={head} align={index > 0 ? 'right' : 'left'}>
              {head}
            </TableCell>
          ))}
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((cells, row) => (
          <TableRow key={row}>
            {cells.map((cell, index) => (
              <TableCell key={index} align={index > 0 ? 'right' : 'left'}>
                {cell}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
