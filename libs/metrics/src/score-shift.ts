import { checkedScores, checkOption, type ScoreArray, type Scores } from './cases.js';
import { MetricInputError } from './errors.js';
import { quantile } from './quantile.js';

/** How far values moved between two measurements of the same cases. */
export interface Shift {
  cases: number;
  /** Of the absolute differences, quantiles of type 7 (Hyndman & Fan, Am. Stat. 50, 1996). */
  median: number;
  q95: number;
  q99: number;
  largest: number;
}

/** How far scores moved, and what of it could be noticed. */
export interface ScoreShift extends Shift {
  /** Cases called otherwise at the threshold, rule `score >= threshold`. */
  callsChanged: number;
  /** Cases whose midrank among all is another. 0: every rank statistic, the AUC too, is the same. */
  ranksChanged: number;
}

/**
 * Quantiles of how far each case moved.
 *
 * @param differences absolute differences of at least one case, each finite and not negative.
 *
 * Throws `bad-option` on no case or a negative difference, `non-finite-score` on one that is not finite.
 * O(n log n).
 */
export function shiftOf(differences: Scores): Shift {
  const sorted = Float64Array.from(checkedScores(differences, differences.length, 'differences'));
  checkOption(sorted.length > 0, 'differences holds no case');
  sorted.sort();
  checkOption(sorted[0]! >= 0, 'differences holds a negative value');
  return {
    cases: sorted.length,
    median: quantile(sorted, 0.5),
    q95: quantile(sorted, 0.95),
    q99: quantile(sorted, 0.99),
    largest: sorted.at(-1)!,
  };
}

/**
 * How far the scores of the same cases moved from a first measurement to a second, such as from one
 * processor to another. Both are compared as float64.
 *
 * @param threshold finite; the operating point whose calls are compared.
 *
 * Throws as `shiftOf`, `length-mismatch`, and `bad-threshold`. O(n log n).
 */
export function scoreShift(first: Scores, second: Scores, threshold: number): ScoreShift {
  if (!Number.isFinite(threshold)) {
    throw new MetricInputError('bad-threshold', `threshold is ${threshold}`);
  }
  const before = checkedScores(first, first.length, 'first');
  const after = checkedScores(second, first.length, 'second');
  const ranksBefore = midranks(before);
  const ranksAfter = midranks(after);
  let [callsChanged, ranksChanged] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    if (before[i]! >= threshold !== after[i]! >= threshold) callsChanged++;
    if (ranksBefore[i] !== ranksAfter[i]) ranksChanged++;
  }
  const differences = Float64Array.from(before, (score, i) => Math.abs(score - after[i]!));
  return { ...shiftOf(differences), callsChanged, ranksChanged };
}

/** From 1 for the lowest; equal scores share the mean of the ranks they span. */
function midranks(scores: ScoreArray): Float64Array {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const ranks = new Float64Array(order.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end++;
    for (let at = start; at < end; at++) ranks[order[at]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
