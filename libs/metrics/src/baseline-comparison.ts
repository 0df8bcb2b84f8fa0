import type { Assumption } from './assumption.js';
import { missingClass, singleCase } from './auc.js';
import { aucIntervals, type AucIntervals } from './auc-intervals.js';
import {
  checkedCohort,
  checkedLevel,
  checkedScores,
  checkOption,
  type Cohort,
  type Labels,
  type Scores,
} from './cases.js';
import { designEffectOf, logitTInterval, tooFewClusters } from './clustered-auc.js';
import { checkedClusters, type ClusterIds } from './clusters.js';
import { omnibusTest } from './compare-aucs.js';
import {
  differenceTest,
  nonInferiorityTest,
  type DifferenceTest,
  type NonInferiority,
} from './difference-test.js';
import {
  caseInfluence,
  clusterClassCounts,
  clusterInfluence,
  covarianceOf,
  type Influence,
} from './influence.js';
import { studentTQuantile, twoSidedTP } from './student.js';
import { isDefined, mapValue, type Interval, type Undef, type Value } from './value.js';
import type { ChiSquareTest } from './wald-test.js';

/** One version among several on the same cases. */
export interface VersionAuc extends AucIntervals {
  auc: Value;
  variance: Value;
  se: Value;
  /** `logitCi` with Student's t on units - 1 degrees of freedom: to show below 50 patients. */
  logitTCi: Value<Interval>;
  /** Variance divided by that of independent images; 1 where images are the units. */
  designEffect: Value;
}

/** A version minus the first. */
export interface BaselineDifference extends DifferenceTest {
  difference: Value;
  /** p from Student's t on units - 1: to show below 50 patients. */
  tP: Value;
  /** Interval of the difference from the same; clamped to [-1, 1]. */
  tCi: Value<Interval>;
  nonInferiority?: NonInferiority;
}

/** Several versions on the same cases, the first of which the others are compared with. */
export interface BaselineComparison {
  positives: number;
  negatives: number;
  /** What is independent: patients where they are given, else images. */
  units: number;
  unitsWithPositive: number;
  unitsWithNegative: number;
  versions: VersionAuc[];
  /** Of the second version, the third, …. */
  differences: BaselineDifference[];
  /** Test that all versions have the same AUC. */
  omnibus: Value<ChiSquareTest>;
  assumption: Assumption;
}

export interface BaselineOptions {
  /** Level of the intervals, in (0, 1); 0.95 unless given. */
  level?: number;
  /** Patient of each case; given these, variances are over patients (Obuchowski 1997). */
  clusters?: ClusterIds | undefined;
  /** Non-inferiority margin. */
  margin?: number | undefined;
}

/**
 * AUCs of k versions on the same cases, each other minus the first, and one test of all: what
 * `clusteredAuc`, `clusteredPairedAuc` and `compareAucs` say, from one sort per version.
 *
 * Undefined cases as those. Throws `MetricInputError`: `length-mismatch`, `bad-label`,
 * `non-finite-score`, `bad-cluster`, `bad-level`, `bad-option` (no versions, margin). O(k n + k^2 units).
 *
 * @param versions `versions[k]` holds the scores of version k in case order, higher = more suspicious.
 */
export function compareWithBaseline(
  labels: Labels,
  versions: readonly Scores[],
  options: BaselineOptions = {},
): BaselineComparison {
  checkOption(versions.length > 0, 'versions is empty; a comparison needs a baseline');
  const cohort = checkedCohort(labels);
  const level = checkedLevel(options.level);
  const of = influenceOver(cohort, versions, options.clusters);
  const { influence, varied } = of;
  const tDf = of.units - 1;
  const independent = mapValue(singleCase(cohort) ?? of.cases, (cases) => cases);
  return {
    positives: cohort.positives,
    negatives: cohort.negatives,
    units: of.units,
    unitsWithPositive: of.withPositive,
    unitsWithNegative: of.withNegative,
    versions: versions.map((_, k) => {
      const own = { plus: k };
      const auc = mapValue(influence, ({ sums, doubledPairs }) => sums[k]! / doubledPairs);
      const variance = mapValue(varied, (unit) => covarianceOf(unit, own, own));
      return {
        auc,
        variance,
        se: mapValue(variance, Math.sqrt),
        ...aucIntervals(auc, variance, of.withPositive, of.withNegative, level),
        logitTCi: tDf > 0 ? logitTInterval(auc, variance, tDf, level) : mapValue(variance, noT),
        designEffect: designEffectOf(
          variance,
          mapValue(independent, (cases) => covarianceOf(cases, own, own)),
        ),
      };
    }),
    differences: versions
      .slice(1)
      .map((_, k) => differenceFrom(influence, varied, { plus: k + 1, tDf, level, ...options })),
    omnibus: mapValue(varied, omnibusTest),
    assumption: options.clusters ? 'independent-patients' : 'independent-images',
  };
}

const noT = (): Undef => ({ undefined: 'one-cluster' });

interface UnitInfluence {
  influence: Value<Influence>;
  /** Influence where it has a variance, else why it has none. */
  varied: Value<Influence>;
  /** Influence of every case by itself, for the design effect. */
  cases: Value<Influence>;
  units: number;
  withPositive: number;
  withNegative: number;
}

function influenceOver(
  cohort: Cohort,
  versions: readonly Scores[],
  ids: ClusterIds | undefined,
): UnitInfluence {
  const size = cohort.labels.length;
  const scores = versions.map((version, k) => checkedScores(version, size, `versions[${k}]`));
  const missing = missingClass(cohort);
  const cases = missing ?? caseInfluence(cohort, scores);
  if (!ids) {
    return {
      influence: cases,
      varied: singleCase(cohort) ?? cases,
      cases,
      units: size,
      withPositive: cohort.positives,
      withNegative: cohort.negatives,
    };
  }
  const patients = checkedClusters(ids, size);
  const counts = clusterClassCounts(cohort.labels, patients);
  const influence = missing ?? clusterInfluence(cohort, scores, patients, counts);
  return {
    influence,
    varied: tooFewClusters(cohort, counts) ?? influence,
    cases,
    units: patients.count,
    ...counts,
  };
}

function differenceFrom(
  influence: Value<Influence>,
  varied: Value<Influence>,
  {
    plus,
    tDf,
    level,
    margin,
  }: { plus: number; tDf: number; level: number; margin?: number | undefined },
): BaselineDifference {
  const contrast = { plus, minus: 0 };
  const difference = mapValue(
    influence,
    ({ sums, doubledPairs }) => (sums[plus]! - sums[0]!) / doubledPairs,
  );
  const variance = mapValue(varied, (of) => covarianceOf(of, contrast, contrast));
  const test = differenceTest(difference, variance, level);
  const tTest = () =>
    differenceTest(
      difference,
      variance,
      level,
      (t) => twoSidedTP(t, tDf),
      studentTQuantile((1 + level) / 2, tDf),
    );
  const { p: tP, ci: tCi } = tDf > 0 && isDefined(variance) ? tTest() : test;
  return {
    difference,
    ...test,
    tP,
    tCi,
    ...(margin === undefined
      ? {}
      : { nonInferiority: nonInferiorityTest(difference, test.se, margin) }),
  };
}
