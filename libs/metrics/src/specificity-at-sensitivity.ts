import { checkOption, type Labels, type Scores } from './cases.js';
import { rocTable, shownThreshold, type RocTable, type RocVariant } from './roc.js';
import { undef, type Undef, type Value } from './value.js';

/** A point of the ROC curve, as rates. */
export interface RatePoint {
  sensitivity: number;
  specificity: number;
  /** Of the rule `score >= threshold`; null stands for +Infinity. */
  threshold: number | null;
}

/**
 * Specificity at the first point of the ROC curve, in falling order of threshold, whose sensitivity
 * is at least `target`. No interpolation: the threshold is one that a score really has.
 *
 * The variant matters: dropping intermediate points can skip the first point. `all` belongs to
 * `study-v1`, `drop-intermediate` to `isic2017-v1`.
 * Undefined: `no-positives`, `no-negatives`. Throws as `rocCurve`; `bad-option` for a target outside
 * [0, 1]. O(n).
 *
 * @param target sensitivity asked for, in [0, 1]; compared as `tp / m >= target` in floating point.
 */
export function specificityAtSensitivity(
  labels: Labels,
  scores: Scores,
  target: number,
  options: { variant?: RocVariant } = {},
): Value<RatePoint> {
  return specificityAtSensitivityOf(rocTable(labels, scores, options.variant), target);
}

/** The same of points already at hand. */
export function specificityAtSensitivityOf(table: RocTable, target: number): Value<RatePoint> {
  checkOption(target >= 0 && target <= 1, `target is ${target}; a sensitivity lies in [0, 1]`);
  const missing = missingClassOf(table);
  if (missing) return missing;
  return ratePoint(table, firstPointReaching(table, target));
}

/** The reason why a ROC curve has no rates; undefined where it has. */
export function missingClassOf({ positives, negatives }: RocTable): Undef | undefined {
  if (positives === 0) return undef('no-positives');
  return negatives === 0 ? undef('no-negatives') : undefined;
}

/** Position of the first point with `tp / m >= target`; the last point has sensitivity 1. */
export const firstPointReaching = (table: RocTable, target: number): number =>
  table.truePositives.findIndex((tp) => tp / table.positives >= target);

/** Rates at one position of the table. */
export const ratePoint = (table: RocTable, k: number): RatePoint => ({
  sensitivity: table.truePositives[k]! / table.positives,
  specificity: 1 - table.falsePositives[k]! / table.negatives,
  threshold: shownThreshold(table.thresholds[k]!),
});
