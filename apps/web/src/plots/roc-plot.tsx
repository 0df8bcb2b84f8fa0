'use client';

import { line } from 'd3-shape';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { seriesOf } from '@/theme/series';
import { formatCount, formatProportion, formatValue } from '@/ui/format';
import { markerPaths } from '@/ui/version-marker';
import styles from './plot.module.css';
import { nearestPoint, stepPoint, type Picked, type RocPoint } from './roc-points';
import { useWidth } from './use-width';

export interface RocCurve {
  slot: number;
  title: string;
  positives: number;
  negatives: number;
  points: readonly RocPoint[];
}

const margin = { top: 8, right: 12, bottom: 40, left: 44 };
const ticks = [0, 0.25, 0.5, 0.75, 1];
/** Wider, the plot would push the numbers that explain it off the screen. */
const maxSide = 380;
const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

/** Draws the points the server computed. Ties make slanted pieces: the curve whose area is the AUC. */
export function RocPlot({ label, curves }: { label: string; curves: readonly RocCurve[] }) {
  const [box, width] = useWidth<HTMLDivElement>(360);
  const [picked, setPicked] = useState<Picked>();
  const side = Math.max(120, Math.min(width - margin.left - margin.right, maxSide));
  const x = (rate: number) => rate * side;
  const y = (rate: number) => (1 - rate) * side;
  const points = curves.map((curve) => curve.points);

  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const across = (event.clientX - left - margin.left) / side;
    const up = 1 - (event.clientY - top - margin.top) / side;
    setPicked(nearestPoint(points, across, up));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setPicked(undefined);
    if (!keys.includes(event.key)) return;
    event.preventDefault();
    setPicked(stepPoint(points, picked, event.key));
  };

  return (
    <div ref={box}>
      <svg
        className={styles.plot}
        width={side + margin.left + margin.right}
        height={side + margin.top + margin.bottom}
        role="img"
        aria-label={`${label}. Arrow keys step through the points, T shows a table.`}
        tabIndex={0}
        onPointerMove={onPointerMove}
        onPointerLeave={() => {
          setPicked(undefined);
        }}
        onKeyDown={onKeyDown}
      >
        <g transform={`translate(${margin.left} ${margin.top})`}>
          <Axes side={side} x={x} y={y} />
          {curves.map((curve) => (
            <Curve key={curve.slot} curve={curve} x={x} y={y} />
          ))}
          {picked && <Crosshair picked={picked} curves={curves} x={x} y={y} side={side} />}
        </g>
      </svg>
      <div className={styles.readout} aria-live="polite">
        {describe(picked, curves)}
      </div>
    </div>
  );
}

type Scale = (value: number) => number;

function Axes({ side, x, y }: { side: number; x: Scale; y: Scale }) {
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <path className={styles.grid} d={`M${x(tick)} 0V${side}M0 ${y(tick)}H${side}`} />
          <text x={x(tick)} y={side + 16} textAnchor="middle">
            {formatProportion(tick)}
          </text>
          <text x={-8} y={y(tick) + 4} textAnchor="end">
            {formatProportion(tick)}
          </text>
        </g>
      ))}
      <path className={styles.axis} d={`M0 0V${side}H${side}`} />
      <path className={styles.chance} d={`M0 ${side}L${side} 0`} />
      <text x={side / 2} y={side + 34} textAnchor="middle">
        1 − specificity
      </text>
      <text transform={`translate(-34 ${side / 2}) rotate(-90)`} textAnchor="middle">
        Sensitivity
      </text>
    </>
  );
}

function Curve({ curve, x, y }: { curve: RocCurve; x: Scale; y: Scale }) {
  const { color, dash } = seriesOf(curve.slot);
  const path = line<RocPoint>(
    (p) => x(p.falsePositiveRate),
    (p) => y(p.truePositiveRate),
  );
  return (
    <path
      d={path([...curve.points]) ?? undefined}
      fill="none"
      stroke={color}
      strokeWidth={1.9}
      strokeDasharray={dash}
      strokeLinejoin="round"
    />
  );
}

interface CrosshairProps {
  picked: Picked;
  curves: readonly RocCurve[];
  x: Scale;
  y: Scale;
  side: number;
}

function Crosshair({ picked, curves, x, y, side }: CrosshairProps) {
  const curve = curves[picked.series];
  const point = curve?.points[picked.point];
  if (!curve || !point) return null;
  const { color, marker } = seriesOf(curve.slot);
  const [px, py] = [x(point.falsePositiveRate), y(point.truePositiveRate)];
  return (
    <g data-hover>
      <path className={styles.cross} d={`M${px} 0V${side}M0 ${py}H${side}`} />
      <path
        d={markerPaths[marker]}
        transform={`translate(${px - 5.5} ${py - 5.5})`}
        fill={color}
        stroke="var(--surface)"
      />
    </g>
  );
}

function describe(picked: Picked | undefined, curves: readonly RocCurve[]) {
  const curve = picked && curves[picked.series];
  const point = curve?.points[picked?.point ?? 0];
  if (!curve || !point) return 'Point at a curve, or use the arrow keys, to read a threshold.';
  const { threshold, truePositives, falsePositives, truePositiveRate, falsePositiveRate } = point;
  const at =
    typeof threshold === 'number' ? `score ≥ ${formatValue(threshold)}` : 'above all scores';
  return (
    `${curve.title}, ${at}: sensitivity ${formatProportion(truePositiveRate)} ` +
    `(${formatCount(truePositives)} of ${formatCount(curve.positives)} found), ` +
    `1 − specificity ${formatProportion(falsePositiveRate)} ` +
    `(${formatCount(falsePositives)} of ${formatCount(curve.negatives)} called wrongly).`
  );
}
