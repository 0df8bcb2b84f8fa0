'use client';

import { area, curveMonotoneX, line } from 'd3-shape';
import { useState, type KeyboardEvent } from 'react';
import { seriesOf } from '@/theme/series';
import { countOf, formatProportion } from '@/ui/format';
import { ridgePoints, stepBin, type PickedBin, type RidgeBin } from './ridge-points';
import styles from './plot.module.css';
import { PlotMarker } from './plot-marker';
import { linearScale, type Scale } from './scale';
import { useWidth } from './use-width';

export interface RidgeSeries {
  slot: number;
  title: string;
  /** Counts over equal steps of [0, 1]. */
  bins: readonly RidgeBin[];
  /** Quartiles, where they are known: the box. */
  box?: { q1: number; median: number; q3: number } | undefined;
  mean: { value?: number | null; low?: number | null; high?: number | null };
  /** Beside the curve, a line each: mean, interval, how many are below. */
  words: readonly string[];
}

interface RidgePlotProps {
  label: string;
  series: readonly RidgeSeries[];
  /** Drawn through all, with its value on the axis. */
  threshold: number;
  hint: string;
  /** By a click or Enter: the bin and the place of its version. */
  onChoose?: (bin: RidgeBin, series: number) => void;
}

const rowHeight = 64;
const curveHeight = 40;
const top = 8;
const ticks = [0, 0.25, 0.5, 0.75, 1];
/** A letter of 11 px text, near enough to leave room for the names. */
const letterPx = 6.1;
const wordsWidth = 86;

/** How Jaccard spreads over the images, a version below the other on one axis, with box and mean. */
export function RidgePlot({ label, series, threshold, hint, onChoose }: RidgePlotProps) {
  const [box, width] = useWidth<HTMLDivElement>(420);
  const [picked, setPicked] = useState<PickedBin>();
  const nameWidth = 22 + Math.min(110, letterPx * Math.max(...series.map((s) => s.title.length)));
  const x = linearScale([0, 1], [nameWidth, Math.max(nameWidth + 120, width - wordsWidth)]);
  const height = top + series.length * rowHeight;
  const pickedOne = picked && series[picked.series];
  const bin = pickedOne?.bins[picked?.bin ?? 0];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setPicked(undefined);
    if (event.key === 'Enter' && bin && picked && onChoose) onChoose(bin, picked.series);
    const next = stepBin(series, picked, event.key);
    if (!next) return;
    event.preventDefault();
    setPicked(next);
  };

  return (
    <div ref={box}>
      <svg
        className={styles.plot}
        width={width}
        height={height + 38}
        role="img"
        aria-label={`${label}. Arrow keys step through the bars, Enter chooses one, T shows a table.`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerLeave={() => {
          setPicked(undefined);
        }}
      >
        <Scales x={x} height={height} threshold={threshold} />
        {series.map((one, index) => (
          <g key={one.slot} transform={`translate(0 ${top + index * rowHeight})`}>
            <Ridge
              series={one}
              x={x}
              picked={picked?.series === index ? picked.bin : undefined}
              onPick={(bin) => {
                setPicked({ series: index, bin });
              }}
              onChoose={
                onChoose &&
                ((bin) => {
                  onChoose(bin, index);
                })
              }
            />
          </g>
        ))}
      </svg>
      <div className={styles.readout} aria-live="polite">
        {pickedOne && bin
          ? `${pickedOne.title}, Jaccard from ${formatProportion(bin.from)} to ${formatProportion(bin.to)}: ${countOf(bin.count, 'image')}.`
          : hint}
      </div>
    </div>
  );
}

function Scales({ x, height, threshold }: { x: Scale; height: number; threshold: number }) {
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <path className={styles.grid} d={`M${x(tick)} 0V${height}`} />
          <text x={x(tick)} y={height + 15} textAnchor="middle">
            {formatProportion(tick)}
          </text>
        </g>
      ))}
      <path className={styles.chance} d={`M${x(threshold)} 0V${height}`} />
      <text x={x(threshold)} y={height + 30} textAnchor="middle" className={styles.mutedText}>
        {formatProportion(threshold)}
      </text>
    </>
  );
}

interface RidgeProps {
  series: RidgeSeries;
  x: Scale;
  picked: number | undefined;
  onPick: (bin: number) => void;
  onChoose: ((bin: RidgeBin) => void) | undefined;
}

function Ridge({ series, x, picked, onPick, onChoose }: RidgeProps) {
  const { slot, title, bins, words } = series;
  return (
    <>
      <PlotMarker slot={slot} cx={6} cy={curveHeight / 2} />
      <text x={16} y={curveHeight / 2 + 4} className={styles.heading}>
        {title}
      </text>
      <Outline slot={slot} bins={bins} x={x} />
      <Box series={series} x={x} />
      {bins.map((bin, index) => (
        <rect
          key={bin.from}
          x={x(bin.from)}
          width={Math.max(1, x(bin.to) - x(bin.from))}
          height={curveHeight + 14}
          fill={index === picked ? seriesOf(slot).color : 'transparent'}
          fillOpacity={0.16}
          {...(index === picked ? { 'data-hover': true } : {})}
          cursor={onChoose ? 'pointer' : undefined}
          onPointerEnter={() => {
            onPick(index);
          }}
          onClick={() => onChoose?.(bin)}
        />
      ))}
      {words.map((text, index) => (
        <text
          key={index}
          x={x(1) + 10}
          y={14 + index * 15}
          className={index === 0 ? styles.strong : undefined}
        >
          {text}
        </text>
      ))}
    </>
  );
}

type Point = ReturnType<typeof ridgePoints>[number];

function Outline({ slot, bins, x }: Pick<RidgeSeries, 'slot' | 'bins'> & { x: Scale }) {
  const { color, soft, dash } = seriesOf(slot);
  const y = linearScale([0, 1], [curveHeight, 0]);
  const points = ridgePoints(bins);
  const ground = area<Point>()
    .x((p) => x(p.x))
    .y0(y(0))
    .y1((p) => y(p.share))
    .curve(curveMonotoneX);
  const edge = line<Point>()
    .x((p) => x(p.x))
    .y((p) => y(p.share))
    .curve(curveMonotoneX);
  return (
    <>
      <path d={ground(points) ?? undefined} fill={soft} />
      <path
        d={edge(points) ?? undefined}
        fill="none"
        stroke={color}
        strokeWidth={1.5}
        strokeDasharray={dash}
      />
    </>
  );
}

/** Quartiles as a bar with the median in it, over the interval of the mean; the mean where there are none. */
function Box({ series: { slot, box, mean }, x }: { series: RidgeSeries; x: Scale }) {
  const { color } = seriesOf(slot);
  const y = curveHeight + 9;
  return (
    <>
      {typeof mean.low === 'number' && typeof mean.high === 'number' && (
        <path d={`M${x(mean.low)} ${y}H${x(mean.high)}`} stroke={color} strokeWidth={1.75} />
      )}
      {box && <path d={`M${x(box.q1)} ${y}H${x(box.q3)}`} stroke={color} strokeWidth={5} />}
      {box && (
        <circle
          cx={x(box.median)}
          cy={y}
          r={3.2}
          fill="var(--surface)"
          stroke={color}
          strokeWidth={1.5}
        />
      )}
      {!box && typeof mean.value === 'number' && (
        <PlotMarker slot={slot} cx={x(mean.value)} cy={y} size={9} />
      )}
    </>
  );
}
