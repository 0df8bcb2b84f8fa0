import { betaQuantile } from './beta.js';
import { checkedLevel, checkOption } from './cases.js';
import { normalQuantile } from './normal.js';
import { undef, type Interval, type Reason, type Value } from './value.js';

/** A share of independent images with its intervals. */
export interface Proportion {
  /** `x / n`. */
  estimate: number;
  /** Wilson's interval, the one to show. */
  wilson: Interval;
  /** Clopper and Pearson's, which never covers less than its level. */
  clopperPearson: Interval;
}

/** The share `x / n` with both intervals; undefined for `reason` when n is 0. */
export function proportion(x: number, n: number, reason: Reason, level = 0.95): Value<Proportion> {
  if (n === 0) return undef(reason);
  return {
    estimate: x / n,
    wilson: wilson(x, n, level),
    clopperPearson: clopperPearson(x, n, level),
  };
}

/**
 * Wilson's score interval of a share, inside [0, 1] by itself. `x` and `n` may be effective counts,
 * which are not whole.
 *
 * Undefined `no-cases` for n = 0. Throws `bad-option` unless 0 <= x <= n, `bad-level`.
 *
 * Wilson, JASA 22 (1927) 209-212.
 *
 * @param x cases with the property.
 * @param n all cases.
 */
export function wilsonInterval(x: number, n: number, level?: number): Value<Interval> {
  checkShare(x, n);
  return n === 0 ? undef('no-cases') : wilson(x, n, checkedLevel(level));
}

/**
 * Clopper and Pearson's exact interval of a share.
 *
 * Undefined `no-cases` for n = 0. Throws `bad-option` unless 0 <= x <= n, `bad-level`.
 *
 * Clopper & Pearson, Biometrika 26 (1934) 404-413.
 */
export function clopperPearsonInterval(x: number, n: number, level?: number): Value<Interval> {
  checkShare(x, n);
  return n === 0 ? undef('no-cases') : clopperPearson(x, n, checkedLevel(level));
}

const checkShare = (x: number, n: number) => {
  checkOption(x >= 0 && x <= n && n < Infinity, `${x} of ${n} is no share`);
};

function wilson(x: number, n: number, level: number): Interval {
  const z = normalQuantile((1 + level) / 2);
  const p = x / n;
  const shrink = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / shrink;
  const half = (z / shrink) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  // At the ends the formula gives 0 and 1 up to rounding; a limit of 5e-17 would read as one above 0.
  return [x === 0 ? 0 : centre - half, x === n ? 1 : centre + half];
}

function clopperPearson(x: number, n: number, level: number): Interval {
  const tail = (1 - level) / 2;
  return [
    x === 0 ? 0 : betaQuantile(tail, x, n - x + 1),
    x === n ? 1 : betaQuantile(1 - tail, x + 1, n - x),
  ];
}
