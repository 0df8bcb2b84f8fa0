'use client';

import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import type { Task } from '@/gql/graphql';
import plotStyles from '@/plots/plot.module.css';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { RocPlot } from '@/plots/roc-plot';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { Estimate, estimateWords } from '@/ui/estimate';
import { formatCount, formatProportion, formatValue } from '@/ui/format';
import { VersionKey } from '@/ui/version-marker';
import { taskShortWords, taskWords } from '@/ui/words';
import type { TaskCurve } from './task-curves';

/** Longer, a table on screen helps nobody; the CSV has all points. */
const tableRows = 200;

interface RocCardProps {
  task: Task;
  curves: readonly TaskCurve[];
  /** Snapshot and metric set, printed in what is downloaded. */
  source: string;
  code: string;
}

/** One task, all versions over each other on the same images. */
export function RocCard({ task, curves, source, code }: RocCardProps) {
  const [first] = curves;
  const title = `${taskShortWords[task]} ROC`;
  if (!first)
    return (
      <Card title={title}>
        <EmptyState icon="chart" title={`No score for ${taskWords[task]}`}>
          None of these versions gives one.
        </EmptyState>
      </Card>
    );
  const words = curves.map((curve) => `${curve.title} AUC ${estimateWords(curve.auc)}`).join('; ');
  return (
    <PlotCard
      title={title}
      aside={`n⁺ ${formatCount(first.positives)} · n⁻ ${formatCount(first.negatives)}`}
      fileName={`roc-${task.toLowerCase().replaceAll('_', '-')}-${code}`}
      caption={{
        lines: [
          `${title}, n⁺ ${formatCount(first.positives)}, n⁻ ${formatCount(first.negatives)}`,
          source,
        ],
        legend: curves.map((curve) => ({
          slot: curve.slot,
          words: `${curve.title}: AUC ${estimateWords(curve.auc)}`,
        })),
      }}
      rows={() => csvRows(curves)}
      table={<PointTable title={title} curves={curves} />}
    >
      {curves.some(({ points }) => points.length > 0) && (
        <RocPlot label={`ROC curve for ${taskWords[task]}: ${words}`} curves={curves} />
      )}
      <Legend curves={curves} />
    </PlotCard>
  );
}

function Legend({ curves }: { curves: readonly TaskCurve[] }) {
  return (
    <table className={plotStyles.legend}>
      <thead>
        <tr>
          <th>Version</th>
          <th>AUC [95 % interval]</th>
        </tr>
      </thead>
      <tbody>
        {curves.map(({ slot, title, auc }) => (
          <tr key={slot}>
            <td>
              <span className={plotStyles.name}>
                <VersionKey slot={slot} /> {title}
              </span>
            </td>
            <td>
              <Estimate of={auc} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const heads = ['Version', 'Score ≥', 'Sensitivity', '1 − specificity', 'True pos.', 'False pos.'];

function PointTable({ title, curves }: { title: string; curves: readonly TaskCurve[] }) {
  const rows = curves.flatMap((curve) => curve.points.map((point) => ({ curve, point })));
  return (
    <>
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
          {rows.slice(0, tableRows).map(({ curve, point }, index) => (
            <TableRow key={index}>
              <TableCell sx={{ whiteSpace: 'nowrap' }}>{curve.title}</TableCell>
              <TableCell align="right">{thresholdWords(point.threshold)}</TableCell>
              <TableCell align="right">{formatProportion(point.truePositiveRate)}</TableCell>
              <TableCell align="right">{formatProportion(point.falsePositiveRate)}</TableCell>
              <TableCell align="right">{formatCount(point.truePositives)}</TableCell>
              <TableCell align="right">{formatCount(point.falsePositives)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {rows.length > tableRows && (
        <p style={{ padding: '8px 16px' }}>
          The first {tableRows} of {formatCount(rows.length)} points. The CSV has all of them.
        </p>
      )}
    </>
  );
}

const thresholdWords = (threshold: number | null | undefined) =>
  typeof threshold === 'number' ? formatValue(threshold) : 'above all';

const csvRows = (curves: readonly TaskCurve[]): PlotRow[] => [
  [
    'version',
    'threshold',
    'true_positives',
    'false_positives',
    'true_positive_rate',
    'false_positive_rate',
    'positives',
    'negatives',
  ],
  ...curves.flatMap(({ title, positives, negatives, points }) =>
    points.map((p): PlotRow => [
      title,
      // Nothing is called positive: R and Python both read "inf".
      p.threshold ?? 'inf',
      p.truePositives,
      p.falsePositives,
      p.truePositiveRate,
      p.falsePositiveRate,
      positives,
      negatives,
    ]),
  ),
];
