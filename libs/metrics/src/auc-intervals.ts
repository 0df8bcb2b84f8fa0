import { checkedLevel } from './cases.js';
import { normalQuantile } from './normal.js';
import { isDefined, undef, type Interval, type Undef, type Value } from './value.js';

/** The intervals of an AUC that need no resampling. */
export interface AucIntervals {
  /** `auc +- z se`, clamped to [0, 1]. Too narrow near 1; kept because other programs print it. */
  waldCi: Value<Interval>;
  /** `logit(auc) +- z se / (auc (1 - auc))`, turned back. The default to show. */
  logitCi: Value<Interval>;
  /** Newcombe's method 5, from the AUC and the class sizes alone. Defined also at AUC 0 and 1. */
  newcombeCi: Value<Interval>;
}

/** All three intervals of one AUC. `positives` and `negatives` are what Newcombe's method counts. */
export function aucIntervals(
  auc: Value,
  variance: Value,
  positives: number,
  negatives: number,
  level?: number,
): AucIntervals {
  const z = normalQuantile((1 + checkedLevel(level)) / 2);
  if (!isDefined(auc)) return { waldCi: auc, logitCi: auc, newcombeCi: auc };
  const se = standardError(variance);
  return {
    waldCi: isDefined(se) ? waldInterval(auc, z * se, 0, 1) : se,
    logitCi: isDefined(se) ? logitInterval(auc, z * se) : se,
    newcombeCi: newcombeInterval(auc, positives, negatives, z),
  };
}

function standardError(variance: Value): Value {
  if (!isDefined(variance)) return variance;
  return variance > 0 ? Math.sqrt(variance) : undef('zero-variance');
}

/** `estimate +- half`, clamped to the range a reader may be shown. */
export const waldInterval = (
  estimate: number,
  half: number,
  least: number,
  most: number,
): Interval => [Math.max(least, estimate - half), Math.min(most, estimate + half)];

/**
 * Logit interval of an AUC: symmetric in the log odds, so inside (0, 1) without clamping.
 * Undefined `zero-variance` at 0 and 1, where the log odds are infinite.
 *
 * Pepe, The Statistical Evaluation of Medical Tests (2003). Qin & Hotilovac, Stat. Methods Med.
 * Res. 17 (2008) 207-221.
 *
 * @param half quantile times standard error, on the scale of the AUC.
 */
export function logitInterval(auc: number, half: number): Interval | Undef {
  if (auc <= 0 || auc >= 1) return undef('zero-variance');
  const centre = Math.log(auc / (1 - auc));
  const width = half / (auc * (1 - auc));
  return [logistic(centre - width), logistic(centre + width)];
}

/** `1 / (1 + exp(-x))`. */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Halving a bracket inside [0, 1] this often reaches the last bit of a double. */
const HALVINGS = 100;

/**
 * Newcombe's method 5: the two t with `(A - t)^2 = z^2 V(t)`, V the variance an AUC of t would have
 * with these class sizes. A = 1 gives an upper limit of 1, A = 0 a lower limit of 0. It is
 * conservative near 1 and ignores clustering.
 *
 * Newcombe, Stat. Med. 25 (2006) 559-573.
 */
export function newcombeInterval(auc: number, m: number, n: number, z: number): Interval {
  const q = (m + n) / 2 - 1;
  const excess = (t: number) =>
    (auc - t) ** 2 -
    ((z * z * t * (1 - t)) / (m * n)) * (1 + (q * (1 - t)) / (2 - t) + (q * t) / (1 + t));
  const root = (outside: number) => {
    let [out, inside] = [outside, auc];
    for (let step = 0; step < HALVINGS; step++) {
      const middle = (out + inside) / 2;
      if (excess(middle) > 0) out = middle;
      else inside = middle;
    }
    return (out + inside) / 2;
  };
  return [auc <= 0 ? 0 : root(0), auc >= 1 ? 1 : root(1)];
}
