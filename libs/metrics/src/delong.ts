import { missingClass, singleCase } from './auc.js';
import { checkedCohort, checkedScores, checkOption, type Labels, type Scores } from './cases.js';
import { aucsOf, caseInfluence, covarianceMatrix } from './influence.js';
import type { Value } from './value.js';

/** AUCs of k versions on the same cases and their covariance matrix. */
export interface AucCovariance {
  /** One AUC per version. */
  aucs: Value<number[]>;
  /** k by k, symmetric. */
  covariance: Value<number[][]>;
}

/**
 * AUCs of k versions scored on the same cases and DeLong's covariance matrix of them.
 *
 * A tied pair counts one half. Assumes independent images; where a patient has several, use
 * `clusteredCovariance`. The covariance is undefined with a single case in a class (`one-positive`,
 * `one-negative`), everything with a class missing (`no-positives`, `no-negatives`).
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`, `bad-option` (no
 * versions). O(k n + k^2 n).
 *
 * DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988) 837-845.
 *
 * @param labels 1 = diseased, 0 = not.
 * @param versions `versions[k]` holds the scores of version k in case order, higher = more suspicious.
 */
export function delongCovariance(labels: Labels, versions: readonly Scores[]): AucCovariance {
  checkOption(versions.length > 0, 'versions is empty; an AUC needs the scores of a version');
  const cohort = checkedCohort(labels);
  const checked = versions.map((scores, k) =>
    checkedScores(scores, cohort.labels.length, `versions[${k}]`),
  );
  const missing = missingClass(cohort);
  if (missing) return { aucs: missing, covariance: missing };
  const influence = caseInfluence(cohort, checked);
  return {
    aucs: aucsOf(influence),
    covariance: singleCase(cohort) ?? covarianceMatrix(influence),
  };
}
