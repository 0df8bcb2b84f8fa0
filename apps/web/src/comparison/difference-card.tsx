'use client';

import type { DifferenceFactsFragment } from '@/gql/graphql';
import { ForestPlot } from '@/plots/forest-plot';
import type { ForestInterval, ForestRow } from '@/plots/forest-rows';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { roundDomain } from '@/plots/ticks';
import { CopyAs } from '@/scripts/copy-as';
import { intervalWords, undefinedWords } from '@/ui/estimate';
import {
  countOf,
  formatDifference,
  formatDifferenceInterval,
  formatP,
  formatPCell,
  formatProportion,
} from '@/ui/format';
import { VersionMarker } from '@/ui/version-marker';
import { sentence, taskWords } from '@/ui/words';
import { correctionWords, verdictWords } from './comparison-words';
import { useDashboard, type NamedVersion, type TaskComparison } from './dashboard-context';
import styles from './dashboard.module.css';
import { NumbersTable } from './plot-tables';

/** Every other version against the baseline: the paired difference in AUC with margin and adjusted p. */
export function DifferenceCard() {
  const dashboard = useDashboard();
  const { comparison, versions, bySlot, fileName, caption, shown } = dashboard;
  const { method, imageSet, tasks } = comparison;
  const [baseline] = versions;
  const tested = tasks.filter(({ differences }) => differences.length > 0);
  if (!baseline || tested.length === 0) return null;
  const title = 'Differences in AUC';
  const limits = tested.flatMap(({ differences }) =>
    differences.flatMap(({ difference: { value, low, high } }) =>
      [value, low, high].filter((end) => typeof end === 'number'),
    ),
  );
  const margin = method.margin ?? undefined;
  const domain = roundDomain([...limits, ...(margin ? [-margin] : [])], {
    step: 0.05,
    atLeast: [-0.05, 0.05],
  });
  const correction = correctionWords[method.correction];
  const label = tested
    .flatMap(({ differences }) => differences.map((one) => one.sentence))
    .join(' ');
  return (
    <PlotCard
      title={title}
      aside={`paired, same ${countOf(imageSet.images, 'image')}`}
      fileName={fileName('auc-differences')}
      caption={caption(
        `${title} against ${baseline.title}, paired; p by ${correction}`,
        tested.flatMap(({ task, differences }) =>
          differences.map((one) => ({
            slot: one.slot,
            words: `${sentence(taskWords[task])}: ${bySlot(one.slot).title} ${differenceWords(one)}`,
          })),
        ),
      )}
      rows={() => csvRows(tested, bySlot, baseline)}
      table={
        <NumbersTable
          title={title}
          heads={['Difference', 'n⁺ / n⁻', 'Δ AUC', '95 % interval', `p, ${correction}`, 'Verdict']}
          rows={tested.flatMap(({ task, positives, negatives, differences }) =>
            differences.map((one) => [
              `${sentence(taskWords[task])}: ${bySlot(one.slot).name} − ${baseline.name}`,
              `${positives} / ${negatives}`,
              valueWords(one),
              endsWords(one),
              typeof one.adjustedP === 'number' ? formatPCell(one.adjustedP) : 'no test',
              verdictWords[one.verdict].words,
            ]),
          )}
        />
      }
      actions={
        tested[0] && <CopyAs title={title} shown={shown({ kind: 'auc', task: tested[0].task })} />
      }
    >
      <ForestPlot
        label={`Differences in AUC against ${baseline.title}: ${label}`}
        rows={rowsOf(tested, baseline, bySlot)}
        domain={domain}
        format={(value) => (value === 0 ? '0' : formatDifference(value).replace(/0$/, ''))}
        lines={[
          { at: 0, isZero: true },
          ...(margin === undefined ? [] : [{ at: -margin, words: 'margin' }]),
        ]}
        shadedFrom={margin === undefined ? undefined : -margin}
        heads={{
          label: '',
          plot: baseline.name.length <= 8 ? `Δ AUC against ${baseline.name}` : 'Δ AUC',
          estimate: 'Δ [95 % interval]',
          last: `p, ${correction}`,
        }}
        direction={`better than ${baseline.name} →`}
        hint="Above 0 the version is better. Point at a row to read it."
      />
      <Verdicts tested={tested} bySlot={bySlot} />
    </PlotCard>
  );
}

