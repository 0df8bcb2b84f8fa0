'use client';

import plotStyles from '@/plots/plot.module.css';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { ticks } from '@/plots/ticks';
import { XyPlot } from '@/plots/xy-plot';
import { CopyAs } from '@/scripts/copy-as';
import { Estimate, estimateWords } from '@/ui/estimate';
import { formatProportion, formatValue } from '@/ui/format';
import { VersionKey } from '@/ui/version-marker';
import { taskWords } from '@/ui/words';
import { useDashboard, type NamedVersion, type VersionTask } from './dashboard-context';
import { NumbersTable } from './plot-tables';

const rates = [0, 1] as const;
/** Longer, a table on screen helps nobody; the CSV has all points. */
const tableRows = 200;

/** How many of the called are right, for each share of the condition that is found. */
export function PrecisionRecallCard() {
  const { comparison, task, bySlot, fileName, caption, shown } = useDashboard();
  const found = comparison.tasks.find((one) => one.task === task);
  const drawn = (found?.versions ?? []).filter((one) => one.precisionRecall.length > 0);
  if (!found || drawn.length === 0) return null;
  const { positives, negatives } = found;
  const title = `Precision and recall, ${taskWords[task]}`;
  return (
    <PlotCard
      title={title}
      aside={`n⁺ ${positives} · n⁻ ${negatives}`}
      fileName={fileName(`precision-recall-${task.toLowerCase()}`)}
      caption={caption(
        `${title}, n⁺ ${positives}, n⁻ ${negatives}`,
        drawn.map(({ slot, averagePrecision }) => ({
          slot,
          words: `${bySlot(slot).title}: average precision ${estimateWords(averagePrecision)}`,
        })),
      )}
      rows={() => csvRows(drawn, bySlot, positives, negatives)}
      table={<PointTable title={title} drawn={drawn} bySlot={bySlot} />}
      actions={<CopyAs title={title} shown={shown({ kind: 'averagePrecision', task })} />}
      footer="Precision holds for the share of the condition among these images only."
    >
      <XyPlot
        label={`${title}: ${drawn.map(({ slot, averagePrecision }) => `${bySlot(slot).title} average precision ${estimateWords(averagePrecision)}`).join('; ')}`}
        series={drawn.map(({ slot, precisionRecall }) => ({
          slot,
          title: bySlot(slot).name,
          points: precisionRecall.map(({ recall, precision, threshold }) => ({
            x: recall,
            y: precision,
            words: `score ≥ ${formatValue(threshold)}: precision ${formatProportion(precision)}, recall ${formatProportion(recall)}.`,
          })),
        }))}
        x={{
          name: 'Recall (sensitivity)',
          domain: rates,
          ticks: ticks(rates, 4),
          format: formatProportion,
        }}
        y={{ name: 'Precision', domain: rates, ticks: ticks(rates, 4), format: formatProportion }}
        xWords={(x) => `Precision at the same recall of ${formatProportion(x)}`}
        hint="Point at a curve, or use the arrow keys, to read a threshold."
      />
      <table className={plotStyles.legend}>
        <thead>
          <tr>
            <th>Version</th>
            <th>Average precision</th>
          </tr>
        </thead>
        <tbody>
          {drawn.map(({ slot, averagePrecision }) => (
            <tr key={slot}>
              <td>
                <span className={plotStyles.name}>
                  <VersionKey slot={slot} /> {bySlot(slot).name}
                </span>
              </td>
              <td>
                <Estimate of={averagePrecision} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </PlotCard>
  );
}

interface PointTableProps {
  title: string;
  drawn: readonly VersionTask[];
  bySlot: (slot: number) => NamedVersion;
}

function PointTable({ title, drawn, bySlot }: PointTableProps) {
  const rows = drawn.flatMap(({ slot, precisionRecall }) =>
    precisionRecall.map(({ recall, precision, threshold }) => [
      bySlot(slot).name,
      formatValue(threshold),
      formatProportion(recall),
      formatProportion(precision),
    ]),
  );
  return (
    <>
      <NumbersTable
        title={title}
        heads={['Version', 'Score ≥', 'Recall', 'Precision']}
        rows={rows.slice(0, tableRows)}
      />
      {rows.length > tableRows && (
        <p style={{ padding: '8px 16px' }}>
          The first {tableRows} of {rows.length} points. The CSV has all of them.
        </p>
      )}
    </>
  );
}

const csvRows = (
  drawn: readonly VersionTask[],
  bySlot: (slot: number) => NamedVersion,
  positives: number,
  negatives: number,
): PlotRow[] => [
  [
    ...['version', 'positives', 'negatives', 'average_precision', 'low', 'high'],
    ...['threshold', 'recall', 'precision'],
  ],
  ...drawn.flatMap(({ slot, averagePrecision, precisionRecall }) =>
    precisionRecall.map(({ recall, precision, threshold }): PlotRow => [
      ...[bySlot(slot).title, positives, negatives],
      ...[averagePrecision.value ?? '', averagePrecision.low ?? '', averagePrecision.high ?? ''],
      ...[threshold, recall, precision],
    ]),
  ),
];
