import { checkedCohort, checkedScores, checkProbabilities, type Cohort } from './cases.js';
import type { Labels, ScoreArray, Scores } from './cases.js';
import { missingClass } from './auc.js';
import type { BitMask } from './bit-mask.js';
import { meanOf } from './macro-mean.js';
import { averagePrecisionOf } from './precision-recall.js';
import { rocTable } from './roc.js';
import { segmentationCounts, type SegmentationCounts } from './segmentation-counts.js';
import { segmentationMetrics, type SegmentationMetrics } from './segmentation-metrics.js';
import { specificityAtSensitivityOf } from './specificity-at-sensitivity.js';
import { doubledPlacementSum } from './tie-groups.js';
import { firstReason, isDefined, mapValue, undef, type Reason, type Value } from './value.js';

/** Reference labels and scores of one task of the challenge, same case order. */
export interface Isic2017Task {
  /** 1 = the diagnosis the task asks for. */
  labels: Labels;
  /** Probability of it, in [0, 1]. */
  scores: Scores;
}

/** The scorer's decision: a score of exactly 0.5 is negative. */
const DECISION_THRESHOLD = 0.5;
const SENSITIVITIES = [82, 89, 95];

/**
 * The classification metrics of the official ISIC 2017 scorer (March 2017), bit for bit, under its
 * names: `accuracy`, `sensitivity`, `specificity`, `average_precision`, `spec_at_sens_82`, `_89`,
 * `_95` and `area_under_roc`, each with `_melanoma`, `_seborrheic_keratosis` and `_mean` behind it.
 * The challenge ranked by `area_under_roc_mean`.
 *
 * Decision `score > 0.5`. The specificities use the curve without intermediate points. The scorer
 * pinned no version of scikit-learn; `average_precision_*` is the step form (0.19 and later) and
 * `average_precision_*_trapezoid` the form of 2017.
 * Undefined where the scorer stops with an error: `no-positives`, `no-negatives`, `no-cases`; a mean
 * is undefined when either task is.
 * Throws `MetricInputError`: `bad-probability` (a score outside [0, 1] makes the whole submission
 * void), `non-finite-score`, `length-mismatch`, `bad-label`. O(n).
 *
 * Codella et al., arXiv 1710.05006 (2017); github.com/ImageMarkup/isic-challenge-scoring.
 */
export function isic2017Classification(tasks: {
  melanoma: Isic2017Task;
  seborrheicKeratosis: Isic2017Task;
}): Record<string, Value> {
  const melanoma = taskMetrics(tasks.melanoma, 'melanoma');
  const keratosis = taskMetrics(tasks.seborrheicKeratosis, 'seborrheicKeratosis');
  const metrics: Record<string, Value> = {};
  for (const [name, ofMelanoma] of Object.entries(melanoma)) {
    const ofKeratosis = keratosis[name]!;
    // The form behind the task: `average_precision_melanoma_trapezoid`.
    const [metric, form = ''] = name.split('|');
    metrics[`${metric!}_melanoma${form}`] = ofMelanoma;
    metrics[`${metric!}_seborrheic_keratosis${form}`] = ofKeratosis;
    metrics[`${metric!}_mean${form}`] = meanOfTasks(ofMelanoma, ofKeratosis);
  }
  return metrics;
}

function meanOfTasks(a: Value, b: Value): Value {
  return isDefined(a) && isDefined(b) ? (a + b) / 2 : firstReason(a, b)!;
}

function taskMetrics({ labels, scores }: Isic2017Task, field: string): Record<string, Value> {
  const cohort = checkedCohort(labels);
  const checked = checkedScores(scores, cohort.labels.length, `${field}.scores`);
  checkProbabilities(checked, `${field}.scores`);
  const points = rocTable(cohort.labels, checked, 'drop-intermediate');
  const allPoints = rocTable(cohort.labels, checked);
  const metrics: Record<string, Value> = {
    ...decisions(cohort, checked),
    average_precision: averagePrecisionOf(allPoints, 'step'),
    'average_precision|_trapezoid': averagePrecisionOf(allPoints, 'trapezoid'),
    area_under_roc:
      missingClass(cohort) ??
      doubledPlacementSum(cohort, checked) / (2 * cohort.positives * cohort.negatives),
  };
  for (const percent of SENSITIVITIES) {
    metrics[`spec_at_sens_${percent}`] = mapValue(
      specificityAtSensitivityOf(points, percent / 100),
      ({ specificity }) => specificity,
    );
  }
  return metrics;
}

function decisions({ labels, positives, negatives }: Cohort, scores: ScoreArray) {
  let [tp, fp] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (scores[i]! <= DECISION_THRESHOLD) continue;
    if (labels[i] === 1) tp++;
    else fp++;
  }
  const tn = negatives - fp;
  const ratio = (top: number, bottom: number, reason: Reason): Value =>
    bottom > 0 ? top / bottom : undef(reason);
  return {
    accuracy: ratio(tp + tn, positives + negatives, 'no-cases'),
    sensitivity: ratio(tp, positives, 'no-positives'),
    specificity: ratio(tn, negatives, 'no-negatives'),
  };
}

/** A reference mask and the mask predicted for the same photograph. */
export interface MaskPair {
  reference: BitMask;
  predicted: BitMask;
}

/** Segmentation score of a submission. */
export interface Isic2017Segmentation {
  /** Metrics of each image, in the order given; undefined where the scorer says None. */
  perImage: SegmentationMetrics[];
  /** Mean Jaccard index over the images that have one: the score of the challenge. */
  mean: Value;
  /** Images without a Jaccard index. */
  excluded: number;
}

/**
 * The segmentation metrics of the official ISIC 2017 scorer: per image, and the mean Jaccard index.
 * Masks are already binary (`> 128` of 255) and of the photograph's own size; nothing is resized.
 * Stored pixel counts may stand in for the masks.
 *
 * `mean` is undefined without images (`no-cases`) or when no image has a Jaccard index
 * (`both-masks-empty`). Throws `MetricInputError`: `length-mismatch`, `bad-mask`, `bad-count`.
 */
export function isic2017Segmentation(
  pairs: readonly (MaskPair | SegmentationCounts)[],
): Isic2017Segmentation {
  const perImage = pairs.map((pair) =>
    segmentationMetrics(
      'tp' in pair ? pair : segmentationCounts(pair.reference, pair.predicted),
      'isic2017-v1',
    ),
  );
  const defined = perImage.map(({ jaccard }) => jaccard).filter(isDefined);
  const reason = perImage.length === 0 ? 'no-cases' : 'both-masks-empty';
  return {
    perImage,
    mean: defined.length === 0 ? undef(reason) : meanOf(new Float64Array(defined)),
    excluded: perImage.length - defined.length,
  };
}
