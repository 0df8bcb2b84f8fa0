import { expect, it } from 'vitest';
import { tracedSidePx } from './traced-side';

const image = { width: 4000, height: 3000 };

it('traces a fitted photograph about as finely as the screen', () => {
  expect(tracedSidePx(image, 0.24)).toBe(1024);
  expect(tracedSidePx(image, 0.3)).toBe(2048);
});

it('is exact once image pixels can be told apart', () => {
  expect(tracedSidePx(image, 1)).toBe(Infinity);
  expect(tracedSidePx({ width: 40, height: 30 }, 20)).toBe(Infinity);
});
