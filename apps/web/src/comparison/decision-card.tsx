'use client';

import { useState } from 'react';
import { PlotCard, type PlotRow } from '@/plots/plot-card';
import { roundDomain, ticks } from '@/plots/ticks';
import { XyPlot } from '@/plots/xy-plot';
import { CopyAs } from '@/scripts/copy-as';
import { estimateWords, intervalWords, undefinedWords } from '@/ui/estimate';
import { formatPercent, formatProportion, formatValue } from '@/ui/format';
import { Segmented } from '@/ui/segmented';
import { taskWords } from '@/ui/words';
import { useDashboard, type NamedVersion, type VersionTask } from './dashboard-context';
import { NumbersTable } from './plot-tables';

type Shown = 'netBenefit' | 'avoidedPer100';

/** What a score is worth to somebody who would biopsy at a given risk, and how many biopsies it avoids. */
export function DecisionCard() {
  const { comparison, task, bySlot, fileName, caption, shown } = useDashboard();
  const [kind, setKind] = useState<Shown>('netBenefit');
  const found = comparison.tasks.find((one) => one.task === task);
  const drawn = (found?.versions ?? []).filter(({ decisionCurve }) => decisionCurve.length > 0);
  const [first] = drawn;
  if (!found || !first) return null;
  const title = `Decision curve, ${taskWords[task]}`;
  const words = kind === 'netBenefit' ? 'Net benefit' : 'Biopsies avoided per 100 images';
  const { positives, negatives } = found;
  return (
    <PlotCard
      title={title}
      aside={`n⁺ ${positives} · n⁻ ${negatives}`}
      fileName={fileName(`decision-curve-${task.toLowerCase()}`)}
      caption={caption(
        `${title}: ${words.toLowerCase()}, n⁺ ${positives}, n⁻ ${negatives}; dashed: biopsy everything, biopsy nothing`,
        drawn.map(({ slot }) => ({ slot, words: bySlot(slot).title })),
      )}
      rows={() => csvRows(drawn, bySlot, positives, negatives)}
      table={<PointTable title={title} drawn={drawn} bySlot={bySlot} />}
      actions={
        <>
          <Segmented
            label="What the curve shows"
            value={kind}
            options={[
              { value: 'netBenefit', words: 'Benefit' },
              { value: 'avoidedPer100', words: 'Biopsies' },
            ]}
            onChange={setKind}
          />
          <CopyAs title={title} shown={shown({ kind: 'decisionCurve', task })} />
        </>
      }
      footer="Holds for the share of the condition among these images only."
    >
      <DecisionPlot
        label={`${title}: ${words}`}
        name={words}
        kind={kind}
        drawn={drawn}
        bySlot={bySlot}
      />
    </PlotCard>
  );
}

interface DecisionPlotProps {
  label: string;
  name: string;
  kind: Shown;
  drawn: readonly VersionTask[];
  bySlot: (slot: number) => NamedVersion;
}

function DecisionPlot({ label, name, kind, drawn, bySlot }: DecisionPlotProps) {
  const curve = drawn[0]?.decisionCurve ?? [];
  const isBenefit = kind === 'netBenefit';
  const values = drawn.flatMap(({ decisionCurve }) =>
    decisionCurve.map((point) => point[kind].value).filter((value) => typeof value === 'number'),
  );
  const step = isBenefit ? 0.05 : 20;
  const most = roundDomain(values, { step, atLeast: isBenefit ? [-0.05, 0.1] : [0, 20] });
  // Far below zero a curve only says that nobody would use the score there.
  const y = [Math.max(most[0], isBenefit ? -0.1 : -40), most[1]] as const;
  const x = [0, curve.at(-1)?.threshold ?? 1] as const;
  const within = (value: number) => Math.max(y[0], Math.min(value, y[1]));
  const treatAll = curve.map(({ threshold, treatAll: all }) => ({ x: threshold, y: all }));
  return (
    <XyPlot
      label={label}
      series={drawn.map(({ slot, decisionCurve }) => ({
        slot,
        title: bySlot(slot).name,
        points: decisionCurve.flatMap((point) => {
          const of = point[kind];
          return typeof of.value === 'number'
            ? [
                {
                  x: point.threshold,
                  y: within(of.value),
                  words: `at a risk of ${formatPercent(point.threshold)}: ${isBenefit ? `net benefit ${formatValue(of.value)}` : `${of.value.toFixed(0)} biopsies avoided per 100`} ${intervalWords(of)}.`,
                },
              ]
            : [];
        }),
      }))}
      x={{
        name: 'Risk at which one would biopsy',
        domain: x,
        ticks: ticks(x, 5),
        format: formatPercent,
      }}
      y={{
        name,
        domain: y,
        ticks: ticks(y, 5),
        format: isBenefit ? formatProportion : (value) => value.toFixed(0),
      }}
      reference={[
        [
          { x: x[0], y: 0 },
          { x: x[1], y: 0 },
        ],
        ...(isBenefit ? [treatAll.filter((point) => point.y >= y[0])] : []),
      ]}
      xWords={(at) => `At the same risk of ${formatPercent(at)}`}
      hint={
        isBenefit
          ? 'Dashed: biopsy nothing (0) and biopsy everything. Higher is better.'
          : 'Against biopsying everything, at equal benefit. Higher is better.'
      }
    />
  );
}

interface PointTableProps extends Pick<DecisionPlotProps, 'drawn' | 'bySlot'> {
  title: string;
}

function PointTable({ title, drawn, bySlot }: PointTableProps) {
  return (
    <NumbersTable
      title={title}
      heads={['Version and risk', 'Net benefit', 'Biopsy everything', 'Avoided per 100']}
      rows={drawn.flatMap(({ slot, decisionCurve }) =>
        decisionCurve.map((point) => [
          `${bySlot(slot).name}, ${formatPercent(point.threshold)}`,
          estimateWords(point.netBenefit),
          formatValue(point.treatAll),
          avoidedWords(point.avoidedPer100),
        ]),
      )}
    />
  );
}

function avoidedWords(of: VersionTask['decisionCurve'][number]['avoidedPer100']) {
  if (typeof of.value !== 'number') return undefinedWords(of);
  const ends =
    typeof of.low === 'number' && typeof of.high === 'number'
      ? ` [${of.low.toFixed(1)}, ${of.high.toFixed(1)}]`
      : '';
  return `${of.value.toFixed(1)}${ends}`.replaceAll('-', '−');
}

const csvRows = (
  drawn: readonly VersionTask[],
  bySlot: (slot: number) => NamedVersion,
  positives: number,
  negatives: number,
): PlotRow[] => [
  [
    ...['version', 'positives', 'negatives', 'threshold', 'net_benefit', 'low', 'high'],
    ...['treat_all', 'avoided_per_100'],
  ],
  ...drawn.flatMap(({ slot, decisionCurve }) =>
    decisionCurve.map(({ threshold, netBenefit, treatAll, avoidedPer100 }): PlotRow => [
      ...[bySlot(slot).title, positives, negatives, threshold],
      ...[netBenefit.value ?? '', netBenefit.low ?? '', netBenefit.high ?? ''],
      ...[treatAll, avoidedPer100.value ?? ''],
    ]),
  ),
];
