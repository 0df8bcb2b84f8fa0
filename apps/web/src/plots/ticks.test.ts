import { expect, it } from 'vitest';
import { roundDomain, ticks } from './ticks';

it.each([
  [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [-0.1, 0.05, [-0.1, -0.05, 0, 0.05]],
  [0.5, 1, [0.5, 0.6, 0.7, 0.8, 0.9, 1]],
  [0, 37, [0, 10, 20, 30]],
  [0, 0.004, [0, 0.001, 0.002, 0.003, 0.004]],
  [-250, 1_000, [-250, 0, 250, 500, 750, 1_000]],
])('marks %d to %d at round steps', (from, to, expected) => {
  const marks = ticks([from, to]);
  expect(marks).toHaveLength(expected.length);
  marks.forEach((mark, index) => {
    expect(mark).toBeCloseTo(expected[index] ?? NaN, 12);
  });
});

it('marks an axis of no width once', () => {
  expect(ticks([0.3, 0.3])).toEqual([0.3]);
});

it('holds every value and at least what it is given', () => {
  expect(roundDomain([-0.034, 0.012], { step: 0.05, atLeast: [-0.05, 0.05] })).toEqual([
    -0.05, 0.05,
  ]);
  const [low, high] = roundDomain([-0.061, 0.112], { step: 0.05, atLeast: [-0.05, 0.05] });
  expect(low).toBeCloseTo(-0.1, 12);
  expect(high).toBeCloseTo(0.15, 12);
});
