import { adjustPValues } from './adjust-p-values.js';
import type { Assumption } from './assumption.js';
import { missingClass, singleCase } from './auc.js';
import {
  checkedCohort,
  checkedLevel,
  checkedScores,
  checkOption,
  type Cohort,
  type Labels,
  type ScoreArray,
  type Scores,
} from './cases.js';
import { tooFewClusters } from './clustered-auc.js';
import { checkedClusters, type ClusterIds } from './clusters.js';
import { differenceTest, type DifferenceTest } from './difference-test.js';
import {
  aucsOf,
  caseInfluence,
  clusterClassCounts,
  clusterInfluence,
  covarianceMatrix,
  covarianceOf,
  type Contrast,
  type Influence,
} from './influence.js';
import { isDefined, mapValue, type Undef, type Value } from './value.js';
import { waldTest, type ChiSquareTest } from './wald-test.js';

/** A version and its scores in case order, higher = more suspicious. */
export interface ScoredVersion {
  name: string;
  scores: Scores;
}

/** One pair of versions, `a - b`. */
export interface PairwiseComparison extends DifferenceTest {
  /** Name of the version compared. */
  a: string;
  /** Name of the version it is compared with. */
  b: string;
  difference: Value;
  /** p by Holm's correction over the pairs of this call that have a p. */
  pHolm: Value;
  /** p by Benjamini and Hochberg's correction over the same. */
  pBh: Value;
}

/** k versions on the same cases. */
export interface AucComparison {
  aucs: Value<number[]>;
  /** k by k. */
  covariance: Value<number[][]>;
  /** Test that all versions have the same AUC. */
  omnibus: Value<ChiSquareTest>;
  /** All pairs, in the order (0,1), (0,2), ..., (1,2), ... */
  pairwise: PairwiseComparison[];
  assumption: Assumption;
}

export interface AucComparisonOptions {
  /** Level of the intervals, in (0, 1); 0.95 unless given. */
  level?: number;
  /** Patient of each case; given these, variances are over patients (Obuchowski 1997). */
  clusters?: ClusterIds;
}

/**
 * Compares the AUCs of k versions scored on the same cases: one test of all, then all pairs with
 * corrected p-values. Versions may be identical; the test of all then has fewer degrees of freedom.
 *
 * The family is the pairs of this call; across endpoints call `adjustPValues` on all p together.
 * Pairs without a p stay out of the family. Undefined cases as `comparePairedAuc`, with patients as
 * `clusteredPairedAuc`.
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`, `bad-cluster`,
 * `bad-level`, `bad-option` (no versions). O(k n + k^2 n).
 *
 * DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988) 837-845. Holm 1979. Benjamini & Hochberg 1995.
 */
export function compareAucs(
  labels: Labels,
  versions: readonly ScoredVersion[],
  options: AucComparisonOptions = {},
): AucComparison {
  checkOption(versions.length > 0, 'versions is empty; an AUC needs the scores of a version');
  const cohort = checkedCohort(labels);
  const level = checkedLevel(options.level);
  const scores = versions.map((version) =>
    checkedScores(version.scores, cohort.labels.length, `scores of ${version.name}`),
  );
  const { influence, unvaried } = influenceOf(cohort, scores, options.clusters);
  const varied = unvaried ?? influence;
  return {
    aucs: mapValue(influence, aucsOf),
    covariance: mapValue(varied, covarianceMatrix),
    omnibus: mapValue(varied, omnibusTest),
    pairwise: pairwiseTests(
      versions.map(({ name }) => name),
      influence,
      varied,
      level,
    ),
    assumption: options.clusters ? 'independent-patients' : 'independent-images',
  };
}

/** Influence over cases or patients, and the reason why there is no variance, if there is one. */
function influenceOf(
  cohort: Cohort,
  scores: readonly ScoreArray[],
  ids?: ClusterIds,
): { influence: Value<Influence>; unvaried?: Undef | undefined } {
  const patients = ids && checkedClusters(ids, cohort.labels.length);
  const missing = missingClass(cohort);
  if (missing) return { influence: missing };
  if (!patients) {
    return { influence: caseInfluence(cohort, scores), unvaried: singleCase(cohort) };
  }
  const counts = clusterClassCounts(cohort.labels, patients);
  return {
    influence: clusterInfluence(cohort, scores, patients, counts),
    unvaried: tooFewClusters(cohort, counts),
  };
}

/** Test that all versions have the same AUC. */
export function omnibusTest(influence: Influence): Value<ChiSquareTest> {
  const { sums, doubledPairs } = influence;
  const successive: Contrast[] = sums.slice(1).map((_, k) => ({ plus: k, minus: k + 1 }));
  return waldTest(
    successive.map((_, k) => (sums[k]! - sums[k + 1]!) / doubledPairs),
    successive.map((first) => successive.map((second) => covarianceOf(influence, first, second))),
  );
}

function pairwiseTests(
  names: readonly string[],
  influence: Value<Influence>,
  varied: Value<Influence>,
  level: number,
): PairwiseComparison[] {
  const pairs = names.flatMap((a, i) =>
    names.slice(i + 1).map((b, offset) => {
      const contrast = { plus: i, minus: i + 1 + offset };
      const difference = mapValue(
        influence,
        ({ sums, doubledPairs }) => (sums[contrast.plus]! - sums[contrast.minus]!) / doubledPairs,
      );
      const variance = mapValue(varied, (of) => covarianceOf(of, contrast, contrast));
      return { a, b, difference, ...differenceTest(difference, variance, level) };
    }),
  );
  const adjusted = adjustPValues(pairs.map(({ p }) => p).filter(isDefined));
  let next = 0;
  return pairs.map((pair) => {
    if (!isDefined(pair.p)) return { ...pair, pHolm: pair.p, pBh: pair.p };
    const rank = next++;
    return { ...pair, pHolm: adjusted.holm[rank]!, pBh: adjusted.benjaminiHochberg[rank]! };
  });
}
