'use client';

import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import styles from './plot.module.css';
import { linearScale } from './scale';
import { useWidth } from './use-width';
import { Axes, Band, Crosshair, Curve, pathOf } from './xy-marks';
import { nearestPoint, pointAt, stepPoint, type Picked, type XyPoint } from './xy-points';

export interface PlotPoint extends XyPoint {
  /** Ends of an error bar. */
  low?: number | null;
  high?: number | null;
  /** All that is known of the point; shown when it is picked. */
  words: string;
}

export interface XySeries {
  slot: number;
  title: string;
  /** Rising in x; of equal x in the order they are joined. */
  points: readonly PlotPoint[];
  /** Filled behind the line: where the curve lies with the stated confidence. */
  band?: readonly { x: number; low: number; high: number }[];
  /** The operating point, drawn as the version's marker. */
  mark?: XyPoint | undefined;
  /** A marker at each point, for few points. */
  dots?: boolean;
}

export interface PlotAxis {
  name: string;
  domain: readonly [number, number];
  ticks: readonly number[];
  format: (value: number) => string;
}

export interface XyPlotProps {
  label: string;
  series: readonly XySeries[];
  x: PlotAxis;
  y: PlotAxis;
  /** Lines to compare with: chance, the diagonal, treat all. */
  reference?: readonly (readonly XyPoint[])[];
  /** What to say of x while a point is picked, before the values of the other versions. */
  xWords: (x: number) => string;
  /** Said under the plot while nothing is picked. */
  hint: string;
  /** Height in the share of the width; 1 is a square. */
  ratio?: number;
}

const margin = { top: 8, right: 8, bottom: 40, left: 48 };
/** Wider, the plot would push the numbers that explain it off the screen. */
const maxSide = 380;
const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

/** Curves over two numeric axes, in real pixels: ROC, precision and recall, calibration, net benefit. */
export function XyPlot(props: XyPlotProps) {
  const { label, series, x: xAxis, y: yAxis, reference = [], ratio = 1 } = props;
  const [box, width] = useWidth<HTMLDivElement>(340);
  const inner = Math.max(120, Math.min(width - margin.left - margin.right, maxSide / ratio));
  const height = Math.round(Math.min(inner * ratio, maxSide));
  const x = linearScale(xAxis.domain, [0, inner]);
  const y = linearScale(yAxis.domain, [height, 0]);
  const { picked, setPicked, onKeyDown } = usePicked(series, xAxis, yAxis);

  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const back = (px: number, [from, to]: readonly [number, number], size: number) =>
      from + (px / size) * (to - from);
    const at = {
      x: back(event.clientX - left - margin.left, xAxis.domain, inner),
      y: back(height - (event.clientY - top - margin.top), yAxis.domain, height),
    };
    setPicked(nearestPoint(pointsOf(series), at, spansOf(xAxis, yAxis)));
  };

  return (
    <div ref={box}>
      <svg
        className={styles.plot}
        width={inner + margin.left + margin.right}
        height={height + margin.top + margin.bottom}
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
          <Axes xAxis={xAxis} yAxis={yAxis} x={x} y={y} width={inner} height={height} />
          {reference.map((points, index) => (
            <path key={index} className={styles.chance} d={pathOf(points, x, y)} />
          ))}
          {series.map((one) => (
            <Band key={one.slot} series={one} x={x} y={y} />
          ))}
          {series.map((one) => (
            <Curve key={one.slot} series={one} x={x} y={y} />
          ))}
          {picked && <Crosshair {...{ picked, series, x, y }} width={inner} height={height} />}
        </g>
      </svg>
      <div className={styles.readout} aria-live="polite">
        {picked ? <Readout picked={picked} {...props} /> : props.hint}
      </div>
    </div>
  );
}

const pointsOf = (series: readonly XySeries[]) => series.map(({ points }) => points);

const spansOf = (x: PlotAxis, y: PlotAxis) => ({
  x: x.domain[1] - x.domain[0],
  y: y.domain[1] - y.domain[0],
});

function usePicked(series: readonly XySeries[], x: PlotAxis, y: PlotAxis) {
  const [picked, setPicked] = useState<Picked>();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setPicked(undefined);
    if (!keys.includes(event.key)) return;
    event.preventDefault();
    setPicked(stepPoint(pointsOf(series), picked, event.key, spansOf(x, y)));
  };
  // The numbers may have been computed anew; what was pointed at may be gone.
  const point = picked && series[picked.series]?.points[picked.point];
  return { picked: point ? picked : undefined, setPicked, onKeyDown };
}

interface ReadoutProps extends Pick<XyPlotProps, 'series' | 'xWords' | 'y'> {
  picked: Picked;
}

/** The picked point in full, then where the other versions are at the same x. */
function Readout({ picked, series, xWords, y }: ReadoutProps): ReactNode {
  const one = series[picked.series];
  const point = one?.points[picked.point];
  if (!one || !point) return null;
  const others = series.flatMap((other) => {
    const near = other === one ? undefined : pointAt(other.points, point.x);
    return near ? [`${other.title} ${y.format(near.y)}`] : [];
  });
  return (
    <>
      <b>{one.title}</b>: {point.words}
      {others.length > 0 && ` ${xWords(point.x)}: ${others.join(', ')}.`}
    </>
  );
}
