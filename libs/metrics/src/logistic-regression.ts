/** A fitted logistic model with intercept and, where there is a covariate, slope. */
export interface LogisticFit {
  intercept: number;
  slope: number;
  /** Square roots of the diagonal of the inverse information. */
  seIntercept: number;
  seSlope: number;
  logLikelihood: number;
}

/** Cases of a logistic model. */
export interface LogisticCases {
  /** 0 or 1. */
  readonly labels: Uint8Array;
  /** Log odds the model scales (slope) or takes as they are (offset). */
  readonly logits: Float64Array;
  /** How often each case counts; once each unless given. */
  readonly weights?: Uint32Array;
}

const MAX_STEPS = 200;
/**
 * Stop after a step this small. Newton's error is squared by each step, so that what is left of it is
 * about 1e-16, far inside the 1e-10 promised.
 */
const STEP_LIMIT = 1e-8;

/**
 * Maximum likelihood of `logit P(y) = intercept + slope logit`, or with `slope` fixed at 1 of
 * `logit P(y) = intercept + logit`, by Newton's method with halved steps. The caller has made sure
 * that the maximum exists. O(n) per step.
 */
export function fitLogistic(cases: LogisticCases, slopeIsFree: boolean): LogisticFit {
  let [intercept, slope] = [0, 1];
  let at = derivatives(cases, intercept, slope);
  for (let step = 0; step < MAX_STEPS; step++) {
    const [da, db] = newtonStep(at, slopeIsFree);
    let scale = 1;
    let next = derivatives(cases, intercept + da, slope + db);
    while (
      next.logLikelihood < at.logLikelihood - 1e-12 * Math.abs(at.logLikelihood) &&
      scale > 1e-10
    ) {
      scale /= 2;
      next = derivatives(cases, intercept + scale * da, slope + scale * db);
    }
    intercept += scale * da;
    slope += scale * db;
    at = next;
    const limit = STEP_LIMIT * (1 + Math.abs(intercept) + Math.abs(slope));
    if (Math.abs(da) + Math.abs(db) <= limit) break;
  }
  const determinant = at.i00 * at.i11 - at.i01 * at.i01;
  return {
    intercept,
    slope,
    seIntercept: Math.sqrt(slopeIsFree ? at.i11 / determinant : 1 / at.i00),
    seSlope: slopeIsFree ? Math.sqrt(at.i00 / determinant) : 0,
    logLikelihood: at.logLikelihood,
  };
}

/** Score vector, information matrix and log likelihood at one point. */
interface Derivatives {
  g0: number;
  g1: number;
  i00: number;
  i01: number;
  i11: number;
  logLikelihood: number;
}

/** So many factors of 1 to 2 are multiplied before their logarithm is taken: at most 2^64. */
const FACTORS_PER_LOG = 64;

function derivatives(cases: LogisticCases, intercept: number, slope: number): Derivatives {
  const { labels, logits, weights } = cases;
  if (weights) return weightedDerivatives(cases, weights, intercept, slope);
  let [g0, g1, i00, i01, i11] = [0, 0, 0, 0, 0];
  let logLikelihood = 0;
  // The sum of log(1 + e) as logarithms of products: one logarithm in place of 64.
  let product = 1;
  for (let i = 0; i < labels.length; i++) {
    const x = logits[i]!;
    const eta = intercept + slope * x;
    // exp of a negative number alone, so that no score overflows.
    const e = Math.exp(-Math.abs(eta));
    const inverse = 1 / (1 + e);
    const residual = labels[i]! - (eta >= 0 ? inverse : e * inverse);
    const information = e * inverse * inverse;
    g0 += residual;
    g1 += residual * x;
    i00 += information;
    i01 += information * x;
    i11 += information * x * x;
    logLikelihood += labels[i] === 1 ? Math.min(eta, 0) : -Math.max(eta, 0);
    product *= 1 + e;
    if (i % FACTORS_PER_LOG === FACTORS_PER_LOG - 1) {
      logLikelihood -= Math.log(product);
      product = 1;
    }
  }
  return { g0, g1, i00, i01, i11, logLikelihood: logLikelihood - Math.log(product) };
}

function weightedDerivatives(
  { labels, logits }: LogisticCases,
  weights: Uint32Array,
  intercept: number,
  slope: number,
): Derivatives {
  const at = { g0: 0, g1: 0, i00: 0, i01: 0, i11: 0, logLikelihood: 0 };
  for (let i = 0; i < labels.length; i++) {
    const weight = weights[i]!;
    if (weight === 0) continue;
    const x = logits[i]!;
    const eta = intercept + slope * x;
    const e = Math.exp(-Math.abs(eta));
    const p = eta >= 0 ? 1 / (1 + e) : e / (1 + e);
    const residual = weight * (labels[i]! - p);
    const information = (weight * e) / ((1 + e) * (1 + e));
    at.g0 += residual;
    at.g1 += residual * x;
    at.i00 += information;
    at.i01 += information * x;
    at.i11 += information * x * x;
    at.logLikelihood +=
      weight * ((labels[i] === 1 ? Math.min(eta, 0) : -Math.max(eta, 0)) - Math.log1p(e));
  }
  return at;
}

function newtonStep(at: Derivatives, slopeIsFree: boolean): [number, number] {
  if (!slopeIsFree) return [at.g0 / at.i00, 0];
  const determinant = at.i00 * at.i11 - at.i01 * at.i01;
  return [
    (at.i11 * at.g0 - at.i01 * at.g1) / determinant,
    (at.i00 * at.g1 - at.i01 * at.g0) / determinant,
  ];
}

/** Log likelihood of the scores as they are: intercept 0, slope 1. */
export const logLikelihoodAsIs = (cases: LogisticCases): number =>
  derivatives(cases, 0, 1).logLikelihood;
