/** 0.1^MAX_ODD is far below the last bit of any sum. */
const MAX_ODD = 25;
const HALF_LOG_2PI = 0.9189385332046727;
/** Below this the Stirling series is not yet accurate to the last bits. */
const SERIES_FROM = 16;

/**
 * `log Gamma(x + 1) - log(sqrt(2 pi x) (x / e)^x)`, the error of Stirling's formula, x > 0.
 *
 * Loader, Fast and Accurate Computation of Binomial Probabilities (2000): with it a probability
 * among a million cases is as accurate as one among ten, because no huge logarithms cancel.
 */
export function stirlingError(x: number): number {
  if (x < SERIES_FROM) {
    // Gamma(x + 1) by recurrence upwards: log of a product of few factors, no cancellation.
    let product = 1;
    let y = x;
    while (y < SERIES_FROM) product *= ++y;
    const logGamma = (y + 0.5) * Math.log(y) - y + HALF_LOG_2PI + series(y) - Math.log(product);
    return logGamma - (x + 0.5) * Math.log(x) + x - HALF_LOG_2PI;
  }
  return series(x);
}

function series(x: number): number {
  const s = 1 / (x * x);
  return (
    (1 / 12 -
      s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - (s * 691) / 360360))))) /
    x
  );
}

/**
 * `x log(x / mean) + mean - x`, without cancellation where x is near the mean.
 *
 * @param difference `x - mean`, passed apart where the caller knows it better than by subtraction.
 */
export function deviance(x: number, mean: number, difference = x - mean): number {
  const v = difference / (x + mean);
  if (Math.abs(v) >= 0.1) return x * Math.log(x / mean) - difference;
  let sum = difference * v;
  let term = 2 * x * v;
  // |v| < 0.1: each term is a hundredth of the one before.
  for (let k = 3; k < MAX_ODD; k += 2) {
    term *= v * v;
    sum += term / k;
  }
  return sum;
}

/**
 * `Gamma(n+1) / (Gamma(x+1) Gamma(n-x+1)) p^x q^(n-x)` for real 0 < x < n: the binomial probability
 * where x and n are whole. `q = 1 - p` is passed apart, so that neither loses digits near 1.
 */
export function binomialTerm(x: number, n: number, p: number, q: number): number {
  if (p === 0 || q === 0) return 0;
  const rest = n - x;
  // Both deviances hang on one difference; the smaller probability gives it with more digits.
  const difference = p < q ? x - n * p : n * q - rest;
  const exponent =
    stirlingError(n) -
    stirlingError(x) -
    stirlingError(rest) -
    deviance(x, n * p, difference) -
    deviance(rest, n * q, -difference);
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * x * rest));
}

/** `mean^x exp(-mean) / Gamma(x + 1)` for real x > 0: the Poisson probability where x is whole. */
export function poissonTerm(x: number, mean: number): number {
  if (mean === 0) return 0;
  return Math.exp(-stirlingError(x) - deviance(x, mean)) / Math.sqrt(2 * Math.PI * x);
}
