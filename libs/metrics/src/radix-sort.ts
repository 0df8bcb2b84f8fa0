/** Words in rising order, each with the tag it came with. */
export interface SortedWords {
  readonly words: Uint32Array;
  readonly tags: Uint32Array;
}

/** Digits of 11, 11 and 10 bits: three passes, and each histogram stays in the first-level cache. */
const BUCKETS = 2048;
const DIGIT = BUCKETS - 1;
const SECOND = 11;
const THIRD = 22;

/**
 * Sorts 32-bit words and carries a tag with each: least significant digit first, so equal words keep
 * their order. A digit that is the same in all words costs no pass. O(n). Both inputs are used as
 * scratch space.
 */
export function sortByWord(words: Uint32Array, tags: Uint32Array): SortedWords {
  const counts = histograms(words);
  let from: SortedWords = { words, tags };
  let to: SortedWords | undefined;
  for (const [digit, shift] of [0, SECOND, THIRD].entries()) {
    const offsets = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (offsets[(words[0]! >>> shift) & DIGIT] === words.length) continue;
    to ??= { words: new Uint32Array(words.length), tags: new Uint32Array(words.length) };
    toOffsets(offsets);
    scatter(from, to, offsets, shift);
    [from, to] = [to, from];
  }
  return from;
}

function histograms(words: Uint32Array): Uint32Array {
  const counts = new Uint32Array(3 * BUCKETS);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    counts[word & DIGIT]!++;
    counts[BUCKETS + ((word >>> SECOND) & DIGIT)]!++;
    counts[2 * BUCKETS + (word >>> THIRD)]!++;
  }
  return counts;
}

/** Turns counts into the position of the first word of each bucket, in place. */
export function toOffsets(counts: Uint32Array): void {
  let before = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket]!;
    counts[bucket] = before;
    before += count;
  }
}

function scatter(from: SortedWords, to: SortedWords, offsets: Uint32Array, shift: number): void {
  const { words, tags } = from;
  const toWords = to.words;
  const toTags = to.tags;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const bucket = (word >>> shift) & DIGIT;
    const position = offsets[bucket]!;
    offsets[bucket] = position + 1;
    toWords[position] = word;
    toTags[position] = tags[i]!;
  }
}
