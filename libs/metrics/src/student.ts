import { checkOption, checkPositive } from './cases.js';
import { betaCdf, betaQuantilePoint } from './beta.js';

/**
 * `P(T > t)` for Student's t; relative accuracy 1e-10 also in the far tail. Throws `bad-option`
 * unless df > 0.
 *
 * @param df degrees of freedom, > 0.
 */
export function studentTSf(t: number, df: number): number {
  checkPositive({ df });
  const square = t * t;
  const tail = betaCdf(df / (df + square), df / 2, 0.5, square / (df + square)) / 2;
  return t >= 0 ? tail : 1 - tail;
}

/** Two-sided p-value of a t statistic. */
export const twoSidedTP = (t: number, df: number): number =>
  Math.min(1, 2 * studentTSf(Math.abs(t), df));

/**
 * The t below which a Student variable lies with probability `p`, 0 < p < 1. Relative error below
 * 1e-12: solved as a beta quantile of the central probability near p = 1/2, of the tail elsewhere.
 * Throws `bad-option` for p outside (0, 1) and df not above 0.
 */
export function studentTQuantile(p: number, df: number): number {
  checkPositive({ df });
  checkOption(p > 0 && p < 1, `p is ${p}; it lies between 0 and 1`);
  const tail = Math.min(p, 1 - p);
  const sign = p < 0.5 ? -1 : 1;
  if (tail > 0.25) {
    const central = 2 * Math.abs(p - 0.5);
    if (central === 0) return 0;
    const { x, y } = betaQuantilePoint(central, 0.5, df / 2);
    return sign * Math.sqrt((df * x) / y);
  }
  const { x, y } = betaQuantilePoint(2 * tail, df / 2, 0.5);
  return sign * Math.sqrt((df * y) / x);
}
