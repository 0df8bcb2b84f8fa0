import { checkOption, type Labels, type Scores } from './cases.js';
import { operatingPoint, type OperatingPoint } from './operating-point.js';
import { rocTable, shownThreshold, type RocTable } from './roc.js';
import { firstPointReaching, missingClassOf } from './specificity-at-sensitivity.js';
import { mapValue, type Value } from './value.js';
import { youdenPosition } from './youden.js';

/** Labels and scores of one cohort. */
export interface ScoredCohort {
  labels: Labels;
  scores: Scores;
}

/**
 * How the threshold is chosen on the source cohort: the first point, in falling order of threshold,
 * with a sensitivity of at least `sensitivity`; the largest Youden index; or the largest specificity
 * that keeps the sensitivity at `maxSpecificityAt` or above, at its largest sensitivity.
 */
export type ThresholdChoice = { sensitivity: number } | 'youden' | { maxSpecificityAt: number };

/** A threshold chosen on one cohort and applied unchanged to another. */
export interface TransferredThreshold {
  /** Rule `score >= threshold`; null stands for +Infinity. */
  threshold: number | null;
  /** Calls on the cohort the threshold was chosen on: optimistic. */
  source: OperatingPoint;
  /** Calls on the other cohort: what the threshold is worth. */
  target: OperatingPoint;
}

/**
 * Chooses a threshold on `source`, stores the number, and applies it unchanged to `target`. Nothing
 * is optimised on the target.
 *
 * Undefined: `no-positives`, `no-negatives` in the source. Throws as `rocCurve`, and `bad-option`
 * for a sensitivity outside [0, 1]. O(n).
 */
export function transferThreshold(
  source: ScoredCohort,
  target: ScoredCohort,
  choice: ThresholdChoice,
  options: { level?: number } = {},
): Value<TransferredThreshold> {
  const table = rocTable(source.labels, source.scores);
  return mapValue(chosenPosition(table, choice), (k) => {
    const threshold = shownThreshold(table.thresholds[k]!);
    const applied = ({ labels, scores }: ScoredCohort) =>
      operatingPoint(labels, scores, threshold, 'gte', options);
    return { threshold, source: applied(source), target: applied(target) };
  });
}

function chosenPosition(table: RocTable, choice: ThresholdChoice): Value {
  if (choice === 'youden') return youdenPosition(table);
  const least = 'sensitivity' in choice ? choice.sensitivity : choice.maxSpecificityAt;
  checkOption(least >= 0 && least <= 1, `sensitivity is ${least}; it lies in [0, 1]`);
  const missing = missingClassOf(table);
  if (missing) return missing;
  let k = firstPointReaching(table, least);
  if ('sensitivity' in choice) return k;
  while (table.falsePositives[k + 1] === table.falsePositives[k]) k++;
  return k;
}
