import { area, line } from 'd3-shape';
import { seriesOf } from '@/theme/series';
import styles from './plot.module.css';
import { PlotMarker } from './plot-marker';
import type { Scale } from './scale';
import type { PlotAxis, XySeries } from './xy-plot';
import { pointAt, type Picked, type XyPoint } from './xy-points';

interface AxesProps {
  xAxis: PlotAxis;
  yAxis: PlotAxis;
  x: Scale;
  y: Scale;
  width: number;
  height: number;
}

export function Axes({ xAxis, yAxis, x, y, width, height }: AxesProps) {
  return (
    <>
      {xAxis.ticks.map((tick) => (
        <g key={tick}>
          <path className={styles.grid} d={`M${x(tick)} 0V${height}`} />
          <text x={x(tick)} y={height + 16} textAnchor="middle">
            {xAxis.format(tick)}
          </text>
        </g>
      ))}
      {yAxis.ticks.map((tick) => (
        <g key={tick}>
          <path className={styles.grid} d={`M0 ${y(tick)}H${width}`} />
          <text x={-8} y={y(tick) + 4} textAnchor="end">
            {yAxis.format(tick)}
          </text>
        </g>
      ))}
      <path className={styles.axis} d={`M0 0V${height}H${width}`} />
      <text x={width / 2} y={height + 34} textAnchor="middle">
        {xAxis.name}
      </text>
      <text transform={`translate(-38 ${height / 2}) rotate(-90)`} textAnchor="middle">
        {yAxis.name}
      </text>
    </>
  );
}

export const pathOf = (points: readonly XyPoint[], x: Scale, y: Scale) =>
  line<XyPoint>(
    (p) => x(p.x),
    (p) => y(p.y),
  )([...points]) ?? undefined;

export function Band({ series: { slot, band }, x, y }: { series: XySeries; x: Scale; y: Scale }) {
  if (!band) return null;
  const path = area<{ x: number; low: number; high: number }>()
    .x((p) => x(p.x))
    .y0((p) => y(p.low))
    .y1((p) => y(p.high));
  return <path d={path([...band]) ?? undefined} fill={seriesOf(slot).soft} />;
}

export function Curve({ series, x, y }: { series: XySeries; x: Scale; y: Scale }) {
  const { slot, points, mark, dots } = series;
  const { color, dash } = seriesOf(slot);
  return (
    <>
      {points.map(({ x: at, low, high }, index) =>
        typeof low === 'number' && typeof high === 'number' ? (
          <path key={index} d={`M${x(at)} ${y(low)}V${y(high)}`} stroke={color} strokeWidth={1.5} />
        ) : null,
      )}
      <path
        d={pathOf(points, x, y)}
        fill="none"
        stroke={color}
        strokeWidth={dots ? 1.5 : 1.9}
        strokeDasharray={dash}
        strokeLinejoin="round"
      />
      {dots &&
        points.map((p, index) => (
          <PlotMarker key={index} slot={slot} cx={x(p.x)} cy={y(p.y)} size={8} />
        ))}
      {mark && <PlotMarker slot={slot} cx={x(mark.x)} cy={y(mark.y)} />}
    </>
  );
}

interface CrosshairProps {
  picked: Picked;
  series: readonly XySeries[];
  x: Scale;
  y: Scale;
  width: number;
  height: number;
}

export function Crosshair({ picked, series, x, y, width, height }: CrosshairProps) {
  const one = series[picked.series];
  const point = one?.points[picked.point];
  if (!one || !point) return null;
  const others = series.filter((other) => other !== one);
  return (
    <g data-hover>
      <path className={styles.cross} d={`M${x(point.x)} 0V${height}M0 ${y(point.y)}H${width}`} />
      {others.map((other) => {
        const near = pointAt(other.points, point.x);
        return (
          near && <PlotMarker key={other.slot} slot={other.slot} cx={x(near.x)} cy={y(near.y)} />
        );
      })}
      <PlotMarker slot={one.slot} cx={x(point.x)} cy={y(point.y)} />
    </g>
  );
}
