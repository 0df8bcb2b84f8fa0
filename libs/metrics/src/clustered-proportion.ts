import { waldInterval } from './auc-intervals.js';
import {
  checkedCohort,
  checkedLevel,
  checkLength,
  type Cohort,
  type Labels,
  type Scores,
} from './cases.js';
import { clusteredMeanSe } from './clustered-decision-curve.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import { differenceTest, type DifferenceTest } from './difference-test.js';
import { normalQuantile } from './normal.js';
import { calls, type ThresholdRule } from './operating-point.js';
import { wilsonInterval } from './proportion.js';
import { mapValue, undef, type Interval, type Reason, type Value } from './value.js';

/** A share of images whose patients may have several. */
export interface ClusteredProportion {
  estimate: Value;
  /** Ratio-estimator variance over patients. */
  variance: Value;
  se: Value;
  /** Variance divided by that of independent images; `zero-variance` at a share of 0 or 1. */
  designEffect: Value;
  /** Images divided by the design effect, which is taken as at least 1; patients at a share of 0 or 1. */
  effectiveN: Value;
  /** Wilson's interval at the effective number of images. */
  wilson: Value<Interval>;
  /** Patients with at least one of these images. */
  clusters: number;
}

/**
 * Share of images with a property, with an interval that knows which images come from one patient.
 * For a sensitivity give the positive images alone, for a specificity the negative ones.
 *
 * Undefined: `no-cases`; all but the estimate `one-cluster`.
 * Throws `MetricInputError`: `bad-label`, `length-mismatch`, `bad-cluster`, `bad-level`. O(n).
 *
 * Rao & Scott, Biometrics 48 (1992) 577-585.
 *
 * @param outcomes 1 = has the property, 0 = has not.
 * @param clusters patient of each image.
 */
export function clusteredProportion(
  outcomes: Labels,
  clusters: ClusterIds,
  options: { level?: number } = {},
): ClusteredProportion {
  const { labels, positives: x } = checkedCohort(outcomes);
  const level = checkedLevel(options.level);
  const patients = checkedClusters(clusters, labels.length);
  const n = labels.length;
  if (n === 0) return undefinedShare('no-cases', undef('no-cases'), 0);
  const estimate = x / n;
  if (patients.count < 2) return undefinedShare('one-cluster', estimate, patients.count);
  const variance = ratioVariance(Float64Array.from(labels), estimate, patients);
  const isExtreme = x === 0 || x === n;
  const designEffect = isExtreme
    ? undef('zero-variance')
    : variance / ((estimate * (1 - estimate)) / n);
  const effectiveN =
    typeof designEffect === 'number' ? n / Math.max(1, designEffect) : patients.count;
  return {
    estimate,
    variance,
    se: Math.sqrt(variance),
    designEffect,
    effectiveN,
    wilson: wilsonInterval(estimate * effectiveN, effectiveN, level),
    clusters: patients.count,
  };
}

function undefinedShare(reason: Reason, estimate: Value, clusters: number): ClusteredProportion {
  const none = undef(reason);
  return {
    estimate,
    variance: none,
    se: none,
    designEffect: none,
    effectiveN: none,
    wilson: none,
    clusters,
  };
}

/** `I / (I - 1) sum over patients of (x_c - n_c mean)^2 / n^2`. */
function ratioVariance(values: Float64Array, mean: number, { index, count }: Clusters): number {
  const deviations = new Float64Array(count);
  for (let i = 0; i < values.length; i++) deviations[index[i]!]! += values[i]! - mean;
  const squares = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
  return ((count / (count - 1)) * squares) / values.length ** 2;
}

/** Difference of two shares of the same images. */
export interface ClusteredProportionDifference extends DifferenceTest {
  /** `share of a - share of b`. */
  difference: Value;
  clusters: number;
}

/**
 * Paired difference `a - b` of two shares of the same images, over patients: what to show instead of
 * McNemar's test where patients have several images.
 *
 * Undefined: `no-cases`, `one-cluster`, `zero-variance`. Wald, clamped to [-1, 1].
 * Throws as `clusteredProportion`. O(n).
 */
export function clusteredProportionDifference(
  a: Labels,
  b: Labels,
  clusters: ClusterIds,
  options: { level?: number } = {},
): ClusteredProportionDifference {
  const first = checkedCohort(a);
  const second = checkedCohort(b);
  checkLength(second.labels, first.labels.length, 'b');
  const level = checkedLevel(options.level);
  const patients = checkedClusters(clusters, first.labels.length);
  const n = first.labels.length;
  const difference: Value = n === 0 ? undef('no-cases') : (first.positives - second.positives) / n;
  const differences = Float64Array.from(first.labels, (of, i) => of - second.labels[i]!);
  const variance = mapValue(difference, (mean) =>
    patients.count < 2 ? undef('one-cluster') : ratioVariance(differences, mean, patients),
  );
  return {
    difference,
    ...differenceTest(difference, variance, level),
    clusters: patients.count,
  };
}

