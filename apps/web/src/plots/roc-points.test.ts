import { expect, it } from 'vitest';
import { nearestPoint, stepPoint, type RocPoint } from './roc-points';

const point = (falsePositiveRate: number, truePositiveRate: number): RocPoint => ({
  falsePositives: 0,
  truePositives: 0,
  falsePositiveRate,
  truePositiveRate,
  threshold: 0.5,
});
const curves = [
  [point(0, 0), point(0, 0.5), point(0.5, 1), point(1, 1)],
  [],
  [point(0, 0), point(0.4, 0.6), point(1, 1)],
];

it('finds the nearest point over all curves', () => {
  expect(nearestPoint(curves, 0.45, 0.62)).toEqual({ series: 2, point: 1 });
  expect(nearestPoint(curves, 0.02, 0.45)).toEqual({ series: 0, point: 1 });
  expect(nearestPoint([[]], 0, 0)).toBeUndefined();
});

it('steps along a curve and stops at its ends', () => {
  expect(stepPoint(curves, { series: 0, point: 2 }, 'ArrowRight')).toEqual({ series: 0, point: 3 });
  expect(stepPoint(curves, { series: 0, point: 3 }, 'ArrowRight')).toEqual({ series: 0, point: 3 });
  expect(stepPoint(curves, { series: 0, point: 0 }, 'ArrowLeft')).toEqual({ series: 0, point: 0 });
  expect(stepPoint(curves, { series: 0, point: 0 }, 'End')).toEqual({ series: 0, point: 3 });
});

it('moves to the next drawn curve, near the place it left, and round again', () => {
  expect(stepPoint(curves, { series: 0, point: 2 }, 'ArrowDown')).toEqual({ series: 2, point: 1 });
  expect(stepPoint(curves, { series: 2, point: 2 }, 'ArrowDown')).toEqual({ series: 0, point: 3 });
});

it('begins at the first drawn curve, and nowhere when none is drawn', () => {
  expect(stepPoint([[], [point(0, 0)]], undefined, 'ArrowRight')).toEqual({ series: 1, point: 0 });
  expect(stepPoint([[]], undefined, 'ArrowRight')).toBeUndefined();
});
