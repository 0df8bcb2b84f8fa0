import type { Assumption } from './assumption.js';
import { missingClass, singleCase } from './auc.js';
import { aucIntervals } from './auc-intervals.js';
import { checkedCohort, checkedLevel, checkedScores, type Labels, type Scores } from './cases.js';
import { componentsOf, designEffectOf, tooFewClusters } from './clustered-auc.js';
import { checkedClusters, type ClusterIds } from './clusters.js';
import { differenceTest, nonInferiorityTest, type NonInferiority } from './difference-test.js';
import {
  caseInfluence,
  clusterClassCounts,
  clusterInfluence,
  covarianceMatrix,
  covarianceOf,
} from './influence.js';
import {
  aucPair,
  differenceOf,
  varianceOfDifference,
  type PairedAuc,
  type PairedAucOptions,
} from './paired-auc.js';
import { studentTQuantile, twoSidedTP } from './student.js';
import { mapValue, type Interval, type Value } from './value.js';

/** Two versions on the same images of patients who may have several each. */
export interface ClusteredPairedAuc extends PairedAuc {
  /** I, the patients. */
  clusters: number;
  /** I10, patients with at least one positive image. */
  clustersWithPositive: number;
  /** I01, patients with at least one negative image. */
  clustersWithNegative: number;
  /** Components of the variance of A, as published. */
  S10: Value;
  S01: Value;
  S11: Value;
  /** I - 1. */
  tDf: number;
  /** p from Student's t on `tDf`: to show below 50 patients. */
  tP: Value;
  /** Interval of the difference from the same; clamped to [-1, 1]. */
  tCi: Value<Interval>;
  /** Clustered over DeLong variance of A. */
  designEffectA: Value;
  /** Logit interval of A with the clustered standard error. */
  logitCiA: Value<Interval>;
  logitCiB: Value<Interval>;
  nonInferiority?: NonInferiority;
}

const ASSUMPTION: Assumption = 'independent-patients';

/**
 * Paired test of two versions scored on the same images, `A - B`, that knows which images come from
 * one patient. The point AUCs are the ordinary ones.
 *
 * The normal test is the published one; `tP` and `tCi` (Student's t on patients - 1) keep their size
 * better below 50 patients. With one image per patient everything equals DeLong's test.
 * Undefined as `clusteredAuc`.
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`, `bad-cluster`,
 * `bad-level`, `bad-option` (margin). O(n).
 *
 * Obuchowski, Biometrics 53 (1997) 567-578.
 *
 * @param labels 1 = diseased, 0 = not, per image.
 * @param a scores of A, higher = more suspicious.
 * @param b scores of B in the same order.
 * @param clusters patient of each image.
 */
export function clusteredPairedAuc(
  labels: Labels,
  a: Scores,
  b: Scores,
  clusters: ClusterIds,
  options: PairedAucOptions = {},
): ClusteredPairedAuc {
  const cohort = checkedCohort(labels);
  const level = checkedLevel(options.level);
  const versions = [
    checkedScores(a, cohort.labels.length, 'scores of A'),
    checkedScores(b, cohort.labels.length, 'scores of B'),
  ];
  const patients = checkedClusters(clusters, cohort.labels.length);
  const counts = clusterClassCounts(cohort.labels, patients);
  const influence = missingClass(cohort) ?? clusterInfluence(cohort, versions, patients, counts);
  const varied = tooFewClusters(cohort, counts) ?? influence;
  const difference = differenceOf(influence);
  const variance = mapValue(varied, varianceOfDifference);
  const test = differenceTest(difference, variance, level);
  const tDf = patients.count - 1;
  const tTest = () =>
    differenceTest(
      difference,
      variance,
      level,
      (t) => twoSidedTP(t, tDf),
      studentTQuantile((1 + level) / 2, tDf),
    );
  const { p: tP, ci: tCi } = tDf > 0 ? tTest() : test;
  const aucs = aucPair(influence);
  const ownVariance = (version: number) =>
    mapValue(varied, (of) => covarianceOf(of, { plus: version }, { plus: version }));
  const logitCi = (auc: Value, version: number) =>
    aucIntervals(auc, ownVariance(version), counts.withPositive, counts.withNegative, level)
      .logitCi;
  const delongOfA = mapValue(singleCase(cohort) ?? caseInfluence(cohort, [versions[0]!]), (of) =>
    covarianceOf(of, { plus: 0 }, { plus: 0 }),
  );
  return {
    ...aucs,
    covariance: mapValue(varied, covarianceMatrix),
    clusters: patients.count,
    clustersWithPositive: counts.withPositive,
    clustersWithNegative: counts.withNegative,
    ...componentsOf(varied, cohort, patients, counts),
    difference,
    ...test,
    tDf,
    tP,
    tCi,
    designEffectA: designEffectOf(ownVariance(0), delongOfA),
    logitCiA: logitCi(aucs.aucA, 0),
    logitCiB: logitCi(aucs.aucB, 1),
    assumption: ASSUMPTION,
    ...(options.margin === undefined
      ? {}
      : { nonInferiority: nonInferiorityTest(difference, test.se, options.margin) }),
  };
}
