import { checkOption, checkPositive } from './cases.js';
import { binomialTerm } from './binomial-term.js';
import { logistic } from './auc-intervals.js';

/** A continued fraction that has not settled after this many terms was called far outside its use. */
const MAX_TERMS = 100_000;
const TINY = 1e-300;
const EPSILON = 2 ** -52;

/**
 * Regularised incomplete beta function `I_x(a, b) = P(Beta(a, b) <= x)`, a, b > 0.
 * Relative accuracy near 1e-13, also where the result is tiny. Throws `bad-option` unless a, b > 0.
 *
 * @param y `1 - x`, passed apart so that x near 1 loses nothing.
 */
export function betaCdf(x: number, a: number, b: number, y = 1 - x): number {
  checkPositive({ a, b });
  if (x <= 0 || y <= 0) return x <= 0 ? 0 : 1;
  return x <= a / (a + b) ? lowerBeta(x, y, a, b) : 1 - lowerBeta(y, x, b, a);
}

/** `P(Beta(a, b) > x)`, accurate where it is tiny. */
export const betaSf = (x: number, a: number, b: number, y = 1 - x): number => betaCdf(y, b, a, x);

/**
 * Didonato and Morris' continued fraction (ACM TOMS 18, 1992, equation 9), for x below the mean. It
 * converges twice as fast as the classical one and does not cancel where x is close to 1.
 */
function lowerBeta(x: number, y: number, a: number, b: number): number {
  const factor = ((a * b) / (a + b)) * binomialTerm(a, a + b, x, y);
  if (factor === 0) return 0;
  let fraction = nonZero((a * (a * y - b * x + 1)) / (a + 1));
  let c = fraction;
  let d = 0;
  for (let k = 1; k < MAX_TERMS; k++) {
    const step = a + 2 * k - 1;
    const numerator = ((a + k - 1) * (a + b + k - 1) * k * (b - k) * x * x) / (step * step);
    const denominator =
      k + (k * (b - k) * x) / step + ((a + k) * (a * y - b * x + 1 + k * (1 + y))) / (step + 2);
    d = 1 / nonZero(denominator + numerator * d);
    c = nonZero(denominator + numerator / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) <= EPSILON) break;
  }
  return factor / fraction;
}

const nonZero = (x: number) => (Math.abs(x) < TINY ? TINY : x);

/** Log odds beyond these are 0 or 1 in double precision. */
const MAX_LOG_ODDS = 745;

/** A point of (0, 1) and its distance to 1, both to full relative accuracy. */
export interface UnitPoint {
  x: number;
  y: number;
}

/**
 * The x with `I_x(a, b) = p`, 0 < p < 1, together with `1 - x`. Newton's method on the log odds of
 * x, kept inside a bracket; relative error below 1e-12.
 */
export function betaQuantilePoint(p: number, a: number, b: number): UnitPoint {
  let [low, high] = [-MAX_LOG_ODDS, MAX_LOG_ODDS];
  let odds = Math.log(a / b);
  for (let step = 0; step < 200; step++) {
    const x = logistic(odds);
    const y = logistic(-odds);
    // Solved in the smaller tail, where the equation keeps its digits.
    const excess = p <= 0.5 ? betaCdf(x, a, b, y) - p : 1 - p - betaSf(x, a, b, y);
    if (excess > 0) high = odds;
    else low = odds;
    const slope = ((a * b) / (a + b)) * binomialTerm(a, a + b, x, y);
    let next = odds - excess / slope;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - odds) <= 1e-15 * Math.abs(odds) || next === odds) break;
    odds = next;
  }
  return { x: logistic(odds), y: logistic(-odds) };
}

/** The x below which a Beta(a, b) variable lies with probability `p`; 0 at p = 0, 1 at p = 1. Throws `bad-option`. */
export function betaQuantile(p: number, a: number, b: number): number {
  checkPositive({ a, b });
  checkOption(p >= 0 && p <= 1, `p is ${p}; a probability lies in [0, 1]`);
  if (p <= 0 || p >= 1) return p <= 0 ? 0 : 1;
  return betaQuantilePoint(p, a, b).x;
}

/** The x below which an F variable with these degrees of freedom lies with probability `p`. */
export function fQuantile(p: number, df1: number, df2: number): number {
  const { x, y } = betaQuantilePoint(p, df1 / 2, df2 / 2);
  return (df2 * x) / (df1 * y);
}
