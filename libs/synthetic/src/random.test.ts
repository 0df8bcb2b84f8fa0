import { describe, expect, it } from 'vitest';
import { hashSeed, seededRandom } from './random.js';

describe('seededRandom', () => {
  it('gives this very stream, on any machine', () => {
    // Integer arithmetic only, so the values may be pinned exactly; they pin every plan with them.
    const random = seededRandom(1, 'pinned');
    expect([1, 2, 3].map(() => random.integer(0, 999_999))).toEqual([891_207, 970_537, 974_552]);
  });

  it('gives each named stream numbers of its own', () => {
    expect(seededRandom(1, 'hair').uniform(0, 1)).not.toBe(seededRandom(1, 'ruler').uniform(0, 1));
    expect(hashSeed(1, 23)).not.toBe(hashSeed(12, 3));
  });

  it('has a normal distribution’s mean and deviation', () => {
    const random = seededRandom('normal');
    const values = Array.from({ length: 20_000 }, () => random.normal(3, 2));
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    // Four standard errors of each estimate.
    expect(Math.abs(mean - 3)).toBeLessThan(0.06);
    expect(Math.abs(Math.sqrt(variance) - 2)).toBeLessThan(0.04);
  });

  it('chooses in proportion to the weights', () => {
    const random = seededRandom('weights');
    const drawn = Array.from({ length: 4000 }, () =>
      random.weighted([
        ['often', 3],
        ['seldom', 1],
        ['never', 0],
      ]),
    );
    const often = drawn.filter((name) => name === 'often').length / drawn.length;
    expect(Math.abs(often - 0.75)).toBeLessThan(0.03);
    expect(drawn).not.toContain('never');
    expect(() => random.weighted([])).toThrow(RangeError);
  });

  it('shuffles a copy', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = seededRandom('shuffle').shuffled(list);
    expect(list).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(shuffled).not.toEqual(list);
    expect(shuffled.toSorted()).toEqual(list);
  });
});
