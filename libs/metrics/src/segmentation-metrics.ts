import { checkLength, checkOption } from './cases.js';
import { checkCounts, type SegmentationCounts } from './segmentation-counts.js';
import { isDefined, undef, type Reason, type Value } from './value.js';

/**
 * Which rules apply. `study-v1`: this library's own, undefined stays undefined. `isic2017-v1`: the
 * official scorer of March 2017, likewise. `isic2018-seg`: the later official package, where an
 * undefined value counts as 1.
 */
export type MetricSet = 'study-v1' | 'isic2017-v1' | 'isic2018-seg';

/** Agreement of one predicted mask with its reference mask, each in [0, 1]. */
export interface SegmentationMetrics {
  /** `tp / (tp + fp + fn)`. */
  jaccard: Value;
  /** `2 tp / (2 tp + fp + fn)`. */
  dice: Value;
  /** `tp / (tp + fn)`. */
  sensitivity: Value;
  /** `tn / (tn + fp)`. */
  specificity: Value;
  /** `(tp + tn) / pixels`. */
  accuracy: Value;
  /** Jaccard where it is at least 0.65, else 0. Not part of `isic2017-v1`. */
  thresholdJaccard?: Value;
}

const METRIC_SETS: readonly string[] = ['study-v1', 'isic2017-v1', 'isic2018-seg'];

/**
 * Jaccard, Dice, sensitivity, specificity and accuracy from pixel counts.
 *
 * Undefined: Jaccard and Dice `both-masks-empty`, sensitivity `no-lesion-pixels`, specificity
 * `no-background-pixels`, accuracy `no-cases`; in `isic2018-seg` all of these are 1, as its scorer
 * has it. Throws `MetricInputError`: `bad-count`, `bad-option` (unknown set).
 *
 * Jaccard, Bull. Soc. Vaud. Sci. Nat. 37 (1901) 547-579. Dice, Ecology 26 (1945) 297-302.
 */
export function segmentationMetrics(
  counts: SegmentationCounts,
  metricSet: MetricSet,
): SegmentationMetrics {
  checkCounts(counts);
  checkOption(METRIC_SETS.includes(metricSet), `metricSet is ${metricSet}`);
  const { tp, fp, fn, tn } = counts;
  const ratio = (top: number, bottom: number, reason: Reason): Value => {
    if (bottom > 0) return top / bottom;
    return metricSet === 'isic2018-seg' ? 1 : undef(reason);
  };
  const jaccard = ratio(tp, tp + fp + fn, 'both-masks-empty');
  return {
    jaccard,
    dice: ratio(2 * tp, 2 * tp + fp + fn, 'both-masks-empty'),
    sensitivity: ratio(tp, tp + fn, 'no-lesion-pixels'),
    specificity: ratio(tn, tn + fp, 'no-background-pixels'),
    accuracy: ratio(tp + tn, tp + fp + fn + tn, 'no-cases'),
    ...(metricSet === 'isic2017-v1' ? {} : { thresholdJaccard: thresholdJaccard(jaccard) }),
  };
}

/** Jaccard and Dice of many images as columns; `both-masks-empty` where a column holds NaN. */
export interface OverlapColumns {
  jaccard: Float64Array;
  dice: Float64Array;
}

/**
 * Jaccard and Dice of `study-v1` for many images at once, without an object for each. NaN stands for
 * `both-masks-empty` and for an image whose `tp` is negative, which has no mask. O(n).
 *
 * Throws `MetricInputError`: `length-mismatch`.
 *
 * @param tp pixels in both masks, per image; negative where an image has no counts.
 * @param fp pixels in the predicted mask alone.
 * @param fn pixels in the reference mask alone.
 */
export function overlapColumns(tp: Int32Array, fp: Int32Array, fn: Int32Array): OverlapColumns {
  checkLength(fp, tp.length, 'fp');
  checkLength(fn, tp.length, 'fn');
  const jaccard = new Float64Array(tp.length);
  const dice = new Float64Array(tp.length);
  for (let i = 0; i < tp.length; i++) {
    const both = tp[i]!;
    const either = both + fp[i]! + fn[i]!;
    const isDefined = both >= 0 && either > 0;
    jaccard[i] = isDefined ? both / either : Number.NaN;
    dice[i] = isDefined ? (2 * both) / (both + either) : Number.NaN;
  }
  return { jaccard, dice };
}

/** From the ISIC 2018 task description: a mask below this would have to be drawn again. */
const ACCEPTABLE_JACCARD = 0.65;

/**
 * The Jaccard index where it is at least 0.65 in floating point, else 0; undefined stays so.
 *
 * Codella et al., arXiv 1902.03368 (2019).
 */
export const thresholdJaccard = (jaccard: Value): Value =>
  !isDefined(jaccard) || jaccard >= ACCEPTABLE_JACCARD ? jaccard : 0;
