'use client';

import Button from '@mui/material/Button';
import { exportFolder, exportQuery } from '@/scripts/shown';
import { Icon } from '@/ui/icon';
import { LazyChoiceMenu } from '@/ui/overlays';
import { useAnchor } from '@/ui/use-anchor';
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
  const { anchor, open, close } = useAnchor();
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
  return (
    <>
      <Button aria-haspopup="menu" onClick={open}>
        <Icon name="download" /> Export <Icon name="down" size={14} />
      </Button>
      {anchor && (
        <LazyChoiceMenu
          anchor={anchor}
          choices={[...reports, ...files].map((file) => ({ key: file.words, ...file }))}
          onClose={close}
        />
      )}
    </>
  );
}
