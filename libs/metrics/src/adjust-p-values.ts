import { MetricInputError } from './errors.js';

/** p-values corrected for the number of tests, in the order given. */
export interface AdjustedPValues {
  /** Holm's: controls the chance of any false claim. */
  holm: number[];
  /** Benjamini and Hochberg's: controls the share of false claims among the claims. */
  benjaminiHochberg: number[];
}

/**
 * Corrects the p-values of one family of tests. Equal p-values get equal corrections.
 * Throws `bad-probability` at a p outside [0, 1]. O(k log k).
 *
 * Holm, Scand. J. Stat. 6 (1979) 65-70. Benjamini & Hochberg, JRSS B 57 (1995) 289-300.
 */
export function adjustPValues(p: readonly number[]): AdjustedPValues {
  p.forEach((value, index) => {
    if (value >= 0 && value <= 1) return;
    throw new MetricInputError('bad-probability', `p[${index}] is ${value}`, index);
  });
  const rising = p.map((_, index) => index).sort((i, j) => p[i]! - p[j]!);
  const tests = p.length;
  const holm = new Array<number>(tests).fill(0);
  let largest = 0;
  rising.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, (tests - rank) * p[index]!));
    holm[index] = largest;
  });
  const benjaminiHochberg = new Array<number>(tests).fill(0);
  let smallest = 1;
  for (let rank = tests - 1; rank >= 0; rank--) {
    const index = rising[rank]!;
    smallest = Math.min(smallest, (tests / (rank + 1)) * p[index]!);
    benjaminiHochberg[index] = smallest;
  }
  return { holm, benjaminiHochberg };
}
