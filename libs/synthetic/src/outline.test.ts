import { describe, expect, it } from 'vitest';
import { SIDE } from './noise.js';
import { ellipse, LARGEST_BEND, outlineOf } from './outline.js';
import { seededRandom } from './random.js';
import { tiles } from './tiles.js';

const straight = { byMm: 0, scaleMm: 1 };

describe('outlineOf', () => {
  it('measures depth from the border of a disc: its radius amid it, 0 on it, negative outside', () => {
    const disc = outlineOf(() => 3, straight, seededRandom('disc'));
    expect(disc.depthAt(0, 0)).toBeCloseTo(3, 6);
    expect(disc.depthAt(2, 0)).toBeCloseTo(1, 6);
    expect(disc.depthAt(0, -3)).toBeCloseTo(0, 6);
    expect(disc.depthAt(-3, 4)).toBeCloseTo(-2, 6);
    expect(disc.reachMm).toBeCloseTo(3, 6);
  });

  it('measures depth straight across a border that runs aslant', () => {
    const oval = outlineOf((angle) => 3 * ellipse(0.5, 0)(angle), straight, seededRandom('oval'));
    // Where the ellipse runs most aslant, a step of 0.1 mm along its normal is 0.1 mm of depth.
    const [long, short] = [3 / Math.sqrt(0.5), 3 * Math.sqrt(0.5)];
    const [x, y] = [long * Math.SQRT1_2, short * Math.SQRT1_2];
    const normal = { x: x / long ** 2, y: y / short ** 2 };
    const step = 0.1 / Math.hypot(normal.x, normal.y);
    expect(oval.depthAt(x - step * normal.x, y - step * normal.y)).toBeCloseTo(0.1, 1.9);
    expect(oval.depthAt(x + step * normal.x, y + step * normal.y)).toBeCloseTo(-0.1, 1.9);
  });

  it('gives a border polygon that lies on the border of the bent plane', () => {
    const bent = outlineOf(() => 4, { byMm: 0.2, scaleMm: 4 }, seededRandom('bent'));
    const depths = bent.border.map(({ x, y }) => Math.abs(bent.depthAt(x, y)));
    expect(Math.max(...depths)).toBeLessThan(0.001);
    // It is bent: a disc would have every point at 4 mm.
    const radii = bent.border.map(({ x, y }) => Math.hypot(x, y));
    expect(Math.max(...radii) - Math.min(...radii)).toBeGreaterThan(0.2);
  });

  it('refuses a bend that could fold the plane, judged by the steepest slope of its tile', () => {
    const { values, featurePx } = tiles().smooth;
    const at = (column: number, row: number) =>
      values[((row + SIDE) % SIDE) * SIDE + ((column + SIDE) % SIDE)]!;
    // Within a cell the slope is interpolated from its four sides, so it is steepest at a corner.
    const slopes = values.map((_, i) => {
      const [column, row] = [i % SIDE, Math.floor(i / SIDE)];
      const across = [0, 1].map((d) => at(column + 1, row + d) - at(column, row + d));
      const down = [0, 1].map((d) => at(column + d, row + 1) - at(column + d, row));
      const most = (sides: number[]) => Math.max(...sides.map(Math.abs));
      return featurePx * Math.hypot(most(across), most(down));
    });
    const steepest = slopes.reduce((most, slope) => Math.max(most, slope), 0);
    expect(steepest).toBeCloseTo(10.16, 1.9);
    expect(LARGEST_BEND * steepest * Math.SQRT2).toBeLessThan(1);
    const tooFar = { byMm: 1.01 * LARGEST_BEND, scaleMm: 1 };
    expect(() => outlineOf(() => 3, tooFar, seededRandom('torn'))).toThrow(RangeError);
  });
});
