'use client';

import type { Task } from '@/gql/graphql';
import plotStyles from '@/plots/plot.module.css';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { RocPlot, type RocCurve } from '@/plots/roc-plot';
import { CopyAs } from '@/scripts/copy-as';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { Estimate, estimateWords } from '@/ui/estimate';
import { formatCount } from '@/ui/format';
import { VersionKey } from '@/ui/version-marker';
import { taskShortWords, taskWords } from '@/ui/words';
import { useDashboard, type TaskComparison, type VersionTask } from './dashboard-context';
import { RocTable } from './plot-tables';

/** All versions over each other on the identical images, with the band of at most two. */
export function TaskRocCard({ task }: { task: Task }) {
  const { comparison, fileName, caption, shown, bySlot } = useDashboard();
  const title = `${taskShortWords[task]} ROC`;
  const found = comparison.tasks.find((one) => one.task === task);
  if (!found) return <NoScores title={title} task={task} />;
  const { positives, negatives, notEstimated, withoutScores } = found;
  const counts = `n⁺ ${formatCount(positives)} · n⁻ ${formatCount(negatives)}`;
  if (typeof notEstimated === 'string')
    return (
      <Card title={title} aside={counts}>
        <EmptyState icon="chart" title="Nothing is estimated">
          {notEstimated}
        </EmptyState>
      </Card>
    );
  const curves = curvesOf(found, (slot) => bySlot(slot).name);
  const words = found.versions
    .map(({ slot, auc }) => `${bySlot(slot).title} AUC ${estimateWords(auc)}`)
    .join('; ');
  return (
    <PlotCard
      title={title}
      aside={counts}
      fileName={fileName(`roc-${task.toLowerCase().replaceAll('_', '-')}`)}
      caption={caption(
        `${title}, n⁺ ${positives}, n⁻ ${negatives}`,
        found.versions.map(({ slot, auc }) => ({
          slot,
          words: `${bySlot(slot).title}: AUC ${estimateWords(auc)}`,
        })),
      )}
      rows={() => csvRows(found, (slot) => bySlot(slot).title)}
      table={<RocTable title={title} curves={curves} />}
      actions={<CopyAs title={title} shown={shown({ kind: 'auc', task })} />}
    >
      <RocPlot label={`ROC curve for ${taskWords[task]}: ${words}`} curves={curves} />
      <table className={plotStyles.legend}>
        <thead>
          <tr>
            <th>Version</th>
            <th>AUC [95 % interval]</th>
          </tr>
        </thead>
        <tbody>
          {found.versions.map(({ slot, auc }) => (
            <tr key={slot}>
              <td>
                <span className={plotStyles.name}>
                  <VersionKey slot={slot} /> {bySlot(slot).name}
                </span>
              </td>
              <td>
                <Estimate of={auc} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {withoutScores.length > 0 && (
        <p className={plotStyles.readout}>
          Without this score: {withoutScores.map((version) => version.title).join(', ')}.
        </p>
      )}
    </PlotCard>
  );
}

function NoScores({ title, task }: { title: string; task: Task }) {
  return (
    <Card title={title}>
      <EmptyState icon="chart" title={`No score for ${taskWords[task]}`}>
        None of these versions gives one.
      </EmptyState>
    </Card>
  );
}

export function curvesOf(
  { positives, negatives, versions }: TaskComparison,
  nameOf: (slot: number) => string,
): RocCurve[] {
  return versions.map((version) => ({
    slot: version.slot,
    title: nameOf(version.slot),
    positives,
    negatives,
    points: version.roc,
    band: bandOf(version),
    operatingPoint: operatingPointOf(version),
  }));
}

const bandOf = ({ rocBand }: VersionTask) =>
  rocBand?.falsePositiveRates.map((falsePositiveRate, index) => ({
    falsePositiveRate,
    low: rocBand.low[index] ?? 0,
    high: rocBand.high[index] ?? 1,
  }));

function operatingPointOf({ operatingPoint }: VersionTask): RocCurve['operatingPoint'] {
  const { sensitivity, specificity } = operatingPoint ?? {};
  return typeof sensitivity?.value === 'number' && typeof specificity?.value === 'number'
    ? { truePositiveRate: sensitivity.value, falsePositiveRate: 1 - specificity.value }
    : undefined;
}

const csvRows = (
  { positives, negatives, versions }: TaskComparison,
  titleOf: (slot: number) => string,
): PlotRow[] => [
  [
    ...['version', 'auc', 'auc_low', 'auc_high', 'threshold'],
    ...['true_positives', 'false_positives', 'true_positive_rate', 'false_positive_rate'],
    ...['positives', 'negatives'],
  ],
  ...versions.flatMap(({ slot, auc, roc }) =>
    roc.map((p): PlotRow => [
      titleOf(slot),
      auc.value ?? estimateWords(auc),
      auc.low ?? '',
      auc.high ?? '',
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
