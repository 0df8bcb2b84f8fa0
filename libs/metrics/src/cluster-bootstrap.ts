import { checkCount, checkedLevel } from './cases.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import { resample } from './cluster-draws.js';
import { normalCdf, normalQuantile } from './normal.js';
import { quantile } from './quantile.js';
import { isDefined, undef, type Interval, type Undef, type Value } from './value.js';

/** A quantity of a resampled cohort. A plain function of the weights will do. */
export interface ResampledStatistic {
  /** @param weights how often each case counts, in case order: the times its patient was drawn. */
  (weights: Uint32Array): Value;
  /**
   * The quantity without each patient in turn, where that can be had faster than by asking once per
   * patient: with 30 000 patients the jackknife would otherwise cost more than the bootstrap.
   */
  readonly withoutEach?: (clusters: Clusters) => Value<Float64Array>;
}

export interface BootstrapOptions {
  /** B, the resamples; 2000 unless given. */
  replicates?: number;
  /** Seed of the one random stream, a whole number in [0, 2^32). Kept with the answer. */
  seed: number;
  /** Level of the intervals, in (0, 1); 0.95 unless given. */
  level?: number;
}

/** What resampling patients tells about a quantity. */
export interface BootstrapEstimate {
  /** The quantity in the cohort itself. */
  estimate: Value;
  /** Standard deviation of the replicates. */
  se: Value;
  /** Type-7 quantiles of the replicates. */
  percentile: Value<Interval>;
  /** Bias-corrected and accelerated interval. */
  bca: Value<Interval>;
  z0: Value;
  acceleration: Value;
  /** Replicates thrown away because the quantity did not exist in them. */
  redrawn: number;
  /** The B replicates, in the order drawn; empty where there are none. */
  values: Float64Array;
  replicates: number;
  seed: number;
  level: number;
}

/** Unless given. Efron & Tibshirani (1993) ask for 1000 and more where limits are wanted. */
export const DEFAULT_REPLICATES = 2000;

/**
 * Bootstrap over patients: each replicate draws as many patients as there are, with replacement; a
 * patient drawn twice counts twice, with all their cases. The answer does not depend on the order of
 * the cases inside a patient.
 *
 * A replicate in which the quantity is undefined is thrown away and the next draws take its place.
 * Undefined: everything, where the quantity is undefined in the cohort, or `too-many-redraws` (more
 * than 10 B); `bca` also `bca-degenerate`, where all replicates lie on one side of the estimate, no
 * patient matters or the quantity does not exist without one of them.
 * Throws `MetricInputError`: `bad-cluster`, `bad-count` (replicates < 2), `bad-option` (seed),
 * `bad-level`. O(B n) for an O(n) statistic; the jackknife is O(patients n), or O(n) where the statistic
 * knows itself without each patient, as those of this library do for AUCs and means.
 *
 * Davison & Hinkley, Bootstrap Methods and their Application (1997). Efron, JASA 82 (1987) 171-185.
 *
 * @param statistic the quantity as a function of case weights; see `aucStatistic` and its like.
 * @param clusters patient of each case.
 */
export function clusterBootstrap(
  statistic: ResampledStatistic,
  clusters: ClusterIds,
  options: BootstrapOptions,
): BootstrapEstimate {
  const patients = checkedClusters(clusters, clusters.length);
  return bootstrapOf(options, {
    estimate: statistic(new Uint32Array(clusters.length).fill(1)),
    draw: (replicates, keep) =>
      resample(patients, options.seed, replicates, (weights, replicate) =>
        keep(statistic(weights), replicate),
      ),
    acceleration: () => accelerationOf(withoutEachOf(statistic, patients)),
  });
}

/** A quantity and how its replicates are drawn. */
export interface Resampling {
  /** In the cohort itself. */
  estimate: Value;
  /**
   * Hands each replicate of the quantity to `keep`, which says whether it could be used; answers how
   * many were redrawn, as `resample` does.
   */
  draw: (replicates: number, keep: (value: Value, replicate: number) => boolean) => Value;
  /** Of the BCa interval, see `accelerationOf`. */
  acceleration: () => Value;
}

