import type { Assumption } from './assumption.js';
import { checkCount, checkedLevel, checkOption, type Labels, type Scores } from './cases.js';
import { checkedCohort, checkedScores } from './cases.js';
import { missingClass } from './auc.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import { DEFAULT_REPLICATES, resampleClusters } from './cluster-bootstrap.js';
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

  const curve = sortedCurve(cohort.labels, checked, clusters);
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

/** Cases from the highest score down. */
interface SortedCurve {
  /** Patient times two, plus the label: one read per case and not two. */
  readonly keys: Uint32Array;
  /** One past the last case of each group of equal scores. */
  readonly ends: Uint32Array;
  readonly positivesOf: Uint32Array;
  readonly negativesOf: Uint32Array;
}

function sortedCurve(
  labels: Uint8Array,
  scores: ReturnType<typeof checkedScores>,
  { index, count }: Clusters,
): SortedCurve {
  const { order, ends: rising } = scoreOrder(scores);
  const size = order.length;
  const keys = new Uint32Array(size);
  const positivesOf = new Uint32Array(count);
  const negativesOf = new Uint32Array(count);
  for (let k = 0; k < size; k++) {
    const i = order[size - 1 - k]!;
    keys[k] = 2 * index[i]! + labels[i]!;
    (labels[i] === 1 ? positivesOf : negativesOf)[index[i]!]!++;
  }
  const ends = new Uint32Array(rising.length);
  for (let g = 0; g < ends.length - 1; g++) ends[g] = size - rising[rising.length - 2 - g]!;
  ends[ends.length - 1] = size;
  return { keys, ends, positivesOf, negativesOf };
}

/** Walks one replicate and writes its columns; false where a class is missing in it. */
function walk(
  { keys, ends, positivesOf, negativesOf }: SortedCurve,
  weights: Uint32Array,
  { fpr, sensitivities }: { fpr: readonly number[]; sensitivities: readonly number[] },
  write: (column: number, value: number) => void,
): boolean {
  let m = 0;
  let n = 0;
  for (let c = 0; c < weights.length; c++) {
    m += weights[c]! * positivesOf[c]!;
    n += weights[c]! * negativesOf[c]!;
  }
  if (m === 0 || n === 0) return false;
  // Whole numbers are compared instead of rates: the loop runs once per distinct score and replicate.
  const fpPast = fpr.map((rate) => firstCount(n, (count) => count / n > rate));
  const tpFrom = sensitivities.map((target) => firstCount(m, (count) => count / m >= target));
  let tp = 0;
  let fp = 0;
  let area = 0;
  let rate = 0;
  let target = 0;
  let k = 0;
  // A sensitivity of 0 is reached where nothing is called.
  while (tpFrom[target] === 0) write(fpr.length + target++, 1);
  for (let group = 0; group < ends.length; group++) {
    const end = ends[group]!;
    const tpBefore = tp;
    for (; k < end; k++) {
      const key = keys[k]!;
      const weight = weights[key >>> 1]!;
      if ((key & 1) === 1) tp += weight;
      else fp += weight;
    }
    // The last point at or before a rate is the one before the first point past it.
    while (fp >= fpPast[rate]!) write(rate++, tpBefore / m);
    if (tp === tpBefore) continue;
    area += ((tp - tpBefore) / m) * (tp / (tp + fp));
    while (tp >= tpFrom[target]!) write(fpr.length + target++, 1 - fp / n);
  }
  while (rate < fpr.length) write(rate++, tp / m);
  write(fpr.length + sensitivities.length, area);
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
