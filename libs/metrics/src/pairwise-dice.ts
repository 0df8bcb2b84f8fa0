import type { BitMask } from './bit-mask.js';
import { meanOf } from './macro-mean.js';
import { segmentationCounts } from './segmentation-counts.js';
import { segmentationMetrics } from './segmentation-metrics.js';
import { isDefined, undef, type Value } from './value.js';

/** Agreement of annotators who drew the same lesion. */
export interface PairwiseDice {
  /** Dice of all pairs, in the order (0,1), (0,2), ..., (1,2), ... */
  pairs: Value[];
  /** Mean over the pairs that have a value: the ceiling to show next to a model's Dice. */
  mean: Value;
  /** Pairs without a value. */
  excluded: number;
}

/**
 * Dice coefficient of every pair of annotators of one image. A pair of empty masks is
 * `both-masks-empty`; the mean is that where all pairs are, and `one-case` for fewer than two masks.
 *
 * Throws `MetricInputError`: `length-mismatch` (masks of different sizes), `bad-mask`.
 * O(pairs words).
 */
export function pairwiseDice(masks: readonly BitMask[]): PairwiseDice {
  const pairs = masks.flatMap((first, i) =>
    masks
      .slice(i + 1)
      .map((second) => segmentationMetrics(segmentationCounts(first, second), 'study-v1').dice),
  );
  const defined = pairs.filter(isDefined);
  const reason = pairs.length === 0 ? 'one-case' : 'both-masks-empty';
  return {
    pairs,
    mean: defined.length === 0 ? undef(reason) : meanOf(new Float64Array(defined)),
    excluded: pairs.length - defined.length,
  };
}
