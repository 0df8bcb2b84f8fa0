'use client';

import { useState, type KeyboardEvent } from 'react';
import { seriesOf } from '@/theme/series';
import { countOf, formatProportion } from '@/ui/format';
import { markerPaths } from '@/ui/version-marker';
import styles from './plot.module.css';
import { useWidth } from './use-width';

export interface HistogramBin {
  from: number;
  to: number;
  count: number;
}

interface HistogramPlotProps {
  label: string;
  slot: number;
  bins: readonly HistogramBin[];
  mean: { value?: number | null; low?: number | null; high?: number | null };
  /** Drawn as a line across, with its value on the axis. */
  threshold: number;
}

const margin = { top: 6, right: 12, bottom: 34, left: 12 };
const barsHeight = 84;
const meanHeight = 18;
const ticks = [0, 0.25, 0.5, 0.75, 1];

/** Counts of images by Jaccard, and under them the mean with its interval on the same axis. */
export function HistogramPlot({ label, slot, bins, mean, threshold }: HistogramPlotProps) {
  const [box, width] = useWidth<HTMLDivElement>(420);
  const [picked, setPicked] = useState<number>();
  const inner = Math.max(160, width - margin.left - margin.right);
  const x = (jaccard: number) => jaccard * inner;
  const bottom = barsHeight + meanHeight;

  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setPicked(Math.max(0, Math.min((picked ?? -by) + by, bins.length - 1)));
  };

  return (
    <div ref={box}>
      <svg
        className={styles.plot}
        width={inner + margin.left + margin.right}
        height={bottom + margin.top + margin.bottom}
        role="img"
        aria-label={`${label}. Arrow keys step through the bars, T shows a table.`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerLeave={() => {
          setPicked(undefined);
        }}
      >
        <g transform={`translate(${margin.left} ${margin.top})`}>
          <Bars bins={bins} slot={slot} x={x} picked={picked} onPick={setPicked} />
          <path className={styles.axis} d={`M0 ${bottom}H${inner}`} />
          <path className={styles.chance} d={`M${x(threshold)} 0V${bottom}`} />
          <Mean mean={mean} slot={slot} x={x} y={barsHeight + meanHeight / 2} />
          {ticks.map((tick) => (
            <text key={tick} x={x(tick)} y={bottom + 16} textAnchor="middle">
              {formatProportion(tick)}
            </text>
          ))}
          <text x={x(threshold)} y={bottom + 30} textAnchor="middle">
            {formatProportion(threshold)}
          </text>
        </g>
      </svg>
      <div className={styles.readout} aria-live="polite">
        {describe(picked === undefined ? undefined : bins[picked])}
      </div>
    </div>
  );
}

interface BarsProps extends Pick<HistogramPlotProps, 'bins' | 'slot'> {
  x: (value: number) => number;
  picked: number | undefined;
  onPick: (index: number) => void;
}

function Bars({ bins, slot, x, picked, onPick }: BarsProps) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const y = (count: number) => (1 - count / most) * barsHeight;
  const { color, soft } = seriesOf(slot);
  return bins.map(({ from, to, count }, index) => (
    <g
      key={from}
      onPointerEnter={() => {
        onPick(index);
      }}
    >
      {/* The whole column listens: a bar of one image is hard to hit. */}
      <rect x={x(from)} width={x(to) - x(from)} height={barsHeight} fill="transparent" />
      <rect
        x={x(from) + 0.5}
        y={y(count)}
        width={Math.max(0, x(to) - x(from) - 1)}
        height={barsHeight - y(count)}
        fill={index === picked ? color : soft}
        stroke={color}
        strokeWidth={count > 0 ? 1 : 0}
      />
    </g>
  ));
}

interface MeanProps extends Pick<HistogramPlotProps, 'mean' | 'slot'> {
  x: (value: number) => number;
  y: number;
}

function Mean({ mean: { value, low, high }, slot, x, y }: MeanProps) {
  if (typeof value !== 'number') return null;
  const { color, marker } = seriesOf(slot);
  return (
    <>
      {typeof low === 'number' && typeof high === 'number' && (
        <path d={`M${x(low)} ${y}H${x(high)}`} stroke={color} strokeWidth={2.5} />
      )}
      <path
        d={markerPaths[marker]}
        transform={`translate(${x(value) - 5.5} ${y - 5.5})`}
        fill={color}
        stroke="var(--surface)"
      />
    </>
  );
}

const describe = (bin: HistogramBin | undefined) =>
  bin
    ? `Jaccard from ${formatProportion(bin.from)} to ${formatProportion(bin.to)}: ${countOf(bin.count, 'image')}.`
    : 'Under the bars: the mean with its interval.';
