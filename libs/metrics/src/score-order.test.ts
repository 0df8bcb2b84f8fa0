import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ordersByLevel, scoreOrder, sharingOrders } from './score-order.js';
import { subgroupVersions } from './subgroup-versions.js';
import { mulberry32 } from './mulberry32.js';

/** Checks an order against the comparisons it avoids. */
function expectSorted(scores: Float32Array | Float64Array) {
  const { order, ends } = scoreOrder(scores);
  expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from(scores.keys()));
  let start = 0;
  for (const end of ends) {
    for (let k = start; k < end; k++)
      expect(scores[order[k]!]! + 0).toBe(scores[order[start]!]! + 0);
    if (end < order.length) {
      expect(scores[order[end]!]).toBeGreaterThan(scores[order[end - 1]!]!);
    }
    start = end;
  }
  expect(start).toBe(scores.length);
}

describe('scoreOrder', () => {
  it('sorts [7, 3, -0, 0, 3] into groups as done by hand', () => {
    const { order, ends } = scoreOrder(new Float64Array([7, 3, -0, 0, 3]));
    expect(Array.from(order)).toEqual([2, 3, 1, 4, 0]);
    expect(Array.from(ends)).toEqual([2, 4, 5]);
  });

  it('sorts doubles of any size and sign, zeros of both signs as one', () => {
    const double = fc.double({ noNaN: true, noDefaultInfinity: true });
    const near = fc.integer({ min: -3, max: 3 }).map((ulps) => 1 + ulps * Number.EPSILON);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(double, near, fc.constantFrom(0, -0, -1, -5e-324, 5e-324))),
        (scores) => {
          expectSorted(Float64Array.from(scores));
        },
      ),
    );
  });

  it('sorts floats of any size and sign', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true })), (scores) => {
        expectSorted(Float32Array.from(scores));
      }),
    );
  });

  it.each([
    ['short runs', 400],
    ['a long run', 5000],
  ])('sorts %s of doubles that share their high word', (_, length) => {
    const random = mulberry32(5);
    const low = Float64Array.from({ length }, () => 1 + (random() % 1000) * Number.EPSILON);
    expectSorted(low);
    expectSorted(low.map((score) => -score));
  });

  it('reads a view that begins inside its buffer', () => {
    const all = new Float64Array([9, 9, 3, 1, 2, 9]);
    expect(Array.from(scoreOrder(all.subarray(2, 5)).order)).toEqual([1, 2, 0]);
  });

  it('does not change its input', () => {
    const scores = new Float32Array([3, 1, 2]);
    scoreOrder(scores);
    expect(Array.from(scores)).toEqual([3, 1, 2]);
  });
});

describe('sharingOrders', () => {
  const random = mulberry32(5);
  const scores = Float64Array.from({ length: 400 }, () => (random() % 60) / 60);
  const levels = Int32Array.from(scores, () => random() % 3);

  it('sorts an array once, forgets it afterwards and after an error', () => {
    sharingOrders(() => {
      expect(scoreOrder(scores)).toBe(scoreOrder(scores));
    });
    expect(scoreOrder(scores)).not.toBe(scoreOrder(scores));
    expect(() =>
      sharingOrders(() => {
        throw new RangeError('no');
      }),
    ).toThrow(RangeError);
    expect(scoreOrder(scores)).not.toBe(scoreOrder(scores));
  });

  it('parts an order into those that sorting each level gives', () => {
    const sizes = new Uint32Array(3);
    const place = Uint32Array.from(levels, (level) => sizes[level]!++);
    const parted = ordersByLevel(scores, Uint32Array.from(levels), place, sizes);
    parted.forEach(({ order, ends }, level) => {
      const own = scores.filter((_, i) => levels[i] === level);
      const sorted = scoreOrder(own);
      expect(Array.from(ends)).toEqual(Array.from(sorted.ends));
      expect(Array.from(order, (k) => own[k])).toEqual(Array.from(sorted.order, (k) => own[k]));
      expect(new Set(order).size).toBe(own.length);
    });
  });

  it('changes no number of a subgroup', () => {
    const labels = Uint8Array.from(scores, (score, i) => (score + (i % 7) / 10 > 0.8 ? 1 : 0));
    const other = scores.map((score, i) => Math.min(1, score + (i % 5) / 20));
    const patients = Int32Array.from(scores, (_, i) => i >> 1);
    const parts = () => subgroupVersions(labels, [scores, other], levels, { clusters: patients });
    expect(sharingOrders(parts)).toEqual(parts());
  });
});
