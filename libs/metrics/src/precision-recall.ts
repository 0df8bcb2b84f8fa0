import { checkOption, type Labels, type Scores } from './cases.js';
import { rocTable, shownThreshold, type RocTable } from './roc.js';
import { undef, type Value } from './value.js';

/** One point of a precision-recall curve. */
export interface PrPoint {
  /** Null stands for +Infinity. */
  threshold: number | null;
  falsePositives: number;
  truePositives: number;
  /** `tp / (tp + fp)`; 1 by convention at +Infinity, where nothing is called positive. */
  precision: number;
  /** `tp / m`. */
  recall: number;
}

/**
 * Precision and recall at the points of `rocCurve`, falling threshold, rule `score >= threshold`.
 *
 * Undefined `no-positives`. Throws as `rocCurve`. O(n).
 *
 * @param labels 1 = diseased, 0 = not.
 * @param scores one per case, finite, higher = more suspicious.
 */
export function prCurve(labels: Labels, scores: Scores): Value<PrPoint[]> {
  const table = rocTable(labels, scores);
  if (table.positives === 0) return undef('no-positives');
  return Array.from(table.thresholds, (threshold, k) => ({
    threshold: shownThreshold(threshold),
    falsePositives: table.falsePositives[k]!,
    truePositives: table.truePositives[k]!,
    precision: precisionAt(table, k),
    recall: table.truePositives[k]! / table.positives,
  }));
}

const precisionAt = (table: RocTable, k: number) =>
  k === 0 ? 1 : table.truePositives[k]! / (table.truePositives[k]! + table.falsePositives[k]!);

/** `step`: no interpolation (scikit-learn >= 0.19). `trapezoid`: linear in recall (before 0.19). */
export type AveragePrecisionRule = 'step' | 'trapezoid';

const RULES: readonly string[] = ['step', 'trapezoid'];

/**
 * Average precision: the area under the precision-recall curve, as a sum of steps (default) or of
 * trapezoids starting at recall 0, precision 1. The trapezoid form was current in the 2017
 * challenge; it is optimistic where scores tie.
 *
 * Undefined `no-positives`. Throws as `rocCurve`. O(n).
 *
 * scikit-learn 0.19 release notes (step form); its releases before (trapezoid form).
 */
export function averagePrecision(
  labels: Labels,
  scores: Scores,
  options: { rule?: AveragePrecisionRule } = {},
): Value {
  const rule = options.rule ?? 'step';
  checkOption(RULES.includes(rule), `rule is ${rule}; it is step or trapezoid`);
  return averagePrecisionOf(rocTable(labels, scores), rule);
}

/** Average precision of points already at hand. */
export function averagePrecisionOf(table: RocTable, rule: AveragePrecisionRule): Value {
  if (table.positives === 0) return undef('no-positives');
  let area = 0;
  for (let k = 1; k < table.thresholds.length; k++) {
    const gained = table.truePositives[k]! - table.truePositives[k - 1]!;
    const precision = precisionAt(table, k);
    const height = rule === 'step' ? precision : (precision + precisionAt(table, k - 1)) / 2;
    area += (gained / table.positives) * height;
  }
  return area;
}
