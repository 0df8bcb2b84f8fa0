import { expect, it } from 'vitest';
import { intervalDomain } from './interval-domain';

it('begins at the tenth below the lowest limit', () => {
  expect(
    intervalDomain([
      { value: 0.86, low: 0.742 },
      { value: 0.9, low: 0.81 },
    ]),
  ).toEqual([0.7, 1]);
  expect(intervalDomain([{ value: 0.8, low: 0.7 }])).toEqual([0.7, 1]);
});

it('has an axis where nothing is defined', () => {
  expect(intervalDomain([])).toEqual([0.9, 1]);
  expect(intervalDomain([{ value: null, low: null }])).toEqual([0.9, 1]);
});

it('keeps a value without interval on the axis', () => {
  expect(intervalDomain([{ value: 0.61, low: null }])).toEqual([0.6, 1]);
});
