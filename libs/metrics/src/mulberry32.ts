import { checkOption } from './cases.js';

/**
 * The random stream of every resampled number here: 32-bit, seeded, the same on every machine. Each
 * call of the returned function gives the next whole number in [0, 2^32).
 *
 * Throws `bad-option` unless the seed is a whole number in [0, 2^32).
 */
export function mulberry32(seed: number): () => number {
  checkOption(seed >>> 0 === seed, `seed is ${seed}; a seed is a whole number in [0, 2^32)`);
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

const TWO_TO_32 = 2 ** 32;

/** A uniform whole number in [0, k) from the stream. */
export const below = (random: () => number, k: number): number =>
  Math.floor((random() / TWO_TO_32) * k);
