import { describe, expect, it } from 'vitest';
import { fitScale, fitViewport, keepInSight, MAX_SCALE, panBy, zoomAt } from './viewport';

const image = { width: 3000, height: 2000 };
const stage = { width: 1000, height: 700 };

describe('fitViewport', () => {
  it('shows the whole image in the middle', () => {
    const view = fitViewport(image, stage);
    expect(view.scale).toBeCloseTo(0.32);
    expect(view.x).toBeCloseTo(20);
    expect(view.y).toBeCloseTo((700 - 640) / 2);
  });

  it('enlarges an image smaller than the stage', () => {
    expect(fitScale({ width: 96, height: 66 }, stage)).toBeCloseTo(10);
  });

  it('stays positive on a stage without room', () => {
    expect(fitScale(image, { width: 0, height: 0 })).toBeGreaterThan(0);
  });
});

describe('zoomAt', () => {
  it('keeps the image point under the pointer', () => {
    const view = fitViewport(image, stage);
    const at = { x: 400, y: 300 };
    const zoomed = zoomAt(view, 2, at, image, stage);
    expect(zoomed.scale).toBeCloseTo(0.64);
    expect((at.x - zoomed.x) / zoomed.scale).toBeCloseTo((at.x - view.x) / view.scale);
    expect((at.y - zoomed.y) / zoomed.scale).toBeCloseTo((at.y - view.y) / view.scale);
  });

  it('stops at pixel level and at the whole image', () => {
    const view = fitViewport(image, stage);
    expect(zoomAt(view, 1e6, { x: 0, y: 0 }, image, stage).scale).toBe(MAX_SCALE);
    expect(zoomAt(view, 1e-6, { x: 0, y: 0 }, image, stage)).toEqual(view);
  });

  it('lets an enlarged small image shrink to its own size', () => {
    const small = { width: 96, height: 66 };
    const view = fitViewport(small, stage);
    expect(zoomAt(view, 1e-6, { x: 0, y: 0 }, small, stage).scale).toBe(1);
  });
});

describe('panBy', () => {
  it('moves an image larger than the stage, but never out of sight', () => {
    const view = { scale: 1, x: -1000, y: -500 };
    expect(panBy(view, 10, -20, image, stage)).toEqual({ scale: 1, x: -990, y: -520 });
    expect(panBy(view, 1e6, -1e6, image, stage)).toEqual({ scale: 1, x: 500, y: 350 - 2000 });
  });

  it('leaves a fitted image where it is', () => {
    const view = fitViewport(image, stage);
    expect(panBy(view, 50, 50, image, stage)).toEqual(view);
  });
});

describe('keepInSight', () => {
  it('centres the side that fits and leaves the other', () => {
    const view = keepInSight({ scale: 1, x: 5, y: -10 }, { width: 200, height: 1400 }, stage);
    expect(view).toEqual({ scale: 1, x: 400, y: -10 });
  });
});
