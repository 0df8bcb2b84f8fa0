'use client';

import { Fragment } from 'react';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { CopyAs } from '@/scripts/copy-as';
import { Estimate, undefinedWords } from '@/ui/estimate';
import { formatPercent, formatValue } from '@/ui/format';
import { VersionMarker } from '@/ui/version-marker';
import { taskShortWords } from '@/ui/words';
import { useDashboard, type NamedVersion, type TaskComparison } from './dashboard-context';
import styles from './dashboard.module.css';

/** Specificity where each version reaches 82, 89 and 95 % sensitivity, with the score that reaches it. */
export function OperatingPointsCard() {
  const { comparison, versions, fileName, caption, shown, bySlot, task } = useDashboard();
  const tasks = comparison.tasks.filter(({ versions: scored }) => scored.length > 0);
  const targets = [
    ...new Set(
      tasks.flatMap((one) =>
        one.versions.flatMap((v) => v.specificityAtSensitivity.map(({ target }) => target)),
      ),
    ),
  ].toSorted((a, b) => a - b);
  if (targets.length === 0) return null;
  const title = 'Operating points';
  const scored = versions.filter(({ slot }) =>
    tasks.some((one) => one.versions.some((version) => version.slot === slot)),
  );
  return (
    <PlotCard
      title={title}
      aside={`specificity at the first threshold that reaches the sensitivity, ${comparison.method.metricSet}`}
      fileName={fileName('operating-points')}
      caption={caption(title, [])}
      rows={() => csvRows(tasks, bySlot)}
      actions={<CopyAs title={title} shown={shown({ kind: 'operatingPoint', task })} />}
      isTable
    >
      <table className={styles.tight} aria-label={title}>
        <thead>
          <tr>
            <th>Sens. ≥</th>
            <th>Version</th>
            {tasks.map((one) => (
              <Fragment key={one.task}>
                <th className={styles.right}>{taskShortWords[one.task]} specificity</th>
                <th className={styles.right}>at score</th>
              </Fragment>
            ))}
          </tr>
        </thead>
        {targets.map((target) => (
          <tbody key={target}>
            {scored.map(({ slot, name }, index) => (
              <tr key={slot} className={index === scored.length - 1 ? styles.last : styles.inner}>
                {index === 0 && (
                  <th scope="rowgroup" rowSpan={scored.length}>
                    {formatPercent(target)}
                  </th>
                )}
                <td className={styles.nowrap}>
                  <VersionMarker slot={slot} /> {name}
                </td>
                {tasks.map((one) => (
                  <PointCells key={one.task} of={pointOf(one, slot, target)} />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </PlotCard>
  );
}

type Point = NonNullable<ReturnType<typeof pointOf>>;

const pointOf = ({ versions }: TaskComparison, slot: number, target: number) =>
  versions
    .find((version) => version.slot === slot)
    ?.specificityAtSensitivity.find((point) => point.target === target);

function PointCells({ of }: { of: Point | undefined }) {
  if (!of)
    return (
      <td colSpan={2} className={`${styles.right ?? ''} ${styles.quiet ?? ''}`}>
        gives no score
      </td>
    );
  return (
    <>
      <td className={`${styles.right ?? ''} ${styles.nowrap ?? ''}`}>
        <Estimate of={of.specificity} isRate />
      </td>
      <td className={`${styles.right ?? ''} ${styles.quiet ?? ''}`}>{scoreWords(of)}</td>
    </>
  );
}

const scoreWords = ({ threshold, specificity }: Point) =>
  typeof threshold === 'number'
    ? formatValue(threshold)
    : typeof specificity.value === 'number'
      ? 'above all'
      : 'not reached';

const csvRows = (
  tasks: readonly TaskComparison[],
  bySlot: (slot: number) => NamedVersion,
): PlotRow[] => [
  [
    ...['task', 'version', 'positives', 'negatives', 'target_sensitivity', 'sensitivity'],
    ...['specificity', 'low', 'high', 'threshold'],
  ],
  ...tasks.flatMap(({ task, positives, negatives, versions }) =>
    versions.flatMap(({ slot, specificityAtSensitivity }) =>
      specificityAtSensitivity.map((point): PlotRow => [
        task.toLowerCase(),
        bySlot(slot).title,
        positives,
        negatives,
        point.target,
        point.sensitivity ?? '',
        point.specificity.value ?? undefinedWords(point.specificity),
        point.specificity.low ?? '',
        point.specificity.high ?? '',
        point.threshold ?? '',
      ]),
    ),
  ),
];
