import { checkOption } from './cases.js';
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

/** From the ISIC 2018 task description: a mask below this would have to be drawn again. */
const ACCEPTABLE_JACCARD = 0.65;

/**
 * The Jaccard index where it is at least 0.65 in floating point, else 0; undefined stays so.
 *
 * Codella et al., arXiv 1902.03368 (2019).
 */
export const thresholdJaccard = (jaccard: Value): Value =>
  !isDefined(jaccard) || jaccard >= ACCEPTABLE_JACCARD ? jaccard : 0;
