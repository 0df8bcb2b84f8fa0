import type { ScoreArray } from './cases.js';
import { sortByWord } from './radix-sort.js';

/** Cases in rising order of score, cut into groups of equal scores. */
export interface ScoreOrder {
  /** Case indices, lowest score first. Within a tie the order carries no meaning. */
  readonly order: Uint32Array;
  /** For each group of equal scores, one past its last position in `order`. */
  readonly ends: Uint32Array;
}

const LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const HIGH = LITTLE_ENDIAN ? 1 : 0;
const SIGN = 0x80000000;

/**
 * Sorts cases by score without comparing scores: the bits of a float, with all bits of a negative
 * one turned over and the sign of a positive one set, rise as the float does. -0 counts as +0.
 *
 * Equal scores form one group; doubles one ulp apart do not. O(n) passes and memory.
 *
 * @param scores finite; checked by the caller.
 */
export function scoreOrder(scores: ScoreArray): ScoreOrder {
  const known = shared?.get(scores);
  if (known) return known;
  const sorted = sortedOrder(scores);
  shared?.set(scores, sorted);
  return sorted;
}

function sortedOrder(scores: ScoreArray): ScoreOrder {
  const order = Uint32Array.from({ length: 0 });
  if (scores.length === 0) return { order, ends: order };
  return scores instanceof Float32Array ? order32(scores) : order64(scores);
}

/** Orders of the computation that shares them; undefined outside of one. */
let shared: WeakMap<ScoreArray, ScoreOrder> | undefined;
/** What was made of scores and labels in it. */
let sharedParts = new WeakMap<ScoreArray, { labels: Uint8Array; part: unknown }>();

/** Inside `sharingOrders`, makes once what hangs on these scores and labels alone and comes of one maker. */
export function sharedBy<T>(scores: ScoreArray, labels: Uint8Array, make: () => T): T {
  if (!shared) return make();
  const known = sharedParts.get(scores);
  if (known?.labels === labels) return known.part as T;
  const part = make();
  sharedParts.set(scores, { labels, part });
  return part;
}

/**
 * Runs a computation in which every array of scores is sorted once, however many quantities are taken
 * of it: curves, average precision, operating points and resamples of one version all begin with the
 * same sort. The numbers are those without it.
 *
 * `compute` answers at once, and changes no array of scores between two quantities.
 */
export function sharingOrders<T>(compute: () => T): T {
  const outer = shared;
  shared ??= new WeakMap();
  try {
    return compute();
  } finally {
    shared = outer;
    if (!outer) sharedParts = new WeakMap();
  }
}

/**
 * Parts an order by level: the order of each level's own scores, whose place among the cases of its
 * level is given. One walk in place of a sort for each level. O(n).
 *
 * @param level of each case, 0 to `sizes.length - 1`.
 * @param place of each case among those of its level.
 * @param sizes cases of each level.
 */
export function ordersByLevel(
  scores: ScoreArray,
  level: Uint32Array,
  place: Uint32Array,
  sizes: Uint32Array,
): ScoreOrder[] {
  const { order, ends } = scoreOrder(scores);
  const orders = Array.from(sizes, (size) => new Uint32Array(size));
  const levelEnds = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(sizes.length);
  const groups = new Uint32Array(sizes.length);
  const lastGroup = new Int32Array(sizes.length).fill(-1);
  let k = 0;
  for (let group = 0; group < ends.length; group++) {
    for (const end = ends[group]!; k < end; k++) {
      const i = order[k]!;
      const of = level[i]!;
      // The first of a new group closes the group before it.
      if (lastGroup[of] !== group && filled[of]! > 0) levelEnds[of]![groups[of]!++] = filled[of]!;
      lastGroup[of] = group;
      orders[of]![filled[of]!++] = place[i]!;
    }
  }
  return orders.map((own, of) => {
    if (own.length > 0) levelEnds[of]![groups[of]!++] = own.length;
    return { order: own, ends: levelEnds[of]!.subarray(0, groups[of]) };
  });
}

