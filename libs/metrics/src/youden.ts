import type { Labels, Scores } from './cases.js';
import { rocTable, type RocTable } from './roc.js';
import { missingClassOf, ratePoint, type RatePoint } from './specificity-at-sensitivity.js';
import { mapValue, type Value } from './value.js';

/** The operating point of largest Youden index. */
export interface YoudenPoint extends RatePoint {
  /** `sensitivity + specificity - 1`. */
  index: number;
}

/**
 * The point of the ROC curve with the largest Youden index, rates compared as exact fractions; among
 * equal ones the highest threshold. Chosen on the data it describes, it flatters: transfer it to
 * other data before believing it.
 *
 * Undefined: `no-positives`, `no-negatives`. Throws as `rocCurve`. O(n).
 *
 * Youden, Cancer 3 (1950) 32-35.
 */
export function youden(labels: Labels, scores: Scores): Value<YoudenPoint> {
  const table = rocTable(labels, scores);
  return mapValue(youdenPosition(table), (k) => ({
    index:
      (table.truePositives[k]! * table.negatives - table.falsePositives[k]! * table.positives) /
      (table.positives * table.negatives),
    ...ratePoint(table, k),
  }));
}

/** Position of that point. Compares `tp n - fp m`, which is whole. */
export function youdenPosition(table: RocTable): Value {
  const missing = missingClassOf(table);
  if (missing) return missing;
  let [best, position] = [-Infinity, 0];
  for (let k = 0; k < table.thresholds.length; k++) {
    const gain =
      table.truePositives[k]! * table.negatives - table.falsePositives[k]! * table.positives;
    if (gain > best) [best, position] = [gain, k];
  }
  return position;
}
