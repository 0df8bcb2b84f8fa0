import { checkedCohort, checkedLevel, checkLength, type Labels, type Scores } from './cases.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import { differenceTest, type DifferenceTest } from './difference-test.js';
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

/** Rates at one threshold, over patients. */
export interface ClusteredOperatingPoint {
  sensitivity: ClusteredProportion;
  specificity: ClusteredProportion;
  ppv: ClusteredProportion;
  npv: ClusteredProportion;
  accuracy: ClusteredProportion;
}

/**
 * The rates of `operatingPoint` with intervals over patients. A rate without images is `no-cases`.
 * Throws as `operatingPoint`, and `bad-cluster`. O(n).
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
  const { index } = checkedClusters(clusters, called.length);
  const shareAmong = (among: (i: number) => boolean, has: (i: number) => boolean) => {
    const chosen = Array.from(called.keys()).filter(among);
    return clusteredProportion(
      Uint8Array.from(chosen, (i) => (has(i) ? 1 : 0)),
      Int32Array.from(chosen, (i) => index[i]!),
      options,
    );
  };
  const isPositive = (i: number) => cohort.labels[i] === 1;
  const isCalled = (i: number) => called[i] === 1;
  const isRight = (i: number) => called[i] === cohort.labels[i];
  return {
    sensitivity: shareAmong(isPositive, isCalled),
    specificity: shareAmong((i) => !isPositive(i), isRight),
    ppv: shareAmong(isCalled, isRight),
    npv: shareAmong((i) => !isCalled(i), isRight),
    accuracy: shareAmong(() => true, isRight),
  };
}
