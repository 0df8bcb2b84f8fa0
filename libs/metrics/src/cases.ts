import { MetricInputError } from './errors.js';

/** Reference label of each case: 1 = diseased (melanoma; seborrheic keratosis), 0 = not. */
export type Labels = Uint8Array | readonly (0 | 1)[];

/** Score of each case, finite, higher = more suspicious. Compared in the precision it is given in. */
export type Scores = Float32Array | Float64Array | readonly number[];

/** Scores as they are compared: float32 stays float32, everything else is float64. */
export type ScoreArray = Float32Array | Float64Array;

/** Reference labels that were checked, with the size of each class. */
export interface Cohort {
  /** 0 or 1 per case. */
  readonly labels: Uint8Array;
  /** m, the diseased cases. */
  readonly positives: number;
  /** n, the healthy cases. */
  readonly negatives: number;
}

/** Integer placement sums stay exact below this: 2mn must fit into the 53 bits of a double. */
const MAX_DOUBLED_PAIRS = 9e15;

/**
 * Checks reference labels and counts the classes. O(n).
 *
 * Throws `bad-label` at the first label that is not the number 0 or 1, and `too-many-cases` where
 * 2mn would leave the integers a double can hold.
 */
export function checkedCohort(labels: Labels): Cohort {
  const array = labels instanceof Uint8Array ? labels : uint8Labels(labels);
  let positives = 0;
  let every = 0;
  for (let i = 0; i < array.length; i++) {
    const label = array[i]!;
    positives += label;
    every |= label;
  }
  if (every > 1)
    throw badLabel(
      array.findIndex((label) => label > 1),
      array,
    );
  const negatives = array.length - positives;
  if (2 * positives * negatives > MAX_DOUBLED_PAIRS) {
    throw new MetricInputError(
      'too-many-cases',
      `${positives} positives and ${negatives} negatives form more pairs than can be counted exactly`,
    );
  }
  return { labels: array, positives, negatives };
}

function uint8Labels(labels: readonly number[]): Uint8Array {
  const array = new Uint8Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (label !== 0 && label !== 1) throw badLabel(i, labels);
    array[i] = label;
  }
  return array;
}

const badLabel = (index: number, labels: ArrayLike<unknown>) =>
  new MetricInputError(
    'bad-label',
    `labels[${index}] is ${String(labels[index])}; a label is 0 (not diseased) or 1 (diseased)`,
    index,
  );

/**
 * Checks scores against the number of cases and brings plain arrays into float64. Typed arrays are
 * returned as they are: nothing is narrowed or widened. O(n).
 *
 * Throws `length-mismatch`, and `non-finite-score` at the first score that is not a finite number
 * (NaN, an infinity, null or text in a plain array).
 */
export function checkedScores(scores: Scores, cases: number, field = 'scores'): ScoreArray {
  checkLength(scores, cases, field);
  if (scores instanceof Float32Array || scores instanceof Float64Array) {
    // x - x is 0 for finite x and NaN otherwise: one branch-free pass, then the culprit by search.
    let spoiled = 0;
    for (let i = 0; i < scores.length; i++) spoiled += scores[i]! - scores[i]!;
    if (spoiled !== 0) throw nonFinite(scores, field);
    return scores;
  }
  const array = new Float64Array(scores.length);
  for (let i = 0; i < scores.length; i++) {
    // An untyped caller's null would silently become 0 in a Float64Array; isFinite refuses it.
    if (!Number.isFinite(scores[i])) throw nonFinite(scores, field);
    array[i] = scores[i]!;
  }
  return array;
}

/** The error for the first score that is not a finite number. */
export function nonFinite(scores: ArrayLike<number>, field: string): MetricInputError {
  let index = 0;
  while (index < scores.length && Number.isFinite(scores[index])) index++;
  return new MetricInputError(
    'non-finite-score',
    `${field}[${index}] is ${String(scores[index])}; a score is a finite number`,
    index,
  );
}

/** Throws `length-mismatch` unless the array has one entry per case. */
export function checkLength(array: ArrayLike<unknown>, cases: number, field: string): void {
  if (array.length === cases) return;
  throw new MetricInputError(
    'length-mismatch',
    `${field} has ${array.length} entries, labels (or the first array) have ${cases}`,
  );
}

/** Throws `bad-probability` at the first score outside [0, 1]. */
export function checkProbabilities(scores: ScoreArray, field = 'scores'): void {
  const index = scores.findIndex((score: number) => score < 0 || score > 1);
  if (index < 0) return;
  throw new MetricInputError(
    'bad-probability',
    `${field}[${index}] is ${scores[index]!}; a probability lies in [0, 1]`,
    index,
  );
}

/** Throws `bad-level` unless 0 < level < 1. Returns the level. */
export function checkedLevel(level = 0.95): number {
  if (level > 0 && level < 1) return level;
  throw new MetricInputError('bad-level', `level is ${level}; a level lies between 0 and 1`);
}

/** Throws `bad-count` unless `count` is a whole number of at least `least`. */
export function checkCount(count: number, field: string, least = 0): void {
  if (Number.isSafeInteger(count) && count >= least) return;
  throw new MetricInputError('bad-count', `${field} is ${count}; it is a whole number >= ${least}`);
}

/** Throws `bad-option` unless `holds`. */
export function checkOption(holds: boolean, message: string): void {
  if (!holds) throw new MetricInputError('bad-option', message);
}

/** Throws `bad-option` unless every number is finite and positive. */
export function checkPositive(parameters: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(parameters)) {
    checkOption(value > 0 && value < Infinity, `${name} is ${value}; it is above 0 and finite`);
  }
}
