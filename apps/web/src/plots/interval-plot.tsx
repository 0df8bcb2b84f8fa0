import { seriesOf } from '@/theme/series';
import { formatProportion } from '@/ui/format';
import { markerPaths } from '@/ui/version-marker';

const width = 150;
const margin = 6;

type Domain = readonly [number, number];

const scale = (value: number, [from, to]: Domain) =>
  margin + ((value - from) / (to - from)) * (width - 2 * margin);

interface IntervalPlotProps {
  of: { value?: number | null; low?: number | null; high?: number | null };
  domain: Domain;
  slot: number;
}

/** The interval of one row on the axis of its column. The numbers stand beside it, so it is not read out. */
export function IntervalPlot({ of: { value, low, high }, domain, slot }: IntervalPlotProps) {
  if (typeof value !== 'number') return null;
  const { color, marker } = seriesOf(slot);
  const x = scale(value, domain);
  return (
    <svg
      width={width}
      height={20}
      viewBox={`0 0 ${width} 20`}
      style={{ verticalAlign: 'middle' }}
      aria-hidden
    >
      <path d={`M${margin} 10H${width - margin}`} stroke="var(--grid)" />
      {typeof low === 'number' && typeof high === 'number' && (
        <path
          d={`M${scale(Math.max(low, domain[0]), domain)} 10H${scale(high, domain)}`}
          stroke={color}
          strokeWidth={1.75}
        />
      )}
      <path
        d={markerPaths[marker]}
        transform={`translate(${x - 5.5} 4.5)`}
        fill={color}
        stroke="var(--surface)"
      />
    </svg>
  );
}

/** First, middle and last value of the column's axis. */
export function IntervalAxis({ domain }: { domain: Domain }) {
  const [from, to] = domain;
  return (
    <svg width={width} height={12} viewBox={`0 0 ${width} 12`} aria-hidden>
      {([from, (from + to) / 2, to] as const).map((value, index) => (
        <text
          key={value}
          x={scale(value, domain)}
          y={10}
          fontSize={11}
          fontWeight={400}
          fill="var(--text-2)"
          textAnchor={(['start', 'middle', 'end'] as const)[index]}
        >
          {formatProportion(value)}
        </text>
      ))}
    </svg>
  );
}
