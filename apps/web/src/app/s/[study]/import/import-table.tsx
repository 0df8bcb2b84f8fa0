import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { ImportsPageQuery } from '@/gql/graphql';
import { countOf, formatCount } from '@/ui/format';
import { Link } from '@/ui/link';
import { Time } from '@/ui/time';
import { ImportStateChip } from './import-state-chip';

type Row = NonNullable<ImportsPageQuery['study']>['imports']['edges'][number]['node'];

export function ImportTable({ imports, path }: { imports: readonly Row[]; path: string }) {
  return (
    <Table aria-label="Imports">
      <TableHead>
        <TableRow>
          <TableCell>Started</TableCell>
          <TableCell>By</TableCell>
          <TableCell>State</TableCell>
          <TableCell align="right">Files</TableCell>
          <TableCell>Adds</TableCell>
          <TableCell>Reason</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {imports.map((one) => (
          <TableRow key={one.id}>
            <TableCell sx={{ whiteSpace: 'nowrap' }}>
              <Link href={`${path}/${one.id}`}>
                <Time at={one.createdAt} />
              </Link>
            </TableCell>
            <TableCell>{one.createdBy?.name ?? 'a command'}</TableCell>
            <TableCell>
              <ImportStateChip state={one.state} />
            </TableCell>
            <TableCell align="right">{formatCount(one.uploadedFiles)}</TableCell>
            <TableCell sx={{ minWidth: 180 }}>
              {one.report
                ? `${countOf(one.report.imagesToAdd, 'image')}, ${countOf(one.report.masksToAdd, 'mask')}, ${countOf(one.report.patientsToAdd, 'patient')}`
                : (one.failure ?? 'not checked yet')}
            </TableCell>
            <TableCell sx={{ minWidth: 140 }}>{one.reason || 'none given'}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