/** Inside `sharingOrders`, what `scoreOrder` shall answer for these scores; outside, nothing. */
export const shareOrder = (scores: ScoreArray, order: ScoreOrder): void => {
  shared?.set(scores, order);
};

/** Whether sorts are shared just now, so that preparing one for later is worth it. */
export const isSharingOrders = (): boolean => shared !== undefined;

function identity(length: number): Uint32Array {
  const indices = new Uint32Array(length);
  for (let i = 0; i < length; i++) indices[i] = i;
  return indices;
}

function order32(scores: Float32Array): ScoreOrder {
  const bits = new Uint32Array(scores.buffer, scores.byteOffset, scores.length);
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const b = bits[i]!;
    words[i] = b === SIGN ? SIGN : b & SIGN ? ~b : b | SIGN;
  }
  const sorted = sortByWord(words, identity(bits.length));
  return { order: sorted.tags, ends: groupEnds(sorted.words) };
}

/**
 * A double is two words. Sorting by the high word settles nearly all of the order; what is left are
 * short runs with equal high words, which are sorted by their low words.
 */
function order64(scores: Float64Array): ScoreOrder {
  const halves = new Uint32Array(scores.buffer, scores.byteOffset, 2 * scores.length);
  const high = new Uint32Array(scores.length);
  for (let i = 0; i < high.length; i++) {
    const b = halves[2 * i + HIGH]!;
    const isNegativeZero = b === SIGN && halves[2 * i + 1 - HIGH] === 0;
    high[i] = isNegativeZero ? SIGN : b & SIGN ? ~b : b | SIGN;
  }
  const { words, tags: order } = sortByWord(high, identity(high.length));
  const low = lowWordsOfRuns(halves, words, order);
  return { order, ends: groupEnds(words, low) };
}

/** Sorts each run of equal high words by the low words, in place; returns the low words in order. */
function lowWordsOfRuns(halves: Uint32Array, words: Uint32Array, order: Uint32Array): Uint32Array {
  const low = new Uint32Array(words.length);
  for (let start = 0; start < words.length;) {
    const word = words[start]!;
    let end = start + 1;
    while (end < words.length && words[end] === word) end++;
    if (end - start > 1) {
      const turned = word < SIGN ? 0xffffffff : 0;
      let differ = 0;
      for (let k = start; k < end; k++) {
        const l = (halves[2 * order[k]! + 1 - HIGH]! ^ turned) >>> 0;
        low[k] = l;
        differ |= l ^ low[start]!;
      }
      // A run of equal scores, the usual case where scores are rounded, is sorted already.
      if (differ !== 0) sortRun(low.subarray(start, end), order.subarray(start, end));
    }
    start = end;
  }
  return low;
}

/** Below this a shell sort beats the three histograms of a radix sort. */
const LONG_RUN = 1024;

function sortRun(low: Uint32Array, order: Uint32Array): void {
  if (low.length <= LONG_RUN) {
    shellSort(low, order);
    return;
  }
  const sorted = sortByWord(low.slice(), order.slice());
  low.set(sorted.words);
  order.set(sorted.tags);
}

// Ciura's gaps (2001), the best known for short arrays.
const GAPS = [701, 301, 132, 57, 23, 10, 4, 1];

function shellSort(words: Uint32Array, tags: Uint32Array): void {
  for (const gap of GAPS) {
    for (let i = gap; i < words.length; i++) {
      const word = words[i]!;
      const tag = tags[i]!;
      let k = i;
      for (; k >= gap && words[k - gap]! > word; k -= gap) {
        words[k] = words[k - gap]!;
        tags[k] = tags[k - gap]!;
      }
      words[k] = word;
      tags[k] = tag;
    }
  }
}

/** Ends of the groups of equal words; `low`, where given, must be equal as well. */
function groupEnds(words: Uint32Array, low?: Uint32Array): Uint32Array {
  const ends = new Uint32Array(words.length);
  let groups = 0;
  for (let i = 1; i < words.length; i++) {
    if (words[i] !== words[i - 1] || (low !== undefined && low[i] !== low[i - 1])) {
      ends[groups++] = i;
    }
  }
  ends[groups++] = words.length;
  return ends.subarray(0, groups);
}
