import { checkCount, type Labels, type Scores } from './cases.js';
import { rocTable, shownThreshold, type RocTable } from './roc.js';
import { missingClassOf } from './specificity-at-sensitivity.js';
import type { Value } from './value.js';

/** A point of a ROC curve with its rates. */
export interface DrawnRocPoint {
  falsePositives: number;
  truePositives: number;
  falsePositiveRate: number;
  truePositiveRate: number;
  /** Null stands for +Infinity. */
  threshold: number | null;
}

/** A point of a precision-recall curve. */
export interface DrawnPrPoint {
  recall: number;
  precision: number;
  threshold: number;
}

/** Both curves of one version, for drawing. */
export interface DrawnCurves {
  roc: DrawnRocPoint[];
  precisionRecall: DrawnPrPoint[];
  /** Points that the ROC curve has, without those inside its straight pieces. */
  rocPoints: number;
}

/**
 * ROC and precision-recall curve in falling order of threshold. A curve of more than about `most`
 * points is thinned: one point stays in each of `most` equal steps of its way, together with the
 * first and the last. A drawing does not show the difference; areas are to be computed from all.
 *
 * Undefined: `no-positives`, `no-negatives`. Throws as `rocCurve`, and `bad-count`. O(n).
 */
export function drawnCurves(labels: Labels, scores: Scores, most = 400): Value<DrawnCurves> {
  checkCount(most, 'most', 2);
  const all = rocTable(labels, scores);
  const missing = missingClassOf(all);
  if (missing) return missing;
  const straight = rocTable(labels, scores, 'drop-intermediate');
  const rate = (table: RocTable, k: number) => ({
    falsePositiveRate: table.falsePositives[k]! / table.negatives,
    truePositiveRate: table.truePositives[k]! / table.positives,
  });
  const roc = thinned(straight.thresholds.length, most, (k) => {
    const { falsePositiveRate, truePositiveRate } = rate(straight, k);
    return (falsePositiveRate + truePositiveRate) / 2;
  });
  const precisionRecall = thinned(
    all.thresholds.length,
    most,
    (k) => rate(all, k).truePositiveRate,
  );
  return {
    roc: roc.map((k) => ({
      falsePositives: straight.falsePositives[k]!,
      truePositives: straight.truePositives[k]!,
      ...rate(straight, k),
      threshold: shownThreshold(straight.thresholds[k]!),
    })),
    // At +Infinity nothing is called, and there is no precision.
    precisionRecall: precisionRecall
      .filter((k) => k > 0)
      .map((k) => ({
        recall: rate(all, k).truePositiveRate,
        precision: all.truePositives[k]! / (all.truePositives[k]! + all.falsePositives[k]!),
        threshold: all.thresholds[k]!,
      })),
    rocPoints: straight.thresholds.length,
  };
}

/** Positions that stay, rising; `wayTo` rises from 0 to 1. */
function thinned(length: number, most: number, wayTo: (k: number) => number): number[] {
  if (length <= most) return Array.from({ length }, (_, k) => k);
  const kept: number[] = [];
  let step = -1;
  for (let k = 0; k < length; k++) {
    const reached = Math.floor(wayTo(k) * most);
    if (reached === step && k < length - 1) continue;
    kept.push(k);
    step = reached;
  }
  return kept;
}
