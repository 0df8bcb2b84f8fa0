'use client';

import { RocTable } from '@/comparison/plot-tables';
import type { Task } from '@/gql/graphql';
import plotStyles from '@/plots/plot.module.css';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { RocPlot } from '@/plots/roc-plot';
import { CopyAs } from '@/scripts/copy-as';
import type { Shown } from '@/scripts/shown';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { Estimate, estimateWords } from '@/ui/estimate';
import { formatCount } from '@/ui/format';
import { VersionKey } from '@/ui/version-marker';
import { taskShortWords, taskWords } from '@/ui/words';
import type { TaskCurve } from './task-curves';

interface RocCardProps {
  task: Task;
  curves: readonly TaskCurve[];
  /** Snapshot and metric set, printed in what is downloaded. */
  source: string;
  code: string;
  shown: Shown;
}

/** One task, all versions over each other on the same images. */
export function RocCard({ task, curves, source, code, shown }: RocCardProps) {
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
      actions={<CopyAs title={title} shown={shown} />}
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
      table={<RocTable title={title} curves={curves} />}
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
