import { expect, it } from 'vitest';
import { nearestPoint, pointAt, stepPoint } from './xy-points';

const point = (x: number, y: number) => ({ x, y });
const series = [
  [point(0, 0), point(0, 0.5), point(0.5, 1), point(1, 1)],
  [],
  [point(0, 0), point(0.4, 0.6), point(1, 1)],
];

it('finds the nearest point over all series', () => {
  expect(nearestPoint(series, point(0.45, 0.62))).toEqual({ series: 2, point: 1 });
  expect(nearestPoint(series, point(0.02, 0.45))).toEqual({ series: 0, point: 1 });
  expect(nearestPoint([[]], point(0, 0))).toBeUndefined();
});

it('measures nearness on screen, where a narrow axis is stretched', () => {
  const flat = [[point(0, 0), point(0.05, 0)], [point(0, 0.02)]];
  expect(nearestPoint(flat, point(0.03, 0.015))).toEqual({ series: 0, point: 1 });
  expect(nearestPoint(flat, point(0.03, 0.015), { x: 1, y: 0.02 })).toEqual({
    series: 1,
    point: 0,
  });
});

it('steps along a series and stops at its ends', () => {
  expect(stepPoint(series, { series: 0, point: 2 }, 'ArrowRight')).toEqual({ series: 0, point: 3 });
  expect(stepPoint(series, { series: 0, point: 3 }, 'ArrowRight')).toEqual({ series: 0, point: 3 });
  expect(stepPoint(series, { series: 0, point: 0 }, 'ArrowLeft')).toEqual({ series: 0, point: 0 });
  expect(stepPoint(series, { series: 0, point: 0 }, 'End')).toEqual({ series: 0, point: 3 });
});

it('moves to the next drawn series, near the place it left, and round again', () => {
  expect(stepPoint(series, { series: 0, point: 2 }, 'ArrowDown')).toEqual({ series: 2, point: 1 });
  expect(stepPoint(series, { series: 2, point: 2 }, 'ArrowDown')).toEqual({ series: 0, point: 3 });
});

it('begins at the first drawn series, and nowhere when none is drawn', () => {
  expect(stepPoint([[], [point(0, 0)]], undefined, 'ArrowRight')).toEqual({ series: 1, point: 0 });
  expect(stepPoint(series, undefined, 'End')).toEqual({ series: 0, point: 3 });
  expect(stepPoint([[]], undefined, 'ArrowRight')).toBeUndefined();
});

it('reads a series at x: the last point up to it, of equal x the last, before the first the first', () => {
  const points = [point(0.1, 0), point(0.2, 0.3), point(0.2, 0.5), point(0.9, 1)];
  expect(pointAt(points, 0.2)).toEqual(point(0.2, 0.5));
  expect(pointAt(points, 0.5)).toEqual(point(0.2, 0.5));
  expect(pointAt(points, 0)).toEqual(point(0.1, 0));
  expect(pointAt(points, 1)).toEqual(point(0.9, 1));
  const none: { x: number; y: number }[] = [];
  expect(pointAt(none, 0.5)).toBeUndefined();
});
