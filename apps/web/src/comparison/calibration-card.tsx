'use client';

import { PlotCard, type PlotRow } from '@/plots/plot-card';
import plotStyles from '@/plots/plot.module.css';
import { ticks } from '@/plots/ticks';
import { XyPlot, type XySeries } from '@/plots/xy-plot';
import { CopyAs } from '@/scripts/copy-as';
import { Estimate, estimateWords, intervalWords, undefinedWords } from '@/ui/estimate';
import { countOf, formatProportion, formatValue } from '@/ui/format';
import { Scroller } from '@/ui/scroller';
import { VersionMarker } from '@/ui/version-marker';
import { sentence, taskWords } from '@/ui/words';
import { useDashboard, type NamedVersion, type VersionTask } from './dashboard-context';
import styles from './dashboard.module.css';
import { NumbersTable } from './plot-tables';

type Calibration = NonNullable<VersionTask['calibration']>;
interface Calibrated {
  version: NamedVersion;
  of: Calibration;
}

/** Whether a score of 0.3 means three in ten, for the baseline and the version looked at. */
export function CalibrationCard() {
  const { comparison, versions, other, task, bySlot, fileName, caption, shown } = useDashboard();
  const found = comparison.tasks.find((one) => one.task === task);
  const all = (found?.versions ?? []).flatMap(({ slot, calibration }): Calibrated[] =>
    calibration ? [{ version: bySlot(slot), of: calibration }] : [],
  );
  const drawn = all.filter(({ version }) => version === versions[0] || version === other);
  const [first] = all;
  if (!found || !first) return null;
  const title = `Calibration, ${taskWords[task]}`;
  const left = all.filter((one) => !drawn.includes(one));
  return (
    <PlotCard
      title={title}
      aside={countOf(found.positives + found.negatives, 'image')}
      fileName={fileName(`calibration-${task.toLowerCase()}`)}
      caption={caption(
        `${title}: share found by mean score in ${first.of.binCount} equal bins, n⁺ ${found.positives}, n⁻ ${found.negatives}`,
        drawn.map(({ version, of }) => ({
          slot: version.slot,
          words: `${version.title}: slope ${estimateWords(of.slope)}, Brier ${estimateWords(of.brier)}`,
        })),
      )}
      rows={() => csvRows(all)}
      table={<BinTable title={title} all={all} />}
      actions={<CopyAs title={title} shown={shown({ kind: 'calibration', task })} />}
      footer={
        <span>
          Bars: 95 % interval per bin, {methodOf(first.of)}.
          {left.length > 0 &&
            ` In the table only: ${left.map(({ version }) => version.name).join(', ')}.`}
        </span>
      }
    >
      <CalibrationPlot title={title} condition={taskWords[task]} drawn={drawn} />
      <Scroller label={`${title}, slope and Brier score`}>
        <table className={`${styles.tight ?? ''} ${styles.bare ?? ''} ${styles.stacked ?? ''}`}>
          <thead>
            <tr>
              <th>Version</th>
              <th className={styles.right}>Slope (ideal 1)</th>
              <th className={styles.right}>Brier</th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ version, of }) => (
              <tr key={version.slot}>
                <td>
                  <span className={plotStyles.name}>
                    <VersionMarker slot={version.slot} /> {version.name}
                  </span>
                </td>
                <td className={styles.right}>
                  <Estimate of={of.slope} isRate />
                </td>
                <td className={styles.right}>
                  <Estimate of={of.brier} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </PlotCard>
  );
}

const methodOf = ({ bins }: Calibration) =>
  bins.find(({ count }) => count > 0)?.observed.method ?? 'not defined';

interface CalibrationPlotProps {
  title: string;
  condition: string;
  drawn: readonly Calibrated[];
}

function CalibrationPlot({ title, condition, drawn }: CalibrationPlotProps) {
  const series = drawn.map(({ version, of }): XySeries => ({
    slot: version.slot,
    title: version.name,
    dots: true,
    points: of.bins.flatMap(({ meanScore, observed, count, positives }) =>
      typeof meanScore === 'number' && typeof observed.value === 'number'
        ? [
            {
              x: meanScore,
              y: observed.value,
              low: observed.low ?? null,
              high: observed.high ?? null,
              words: `mean score ${formatValue(meanScore)}: ${positives} of ${count} found, ${formatProportion(observed.value)} ${intervalWords(observed)}.`,
            },
          ]
        : [],
    ),
  }));
  const domain = [0, 1] as const;
  return (
    <XyPlot
      label={`${title}: share found by mean score`}
      series={series}
      x={{
        name: `Mean ${condition} score`,
        domain,
        ticks: ticks(domain, 5),
        format: (value) => value.toFixed(1),
      }}
      y={{
        name: `${sentence(condition)} found`,
        domain,
        ticks: ticks(domain, 4),
        format: formatProportion,
      }}
      reference={[
        [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      ]}
      xWords={(x) => `Near a mean score of ${formatProportion(x)}`}
      hint="On the dashed line a score is the share that is found. Bins without images are left out."
    />
  );
}

function BinTable({ title, all }: { title: string; all: readonly Calibrated[] }) {
  return (
    <NumbersTable
      title={title}
      heads={['Version and scores', 'Images', 'Mean score', 'Found [95 % interval]']}
      rows={all.flatMap(({ version, of }) =>
        of.bins.map(({ from, to, count, meanScore, observed }) => [
          `${version.name}: ${from === 0 ? '[' : '('}${formatProportion(from)}, ${formatProportion(to)}]`,
          count,
          typeof meanScore === 'number' ? formatValue(meanScore) : 'no image',
          count > 0 ? estimateWords(observed) : 'no image',
        ]),
      )}
    />
  );
}

const csvRows = (all: readonly Calibrated[]): PlotRow[] => [
  [
    ...['version', 'score_from', 'score_to', 'n', 'positives', 'mean_score'],
    ...['observed', 'low', 'high', 'slope', 'brier'],
  ],
  ...all.flatMap(({ version, of }) =>
    of.bins.map(({ from, to, count, positives, meanScore, observed }): PlotRow => [
      ...[version.title, from, to, count, positives, meanScore ?? ''],
      ...[observed.value ?? undefinedWords(observed), observed.low ?? '', observed.high ?? ''],
      of.slope.value ?? undefinedWords(of.slope),
      of.brier.value ?? undefinedWords(of.brier),
    ]),
  ),
];
