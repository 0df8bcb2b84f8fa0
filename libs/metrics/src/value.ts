/**
 * Why a quantity does not exist for the cases given. If several apply, the positives come first.
 * `negative-variance` is for stored results of other programs: the sums used here cannot be negative.
 */
export type Reason =
  | 'no-positives'
  | 'no-negatives'
  | 'one-positive'
  | 'one-negative'
  | 'zero-variance'
  | 'one-cluster-with-positives'
  | 'one-cluster-with-negatives'
  | 'negative-variance'
  | 'no-positive-calls'
  | 'no-negative-calls'
  | 'no-cases'
  | 'one-case'
  | 'one-cluster'
  | 'both-masks-empty'
  | 'no-lesion-pixels'
  | 'no-background-pixels'
  | 'empty-mask'
  | 'separation'
  | 'constant-scores'
  | 'bca-degenerate'
  | 'too-many-redraws'
  | 'fewer-than-two-levels'
  | 'chance-agreement-one';

/** A quantity that does not exist here, and why. Never NaN, never 0.5, never a "freebie" 1. */
export interface Undef {
  readonly undefined: Reason;
}

/** A quantity, or the reason why it does not exist for these cases. */
export type Value<T = number> = T | Undef;

/** Lower and upper limit, in this order. */
export type Interval = readonly [lower: number, upper: number];

/** True when `value` exists; narrows `Value<T>` to `T`. */
export function isDefined<T>(value: Value<T>): value is T {
  return !(typeof value === 'object' && value !== null && 'undefined' in value);
}

/** The quantity that does not exist, for the reason given. */
export const undef = (reason: Reason): Undef => ({ undefined: reason });

/** Applies `change` where the value exists and passes the reason on where it does not. */
export function mapValue<T, U>(value: Value<T>, change: (value: T) => Value<U>): Value<U> {
  return isDefined(value) ? change(value) : value;
}

/** The first reason among several values, positives before negatives; undefined when all exist. */
export function firstReason(...values: Value<unknown>[]): Undef | undefined {
  const missing = values.filter((value): value is Undef => !isDefined(value));
  return missing.find((value) => value.undefined.includes('positive')) ?? missing[0];
}
