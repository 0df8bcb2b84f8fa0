import { MetricInputError } from './errors.js';
import { isDefined, undef, type Value } from './value.js';

export interface HistogramBin {
  from: number;
  /** Exclusive, but for the last bin. */
  to: number;
  count: number;
}

/** How a quantity in [0, 1], such as the Jaccard index, spreads over images. */
export interface Distribution {
  /** Type-7 quantile at one half. */
  median: Value;
  /** Type-7 quantiles at one quarter and three quarters. */
  lowerQuartile: Value;
  upperQuartile: Value;
  /** Images strictly below `threshold`. */
  below: number;
  bins: HistogramBin[];
  /** Images without a defined value: in no bin, and to be shown beside it. */
  excluded: number;
}

export interface DistributionOptions {
  /** Equal bins over [0, 1]; 20 unless given. */
  bins?: number;
  /** 0.65 unless given: the ISIC 2018 task description calls a mask below it failed. */
  threshold?: number;
}

/**
 * Median, histogram and number below a threshold of values in [0, 1].
 *
 * Bin b holds `b/k <= value < (b+1)/k`, the last also 1. Median `no-cases` without a defined value.
 * Throws `MetricInputError`: `bad-probability` for a value outside [0, 1] or not finite, `bad-option`.
 * O(n log n).
 *
 * @param values one per image.
 */
export function distribution(
  values: ArrayLike<Value>,
  { bins = 20, threshold = 0.65 }: DistributionOptions = {},
): Distribution {
  if (!Number.isInteger(bins) || bins < 1) {
    throw new MetricInputError('bad-option', `bins is ${bins}; a histogram has at least one`);
  }
  const defined = definedOf(values);
  const counts = new Array<number>(bins).fill(0);
  let below = 0;
  for (const value of defined) {
    if (!(value >= 0 && value <= 1)) {
      throw new MetricInputError('bad-probability', `${value} is not in [0, 1]`);
    }
    counts[binOf(value, bins)]!++;
    if (value < threshold) below++;
  }
  const quantileAt = (p: number): Value =>
    defined.length > 0 ? quantileBySelection(defined, p) : undef('no-cases');
  return {
    median: quantileAt(0.5),
    lowerQuartile: quantileAt(0.25),
    upperQuartile: quantileAt(0.75),
    below,
    bins: counts.map((count, b) => ({ from: b / bins, to: (b + 1) / bins, count })),
    excluded: values.length - defined.length,
  };
}

function definedOf(values: ArrayLike<Value>): Float64Array {
  if (values instanceof Float64Array) return values.slice();
  const kept = new Float64Array(values.length);
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (isDefined(value)) kept[size++] = value;
  }
  return kept.slice(0, size);
}

/** The product may round across an edge; the edges themselves are the quotients that are shown. */
function binOf(value: number, bins: number): number {
  const near = Math.min(bins - 1, Math.floor(value * bins));
  if (value < near / bins) return near - 1;
  return near + 1 < bins && value >= (near + 1) / bins ? near + 1 : near;
}

/** Fine enough that a part of a large cohort is soon sorted. */
const PARTS = 4096;

/**
 * `quantile` of values in [0, 1] without sorting them all: only the part of [0, 1] in which
 * it lies is sorted. O(n) unless they crowd together.
 */
function quantileBySelection(values: Float64Array, p: number): number {
  const partOf = (value: number) => Math.min(PARTS - 1, Math.floor(value * PARTS));
  const counts = new Uint32Array(PARTS);
  for (let i = 0; i < values.length; i++) counts[partOf(values[i]!)]!++;
  const position = p * (values.length - 1);
  const below = Math.floor(position);
  let first = 0;
  let before = 0;
  while (before + counts[first]! <= below) before += counts[first++]!;
  // The next value above may lie in the next part that has any.
  let last = first;
  let end = before + counts[first]!;
  while (end <= below + 1 && last < PARTS - 1) end += counts[++last]!;
  const near = values.filter((value) => partOf(value) >= first && partOf(value) <= last).sort();
  const low = near[below - before]!;
  const high = near[Math.min(below + 1, values.length - 1) - before]!;
  return low + (position - below) * (high - low);
}
