import { waldInterval } from './auc-intervals.js';
import { checkedLevel, checkLength } from './cases.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import {
  accelerationOf,
  bootstrapOf,
  clusterBootstrap,
  type BootstrapEstimate,
  type BootstrapOptions,
  type ResampledStatistic,
} from './cluster-bootstrap.js';
import { resampleClusters } from './cluster-draws.js';
import { MetricInputError } from './errors.js';
import { normalQuantile } from './normal.js';
import { studentTQuantile } from './student.js';
import { isDefined, mapValue, undef, type Interval, type Undef, type Value } from './value.js';

/** A mean over images, each image counting the same. */
export interface MacroMean {
  /** Images with a defined value. */
  images: number;
  /** Images without one: left out of the mean, and to be shown beside it. */
  excluded: number;
  mean: Value;
  /** Sample standard deviation between images. */
  sd: Value;
  /** Of the mean, for independent images. */
  se: Value;
  /** Student's t on images - 1, for independent images; not clamped. */
  tCi: Value<Interval>;
  /** The interval to show: `tCi`, or with patients the bootstrap percentile interval. */
  ci: Value<Interval>;
  ciMethod: 't' | 'cluster-bootstrap';
  /** Patients with at least one defined value. Given patients only, like all below. */
  clusters?: number;
  /** Of the mean, over patients. */
  clusterSe?: Value;
  /** `mean +- z clusterSe`; not clamped. */
  clusterCi?: Value<Interval>;
  /** `mean +- t clusterSe` on patients - 1, for fewer than 50 patients; not clamped. */
  clusterTCi?: Value<Interval>;
  bootstrap?: BootstrapEstimate;
}

export interface MacroMeanOptions {
  /** Level of the intervals, in (0, 1); 0.95 unless given. */
  level?: number;
  /** Resamples of patients; 2000 unless given. */
  replicates?: number;
  /** Seed of the resampling; 1 unless given, and kept with the answer. */
  seed?: number;
}

/**
 * Mean over images of a quantity such as the Jaccard index. Images for which it does not exist (an
 * `Undef`, or null as stored) are left out and counted.
 *
 * With patients, the cluster standard error and a bootstrap over patients are added, and the
 * bootstrap gives the interval to show. A single image has a mean but no interval (`one-case`), a
 * single patient neither cluster error nor bootstrap (`one-cluster`); without any defined value all
 * is undefined for the reason of the first image, or `no-cases`.
 * Throws `MetricInputError`: `length-mismatch`, `non-finite-score`, `bad-cluster`, `bad-level`,
 * `bad-count`, `bad-option`. O(n + B n).
 *
 * @param values one per image.
 * @param clusters patient of each image.
 */
export function macroMean(
  values: ArrayLike<Value | null>,
  clusters?: ClusterIds,
  options: MacroMeanOptions = {},
): MacroMean {
  const level = checkedLevel(options.level);
  const kept = definedValues(values, clusters);
  const images = kept.values.length;
  const base = { images, excluded: values.length - images };
  const mean = images === 0 ? (kept.reason ?? undef('no-cases')) : meanOf(kept.values);
  const sd = isDefined(mean) ? standardDeviation(kept.values, mean) : mean;
  const se = mapValue(sd, (deviation) => deviation / Math.sqrt(images));
  const tCi = intervalOf(mean, se, () => studentTQuantile((1 + level) / 2, images - 1));
  const independent = { ...base, mean, sd, se, tCi };
  if (!kept.clusters) return { ...independent, ci: tCi, ciMethod: 't' };

  const patients = checkedClusters(kept.clusters, images);
  const clusterSe = isDefined(mean) ? clusterSeOf(kept.values, mean, patients) : mean;
  const bootstrap = meanOverClusters(kept.values, patients, {
    seed: options.seed ?? 1,
    ...(options.replicates !== undefined && { replicates: options.replicates }),
    level,
  });
  return {
    ...independent,
    ci: isDefined(mean) ? bootstrap.percentile : mean,
    ciMethod: 'cluster-bootstrap',
    clusters: patients.count,
    clusterSe,
    clusterCi: intervalOf(mean, clusterSe, () => normalQuantile((1 + level) / 2)),
    clusterTCi: intervalOf(mean, clusterSe, () =>
      studentTQuantile((1 + level) / 2, patients.count - 1),
    ),
    bootstrap,
  };
}

interface DefinedValues {
  values: Float64Array;
  clusters?: ClusterIds;
  reason?: Undef;
}

