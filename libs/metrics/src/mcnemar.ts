import { binomialTerm } from './binomial-term.js';
import { checkCount } from './cases.js';

/** Two-sided p-values of McNemar's test. */
export interface McNemar {
  /** Exact: never too small. */
  p: number;
  /** Mid-p: close to its nominal size on average. */
  midP: number;
}

/**
 * McNemar's exact test of two versions' calls on the same independent images. Where patients have
 * several, show `clusteredProportionDifference` instead. Without discordant images p is 1.
 *
 * Throws `bad-count`. O(min(b, c)).
 *
 * McNemar, Psychometrika 12 (1947) 153-157. Fagerland, Lydersen & Laake, BMC Med. Res. Methodol. 13
 * (2013) 91, for mid-p.
 *
 * @param b images only A called rightly.
 * @param c images only B called rightly.
 */
export function mcnemarExact(b: number, c: number): McNemar {
  checkCount(b, 'b');
  checkCount(c, 'c');
  const discordant = b + c;
  const k = Math.min(b, c);
  if (b === c) return { p: 1, midP: 1 };
  // From the largest term downwards by recurrence, so that small terms are added to a small sum last
  // only where they no longer matter.
  const atK = halfBinomialTerm(k, discordant);
  let [term, below] = [atK, 0];
  for (let j = k; j > 0 && term > 0; j--) {
    term *= j / (discordant - j + 1);
    below += term;
  }
  return { p: Math.min(1, 2 * (below + atK)), midP: 2 * (below + atK / 2) };
}

/** P[Bin(n, 1/2) = k]. */
const halfBinomialTerm = (k: number, n: number) =>
  k === 0 ? 2 ** -n : binomialTerm(k, n, 0.5, 0.5);