/** A rate made of several counts, with a linearised standard error over patients. */
export interface ClusteredRate {
  estimate: Value;
  se: Value;
  /** Wald, clamped to the range of the rate. */
  ci: Value<Interval>;
}

/** Rates at one threshold, over patients. */
export interface ClusteredOperatingPoint {
  sensitivity: ClusteredProportion;
  specificity: ClusteredProportion;
  ppv: ClusteredProportion;
  npv: ClusteredProportion;
  accuracy: ClusteredProportion;
  /** Mean of sensitivity and specificity. */
  balancedAccuracy: ClusteredRate;
  /** `sensitivity + specificity - 1`, in [-1, 1]. */
  youden: ClusteredRate;
  /** `2 tp / (2 tp + fp + fn)`. */
  f1: ClusteredRate;
}

/**
 * The rates of `operatingPoint` with intervals over patients. A rate without images is `no-cases`;
 * balanced accuracy and Youden's index are undefined as in `operatingPoint`, their errors `one-cluster`.
 * Throws as `operatingPoint`, and `bad-cluster`. O(n).
 *
 * Rao & Scott 1992 for the shares; Taylor linearisation for the three rates of several counts
 * (Woodruff, JASA 66 (1971) 411-414).
 */
export function clusteredOperatingPoint(
  labels: Labels,
  scores: Scores,
  threshold: number | null,
  rule: ThresholdRule,
  clusters: ClusterIds,
  options: { level?: number } = {},
): ClusteredOperatingPoint {
  const cohort = checkedCohort(labels);
  const called = calls(cohort, scores, threshold, rule);
  const patients = checkedClusters(clusters, called.length);
  const right = called.map((call, i) => (call === cohort.labels[i] ? 1 : 0));
  const notCalled = called.map((call) => 1 - call);
  const negative = cohort.labels.map((label) => 1 - label);
  const shareAmong = (among: Uint8Array | null) => shareOf(right, among, patients.index, options);
  return {
    sensitivity: shareAmong(cohort.labels),
    specificity: shareAmong(negative),
    ppv: shareAmong(called),
    npv: shareAmong(notCalled),
    accuracy: shareAmong(null),
    ...ratesOfSeveralCounts(cohort, called, patients, checkedLevel(options.level)),
  };
}

/** Share of `outcomes` among the cases that are marked. */
function shareOf(
  outcomes: Uint8Array,
  among: Uint8Array | null,
  patients: Uint32Array,
  options: { level?: number },
): ClusteredProportion {
  let size = 0;
  for (let i = 0; i < outcomes.length; i++) size += among ? among[i]! : 1;
  const chosen = new Uint8Array(size);
  const ids = new Int32Array(size);
  for (let i = 0, next = 0; i < outcomes.length; i++) {
    if (among?.[i] === 0) continue;
    chosen[next] = outcomes[i]!;
    ids[next++] = patients[i]!;
  }
  return clusteredProportion(chosen, ids, options);
}

/** Each rate's deviations by patient add up to 0; their squares over patients are its variance. */
function ratesOfSeveralCounts(
  { labels, positives: m, negatives: n }: Cohort,
  called: Uint8Array,
  { index, count }: Clusters,
  level: number,
) {
  let [tp, fp] = [0, 0];
  for (let i = 0; i < called.length; i++) {
    tp += called[i]! & labels[i]!;
    fp += called[i]! & (1 - labels[i]!);
  }
  const fn = m - tp;
  const tn = n - fp;
  const missing = m === 0 ? undef('no-positives') : n === 0 ? undef('no-negatives') : undefined;
  const f1: Value = tp + fp + fn > 0 ? (2 * tp) / (2 * tp + fp + fn) : undef('no-positives');
  const ofSum = new Float64Array(count);
  const ofF1 = new Float64Array(count);
  for (let i = 0; i < called.length; i++) {
    const isCalled = called[i]!;
    const c = index[i]!;
    if (labels[i] === 1) ofSum[c]! += (isCalled - tp / m) / m;
    else ofSum[c]! += (1 - isCalled - tn / n) / n;
    const [hit, wrong] = [isCalled & labels[i]!, isCalled ^ labels[i]!];
    if (typeof f1 === 'number') ofF1[c]! += 2 * hit - f1 * (2 * hit + wrong);
  }
  const z = normalQuantile((1 + level) / 2);
  const rate = (estimate: Value, se: Value, least: number): ClusteredRate => {
    if (typeof estimate !== 'number') return { estimate, se: estimate, ci: estimate };
    return {
      estimate,
      se,
      ci: mapValue(se, (error) => waldInterval(estimate, z * error, least, 1)),
    };
  };
  const sumSe = clusteredMeanSe(ofSum, 1);
  const sum: Value = missing ?? tp / m + tn / n;
  return {
    balancedAccuracy: rate(
      mapValue(sum, (of) => of / 2),
      mapValue(sumSe, (se) => se / 2),
      0,
    ),
    youden: rate(
      mapValue(sum, (of) => of - 1),
      sumSe,
      -1,
    ),
    f1: rate(f1, clusteredMeanSe(ofF1, 2 * tp + fp + fn), 0),
  };
}
