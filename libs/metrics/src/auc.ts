import type { Assumption } from './assumption.js';
import { aucIntervals, type AucIntervals } from './auc-intervals.js';
import { aucStatistic } from './auc-statistic.js';
import { checkedCohort, type Cohort, type Labels, type Scores } from './cases.js';
import { clusterBootstrap, type BootstrapEstimate } from './cluster-bootstrap.js';
import { MetricInputError } from './errors.js';
import { doubledPlacementSum, sumOfGroups, tieGroups, type TieGroups } from './tie-groups.js';
import { mapValue, undef, type Interval, type Undef, type Value } from './value.js';

/** An AUC with its DeLong variance and every interval that needs no resampling. */
export interface AucEstimate extends AucIntervals {
  /** m, the diseased cases. */
  positives: number;
  /** n, the healthy cases. */
  negatives: number;
  /** Probability that a random positive scores above a random negative, in [0, 1]. */
  auc: Value;
  /** DeLong's variance of `auc`, for independent images. */
  variance: Value;
  /** Square root of `variance`; never clamped. */
  se: Value;
  /** The interval asked for by `ciMethod`. */
  ci: Value<Interval>;
  ciMethod: CiMethod;
  /** With `ciMethod: 'bootstrap'` only; `ci` is its percentile interval. */
  bootstrap?: BootstrapEstimate;
  assumption: Assumption;
}

/** How the interval of an AUC is made. `logit` unless given; `wald` is what other programs print. */
export type CiMethod = 'logit' | 'wald' | 'newcombe' | 'bootstrap';

export interface AucOptions {
  /** Level of the intervals, in (0, 1); 0.95 unless given. */
  level?: number;
  ciMethod?: CiMethod;
  /** Resamples of images, for `bootstrap`; 2000 unless given. */
  replicates?: number;
  /** Seed of the resampling, for `bootstrap`; 1 unless given, and kept with the answer. */
  seed?: number;
}

/**
 * Area under the ROC curve alone: the share of positive-negative pairs in which the positive scores
 * higher, a tied pair counting one half. Exact to one ulp, because it is one division of integers.
 *
 * Undefined: `no-positives` (also for an empty cohort), `no-negatives`.
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`, `too-many-cases`.
 * O(n).
 *
 * Bamber, J. Math. Psychol. 12 (1975) 387-415. Hanley & McNeil, Radiology 143 (1982) 29-36.
 *
 * @param labels 1 = diseased, 0 = not.
 * @param scores one per case, finite, higher = more suspicious.
 */
export function auc(labels: Labels, scores: Scores): Value {
  const cohort = checkedCohort(labels);
  // Summed before the class is looked for: bad scores are an error also where there is no AUC.
  const sum = doubledPlacementSum(cohort, scores);
  return missingClass(cohort) ?? sum / (2 * cohort.positives * cohort.negatives);
}

/**
 * Area under the ROC curve with DeLong's variance and its intervals: logit (the one to show), Wald
 * (what pROC prints) and Newcombe's (the one that survives an AUC of 0 or 1).
 *
 * A tied pair counts one half. The variance assumes independent images; where a patient has several,
 * use `clusteredAuc`. The variance is undefined with a single case in a class (`one-positive`,
 * `one-negative`), everything with a class missing (`no-positives`, `no-negatives`); the Wald and
 * logit intervals are `zero-variance` where the variance is 0.
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`, `bad-level`,
 * `bad-option` (ciMethod, seed), `bad-count` (replicates), `too-many-cases`. O(n), O(B n) with
 * `ciMethod: 'bootstrap'`.
 *
 * DeLong, DeLong & Clarke-Pearson, Biometrics 44 (1988) 837-845.
 * Sun & Xu, IEEE Signal Process. Lett. 21 (2014) 1389-1393, for the linear form.
 *
 * @param labels 1 = diseased, 0 = not.
 * @param scores one per case, finite, higher = more suspicious.
 */
export function rocAuc(labels: Labels, scores: Scores, options: AucOptions = {}): AucEstimate {
  const cohort = checkedCohort(labels);
  const groups = tieGroups(cohort, scores);
  const { positives, negatives } = cohort;
  const area = missingClass(cohort) ?? sumOfGroups(groups) / (2 * positives * negatives);
  const variance = singleCase(cohort) ?? delongVariance(cohort, groups);
  const intervals = aucIntervals(area, variance, positives, negatives, options.level);
  return {
    positives,
    negatives,
    auc: area,
    variance,
    se: mapValue(variance, Math.sqrt),
    ...intervals,
    ...chosenInterval(intervals, () => bootstrapOf(cohort, scores, options), options.ciMethod),
    assumption: 'independent-images',
  };
}

/** The interval asked for; the resampling is done only where it is. */
function chosenInterval(
  intervals: AucIntervals,
  resampled: () => BootstrapEstimate,
  ciMethod: CiMethod = 'logit',
): Pick<AucEstimate, 'ci' | 'ciMethod' | 'bootstrap'> {
  switch (ciMethod) {
    case 'logit':
      return { ci: intervals.logitCi, ciMethod };
    case 'wald':
      return { ci: intervals.waldCi, ciMethod };
    case 'newcombe':
      return { ci: intervals.newcombeCi, ciMethod };
    case 'bootstrap': {
      const bootstrap = resampled();
      return { ci: bootstrap.percentile, ciMethod, bootstrap };
    }
    default:
      throw new MetricInputError('bad-option', `ciMethod is ${String(ciMethod satisfies never)}`);
  }
}

/** Every image its own patient: the bootstrap that goes with independent images. */
function bootstrapOf(cohort: Cohort, scores: Scores, options: AucOptions): BootstrapEstimate {
  const alone = Int32Array.from(cohort.labels, (_, i) => i);
  const { seed = 1, replicates, level } = options;
  return clusterBootstrap(aucStatistic(cohort.labels, scores), alone, { seed, replicates, level });
}

/** The reason why there is no AUC; undefined where there is one. */
export function missingClass({ positives, negatives }: Cohort): Undef | undefined {
  if (positives === 0) return undef('no-positives');
  return negatives === 0 ? undef('no-negatives') : undefined;
}

/** The reason why an AUC has no variance over independent cases; undefined where it has one. */
export function singleCase(cohort: Cohort): Undef | undefined {
  const missing = missingClass(cohort);
  if (missing) return missing;
  if (cohort.positives === 1) return undef('one-positive');
  return cohort.negatives === 1 ? undef('one-negative') : undefined;
}

/**
 * DeLong's variance from tie groups. Deviations of placements from the AUC are exact integers here
 * (m c10 - sum, n c01 - sum), so the variance is 0 only where every placement equals the mean.
 */
function delongVariance({ positives: m, negatives: n }: Cohort, groups: TieGroups): number {
  const sum = sumOfGroups(groups);
  let squares10 = 0;
  let squares01 = 0;
  let negativesBelow = 0;
  let positivesAbove = m;
  for (let group = 0; group < groups.positives.length; group++) {
    const p = groups.positives[group]!;
    const q = groups.negatives[group]!;
    positivesAbove -= p;
    const deviation10 = m * (2 * negativesBelow + q) - sum;
    const deviation01 = n * (2 * positivesAbove + p) - sum;
    squares10 += p * deviation10 * deviation10;
    squares01 += q * deviation01 * deviation01;
    negativesBelow += q;
  }
  const unit = (2 * m * n) ** 2;
  return squares10 / unit / ((m - 1) * m) + squares01 / unit / ((n - 1) * n);
}
