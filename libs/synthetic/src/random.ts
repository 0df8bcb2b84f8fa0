/** A stream of seeded random numbers: the same seeds give the same stream on every machine. */
export interface Random {
  /** A number in [low, high). */
  uniform(low: number, high: number): number;
  /** A whole number in [low, high], both ends included. */
  integer(low: number, high: number): number;
  /** A number from the normal distribution. */
  normal(mean: number, deviation: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One of the entries, in proportion to its weight. */
  weighted<T>(entries: readonly (readonly [T, number])[]): T;
  /** The list in a random order; the argument is left alone. */
  shuffled<T>(list: readonly T[]): T[];
}

const UINT32_RANGE = 2 ** 32;

/** FNV-1a over the parts' decimal or text form: a 32-bit seed that differs when any part does. */
export function hashSeed(...parts: readonly (number | string)[]): number {
  let hash = 0x811c9dc5;
  for (const character of parts.join('\u0000')) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * A stream named by its parts, e.g. `seededRandom(image.imageSeed, 'hair')`. Naming a stream after
 * what it decides keeps a change to one feature from reshuffling all the others.
 *
 * The generator is sfc32 (Doty-Humphrey, PractRand): integer arithmetic only, so the stream does not
 * depend on the engine's floating-point functions.
 */
export function seededRandom(...parts: readonly (number | string)[]): Random {
  const next = sfc32(hashSeed(...parts));
  const uniform = (low: number, high: number) => low + (high - low) * next();
  return {
    uniform,
    integer: (low, high) => Math.floor(uniform(low, high + 1)),
    // Twelve uniforms have variance 1: no logarithm or cosine, whose last bit engines may disagree on.
    normal: (mean, deviation) => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += next();
      return mean + deviation * sum;
    },
    chance: (probability) => next() < probability,
    weighted: (entries) => {
      let left = uniform(
        0,
        entries.reduce((sum, [, weight]) => sum + weight, 0),
      );
      const chosen = entries.find(([, weight]) => (left -= weight) < 0) ?? entries.at(-1);
      if (!chosen) throw new RangeError('nothing to choose from');
      return chosen[0];
    },
    shuffled: (list) => {
      const shuffled = [...list];
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = Math.floor(uniform(0, i + 1));
        [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
      }
      return shuffled;
    },
  };
}

function sfc32(seed: number): () => number {
  let a = seed;
  let b = 0x9e3779b9;
  let c = 0x243f6a88;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / UINT32_RANGE;
  };
  // The first dozen rounds still show the seed.
  for (let round = 0; round < 12; round++) next();
  return next;
}
