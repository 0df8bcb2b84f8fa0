import { checkedScores, checkLength, type Cohort, type Scores } from './cases.js';
import { toOffsets } from './radix-sort.js';
import { scoreOrder, type ScoreOrder } from './score-order.js';

/** How many positives and negatives share each distinct score, lowest score first. */
export interface TieGroups {
  readonly positives: Uint32Array;
  readonly negatives: Uint32Array;
}

/**
 * Checks the scores and counts both classes at each distinct one. O(n).
 *
 * Scores from a network are float32 in [0, 1]: their bits leave room for the label inside one
 * 32-bit key, which saves half of the memory traffic of the general order. Being in [0, 1] they are
 * finite, which saves the pass that looks for NaN.
 */
export function tieGroups(cohort: Cohort, scores: Scores, field?: string): TieGroups {
  const keys = sortedKeys(cohort, scores, field);
  if (keys) return groupsOfKeys(keys);
  const checked = checkedScores(scores, cohort.labels.length, field);
  return groupsOfOrder(cohort.labels, scoreOrder(checked));
}

/**
 * `2 #{negative < positive} + #{negative = positive}`, an exact integer: AUC times 2mn. Checks the
 * scores. For an AUC alone, without the counts at each score. O(n).
 */
export function doubledPlacementSum(cohort: Cohort, scores: Scores, field?: string): number {
  const keys = sortedKeys(cohort, scores, field);
  return keys ? sumOfKeys(keys) : sumOfGroups(tieGroups(cohort, scores, field));
}

/** The same sum from tie groups at hand. */
export function sumOfGroups({ positives, negatives }: TieGroups): number {
  let sum = 0;
  let negativesBelow = 0;
  for (let group = 0; group < positives.length; group++) {
    sum += positives[group]! * (2 * negativesBelow + negatives[group]!);
    negativesBelow += negatives[group]!;
  }
  return sum;
}

function sumOfKeys(keys: Uint32Array): number {
  let sum = 0;
  let negativesBelow = 0;
  for (let start = 0; start < keys.length;) {
    const bits = keys[start]! >>> 1;
    let diseased = keys[start]! & 1;
    let end = start + 1;
    while (end < keys.length && keys[end]! >>> 1 === bits) diseased += keys[end++]! & 1;
    const healthy = end - start - diseased;
    sum += diseased * (2 * negativesBelow + healthy);
    negativesBelow += healthy;
    start = end;
  }
  return sum;
}

function sortedKeys(cohort: Cohort, scores: Scores, field = 'scores'): Uint32Array | undefined {
  checkLength(scores, cohort.labels.length, field);
  return scores instanceof Float32Array ? unitIntervalKeys(cohort.labels, scores) : undefined;
}

/** Bits of 1 in float32, the largest score of the fast form. */
const ONE = 0x3f800000;
const NEGATIVE_ZERO = 0x80000000;
/** A score in [0, 1] has 30 bits: three digits of ten. */
const BUCKETS = 1024;
const DIGIT = BUCKETS - 1;

/** `bits << 1 | label` in rising order; undefined when a score lies outside [0, 1]. */
function unitIntervalKeys(labels: Uint8Array, scores: Float32Array): Uint32Array | undefined {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  const counts = new Uint32Array(3 * BUCKETS);
  let keys = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    let b = bits[i]!;
    if (b > ONE) {
      if (b !== NEGATIVE_ZERO) return undefined;
      b = 0;
    }
    counts[b & DIGIT]!++;
    counts[BUCKETS + ((b >>> 10) & DIGIT)]!++;
    counts[2 * BUCKETS + (b >>> 20)]!++;
    keys[i] = (b << 1) | labels[i]!;
  }
  let spare: Uint32Array<ArrayBuffer> | undefined;
  for (let digit = 0; digit < 3 && keys.length > 0; digit++) {
    const shift = 1 + 10 * digit;
    const offsets = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (offsets[(keys[0]! >>> shift) & DIGIT] === keys.length) continue;
    spare ??= new Uint32Array(keys.length);
    toOffsets(offsets);
    scatterKeys(keys, spare, offsets, shift);
    [keys, spare] = [spare, keys];
  }
  return keys;
}

function scatterKeys(from: Uint32Array, to: Uint32Array, offsets: Uint32Array, shift: number) {
  for (let i = 0; i < from.length; i++) {
    const key = from[i]!;
    const bucket = (key >>> shift) & DIGIT;
    const position = offsets[bucket]!;
    offsets[bucket] = position + 1;
    to[position] = key;
  }
}

function groupsOfKeys(keys: Uint32Array): TieGroups {
  const positives = new Uint32Array(keys.length);
  const negatives = new Uint32Array(keys.length);
  let groups = 0;
  for (let start = 0; start < keys.length;) {
    const bits = keys[start]! >>> 1;
    let diseased = keys[start]! & 1;
    let end = start + 1;
    while (end < keys.length && keys[end]! >>> 1 === bits) diseased += keys[end++]! & 1;
    positives[groups] = diseased;
    negatives[groups++] = end - start - diseased;
    start = end;
  }
  return { positives: positives.subarray(0, groups), negatives: negatives.subarray(0, groups) };
}

/** The same counts from a general order. */
function groupsOfOrder(labels: Uint8Array, { order, ends }: ScoreOrder): TieGroups {
  const positives = new Uint32Array(ends.length);
  const negatives = new Uint32Array(ends.length);
  let k = 0;
  for (let group = 0; group < ends.length; group++) {
    const start = k;
    const end = ends[group]!;
    let diseased = 0;
    for (; k < end; k++) diseased += labels[order[k]!]!;
    positives[group] = diseased;
    negatives[group] = end - start - diseased;
  }
  return { positives, negatives };
}