/** The bootstrap of a quantity that is drawn in a way of its own. Undefined and throws likewise. */
export function bootstrapOf(
  options: BootstrapOptions,
  { estimate, draw, acceleration: accelerate }: Resampling,
): BootstrapEstimate {
  const replicates = options.replicates ?? DEFAULT_REPLICATES;
  checkCount(replicates, 'replicates', 2);
  const level = checkedLevel(options.level);
  const about = { replicates, seed: options.seed, level };
  if (!isDefined(estimate)) return { ...nothing(estimate), ...about, estimate };

  const values = new Float64Array(replicates);
  const redrawn = draw(replicates, (value, replicate) => {
    if (!isDefined(value)) return false;
    values[replicate] = value;
    return true;
  });
  if (!isDefined(redrawn)) return { ...nothing(redrawn), ...about, estimate };

  const sorted = values.slice().sort();
  const z0 = biasCorrection(sorted, estimate);
  const acceleration = accelerate();
  const tails = [(1 - level) / 2, (1 + level) / 2] as const;
  return {
    ...about,
    estimate,
    se: standardDeviation(values),
    percentile: [quantile(sorted, tails[0]), quantile(sorted, tails[1])],
    bca: bcaInterval(sorted, tails, z0, acceleration),
    z0,
    acceleration,
    redrawn,
    values,
  };
}

const nothing = (reason: Undef) => ({
  se: reason,
  percentile: reason,
  bca: reason,
  z0: reason,
  acceleration: reason,
  redrawn: 0,
  values: new Float64Array(0),
});

/** Sample standard deviation, centred, in two passes. */
function standardDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

function biasCorrection(sorted: Float64Array, estimate: number): Value {
  let count = 0;
  for (const value of sorted) count += value < estimate ? 2 : value === estimate ? 1 : 0;
  const share = count / (2 * sorted.length);
  return share > 0 && share < 1 ? normalQuantile(share) : undef('bca-degenerate');
}

/** The quantity without each patient in turn. */
const withoutEachOf = (statistic: ResampledStatistic, clusters: Clusters): Value<Float64Array> =>
  statistic.withoutEach?.(clusters) ?? askedWithoutEach(statistic, clusters);

/** Efron's acceleration from leaving out one patient at a time. */
export function accelerationOf(without: Value<Float64Array>): Value {
  if (!isDefined(without)) return undef('bca-degenerate');
  const mean = without.reduce((sum, value) => sum + value, 0) / without.length;
  let [squares, cubes] = [0, 0];
  for (const value of without) {
    const d = mean - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : undef('bca-degenerate');
}

/** The statistic with the weight of one patient after the other set to 0. O(patients n). */
function askedWithoutEach(statistic: ResampledStatistic, clusters: Clusters): Value<Float64Array> {
  const without = new Float64Array(clusters.count);
  const weights = new Uint32Array(clusters.index.length).fill(1);
  const cases = casesOfClusters(clusters);
  for (let c = 0; c < clusters.count; c++) {
    for (const i of cases[c]!) weights[i] = 0;
    const value = statistic(weights);
    if (!isDefined(value)) return value;
    without[c] = value;
    for (const i of cases[c]!) weights[i] = 1;
  }
  return without;
}

/** Case numbers of each patient. */
export function casesOfClusters(clusters: Clusters): number[][] {
  const cases = Array.from({ length: clusters.count }, (): number[] => []);
  for (let i = 0; i < clusters.index.length; i++) cases[clusters.index[i]!]!.push(i);
  return cases;
}

function bcaInterval(
  sorted: Float64Array,
  tails: readonly [number, number],
  z0: Value,
  acceleration: Value,
): Value<Interval> {
  if (!isDefined(z0)) return z0;
  if (!isDefined(acceleration)) return acceleration;
  const limits: number[] = [];
  for (const tail of tails) {
    const shifted = z0 + normalQuantile(tail);
    const denominator = 1 - acceleration * shifted;
    // Past its pole the correction would turn the limits round.
    if (denominator <= 0) return undef('bca-degenerate');
    limits.push(quantile(sorted, normalCdf(z0 + shifted / denominator)));
  }
  return [limits[0]!, limits[1]!];
}

/**
 * Turns a function of case numbers into a statistic for `clusterBootstrap`, for quantities that have
 * no weighted form: a case drawn twice is listed twice, in case order. O(n) more per replicate.
 */
export function statisticOfCases(quantity: (cases: Uint32Array) => Value): ResampledStatistic {
  return (weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const cases = new Uint32Array(total);
    let next = 0;
    for (let i = 0; i < weights.length; i++) {
      const end = next + weights[i]!;
      cases.fill(i, next, end);
      next = end;
    }
    return quantity(cases);
  };
}
