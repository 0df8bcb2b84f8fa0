import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedClusters } from './clusters.js';
import { expectRefusal } from '../testing/arbitraries.js';

const indexOf = (ids: Int32Array | (number | string)[]) => {
  const { index, count } = checkedClusters(ids, ids.length);
  return [Array.from(index), count];
};

describe('checkedClusters', () => {
  it('numbers patients by the rank of their id', () => {
    expect(indexOf([30, 7, 7, -2])).toEqual([[2, 1, 1, 0], 3]);
    expect(indexOf(['b', 'B', 'a', 'b'])).toEqual([[2, 0, 1, 2], 3]);
    expect(indexOf(['x', 4, '4', 1])).toEqual([[3, 1, 2, 0], 4]);
    expect(indexOf([0.5, -0, 0, 0.25])).toEqual([[2, 0, 0, 1], 3]);
    expect(indexOf([])).toEqual([[], 0]);
  });

  it('ranks alike whether ids lie close together or far apart', () => {
    const ids = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer()));
    fc.assert(
      fc.property(ids, (numbers) => {
        const rising = [...new Set(numbers)].sort((a, b) => a - b);
        const expected = [numbers.map((id) => rising.indexOf(id)), rising.length];
        expect(indexOf(numbers)).toEqual(expected);
        expect(indexOf(Int32Array.from(numbers))).toEqual(expected);
      }),
    );
    expect(indexOf([5_000_000_000, 1, 5_000_000_000])).toEqual([[1, 0, 1], 2]);
  });

  it('refuses an id that is none', () => {
    for (const id of [Number.NaN, Infinity, null, undefined, {}]) {
      expectRefusal(() => checkedClusters(['a', id as never], 2), 'bad-cluster', /clusters\[1\]/);
    }
  });
});
