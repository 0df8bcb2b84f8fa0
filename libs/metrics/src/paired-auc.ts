import type { Assumption } from './assumption.js';
import { missingClass, singleCase } from './auc.js';
import { checkedCohort, checkedLevel, checkedScores, type Labels, type Scores } from './cases.js';
import {
  differenceTest,
  nonInferiorityTest,
  type DifferenceTest,
  type NonInferiority,
} from './difference-test.js';
import { caseInfluence, covarianceMatrix, covarianceOf, type Influence } from './influence.js';
import { mapValue, type Value } from './value.js';

/** Two versions on the same cases. */
export interface PairedAuc extends DifferenceTest {
  aucA: Value;
  aucB: Value;
  /** `aucA - aucB`; for versions, new minus reference. */
  difference: Value;
  /** 2 by 2, A first. */
  covariance: Value<number[][]>;
  assumption: Assumption;
  /** Given a margin only. */
  nonInferiority?: NonInferiority;
}

export interface PairedAucOptions {
  /** Level of the interval, in (0, 1); 0.95 unless given. */
  level?: number;
  /** By how much A may be worse and still be called non-inferior, in (0, 1). */
  margin?: number;
}

/**
 * DeLong's paired test of two versions scored on the same cases, `A - B`.
 *
 * A tied pair counts one half. The variance is taken of per-case differences. Identical scores give
 * difference 0, p 1. Assumes independent images; where a patient has several, use
 * `clusteredPairedAuc`.
 * Undefined: `no-positives`, `no-negatives`; the test also `one-positive`, `one-negative`,
 * `zero-variance` (AUC 1 against 0).
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`, `bad-level`,
 * `bad-option` (margin). O(n).
 *
 * DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988) 837-845.
 *
 * @param labels 1 = diseased, 0 = not.
 * @param a scores of A, higher = more suspicious.
 * @param b scores of B in the same case order; may be on another scale.
 */
export function comparePairedAuc(
  labels: Labels,
  a: Scores,
  b: Scores,
  options: PairedAucOptions = {},
): PairedAuc {
  const cohort = checkedCohort(labels);
  const level = checkedLevel(options.level);
  const versions = [
    checkedScores(a, cohort.labels.length, 'scores of A'),
    checkedScores(b, cohort.labels.length, 'scores of B'),
  ];
  const influence = missingClass(cohort) ?? caseInfluence(cohort, versions);
  const varied = singleCase(cohort) ?? influence;
  const difference = differenceOf(influence);
  const test = differenceTest(difference, mapValue(varied, varianceOfDifference), level);
  return {
    ...aucPair(influence),
    difference,
    covariance: mapValue(varied, covarianceMatrix),
    ...test,
    assumption: 'independent-images',
    ...(options.margin === undefined
      ? {}
      : { nonInferiority: nonInferiorityTest(difference, test.se, options.margin) }),
  };
}

/** Difference of the first two AUCs, rounded once: the subtraction is between integers. */
export const differenceOf = (influence: Value<Influence>): Value =>
  mapValue(influence, ({ sums, doubledPairs }) => (sums[0]! - sums[1]!) / doubledPairs);

/** Variance of `AUC 0 - AUC 1`. */
export const varianceOfDifference = (influence: Influence): number =>
  covarianceOf(influence, { plus: 0, minus: 1 }, { plus: 0, minus: 1 });

/** AUCs of the first two versions. */
export const aucPair = (influence: Value<Influence>): { aucA: Value; aucB: Value } => ({
  aucA: mapValue(influence, ({ sums, doubledPairs }) => sums[0]! / doubledPairs),
  aucB: mapValue(influence, ({ sums, doubledPairs }) => sums[1]! / doubledPairs),
});
