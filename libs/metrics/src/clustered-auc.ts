import type { Assumption } from './assumption.js';
import { missingClass, singleCase } from './auc.js';
import { aucIntervals, logitInterval, type AucIntervals } from './auc-intervals.js';
import {
  checkedCohort,
  checkedLevel,
  checkedScores,
  checkOption,
  type Cohort,
  type Labels,
  type Scores,
} from './cases.js';
import { checkedClusters, type ClusterIds, type Clusters } from './clusters.js';
import type { AucCovariance } from './delong.js';
import {
  aucsOf,
  caseInfluence,
  clusterClassCounts,
  clusterInfluence,
  covarianceMatrix,
  covarianceOf,
  dot,
  type ClusterClassCounts,
  type Influence,
} from './influence.js';
import { studentTQuantile } from './student.js';
import { isDefined, mapValue, undef, type Interval, type Undef, type Value } from './value.js';

/** An AUC over patients who may have several images each. */
export interface ClusteredAuc extends AucIntervals {
  positives: number;
  negatives: number;
  /** I, the patients. */
  clusters: number;
  /** I10, patients with at least one positive image. */
  clustersWithPositive: number;
  /** I01, patients with at least one negative image. */
  clustersWithNegative: number;
  /** The ordinary AUC: clustering changes its variance alone. */
  auc: Value;
  /** Obuchowski's variance of `auc`. */
  variance: Value;
  se: Value;
  /** Between-patient sum of squares of the positives' placements, as published. */
  S10: Value;
  /** The same of the negatives' placements. */
  S01: Value;
  /** Between-patient sum of products of the two. */
  S11: Value;
  /** Degrees of freedom of `logitTCi`: I - 1. */
  tDf: number;
  /** `logitCi` with Student's t on I - 1 degrees of freedom: to show below 50 patients. */
  logitTCi: Value<Interval>;
  /** Clustered variance divided by DeLong's: how much the clustering costs. */
  designEffect: Value;
  /** m divided by the design effect; for display only. */
  effectivePositives: Value;
  /** n divided by the design effect; for display only. */
  effectiveNegatives: Value;
  assumption: Assumption;
}

/**
 * AUC of one version with a variance that knows which images come from one patient.
 *
 * A tied pair counts one half. With one image per patient the variance is DeLong's. Newcombe's
 * interval counts patients instead of images and is approximate. Below 10 patients with positives
 * the method has no footing: show "too few patients".
 * Undefined: `no-positives`, `no-negatives`; variance and intervals also
 * `one-cluster-with-positives`, `one-cluster-with-negatives`, `zero-variance`. The variance is never negative.
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`, `bad-cluster`,
 * `bad-level`. O(n).
 *
 * Obuchowski, Biometrics 53 (1997) 567-578.
 *
 * @param labels 1 = diseased, 0 = not, per image.
 * @param scores per image, higher = more suspicious.
 * @param clusters patient of each image.
 */
export function clusteredAuc(
  labels: Labels,
  scores: Scores,
  clusters: ClusterIds,
  options: { level?: number } = {},
): ClusteredAuc {
  const cohort = checkedCohort(labels);
  const checked = checkedScores(scores, cohort.labels.length);
  const patients = checkedClusters(clusters, cohort.labels.length);
  const level = checkedLevel(options.level);
  const counts = clusterClassCounts(cohort.labels, patients);
  const missing = missingClass(cohort);
  const influence = missing ?? clusterInfluence(cohort, [checked], patients, counts);
  const auc = mapValue(influence, ({ sums, doubledPairs }) => sums[0]! / doubledPairs);
  const components = tooFewClusters(cohort, counts) ?? influence;
  const variance = mapValue(components, (of) => covarianceOf(of, { plus: 0 }, { plus: 0 }));
  const delong = singleCase(cohort) ?? caseInfluence(cohort, [checked]);
  const deff = designEffectOf(
    variance,
    mapValue(delong, (of) => covarianceOf(of, { plus: 0 }, { plus: 0 })),
  );
  return {
    positives: cohort.positives,
    negatives: cohort.negatives,
    clusters: patients.count,
    clustersWithPositive: counts.withPositive,
    clustersWithNegative: counts.withNegative,
    auc,
    variance,
    se: mapValue(variance, Math.sqrt),
    ...componentsOf(components, cohort, patients, counts),
    ...aucIntervals(auc, variance, counts.withPositive, counts.withNegative, level),
    tDf: patients.count - 1,
    logitTCi: logitTInterval(auc, variance, patients.count - 1, level),
    designEffect: deff,
    effectivePositives: mapValue(deff, (effect) => cohort.positives / effect),
    effectiveNegatives: mapValue(deff, (effect) => cohort.negatives / effect),
    assumption: 'independent-patients',
  };
}

