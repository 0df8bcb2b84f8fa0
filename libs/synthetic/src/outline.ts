import type { Random } from './random.js';
import { laid, tiles, type Field } from './tiles.js';

/** A point on the skin in millimetres, the lesion's centre at the origin. */
export interface PointMm {
  x: number;
  y: number;
}

/** A lesion's border, and with it the truth of its mask. */
export interface Outline {
  /** How deep inside the border a point lies in mm; negative outside, 0 on it. */
  depthAt(x: number, y: number): number;
  /** No part of the lesion lies further from the origin. */
  reachMm: number;
  /** The border as a closed polygon. */
  border: readonly PointMm[];
}

/** Directions in which the radius is tabulated: 0.03 mm of border each at 5 mm radius. */
const DIRECTIONS = 1024;

/**
 * A bend by more than this part of its own scale could fold the plane over and tear a lesion apart.
 * The smooth tile, as it is interpolated, rises by at most 10.16 per feature (a test measures it); the two
 * that bend the plane together by 14.4 times the bend, which must stay below 1 for it to be one-to-one.
 */
export const LARGEST_BEND = 0.067;

/**
 * The border `radiusMm(angle)` around the origin, on a plane then bent smoothly by up to `bendMm`
 * over a scale of `bendScaleMm`. A star-shaped border alone has notches that all point inward to one
 * centre; the bend takes that away, and being one-to-one it leaves the lesion in one piece.
 *
 * @throws RangeError when the bend is too strong for its scale to be one-to-one.
 */
export function outlineOf(
  radiusMm: (angle: number) => number,
  bend: { byMm: number; scaleMm: number },
  random: Random,
): Outline {
  const radii = Float64Array.from({ length: DIRECTIONS + 1 }, (_, i) =>
    radiusMm(((i % DIRECTIONS) / DIRECTIONS) * 2 * Math.PI),
  );
  const slants = slantsOf(radii);
  const { byMm, scaleMm } = bend;
  if (byMm > LARGEST_BEND * scaleMm) {
    throw new RangeError(`a bend of ${byMm} mm over ${scaleMm} mm could tear the lesion apart`);
  }
  const bendX = laid(tiles().smooth, scaleMm, random);
  const bendY = laid(tiles().smooth, scaleMm, random);
  const border = borderOf(radii, (at) => unbent(at, { byMm, bendX, bendY }));
  return {
    depthAt: (x, y) => {
      const bentX = x + byMm * bendX(x, y);
      const bentY = y + byMm * bendY(x, y);
      const turn = Math.atan2(bentY, bentX) / (2 * Math.PI);
      const direction = (turn < 0 ? turn + 1 : turn) * DIRECTIONS;
      const i = Math.min(DIRECTIONS - 1, Math.floor(direction));
      const radius = radii[i]! + (direction - i) * (radii[i + 1]! - radii[i]!);
      return (radius - Math.sqrt(bentX * bentX + bentY * bentY)) * slants[i]!;
    },
    reachMm: Math.max(...border.map(({ x, y }) => Math.hypot(x, y))),
    border,
  };
}

/**
 * A radial gap overstates the distance to a border that runs aslant: by the cosine of the slant.
 * Smoothed, or the depth would jump from one direction to the next deep inside the lesion.
 */
function slantsOf(radii: Float64Array): Float64Array {
  const window = DIRECTIONS / 64;
  const step = (2 * Math.PI * 2 * window) / DIRECTIONS;
  return Float64Array.from({ length: DIRECTIONS }, (_, i) => {
    const before = radii[(i - window + DIRECTIONS) % DIRECTIONS]!;
    const after = radii[(i + window) % DIRECTIONS]!;
    return 1 / Math.hypot(1, (after - before) / step / radii[i]!);
  });
}

function borderOf(radii: Float64Array, unbend: (at: PointMm) => PointMm): PointMm[] {
  return Array.from({ length: DIRECTIONS }, (_, i) => {
    const angle = (i / DIRECTIONS) * 2 * Math.PI;
    return unbend({ x: radii[i]! * Math.cos(angle), y: radii[i]! * Math.sin(angle) });
  });
}

/** Where a point of the bent plane lay: the bend is a contraction, so repeating it closes in. */
function unbent(
  at: PointMm,
  { byMm, bendX, bendY }: { byMm: number; bendX: Field; bendY: Field },
): PointMm {
  let { x, y } = at;
  for (let round = 0; round < 12; round++) {
    [x, y] = [at.x - byMm * bendX(x, y), at.y - byMm * bendY(x, y)];
  }
  return { x, y };
}

/** A smooth function of the angle: waves with 2, 3, … turns whose heights fall off as `turns^-decay`. */
export function waves(
  { turns, height, decay }: { turns: number; height: number; decay: number },
  random: Random,
): (angle: number) => number {
  const parts = Array.from({ length: turns - 1 }, (_, i) => ({
    turns: i + 2,
    height: random.normal(0, height) * (2 / (i + 2)) ** decay,
    phase: random.uniform(0, 2 * Math.PI),
  }));
  return (angle) =>
    parts.reduce((sum, part) => sum + part.height * Math.cos(part.turns * angle + part.phase), 0);
}

/** The radius of an ellipse of mean radius 1 in the given direction. */
export function ellipse(aspect: number, tilt: number): (angle: number) => number {
  const [long, short] = [1 / Math.sqrt(aspect), Math.sqrt(aspect)];
  return (angle) => 1 / Math.hypot(Math.cos(angle - tilt) / long, Math.sin(angle - tilt) / short);
}

/** 1 in the direction `at`, falling to nothing `width` radians to either side. */
export function bump(angle: number, at: number, width: number): number {
  const turn = Math.abs(angle - at) % (2 * Math.PI);
  const apart = Math.min(turn, 2 * Math.PI - turn) / width;
  return Math.exp(-apart * apart);
}