type BySlot = (slot: number) => NamedVersion;

function rowsOf(
  tested: readonly TaskComparison[],
  baseline: NamedVersion,
  bySlot: BySlot,
): ForestRow[] {
  return tested.flatMap(({ task, differences }) => [
    { key: task, label: sentence(taskWords[task]), isHeading: true, intervals: [] },
    ...differences.map((one) => ({
      key: `${task} ${one.slot}`,
      label: rowLabel(bySlot(one.slot).name, baseline.name),
      intervals: [intervalOf(one)],
    })),
  ]);
}

/** Both names where there is room; the head of the column names the baseline anyway. */
function rowLabel(name: string, baseline: string) {
  const both = `${name} − ${baseline}`;
  return both.length <= 20 ? both : name;
}

function intervalOf(one: DifferenceFactsFragment): ForestInterval {
  return {
    slot: one.slot,
    value: one.difference.value,
    low: one.difference.low,
    high: one.difference.high,
    valueWords: valueWords(one),
    intervalWords: endsWords(one),
    lastWords: typeof one.adjustedP === 'number' ? formatPCell(one.adjustedP) : 'no test',
  };
}

const valueWords = ({ difference }: Pick<DifferenceFactsFragment, 'difference'>) =>
  typeof difference.value === 'number'
    ? formatDifference(difference.value)
    : undefinedWords(difference);

function endsWords({ difference }: Pick<DifferenceFactsFragment, 'difference'>) {
  const { value, low, high } = difference;
  if (typeof value !== 'number') return '';
  return typeof low === 'number' && typeof high === 'number'
    ? formatDifferenceInterval(low, high)
    : intervalWords(difference);
}

/** "+0.017 [−0.01, +0.05], p = 0.57": for captions and footers. */
export const differenceWords = (one: Pick<DifferenceFactsFragment, 'difference' | 'adjustedP'>) =>
  `${valueWords(one)} ${endsWords(one)}${typeof one.adjustedP === 'number' ? `, p ${formatP(one.adjustedP)}` : ''}`;

function Verdicts({ tested, bySlot }: { tested: readonly TaskComparison[]; bySlot: BySlot }) {
  return (
    <ul className={styles.say}>
      {tested.flatMap(({ task, differences }) =>
        differences.map(({ slot, verdict }) => (
          <li key={`${task} ${slot}`}>
            <VersionMarker slot={slot} />
            <span>
              <b>
                {bySlot(slot).name}, {taskWords[task]}:
              </b>{' '}
              {verdictWords[verdict].words}
            </span>
          </li>
        )),
      )}
    </ul>
  );
}

const csvRows = (
  tested: readonly TaskComparison[],
  bySlot: BySlot,
  baseline: NamedVersion,
): PlotRow[] => [
  [
    ...['task', 'version', 'baseline', 'positives', 'negatives', 'difference', 'low', 'high'],
    ...['p', 'adjusted_p', 'tests', 'margin', 'verdict'],
  ],
  ...tested.flatMap(({ task, positives, negatives, differences }) =>
    differences.map((one): PlotRow => [
      task.toLowerCase(),
      bySlot(one.slot).title,
      baseline.title,
      positives,
      negatives,
      one.difference.value ?? undefinedWords(one.difference),
      one.difference.low ?? '',
      one.difference.high ?? '',
      one.p ?? '',
      one.adjustedP ?? '',
      one.tests,
      one.nonInferiority ? formatProportion(one.nonInferiority.margin) : '',
      verdictWords[one.verdict].words,
    ]),
  ),
];
