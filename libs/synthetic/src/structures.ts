import type { PointMm } from './outline.js';
import type { Random } from './random.js';
import type { Tissue } from './tissue.js';

/** A round or oval mark: a globule, a milium, a comedo-like opening, a follicle. */
export interface Spot extends PointMm {
  radiusMm: number;
  /** Short axis over long axis; 1 is round. */
  aspect: number;
  /** Direction of the long axis. */
  tilt: number;
  /** How far the edge fades, as a part of the radius: 0 is sharp. */
  softness: number;
  /** 0 to 1. */
  strength: number;
}

/** A line that may taper: a hair, a vessel, a streak, a furrow, a mark of ruler or pen. */
export interface Stroke {
  points: readonly PointMm[];
  fromWidthMm: number;
  toWidthMm: number;
  /** 0 to 1. */
  strength: number;
}

/** Marks of one kind; where they overlap they do not add up, as two hairs are no darker than one. */
export interface StructureLayer {
  /** What a mark of strength 1 adds to the tissue. */
  amounts: Partial<Tissue>;
  spots?: readonly Spot[];
  strokes?: readonly Stroke[];
  /** Blurs the edges of strokes, in mm: a vessel lies below the surface, a hair upon it. */
  blurMm?: number;
}

/** A line of `steps` pieces that sets out from `from` and turns a little at each. */
export function wandering(
  from: PointMm,
  way: { direction: number; lengthMm: number; steps: number; curl: number; waver: number },
  random: Random,
): PointMm[] {
  let { direction } = way;
  const stepMm = way.lengthMm / way.steps;
  const points = [from];
  for (let step = 0; step < way.steps; step++) {
    const { x, y } = points[step]!;
    points.push({ x: x + stepMm * Math.cos(direction), y: y + stepMm * Math.sin(direction) });
    direction += way.curl / way.steps + random.normal(0, way.waver);
  }
  return points;
}

/** `count` marks at random places of the disc of the given radius, as far as `placed` accepts them. */
export function scattered<T>(
  count: number,
  reachMm: number,
  placed: (at: PointMm) => T | undefined,
  random: Random,
): T[] {
  const marks: T[] = [];
  for (let i = 0; i < count; i++) {
    const radius = reachMm * Math.sqrt(random.uniform(0, 1));
    const angle = random.uniform(0, 2 * Math.PI);
    const mark = placed({ x: radius * Math.cos(angle), y: radius * Math.sin(angle) });
    if (mark !== undefined) marks.push(mark);
  }
  return marks;
}

/** A round spot with a soft edge. */
export const roundSpot = (at: PointMm, radiusMm: number, strength: number): Spot => ({
  ...at,
  radiusMm,
  aspect: 1,
  tilt: 0,
  softness: 0.7,
  strength,
});
