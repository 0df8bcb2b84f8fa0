'use client';

import type { SubgroupAttribute } from '@/gql/graphql';
import { ForestPlot } from '@/plots/forest-plot';
import type { ForestInterval, ForestRow } from '@/plots/forest-rows';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { roundDomain } from '@/plots/ticks';
import { CopyAs } from '@/scripts/copy-as';
import { intervalWords, undefinedWords } from '@/ui/estimate';
import { formatP, formatProportion } from '@/ui/format';
import { reasonWords } from '@/ui/reason-words';
import { StateChip } from '@/ui/state-chip';
import { sentence, taskWords } from '@/ui/words';
import { attributeTokens } from './compare-address';
import { attributeWords, levelWords } from './comparison-words';
import {
  ChangeLink,
  useDashboard,
  type NamedVersion,
  type TaskComparison,
} from './dashboard-context';
import { NumbersTable } from './plot-tables';

type Subgroups = TaskComparison['subgroups'];
type Level = Subgroups[number]['levels'][number];

/** For whom it holds: the AUC in each group, and whether the groups differ. A click narrows to a group. */
export function SubgroupCard() {
  const dashboard = useDashboard();
  const { comparison, versions, other, task, bySlot, fileName, caption, shown } = dashboard;
  const found = comparison.tasks.find((one) => one.task === task);
  if (!found || found.subgroups.length === 0) return null;
  const scores = ({ slot }: NamedVersion) => found.versions.some((one) => one.slot === slot);
  const drawn = [versions[0], other].filter((version) => version !== undefined).filter(scores);
  const title = `Subgroups, ${taskWords[task]}`;
  const rows = rowsOf(found.subgroups, drawn);
  const domain = roundDomain(
    rows.flatMap(({ intervals }) =>
      intervals.flatMap(({ value, low }) =>
        [value, low].filter((end) => typeof end === 'number').map((end) => Math.max(end, 0.3)),
      ),
    ),
    { step: 0.1, atLeast: [0.5, 1] },
  );
  const overall = found.versions.find(({ slot }) => slot === 1)?.auc.value;
  return (
    <PlotCard
      title={title}
      aside={
        <StateChip tone="off" icon="eye">
          exploratory
        </StateChip>
      }
      fileName={fileName(`subgroups-${task.toLowerCase()}`)}
      caption={caption(
        `${title}: AUC [95 % interval] by group; small groups are not estimated`,
        drawn.map(({ slot, title: words }) => ({ slot, words })),
      )}
      rows={() => csvRows(found, bySlot)}
      table={<GroupTable title={title} subgroups={found.subgroups} drawn={drawn} />}
      actions={<CopyAs title={title} shown={shown({ kind: 'subgroups', task })} />}
      footer={<Interactions subgroups={found.subgroups} other={other} />}
    >
      <ForestPlot
        label={`AUC for ${taskWords[task]} by subgroup`}
        rows={rows}
        domain={domain}
        format={(value) => value.toFixed(1)}
        lines={typeof overall === 'number' ? [{ at: overall }] : []}
        heads={{
          label: 'Group',
          count: 'n⁺ / n⁻',
          plot: `${sentence(taskWords[task])} AUC`,
          estimate: 'AUC [95 % interval]',
        }}
        hint={`Dashed: ${drawn[0]?.name ?? ''} on all images. Click a group to compare on it alone.`}
        onChoose={(key) => {
          const [attribute = '', level] = key.split('=');
          dashboard.go(dashboard.hrefWith(attribute, level));
        }}
      />
    </PlotCard>
  );
}

/** As the address names an attribute. */
const groupKey = (attribute: SubgroupAttribute) => {
  const word = Object.entries(attributeTokens).find(([, value]) => value === attribute)?.[0];
  return `group.${word ?? ''}`;
};

function rowsOf(subgroups: Subgroups, drawn: readonly NamedVersion[]): ForestRow[] {
  return subgroups.flatMap(({ attribute, levels }) => [
    { key: attribute, label: attributeWords[attribute], isHeading: true, intervals: [] },
    ...levels.map((level) => ({
      key: `${groupKey(attribute)}=${level.level}`,
      label: levelWords(attribute, level.level),
      count: `${level.positives} / ${level.negatives}`,
      intervals: intervalsOf(level, drawn),
      ...(typeof level.notEstimated === 'string' && { instead: level.notEstimated }),
    })),
  ]);
}

