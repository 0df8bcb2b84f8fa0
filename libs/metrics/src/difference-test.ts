import { waldInterval } from './auc-intervals.js';
import { checkOption } from './cases.js';
import { normalQuantile, normalSf, twoSidedP } from './normal.js';
import { isDefined, mapValue, undef, type Interval, type Value } from './value.js';

/** Test of a difference against 0, with its interval. */
export interface DifferenceTest {
  /** Never clamped. */
  se: Value;
  /** `difference / se`. */
  z: Value;
  /** Two-sided. */
  p: Value;
  /** Wald, clamped to [-1, 1]. */
  ci: Value<Interval>;
}

/**
 * Wald test of a difference of two shares or AUCs. Where nothing varies and nothing differs, z is 0
 * and p is 1; where nothing varies and something differs there is no test (`zero-variance`).
 *
 * @param toP two-sided p of a test statistic: normal unless given.
 * @param critical quantile of the same distribution.
 */
export function differenceTest(
  difference: Value,
  variance: Value,
  level: number,
  toP: (z: number) => number = twoSidedP,
  critical: number = normalQuantile((1 + level) / 2),
): DifferenceTest {
  if (!isDefined(difference)) {
    return { se: difference, z: difference, p: difference, ci: difference };
  }
  if (!isDefined(variance)) return { se: variance, z: variance, p: variance, ci: variance };
  const se = Math.sqrt(variance);
  if (se > 0) {
    const z = difference / se;
    return { se, z, p: toP(z), ci: waldInterval(difference, critical * se, -1, 1) };
  }
  if (difference === 0) return { se, z: 0, p: 1, ci: [0, 0] };
  const none = undef('zero-variance');
  return { se, z: none, p: none, ci: none };
}

/** Is A at most `margin` worse than B? */
export interface NonInferiority {
  margin: number;
  /** One-sided. */
  alpha: number;
  /** `(difference + margin) / se`. */
  z: Value;
  /** One-sided, `P(Z > z)`. */
  p: Value;
  /** Lower limit of the two-sided 95 % interval, not clamped. */
  lower: Value;
  /** `lower > -margin`; null where there is no test. */
  nonInferior: boolean | null;
}

/** One-sided, as regulators ask: half of the two-sided 5 %. */
const ALPHA = 0.025;

/**
 * Non-inferiority of A to B. Superiority may follow without a penalty (closed testing).
 * Undefined at zero variance, also for identical scores. Throws `bad-option` unless margin > 0.
 */
export function nonInferiorityTest(difference: Value, se: Value, margin: number): NonInferiority {
  checkOption(margin > 0 && margin < 1, `margin is ${margin}; a margin lies between 0 and 1`);
  const usable = mapValue(se, (error) => (error > 0 ? error : undef('zero-variance')));
  if (!isDefined(difference) || !isDefined(usable)) {
    const none = isDefined(difference) ? usable : difference;
    return { margin, alpha: ALPHA, z: none, p: none, lower: none, nonInferior: null };
  }
  const z = (difference + margin) / usable;
  const lower = difference - normalQuantile(1 - ALPHA) * usable;
  return { margin, alpha: ALPHA, z, p: normalSf(z), lower, nonInferior: lower > -margin };
}
