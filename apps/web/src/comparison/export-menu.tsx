'use client';

import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { exportFolder, exportQuery } from '@/scripts/shown';
import { Icon } from '@/ui/icon';
import { LazyMenu } from '@/ui/overlays';
import { useDashboard } from './dashboard-context';

const formats = [
  ['csv', 'CSV'],
  ['ndjson', 'NDJSON'],
  ['parquet', 'Parquet'],
] as const;

const tables = [
  ['estimates', 'Estimates'],
  ['predictions', 'Predictions and references'],
] as const;

/** The numbers, the facts behind them, and of what was frozen the report. */
export function ExportMenu() {
  const { shown, task, comparison, evaluationId } = useDashboard();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const of = shown(comparison.tasks.length > 0 ? { kind: 'auc', task } : { kind: 'segmentation' });
  const files = tables.flatMap(([table, words]) =>
    formats.map(([ending, format]) => ({
      href: `${exportFolder(of)}/${table}.${ending}${exportQuery(of)}`,
      words: `${words} as ${format}`,
    })),
  );
  const reports =
    evaluationId === undefined
      ? []
      : [
          { href: `/reports/evaluations/${evaluationId}.html`, words: 'Study report as HTML' },
          { href: `/reports/evaluations/${evaluationId}.pdf`, words: 'Study report as PDF' },
        ];
  const close = () => {
    setAnchor(null);
  };
  return (
    <>
      <Button
        aria-haspopup="menu"
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        <Icon name="download" /> Export <Icon name="down" size={14} />
      </Button>
      {anchor && (
        <LazyMenu anchorEl={anchor} open onClose={close}>
          {[...reports, ...files].map(({ href, words }) => (
            <MenuItem key={words} component="a" href={href} onClick={close}>
              {words}
            </MenuItem>
          ))}
        </LazyMenu>
      )}
    </>
  );
}
