import type { Assumption } from './assumption.js';
import {
  checkCount,
  checkedLevel,
  checkOption,
  type Cohort,
  type Labels,
  type Scores,
} from './cases.js';
import { checkedCohort, checkedScores } from './cases.js';
import { missingClass } from './auc.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import { DEFAULT_REPLICATES } from './cluster-bootstrap.js';
import { resampleClusters } from './cluster-draws.js';
import { quantile } from './quantile.js';
import { scoreOrder } from './score-order.js';
import { isDefined, type Interval, type Value } from './value.js';

/** What resampling patients tells about one ROC curve. */
export interface ResampledRoc {
  /** Pointwise band: limits of the sensitivity at each false positive rate asked for. */
  fpr: number[];
  lower: number[];
  upper: number[];
  /** Limits of the specificity at each sensitivity asked for, the threshold chosen anew each time. */
  specificity: Interval[];
  /** Limits of the average precision (step form). */
  averagePrecision: Interval;
  redrawn: number;
  replicates: number;
  seed: number;
  level: number;
  assumption: Assumption;
}

export interface ResampledRocOptions {
  /** False positive rates, each in [0, 1], rising. */
  fpr?: readonly number[];
  /** Sensitivities, each in [0, 1], rising. */
  sensitivities?: readonly number[];
  /** Patient of each case; without it every case is drawn by itself. */
  clusters?: ClusterIds | undefined;
  replicates?: number;
  seed: number;
  level?: number;
}

/**
 * Bootstrap over patients of everything that is read off one ROC curve, in one walk along the sorted
 * scores per replicate: the band of `rocBandPointwise`, `specificityAtSensitivity` and
 * `averagePrecision` with percentile limits.
 *
 * Undefined: `no-positives`, `no-negatives`, `too-many-redraws`. Throws as `rocCurve`, and
 * `bad-cluster`, `bad-count`, `bad-level`, `bad-option`. O(B n).
 */
export function resampledRoc(
  labels: Labels,
  scores: Scores,
  options: ResampledRocOptions,
): Value<ResampledRoc> {
  const { fpr = [], sensitivities = [], seed } = options;
  checkRising(fpr, 'fpr');
  checkRising(sensitivities, 'sensitivities');
  const level = checkedLevel(options.level);
  const replicates = options.replicates ?? DEFAULT_REPLICATES;
  checkCount(replicates, 'replicates', 2);
  const cohort = checkedCohort(labels);
  const checked = checkedScores(scores, cohort.labels.length);
  const ids = options.clusters ?? Int32Array.from({ length: labels.length }, (_, i) => i);
  const clusters = checkedClusters(ids, labels.length);
  const missing = missingClass(cohort);
  if (missing) return missing;

  const curve = sortedCurve(cohort, checked, clusters);
  const columns = fpr.length + sensitivities.length + 1;
  const drawn = Array.from({ length: columns }, () => new Float64Array(replicates));
  const redrawn = resampleClusters(clusters.count, seed, replicates, (weights, replicate) =>
    walk(curve, weights, { fpr, sensitivities }, (column, value) => {
      drawn[column]![replicate] = value;
    }),
  );
  if (!isDefined(redrawn)) return redrawn;
  const limits = drawn.map((values): Interval => {
    values.sort();
    return [quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2)];
  });
  const ofBand = limits.slice(0, fpr.length);
  return {
    fpr: [...fpr],
    lower: ofBand.map(([low]) => low),
    upper: ofBand.map(([, high]) => high),
    specificity: limits.slice(fpr.length, -1),
    averagePrecision: limits.at(-1)!,
    redrawn,
    replicates,
    seed,
    level,
    assumption: options.clusters ? 'independent-patients' : 'independent-images',
  };
}

function checkRising(rates: readonly number[], field: string): void {
  checkOption(
    rates.every((rate, k) => rate >= 0 && rate <= 1 && (k === 0 || rate > rates[k - 1]!)),
    `${field} holds rates that do not rise inside [0, 1]`,
  );
}

/**
 * Patients of the positives and of the negatives, each from the highest score down. A curve rises only
 * at scores that a positive has; what lies between two of them are negatives that are merely added up.
 */
interface SortedCurve {
  readonly positive: Uint32Array;
  readonly negative: Uint32Array;
  /** For each score that a positive has: where its positives end in `positive`. */
  readonly positiveEnds: Uint32Array;
  /** Where the negatives of that score and above end in `negative`. */
  readonly tiedEnds: Uint32Array;
  /** Of the replicate that is being walked: how many are called up to each place. */
  readonly truePositives: Uint32Array;
  readonly falsePositives: Uint32Array;
}

