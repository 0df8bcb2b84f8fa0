import { expect, it } from 'vitest';
import { ridgePoints, stepBin } from './ridge-points';

it('goes through the middle of each bin at its share of the highest, and ends at nothing', () => {
  const points = ridgePoints([
    { from: 0, to: 0.5, count: 3 },
    { from: 0.5, to: 1, count: 12 },
  ]);
  expect(points).toEqual([
    { x: 0, share: 0 },
    { x: 0.25, share: 0.25 },
    { x: 0.75, share: 1 },
    { x: 1, share: 0 },
  ]);
});

it('is flat where no image has a value, and nothing without bins', () => {
  expect(ridgePoints([{ from: 0, to: 1, count: 0 }]).map(({ share }) => share)).toEqual([0, 0, 0]);
  expect(ridgePoints([])).toEqual([]);
});

it('steps along the bins and over the versions, and stops at the edges', () => {
  const bins = [
    { from: 0, to: 0.5, count: 3 },
    { from: 0.5, to: 1, count: 12 },
  ];
  const series = [{ bins }, { bins }];
  expect(stepBin(series, undefined, 'ArrowRight')).toEqual({ series: 0, bin: 0 });
  expect(stepBin(series, { series: 0, bin: 0 }, 'ArrowRight')).toEqual({ series: 0, bin: 1 });
  expect(stepBin(series, { series: 0, bin: 1 }, 'ArrowRight')).toEqual({ series: 0, bin: 1 });
  expect(stepBin(series, { series: 0, bin: 1 }, 'ArrowDown')).toEqual({ series: 1, bin: 1 });
  expect(stepBin(series, { series: 1, bin: 1 }, 'ArrowDown')).toEqual({ series: 1, bin: 1 });
  expect(stepBin(series, { series: 1, bin: 1 }, 'a')).toBeUndefined();
});
