import type { Assumption } from './assumption.js';
import { checkCount, checkedLevel, checkOption, type Labels, type Scores } from './cases.js';
import { DEFAULT_REPLICATES } from './cluster-bootstrap.js';
import { resample } from './cluster-draws.js';
import { checkedClusters, type ClusterIds } from './clusters.js';
import { weightedRoc, type WeightedRoc } from './partial-auc.js';
import { quantile } from './quantile.js';
import { isDefined, undef, type Value } from './value.js';

/** Half-widths of a band that covers the whole ROC curve at once. */
export interface SimultaneousBand {
  /** Quantile of Kolmogorov's distribution at the root of the level. */
  kolmogorovQuantile: number;
  /** Draw TPR +- this, clipped to [0, 1]. */
  tpr: number;
  /** Draw FPR +- this, clipped to [0, 1]. */
  fpr: number;
  assumption: Assumption;
}

/**
 * Simultaneous confidence band of a ROC curve: a rectangle of these half-widths around every point.
 * For independent images only; Stephens' correction of the limit errs by less than 1e-4.
 *
 * Undefined: `no-positives`, `no-negatives`. Throws `bad-count`, `bad-level`.
 *
 * Campbell, Stat. Med. 13 (1994) 499-508. Stephens, JRSS B 32 (1970) 115-122.
 */
export function rocBandKs(
  positives: number,
  negatives: number,
  level = 0.95,
): Value<SimultaneousBand> {
  checkCount(positives, 'positives');
  checkCount(negatives, 'negatives');
  // Two independent bands, one per class, hold together with the product of their levels.
  const quantileAt = kolmogorovQuantile(Math.sqrt(checkedLevel(level)));
  if (positives === 0) return undef('no-positives');
  if (negatives === 0) return undef('no-negatives');
  const halfWidth = (cases: number) => {
    const root = Math.sqrt(cases);
    return quantileAt / (root + 0.12 + 0.11 / root);
  };
  return {
    kolmogorovQuantile: quantileAt,
    tpr: halfWidth(positives),
    fpr: halfWidth(negatives),
    assumption: 'independent-images',
  };
}

/** Below this the alternating series needs many terms, and the other form few. */
const SERIES_FROM = 1;

/** Kolmogorov's limiting distribution function. */
function kolmogorovCdf(x: number): number {
  let sum = 0;
  if (x < SERIES_FROM) {
    for (let k = 1; k < 40; k += 2) sum += Math.exp((-k * k * Math.PI ** 2) / (8 * x * x));
    return (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = 1; k < 20; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return 1 - 2 * sum;
}

function kolmogorovQuantile(p: number): number {
  let [low, high] = [0, 10];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (kolmogorovCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** A band that holds at each false positive rate by itself. */
export interface PointwiseBand {
  fpr: number[];
  /** Largest sensitivity with a false positive rate of at most `fpr`, in the cohort. */
  tpr: number[];
  lower: number[];
  upper: number[];
  redrawn: number;
  replicates: number;
  seed: number;
  level: number;
  assumption: Assumption;
}

export interface PointwiseBandOptions {
  /** False positive rates asked for, each in [0, 1]; 0 to 1 in hundredths unless given. */
  fpr?: readonly number[];
  /** Patient of each case; without it every case is drawn by itself. */
  clusters?: ClusterIds;
  replicates?: number;
  seed: number;
  level?: number;
}

const HUNDREDTHS = Array.from({ length: 101 }, (_, k) => k / 100);

/**
 * Pointwise band of a ROC curve: bootstrap percentiles of the sensitivity at fixed false positive
 * rates, over patients.
 *
 * Undefined: `no-positives`, `no-negatives`, `too-many-redraws`. Throws as `rocCurve`, and
 * `bad-cluster`, `bad-count`, `bad-level`, `bad-option`. O(B n).
 */
export function rocBandPointwise(
  labels: Labels,
  scores: Scores,
  options: PointwiseBandOptions,
): Value<PointwiseBand> {
  const fpr = options.fpr ?? HUNDREDTHS;
  checkOption(
    fpr.every((rate) => rate >= 0 && rate <= 1),
    'fpr holds a rate outside [0, 1]',
  );
  const level = checkedLevel(options.level);
  const replicates = options.replicates ?? DEFAULT_REPLICATES;
  checkCount(replicates, 'replicates', 2);
  const curve = weightedRoc(labels, scores);
  const ids = options.clusters ?? Int32Array.from({ length: labels.length }, (_, i) => i);
  const clusters = checkedClusters(ids, labels.length);
  const whole = curve(new Uint32Array(labels.length).fill(1));
  if (!isDefined(whole)) return whole;

  const drawn = fpr.map(() => new Float64Array(replicates));
  const redrawn = resample(clusters, options.seed, replicates, (weights, replicate) => {
    const resampled = curve(weights);
    if (!isDefined(resampled)) return false;
    fpr.forEach((rate, k) => (drawn[k]![replicate] = sensitivityAt(resampled, rate)));
    return true;
  });
  if (!isDefined(redrawn)) return redrawn;
  const limits = (p: number) => drawn.map((values) => quantile(values.sort(), p));
  return {
    fpr: [...fpr],
    tpr: fpr.map((rate) => sensitivityAt(whole, rate)),
    lower: limits((1 - level) / 2),
    upper: limits((1 + level) / 2),
    redrawn,
    replicates,
    seed: options.seed,
    level,
    assumption: options.clusters ? 'independent-patients' : 'independent-images',
  };
}

/** Largest TPR with FPR <= rate: the last such point, since both rise together. */
function sensitivityAt({ fpr, tpr }: WeightedRoc, rate: number): number {
  let [low, high] = [0, fpr.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fpr[middle]! <= rate) low = middle;
    else high = middle - 1;
  }
  return tpr[low]!;
}