/**
 * AUCs of k versions on the same images and their covariance matrix over patients.
 *
 * Ties, undefined cases and errors as in `clusteredAuc`. O(k n + k^2 patients).
 *
 * Obuchowski, Biometrics 53 (1997) 567-578.
 *
 * @param versions `versions[k]` holds the scores of version k in case order, higher = more suspicious.
 */
export function clusteredCovariance(
  labels: Labels,
  versions: readonly Scores[],
  clusters: ClusterIds,
): AucCovariance {
  checkOption(versions.length > 0, 'versions is empty; an AUC needs the scores of a version');
  const cohort = checkedCohort(labels);
  const checked = versions.map((scores, k) =>
    checkedScores(scores, cohort.labels.length, `versions[${k}]`),
  );
  const patients = checkedClusters(clusters, cohort.labels.length);
  const missing = missingClass(cohort);
  if (missing) return { aucs: missing, covariance: missing };
  const counts = clusterClassCounts(cohort.labels, patients);
  const influence = clusterInfluence(cohort, checked, patients, counts);
  return {
    aucs: aucsOf(influence),
    covariance: tooFewClusters(cohort, counts) ?? covarianceMatrix(influence),
  };
}

/** The reason why an AUC has no variance over patients; undefined where it has one. */
export function tooFewClusters(cohort: Cohort, counts: ClusterClassCounts): Undef | undefined {
  const missing = missingClass(cohort);
  if (missing) return missing;
  if (counts.withPositive < 2) return undef('one-cluster-with-positives');
  return counts.withNegative < 2 ? undef('one-cluster-with-negatives') : undefined;
}

/** The three published components of one version. */
export function componentsOf(
  influence: Value<Influence>,
  { positives: m, negatives: n }: Cohort,
  clusters: Clusters,
  counts: ClusterClassCounts,
  version = 0,
): { S10: Value; S01: Value; S11: Value } {
  if (!isDefined(influence)) return { S10: influence, S01: influence, S11: influence };
  const x = influence.positive[version]!;
  const y = influence.negative[version]!;
  const unit = influence.doubledPairs ** 2;
  const { withPositive: i10, withNegative: i01 } = counts;
  return {
    S10: ((i10 / ((i10 - 1) * m)) * dot(x, x)) / unit,
    S01: ((i01 / ((i01 - 1) * n)) * dot(y, y)) / unit,
    S11: ((clusters.count / (clusters.count - 1)) * dot(x, y)) / unit,
  };
}

/** Clustered over DeLong variance; `zero-variance` where DeLong's is 0. */
export function designEffectOf(clustered: Value, delong: Value): Value {
  if (!isDefined(clustered)) return clustered;
  return mapValue(delong, (variance) =>
    variance > 0 ? clustered / variance : undef('zero-variance'),
  );
}

/** Logit interval with Student's t on `df` degrees of freedom. */
export function logitTInterval(
  auc: Value,
  variance: Value,
  df: number,
  level: number,
): Value<Interval> {
  if (!isDefined(auc)) return auc;
  return mapValue(variance, (v) =>
    v > 0
      ? logitInterval(auc, studentTQuantile((1 + level) / 2, df) * Math.sqrt(v))
      : undef('zero-variance'),
  );
}
