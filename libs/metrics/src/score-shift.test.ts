import { describe, expect, it } from 'vitest';
import { rocAuc } from './auc.js';
import { scoreShift, shiftOf } from './score-shift.js';

describe('shiftOf', () => {
  it('gives the quantiles of type 7, worked by hand', () => {
    // Positions 0.5 * 4 = 2, 0.95 * 4 = 3.8, 0.99 * 4 = 3.96 among 0, 1, 2, 3, 13.
    const shift = shiftOf([3, 0, 13, 1, 2]);
    expect(shift).toMatchObject({ cases: 5, median: 2, largest: 13 });
    expect(shift.q95).toBeCloseTo(3 + 0.8 * 10, 12);
    expect(shift.q99).toBeCloseTo(3 + 0.96 * 10, 12);
  });

  it('refuses no case, and what is no distance', () => {
    for (const bad of [[], [-1, 2], [Number.NaN], [Infinity]]) {
      expect(() => shiftOf(bad)).toThrow(RangeError);
    }
  });
});

describe('scoreShift', () => {
  it('counts moved calls and ranks, worked by hand', () => {
    const shift = scoreShift([0.1, 0.5, 0.6, 0.9], [0.1, 0.7, 0.6, 0.49], 0.5);
    // 0.9 fell below 0.5; the ranks 1, 2, 3, 4 became 1, 4, 3, 2.
    expect(shift).toMatchObject({ cases: 4, callsChanged: 1, ranksChanged: 2 });
    expect(shift.largest).toBeCloseTo(0.41, 12);
    expect(shift.median).toBeCloseTo(0.1, 12);
  });

  it('calls a score at the threshold, and sees one that leaves it by the least bit', () => {
    expect(scoreShift([0.5, 0.2], [0.5 - 2 ** -54, 0.2], 0.5).callsChanged).toBe(1);
    expect(scoreShift([0.5, 0.2], [0.5, 0.2], 0.5).callsChanged).toBe(0);
  });

  it('sees a tie that breaks as two moved ranks, although no order was turned', () => {
    expect(scoreShift([0.3, 0.3, 0.9], [0.3, 0.31, 0.9], 0.5).ranksChanged).toBe(2);
  });

  it('finds no moved rank exactly where no AUC can differ', () => {
    const first = Array.from({ length: 60 }, (_, i) => ((i * 37) % 41) / 41);
    const labels = first.map((_, i) => (i % 3 === 0 ? 1 : 0));
    const squeezed = first.map((score) => score ** 3);
    expect(scoreShift(first, squeezed, 0.5).ranksChanged).toBe(0);
    expect(rocAuc(labels, squeezed).auc).toBe(rocAuc(labels, first).auc);
    const turned = first.map((score, i) => (i < 2 ? first[1 - i]! : score));
    expect(scoreShift(first, turned, 0.5).ranksChanged).toBe(2);
  });

  it('is the same both ways', () => {
    const [a, b] = [Float32Array.of(0.1, 0.4, 0.8), Float32Array.of(0.2, 0.9, 0.7)];
    expect(scoreShift(b, a, 0.5)).toEqual(scoreShift(a, b, 0.5));
  });

  it('refuses scores of other cases and thresholds that are none', () => {
    expect(() => scoreShift([0.1], [0.1, 0.2], 0.5)).toThrow(RangeError);
    expect(() => scoreShift([0.1], [0.2], Number.NaN)).toThrow(RangeError);
    expect(() => scoreShift([], [], 0.5)).toThrow(RangeError);
  });
});
