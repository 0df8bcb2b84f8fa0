import { describe, expect, it } from 'vitest';
import { cohortV1 } from './cohort-v1.js';
import { below, mulberry32 } from './mulberry32.js';
import { expectRefusal } from '../testing/arbitraries.js';

describe('mulberry32', () => {
  it('gives the published stream', () => {
    const random = mulberry32(42);
    expect(Array.from({ length: 4 }, random)).toEqual([
      2581720956, 1925393290, 3661312704, 2876485805,
    ]);
  });

  it('keeps streams apart and draws below k evenly', () => {
    const [first, second] = [mulberry32(1), mulberry32(1)];
    first();
    expect(second()).not.toBe(first());
    const counts = [0, 0, 0, 0, 0];
    for (let k = 0; k < 5000; k++) counts[below(first, 5)]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it('refuses a seed that would not come back as it was', () => {
    for (const seed of [-1, 2 ** 32, 1.5, Number.NaN])
      expectRefusal(() => mulberry32(seed), 'bad-option');
  });
});

describe('cohortV1', () => {
  const plan = {
    seed: 3,
    n: 2000,
    prevalence: 0.3,
    separation: [1, 0],
    itemShared: 0.5,
    itemOwn: 0.5,
  };

  it('makes the cohort it was asked for', () => {
    const { labels, scores, clusters } = cohortV1({ ...plan, maxClusterSize: 4, steps: 10 });
    const share = labels.reduce((sum, label) => sum + label, 0) / 2000;
    expect(Math.abs(share - 0.3)).toBeLessThan(0.03);
    expect(scores[0]!.every((score) => Number.isInteger(Math.round(score * 1e9) / 1e8))).toBe(true);
    const sizes = new Map<number, number>();
    for (const id of clusters!) sizes.set(id, (sizes.get(id) ?? 0) + 1);
    expect(new Set(sizes.values())).toEqual(new Set([1, 2, 3, 4]));
    const meanOf = (label: number, version: number) => {
      const own = Array.from(scores[version]!).filter((_, i) => labels[i] === label);
      return own.reduce((a, b) => a + b) / own.length;
    };
    expect(meanOf(1, 0) - meanOf(0, 0)).toBeGreaterThan(0.1);
    expect(Math.abs(meanOf(1, 1) - meanOf(0, 1))).toBeLessThan(0.02);
  });

  it('leaves out patients where none are asked for, and is the same every time', () => {
    expect('clusters' in cohortV1(plan)).toBe(false);
    expect(cohortV1(plan)).toEqual(cohortV1(plan));
    expect(cohortV1({ ...plan, float32: true }).scores[0]).toBeInstanceOf(Float32Array);
  });
});