function intervalsOf({ versions, notEstimated }: Level, drawn: readonly NamedVersion[]) {
  if (typeof notEstimated === 'string') return [];
  return drawn.flatMap(({ slot, name }): ForestInterval[] => {
    const auc = versions.find((version) => version.slot === slot)?.auc;
    if (!auc) return [];
    const isDefined = typeof auc.value === 'number';
    const hasInterval = typeof auc.low === 'number' && typeof auc.high === 'number';
    return [
      {
        slot,
        // Alone, it is named in the line below.
        ...(drawn.length > 1 && { name }),
        value: auc.value,
        low: auc.low,
        high: auc.high,
        valueWords: isDefined ? formatProportion(auc.value ?? 0) : undefinedWords(auc),
        intervalWords: !isDefined ? '' : hasInterval ? intervalWords(auc) : 'no interval',
        why: isDefined && !hasInterval ? intervalWords(auc) : undefined,
      },
    ];
  });
}

interface GroupTableProps {
  title: string;
  subgroups: Subgroups;
  drawn: readonly NamedVersion[];
}

function GroupTable({ title, subgroups, drawn }: GroupTableProps) {
  return (
    <NumbersTable
      title={title}
      heads={['Group', 'n⁺ / n⁻', ...drawn.map(({ name }) => `${name}, AUC`)]}
      rows={subgroups.flatMap(({ attribute, levels }) =>
        levels.map((level) => [
          <ChangeLink key={level.level} name={groupKey(attribute)} value={level.level}>
            {attributeWords[attribute]}: {levelWords(attribute, level.level)}
          </ChangeLink>,
          `${level.positives} / ${level.negatives}`,
          ...drawn.map(({ slot }) => {
            const [interval] = intervalsOf(
              level,
              drawn.filter((version) => version.slot === slot),
            );
            if (typeof level.notEstimated === 'string') return level.notEstimated;
            return interval
              ? `${interval.valueWords} ${interval.why ?? interval.intervalWords}`
              : 'gives no score';
          }),
        ]),
      )}
    />
  );
}

/** Whether the gain depends on the group; an attribute that is not tested is said. */
function Interactions({
  subgroups,
  other,
}: {
  subgroups: Subgroups;
  other: NamedVersion | undefined;
}) {
  const slot = other?.slot ?? 1;
  const said = subgroups.map(({ attribute, interactions }) => {
    const found = interactions.find((one) => one.slot === slot);
    const test = found?.difference ?? found?.auc;
    const name = attributeWords[attribute].toLowerCase();
    if (typeof test?.p === 'number') return `${name} p ${formatP(test.p)}`;
    const reason = test?.undefinedReason;
    return `${name} not tested${reason ? ` (${reasonWords(reason)})` : ''}`;
  });
  return (
    <span>
      {other ? `Does the gain of ${other.name} depend on the group?` : 'Do the groups differ?'}{' '}
      Interaction, not corrected: {said.join('; ')}. No small p does not show that groups are alike.
    </span>
  );
}

const csvRows = (
  { task, subgroups }: TaskComparison,
  bySlot: (slot: number) => NamedVersion,
): PlotRow[] => [
  ['task', 'attribute', 'level', 'version', 'positives', 'negatives', 'auc', 'low', 'high'],
  ...subgroups.flatMap(({ attribute, levels }) =>
    levels.flatMap((level): PlotRow[] => {
      const head = [task.toLowerCase(), attribute.toLowerCase(), level.level];
      const counts = [level.positives, level.negatives];
      if (typeof level.notEstimated === 'string')
        return [[...head, '', ...counts, level.notEstimated, '', '']];
      return level.versions.map(({ slot, auc }) => [
        ...[...head, bySlot(slot).title, ...counts],
        ...[auc.value ?? undefinedWords(auc), auc.low ?? '', auc.high ?? ''],
      ]);
    }),
  ),
];
