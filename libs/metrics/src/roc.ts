import {
  checkedCohort,
  checkedScores,
  type Cohort,
  type Labels,
  type ScoreArray,
  type Scores,
} from './cases.js';
import { scoreOrder, sharedBy } from './score-order.js';

/** One point of a ROC curve: what the rule `score >= threshold` calls positive. */
export interface RocPoint {
  /** Null stands for +Infinity: nothing is called positive. */
  threshold: number | null;
  falsePositives: number;
  truePositives: number;
}

/**
 * `all`: one point per distinct score. `drop-intermediate`: scikit-learn's default, which leaves out
 * inner points that lie on a straight piece of the curve.
 */
export type RocVariant = 'all' | 'drop-intermediate';

/** ROC points as columns, falling threshold; position 0 is (0, 0) at +Infinity. */
export interface RocTable {
  readonly positives: number;
  readonly negatives: number;
  readonly thresholds: Float64Array;
  readonly falsePositives: Uint32Array;
  readonly truePositives: Uint32Array;
}

/**
 * ROC points in falling order of threshold, one per distinct score, preceded by (0, 0). Integer
 * counts, so that rates are divided only where they are shown: `falsePositives / negatives`,
 * `truePositives / positives`. Equal scores are one point; -0 equals +0.
 *
 * An empty cohort has the single point (0, 0); a missing class leaves its counts at 0.
 * Throws `MetricInputError`: `length-mismatch`, `bad-label`, `non-finite-score`. O(n).
 *
 * @param labels 1 = diseased, 0 = not.
 * @param scores one per case, finite, higher = more suspicious.
 */
export function rocCurve(
  labels: Labels,
  scores: Scores,
  options: { variant?: RocVariant } = {},
): RocPoint[] {
  const table = rocTable(labels, scores, options.variant);
  return Array.from(table.thresholds, (_, k) => ({
    threshold: shownThreshold(table.thresholds[k]!),
    falsePositives: table.falsePositives[k]!,
    truePositives: table.truePositives[k]!,
  }));
}

/** +Infinity is written as null, which JSON can carry. */
export const shownThreshold = (threshold: number): number | null =>
  threshold === Infinity ? null : threshold;

/** The points of `rocCurve` as columns: for long curves, which should not become objects. O(n). */
export function rocTable(labels: Labels, scores: Scores, variant: RocVariant = 'all'): RocTable {
  const cohort = checkedCohort(labels);
  const all = allPoints(cohort, scores);
  return variant === 'all' ? all : withoutIntermediate(all);
}

function allPoints(cohort: Cohort, scores: Scores): RocTable {
  const checked = checkedScores(scores, cohort.labels.length);
  return sharedBy(checked, cohort.labels, () => pointsOf(cohort, checked));
}

function pointsOf(cohort: Cohort, checked: ScoreArray): RocTable {
  const { order, ends } = scoreOrder(checked);
  const size = ends.length + 1;
  const thresholds = new Float64Array(size);
  const falsePositives = new Uint32Array(size);
  const truePositives = new Uint32Array(size);
  thresholds[0] = Infinity;
  let [fp, tp] = [0, 0];
  for (let group = ends.length - 1, point = 1; group >= 0; group--, point++) {
    const start = group === 0 ? 0 : ends[group - 1]!;
    const end = ends[group]!;
    let diseased = 0;
    for (let k = start; k < end; k++) diseased += cohort.labels[order[k]!]!;
    tp += diseased;
    fp += end - start - diseased;
    // Adding 0 turns a threshold of -0 into +0, to which it is equal.
    thresholds[point] = checked[order[start]!]! + 0;
    falsePositives[point] = fp;
    truePositives[point] = tp;
  }
  const { positives, negatives } = cohort;
  return { positives, negatives, thresholds, falsePositives, truePositives };
}

/**
 * Leaves out inner points whose neighbours lie on one line through them: second differences of both
 * counts 0. The point (0, 0) is not among the neighbours, as in scikit-learn.
 */
function withoutIntermediate(all: RocTable): RocTable {
  const last = all.thresholds.length - 1;
  if (last <= 2) return all;
  const isStraight = (counts: Uint32Array, k: number) =>
    counts[k + 1]! - counts[k]! === counts[k]! - counts[k - 1]!;
  const keep = (_: number, k: number) =>
    k <= 1 ||
    k === last ||
    !(isStraight(all.falsePositives, k) && isStraight(all.truePositives, k));
  return {
    ...all,
    thresholds: all.thresholds.filter(keep),
    falsePositives: all.falsePositives.filter(keep),
    truePositives: all.truePositives.filter(keep),
  };
}
