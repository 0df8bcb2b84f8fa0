import type { Cohort, ScoreArray } from './cases.js';
import { scoreOrder } from './score-order.js';

/** Doubled placement of each case, and their sum over the positives. */
export interface Placements {
  /**
   * For a positive `2 #{negatives below} + #{negatives tied}`, for a negative
   * `2 #{positives above} + #{positives tied}`; case order.
   */
  readonly counts: Uint32Array;
  /** Sum over the positives (the same over the negatives): AUC times 2mn. */
  readonly sum: number;
}

/**
 * The doubled placements of all cases: integers, so that AUC and variance are rounded only once.
 * O(n).
 *
 * DeLong, DeLong & Clarke-Pearson 1988; Sun & Xu 2014 for the one-sort form.
 */
export function placements(cohort: Cohort, scores: ScoreArray): Placements {
  const { labels } = cohort;
  const { order, ends } = scoreOrder(scores);
  const counts = new Uint32Array(order.length);
  let negativesBelow = 0;
  let positivesAbove = cohort.positives;
  let sum = 0;
  let start = 0;
  for (const end of ends) {
    let tiedPositives = 0;
    for (let k = start; k < end; k++) tiedPositives += labels[order[k]!]!;
    const tiedNegatives = end - start - tiedPositives;
    positivesAbove -= tiedPositives;
    const ofPositive = 2 * negativesBelow + tiedNegatives;
    const ofNegative = 2 * positivesAbove + tiedPositives;
    for (let k = start; k < end; k++) {
      const i = order[k]!;
      counts[i] = labels[i] === 1 ? ofPositive : ofNegative;
    }
    sum += tiedPositives * ofPositive;
    negativesBelow += tiedNegatives;
    start = end;
  }
  return { counts, sum };
}