function definedValues(values: ArrayLike<Value | null>, clusters?: ClusterIds): DefinedValues {
  if (clusters) checkLength(clusters, values.length, 'clusters');
  if (values instanceof Float64Array) {
    // Nothing is undefined in it, and nothing needs to be copied one by one.
    const bad = values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) checkedValue(values[bad]!, bad);
    return { values, ...(clusters && { clusters }) };
  }
  const kept: number[] = [];
  const keptClusters: (number | string)[] = [];
  let reason: Undef | undefined;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? undef('no-cases');
    if (isDefined(value)) {
      kept.push(checkedValue(value, i));
      if (clusters) keptClusters.push(clusters[i]!);
    } else {
      reason ??= value;
    }
  }
  return {
    values: new Float64Array(kept),
    ...(clusters && { clusters: keptClusters }),
    ...(reason && { reason }),
  };
}

function checkedValue(value: number, index: number): number {
  if (Number.isFinite(value)) return value;
  throw new MetricInputError('non-finite-score', `values[${index}] is ${value}`, index);
}

/** Mean of at least one value. */
export const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function standardDeviation(values: Float64Array, mean: number): Value {
  if (values.length < 2) return undef('one-case');
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** `sqrt(I / (I - 1) sum over patients of (sum of deviations)^2) / n`; `one-cluster` for I = 1. */
export function clusterSeOf(values: Float64Array, mean: number, { index, count }: Clusters): Value {
  if (count < 2) return undef('one-cluster');
  const deviations = new Float64Array(count);
  for (let i = 0; i < values.length; i++) deviations[index[i]!]! += values[i]! - mean;
  const squares = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
  return Math.sqrt((count / (count - 1)) * squares) / values.length;
}

function intervalOf(mean: Value, se: Value, quantile: () => number): Value<Interval> {
  if (!isDefined(mean)) return mean;
  return mapValue(se, (error) => waldInterval(mean, quantile() * error, -Infinity, Infinity));
}

/** The weighted mean as a statistic for `clusterBootstrap`. */
export function macroMeanStatistic(values: Float64Array): ResampledStatistic {
  const weighted = (weights: Uint32Array): Value => {
    let [sum, total] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      sum += weights[i]! * values[i]!;
      total += weights[i]!;
    }
    return total > 0 ? sum / total : undef('no-cases');
  };
  return Object.assign(weighted, {
    withoutEach: (clusters: Clusters) => meanWithoutEach(values, clusters),
  });
}

/**
 * From here on a replicate adds up the sums of patients and not images, which differs in the last
 * digit and in nothing else; below it is fast enough as it is.
 */
const MANY_IMAGES = 20_000;

/** The bootstrap of a mean over patients; `one-cluster` for a single one. */
export function meanOverClusters(
  values: Float64Array,
  clusters: Clusters,
  options: BootstrapOptions,
): BootstrapEstimate {
  if (clusters.count === 1) {
    return clusterBootstrap(() => undef('one-cluster'), Int32Array.from(clusters.index), options);
  }
  if (values.length < MANY_IMAGES) {
    return clusterBootstrap(macroMeanStatistic(values), Int32Array.from(clusters.index), options);
  }
  return bootstrapOfSums(values, clusters, options);
}

/** Resamples the sums of patients, whose cases need not be touched again. O(B patients). */
function bootstrapOfSums(
  values: Float64Array,
  clusters: Clusters,
  options: BootstrapOptions,
): BootstrapEstimate {
  const { sums, sizes } = sumsOfClusters(values, clusters);
  return bootstrapOf(options, {
    estimate: meanOfDrawn(new Uint8Array(clusters.count).fill(1), sums, sizes),
    draw: (replicates, keep) =>
      resampleClusters(clusters.count, options.seed, replicates, (drawn, replicate) =>
        keep(meanOfDrawn(drawn, sums, sizes), replicate),
      ),
    acceleration: () => accelerationOf(meanWithoutEach(values, clusters)),
  });
}

function meanOfDrawn(drawn: Uint8Array, sums: Float64Array, sizes: Uint32Array): Value {
  let [sum, total] = [0, 0];
  for (let c = 0; c < sums.length; c++) {
    const times = drawn[c]!;
    sum += times * sums[c]!;
    total += times * sizes[c]!;
  }
  return total > 0 ? sum / total : undef('no-cases');
}

function sumsOfClusters(values: Float64Array, { index, count }: Clusters) {
  const sums = new Float64Array(count);
  const sizes = new Uint32Array(count);
  for (let i = 0; i < values.length; i++) {
    sums[index[i]!]! += values[i]!;
    sizes[index[i]!]!++;
  }
  return { sums, sizes };
}

function meanWithoutEach(values: Float64Array, clusters: Clusters): Value<Float64Array> {
  if (clusters.count < 2) return undef('no-cases');
  const { sums, sizes } = sumsOfClusters(values, clusters);
  const total = sums.reduce((sum, ofCluster) => sum + ofCluster, 0);
  return sums.map((ofCluster, c) => (total - ofCluster) / (values.length - sizes[c]!));
}
