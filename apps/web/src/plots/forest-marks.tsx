import { seriesOf } from '@/theme/series';
import type { ForestColumns, ForestHeads } from './forest-columns';
import type { ForestPlotProps } from './forest-plot';
import type { PlacedRow } from './forest-rows';
import styles from './plot.module.css';
import { PlotMarker } from './plot-marker';
import type { Scale } from './scale';

export function Heads({ heads, at }: { heads: ForestHeads; at: ForestColumns }) {
  return (
    <g className={styles.muted}>
      <text x={0} y={11}>
        {heads.label}
      </text>
      {heads.count && (
        <text x={at.count} y={11} textAnchor="end">
          {heads.count}
        </text>
      )}
      <text x={(at.plot + at.plotEnd) / 2} y={11} textAnchor="middle">
        {heads.plot}
      </text>
      <text x={at.estimate} y={11}>
        {heads.estimate}
      </text>
      {heads.last && (
        <text x={at.end} y={11} textAnchor="end">
          {heads.last}
        </text>
      )}
    </g>
  );
}

interface GroundProps extends Pick<
  ForestPlotProps,
  'format' | 'lines' | 'shadedFrom' | 'direction'
> {
  ticks: readonly number[];
  x: Scale;
  height: number;
  at: ForestColumns;
}

export function Ground({
  ticks,
  format,
  lines,
  shadedFrom,
  direction,
  x,
  height,
  at,
}: GroundProps) {
  const zero = lines.find(({ isZero }) => isZero);
  return (
    <>
      {shadedFrom !== undefined && (
        <rect
          x={x(shadedFrom)}
          width={Math.max(0, at.plotEnd - x(shadedFrom))}
          height={height}
          fill="var(--subtle)"
          opacity={0.6}
        />
      )}
      {ticks.map((tick) => (
        <g key={tick}>
          <path className={styles.grid} d={`M${x(tick)} 0V${height}`} />
          <text x={x(tick)} y={height + 15} textAnchor="middle">
            {format(tick)}
          </text>
        </g>
      ))}
      {lines.map(({ at: value, words, isZero }) => (
        <g key={value} className={styles.muted}>
          <path className={isZero ? styles.axis : styles.chance} d={`M${x(value)} 0V${height}`} />
          {words && (
            <text x={x(value)} y={height + 31} textAnchor="middle">
              {words}
            </text>
          )}
        </g>
      ))}
      {direction && zero && (
        <text x={x(zero.at)} y={height + 31} className={styles.mutedText}>
          {direction}
        </text>
      )}
    </>
  );
}

interface RowProps {
  row: PlacedRow;
  at: ForestColumns;
  x: Scale;
  domain: readonly [number, number];
  isPicked: boolean;
  onPick: () => void;
  onChoose: (() => void) | undefined;
}

export function Row({ row, at, x, domain, isPicked, onPick, onChoose }: RowProps) {
  const { label, isHeading, count, intervals, instead, y, ys, height } = row;
  return (
    <g onPointerEnter={onPick} onClick={onChoose} cursor={onChoose ? 'pointer' : undefined}>
      {/* The whole row listens, and shows that it does. */}
      <rect
        {...(isPicked ? { 'data-hover': true } : {})}
        x={-6}
        y={y - height / 2}
        width={at.end + 12}
        height={height}
        rx={4}
        fill={isPicked ? 'var(--hover)' : 'transparent'}
      />
      <text x={0} y={y + 4} className={isHeading ? styles.group : styles.strong}>
        {label}
      </text>
      {count && (
        <text x={at.count} y={y + 4} textAnchor="end">
          {count}
        </text>
      )}
      {instead && (
        <text x={at.plot} y={y + 4}>
          {instead}
        </text>
      )}
      {intervals.map((interval, index) => {
        const top = ys[index] ?? y;
        return (
          <g key={interval.slot}>
            <Whisker interval={interval} y={top} x={x} domain={domain} />
            <text x={at.estimate} y={top + 4}>
              {interval.name && `${interval.name} `}
              <tspan className={styles.heading}>{interval.valueWords}</tspan>{' '}
              {interval.intervalWords}
            </text>
            {interval.lastWords && (
              <text x={at.end} y={top + 4} textAnchor="end" className={styles.heading}>
                {interval.lastWords}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

interface WhiskerProps {
  interval: PlacedRow['intervals'][number];
  y: number;
  x: Scale;
  domain: readonly [number, number];
}

function Whisker({ interval: { slot, value, low, high }, y, x, domain }: WhiskerProps) {
  if (typeof value !== 'number') return null;
  const { color } = seriesOf(slot);
  const [from, to] = domain;
  const within = (end: number) => x(Math.max(from, Math.min(end, to)));
  // A limit beyond the axis ends without a cap: the interval goes on.
  const cap = (end: number) => (end < from || end > to ? '' : `M${x(end)} ${y - 4}v8`);
  return (
    <>
      {typeof low === 'number' && typeof high === 'number' && (
        <path
          d={`M${within(low)} ${y}H${within(high)}${cap(low)}${cap(high)}`}
          stroke={color}
          strokeWidth={1.75}
          fill="none"
        />
      )}
      {value >= from && value <= to && <PlotMarker slot={slot} cx={x(value)} cy={y} size={9} />}
    </>
  );
}
