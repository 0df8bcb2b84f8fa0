import { checkedScores } from './cases.js';
import { twoSidedP } from './normal.js';
import { scoreOrder } from './score-order.js';
import { undef, type Value } from './value.js';

/** Wilcoxon's signed-rank test of paired differences. */
export interface WilcoxonSignedRank {
  /** Sum of the ranks of the positive differences. */
  wPlus: number;
  /** Differences that are not 0; zeros are dropped. */
  nonZero: number;
  /** Standardised `wPlus`, corrected for ties, without continuity correction; null for `exact`. */
  z: number | null;
  /** Two-sided. */
  p: number;
  method: 'exact' | 'normal';
}

/** Up to here the exact distribution is tabulated. */
const EXACT_UP_TO = 25;

/**
 * Wilcoxon's signed-rank test that paired differences lie symmetrically about 0, for independent
 * images. Equal sizes share their mean rank. Exact without ties and zeros up to 25 differences,
 * normal else. Nothing but zeros: p 1.
 *
 * Undefined `no-cases` without any difference. Throws `non-finite-score`. O(n), or O(n^3) exact.
 *
 * Wilcoxon, Biometrics Bull. 1 (1945) 80-83.
 *
 * @param differences one per image, B - A.
 */
export function wilcoxonSignedRank(
  differences: Float64Array | readonly number[],
): Value<WilcoxonSignedRank> {
  const all = checkedScores(differences, differences.length, 'differences');
  if (all.length === 0) return undef('no-cases');
  const kept = Float64Array.from(all).filter((difference) => difference !== 0);
  const { order, ends } = scoreOrder(kept.map(Math.abs));
  let [wPlus, tieTerm, start] = [0, 0, 0];
  for (const end of kept.length === 0 ? [] : ends) {
    const rank = (start + 1 + end) / 2;
    for (let k = start; k < end; k++) if (kept[order[k]!]! > 0) wPlus += rank;
    tieTerm += (end - start) ** 3 - (end - start);
    start = end;
  }
  const isExact = tieTerm === 0 && kept.length === all.length && kept.length <= EXACT_UP_TO;
  const base = { wPlus, nonZero: kept.length };
  if (isExact) return { ...base, z: null, p: exactP(wPlus, kept.length), method: 'exact' };
  const n = kept.length;
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - tieTerm / 48;
  const z = variance > 0 ? (wPlus - (n * (n + 1)) / 4) / Math.sqrt(variance) : 0;
  return { ...base, z, p: twoSidedP(z), method: 'normal' };
}

/** Twice the smaller tail; the number of sign patterns with each rank sum by recurrence. */
function exactP(wPlus: number, n: number): number {
  const most = (n * (n + 1)) / 2;
  const patterns = new Float64Array(most + 1);
  patterns[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = most; sum >= rank; sum--) patterns[sum]! += patterns[sum - rank]!;
  }
  const smaller = Math.min(wPlus, most - wPlus);
  let tail = 0;
  for (let sum = 0; sum <= smaller; sum++) tail += patterns[sum]!;
  return Math.min(1, (2 * tail) / 2 ** n);
}