function sortedCurve(
  { labels, positives, negatives }: Cohort,
  scores: ReturnType<typeof checkedScores>,
  { index }: Clusters,
): SortedCurve {
  const { order, ends } = scoreOrder(scores);
  const positive = new Uint32Array(positives);
  const negative = new Uint32Array(negatives);
  const positiveEnds = new Uint32Array(positives);
  const tiedEnds = new Uint32Array(positives);
  let [p, n, rises] = [0, 0, 0];
  for (let group = ends.length - 1; group >= 0; group--) {
    const start = group === 0 ? 0 : ends[group - 1]!;
    const before = p;
    for (let k = start; k < ends[group]!; k++) {
      const i = order[k]!;
      if (labels[i] === 1) positive[p++] = index[i]!;
      else negative[n++] = index[i]!;
    }
    if (p === before) continue;
    positiveEnds[rises] = p;
    tiedEnds[rises++] = n;
  }
  return {
    ...{ positive, negative },
    positiveEnds: positiveEnds.subarray(0, rises),
    tiedEnds: tiedEnds.subarray(0, rises),
    truePositives: new Uint32Array(positives + 1),
    falsePositives: new Uint32Array(negatives + 1),
  };
}

/** Writes how often the first k of these patients were drawn, for k from 0. */
function addUp(patients: Uint32Array, weights: Uint8Array, sums: Uint32Array): Uint32Array {
  let sum = 0;
  for (let k = 0; k < patients.length; k++) {
    sum += weights[patients[k]!]!;
    sums[k + 1] = sum;
  }
  return sums;
}

/** Walks one replicate and writes its columns; false where a class is missing in it. */
function walk(
  curve: SortedCurve,
  weights: Uint8Array,
  { fpr, sensitivities }: { fpr: readonly number[]; sensitivities: readonly number[] },
  write: (column: number, value: number) => void,
): boolean {
  const { positiveEnds, tiedEnds } = curve;
  // Added up in one go each: how many negatives lie between two positives is random, and to branch on
  // it for every positive costs more than the sums.
  const truePositives = addUp(curve.positive, weights, curve.truePositives);
  const falsePositives = addUp(curve.negative, weights, curve.falsePositives);
  const m = truePositives[curve.positive.length]!;
  const n = falsePositives[curve.negative.length]!;
  if (m === 0 || n === 0) return false;
  // Whole numbers are compared instead of rates: the loop runs once per distinct score and replicate.
  const fpPast = fpr.map((rate) => firstCount(n, (count) => count / n > rate));
  const tpFrom = sensitivities.map((target) => firstCount(m, (count) => count / m >= target));
  let nextFp = fpPast[0] ?? Infinity;
  let nextTp = tpFrom[0] ?? Infinity;
  let tp = 0;
  let area = 0;
  let rate = 0;
  let target = 0;
  // A sensitivity of 0 is reached where nothing is called.
  while (nextTp === 0) {
    write(fpr.length + target, 1);
    nextTp = tpFrom[++target] ?? Infinity;
  }
  for (let rise = 0; rise < positiveEnds.length; rise++) {
    const tpBefore = tp;
    tp = truePositives[positiveEnds[rise]!]!;
    const fp = falsePositives[tiedEnds[rise]!]!;
    if (fp >= nextFp) {
      // The last point at or before a rate is the one before the first point past it; up to this
      // score, its own ties included, that is the point of the positives above.
      do {
        write(rate, tpBefore / m);
        nextFp = fpPast[++rate] ?? Infinity;
      } while (fp >= nextFp);
    }
    if (tp === tpBefore) continue;
    area += ((tp - tpBefore) * tp) / (tp + fp);
    while (tp >= nextTp) {
      write(fpr.length + target, 1 - fp / n);
      nextTp = tpFrom[++target] ?? Infinity;
    }
  }
  // Below the last positive the curve is flat.
  while (rate < fpr.length) write(rate++, tp / m);
  write(fpr.length + sensitivities.length, area / m);
  return true;
}

/** The smallest count of 0 to `most` that holds, by halving; Infinity where none does. */
function firstCount(most: number, holds: (count: number) => boolean): number {
  if (!holds(most)) return Infinity;
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
