import { checkOption, checkPositive } from './cases.js';
import { poissonTerm } from './binomial-term.js';
import { normalQuantile } from './normal.js';

const EPSILON = 2 ** -52;
const MAX_TERMS = 1_000_000;
const TINY = 1e-300;

/**
 * `P(X > x)` for a chi-square variable X; relative accuracy 1e-10 down to 1e-300. 1 for x <= 0.
 * Throws `bad-option` unless df > 0.
 *
 * @param df degrees of freedom, > 0.
 */
export function chiSquareSf(x: number, df: number): number {
  checkPositive({ df });
  if (x <= 0) return 1;
  return x < df + 2 ? 1 - lowerGamma(df / 2, x / 2) : upperGamma(df / 2, x / 2);
}

/** `P(X <= x)` for a chi-square variable X. 0 for x <= 0. */
export function chiSquareCdf(x: number, df: number): number {
  if (x <= 0) return 0;
  return x < df + 2 ? lowerGamma(df / 2, x / 2) : 1 - upperGamma(df / 2, x / 2);
}

/** Power series of the regularised incomplete gamma function P(a, x), for x below about a + 1. */
function lowerGamma(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < MAX_TERMS && term > EPSILON * sum; k++) {
    term *= x / (a + k);
    sum += term;
  }
  return poissonTerm(a, x) * sum;
}

/** Lentz's continued fraction of Q(a, x), for x above about a + 1. */
function upperGamma(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < MAX_TERMS; k++) {
    const term = -k * (k - a);
    b += 2;
    d = 1 / nonZero(term * d + b);
    c = nonZero(b + term / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) <= EPSILON) break;
  }
  // x^a e^-x / Gamma(a) = a times the Poisson term at a.
  return a * poissonTerm(a, x) * fraction;
}

const nonZero = (x: number) => (Math.abs(x) < TINY ? TINY : x);

/**
 * The x below which a chi-square variable lies with probability `p`, 0 < p < 1; 0 at 0, Infinity at
 * 1. Newton's method in log x from Wilson and Hilferty's start, kept inside a bracket; relative error
 * below 1e-12. Throws `bad-option` for p outside [0, 1] and df not above 0.
 */
export function chiSquareQuantile(p: number, df: number): number {
  checkPositive({ df });
  checkOption(p >= 0 && p <= 1, `p is ${p}; a probability lies in [0, 1]`);
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
  let [low, high] = LOG_BRACKET;
  let log = startingLog(p, df);
  for (let step = 0; step < MAX_STEPS; step++) {
    const x = Math.exp(log);
    const excess = excessOver(p, x, df);
    if (excess > 0) high = log;
    else low = log;
    const slope = (df / 2) * poissonTerm(df / 2, x / 2);
    let next = log - excess / slope;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - log) <= 1e-15 * Math.max(1, Math.abs(log))) break;
    log = next;
  }
  return Math.exp(log);
}

/** `P(X <= x) - p`, worked out in the smaller tail, where it keeps its digits. */
const excessOver = (p: number, x: number, df: number): number =>
  p <= 0.5 ? chiSquareCdf(x, df) - p : 1 - p - chiSquareSf(x, df);

const MAX_STEPS = 500;
/** Logarithms of the smallest and largest x looked for. */
const LOG_BRACKET: readonly [number, number] = [-1000, 700];

function startingLog(p: number, df: number): number {
  const x = df * (1 - 2 / (9 * df) + normalQuantile(p) * Math.sqrt(2 / (9 * df))) ** 3;
  return Math.log(x > 0 ? x : df * TINY);
}
