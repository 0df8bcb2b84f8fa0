import type { RocPoint } from './roc.js';
import { undef, type Value } from './value.js';

/** A ROC point as drawn. */
export interface RocRates {
  /** `falsePositives / negatives`, that is 1 - specificity. */
  falsePositiveRate: Value;
  /** `truePositives / positives`, that is sensitivity. */
  truePositiveRate: Value;
}

/**
 * The rates of one ROC point, in [0, 1]; divided from the integer counts once, here.
 *
 * Undefined: `no-negatives` for the false-positive rate, `no-positives` for the true-positive rate.
 *
 * @param cohort how many images have and have not the disease.
 */
export const rocRates = (
  { falsePositives, truePositives }: Pick<RocPoint, 'falsePositives' | 'truePositives'>,
  { positives, negatives }: { positives: number; negatives: number },
): RocRates => ({
  falsePositiveRate: negatives > 0 ? falsePositives / negatives : undef('no-negatives'),
  truePositiveRate: positives > 0 ? truePositives / positives : undef('no-positives'),
});
