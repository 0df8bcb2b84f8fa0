'use client';

import TableCell from '@mui/material/TableCell';
import TableSortLabel from '@mui/material/TableSortLabel';
import type { ReactNode } from 'react';
import { withParam } from '@/images/change-address';
import type { LoadedList } from './use-image-list';

interface SortHeadProps {
  list: LoadedList;
  /** As the address says it, ascending. */
  value: string;
  align?: 'left' | 'right';
  children: ReactNode;
}

/** A column head that sorts on the server; a second press turns the order round. */
export function SortHead({ list, value, align = 'left', children }: SortHeadProps) {
  const current = list.params.get('sort') ?? 'code';
  const isActive = current.replace(/^-/, '') === value;
  const direction = isActive && current.startsWith('-') ? 'desc' : 'asc';
  return (
    <TableCell align={align} sortDirection={isActive ? direction : false}>
      <TableSortLabel
        active={isActive}
        direction={direction}
        onClick={() => {
          const next = isActive && direction === 'asc' ? `-${value}` : value;
          list.go(withParam(list.params, 'sort', next));
        }}
      >
        {children}
      </TableSortLabel>
    </TableCell>
  );
}
