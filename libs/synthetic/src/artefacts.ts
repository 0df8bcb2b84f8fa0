import type { SyntheticImage } from './cohort.js';
import type { PointMm } from './outline.js';
import { seededRandom, type Random } from './random.js';
import { wandering, type Spot, type Stroke, type StructureLayer } from './structures.js';
import type { View } from './view.js';

/** How often each artefact appears. Never by diagnosis: a network must not learn the answer from them. */
const CHANCE = { hair: 0.55, ruler: 0.28, bubbles: 0.22, ink: 0.07, glare: 0.3 };

/**
 * What lies on the skin and on the glass: hair, ruler, gel bubbles, ink, glare. In millimetres from
 * the frame's upper left corner, new in each image: hair is combed otherwise, the gel is fresh.
 */
export function artefactsOf(image: SyntheticImage, view: View): StructureLayer[] {
  const field = { widthMm: view.widthPx / view.pxPerMm, heightMm: view.heightPx / view.pxPerMm };
  const stream = (name: keyof typeof CHANCE) => seededRandom(image.imageSeed, name);
  return [
    ...ifChance(stream('ink'), CHANCE.ink, (random) => [ink(field, random)]),
    ...ifChance(stream('hair'), CHANCE.hair, (random) => hair(image, field, random)),
    ...ifChance(stream('ruler'), CHANCE.ruler, (random) => [ruler(field, random)]),
    ...ifChance(stream('bubbles'), CHANCE.bubbles, (random) => bubbles(field, random)),
    ...ifChance(stream('glare'), CHANCE.glare, (random) => [glare(field, random)]),
  ];
}

interface FieldSize {
  widthMm: number;
  heightMm: number;
}

const ifChance = (random: Random, chance: number, draw: (random: Random) => StructureLayer[]) =>
  random.chance(chance) ? draw(random) : [];

const anywhere = ({ widthMm, heightMm }: FieldSize, random: Random): PointMm => ({
  x: random.uniform(0, widthMm),
  y: random.uniform(0, heightMm),
});

/** Vellus hair, fine and pale brown, or terminal hair, thick and dark (or grey, in the old). */
function hair(image: SyntheticImage, field: FieldSize, random: Random): StructureLayer[] {
  const terminal = random.chance(image.sex === 'male' ? 0.55 : 0.3);
  const combed = random.uniform(0, 2 * Math.PI);
  const thicknessMm = terminal ? random.uniform(0.05, 0.1) : random.uniform(0.025, 0.045);
  const count = terminal ? random.integer(3, 26) : random.integer(8, 50);
  const strokes = Array.from({ length: count }, (): Stroke => {
    const lengthMm = terminal ? random.uniform(3, 16) : random.uniform(1.5, 6);
    const way = {
      direction: combed + random.normal(0, terminal ? 0.5 : 0.8),
      ...{ lengthMm, steps: Math.ceil(lengthMm * 3), waver: 0.02 },
      curl: random.normal(0, 0.9),
    };
    return {
      points: wandering(anywhere(field, random), way, random),
      fromWidthMm: thicknessMm * random.uniform(0.8, 1.2),
      toWidthMm: thicknessMm * 0.25,
      strength: terminal ? random.uniform(0.75, 1) : random.uniform(0.4, 0.9),
    };
  });
  const grey = terminal && image.ageApproximate >= 60 && random.chance(0.35);
  if (grey) return [{ amounts: { shade: 0.15, scatter: 0.3 }, strokes }];
  const melanin = terminal ? random.uniform(1.4, 2.6) : random.uniform(0.45, 0.9);
  return [
    { amounts: { shade: 0.12 }, strokes: strokes.map(shadowOf), blurMm: 0.12 },
    { amounts: { melanin }, strokes },
  ];
}

const shadowOf = (stroke: Stroke): Stroke => ({
  ...stroke,
  points: stroke.points.map(({ x, y }) => ({ x: x + 0.05, y: y + 0.07 })),
});

/** The scale etched in the contact plate: ten millimetres, true to the field, marked every half. */
function ruler({ widthMm, heightMm }: FieldSize, random: Random): StructureLayer {
  const direction = random.normal(0, 0.22);
  const [cos, sin] = [Math.cos(direction), Math.sin(direction)];
  const start = {
    x: random.uniform(0.05, 0.4) * widthMm,
    y: heightMm * (random.chance(0.75) ? random.uniform(0.84, 0.93) : random.uniform(0.08, 0.14)),
  };
  const at = (along: number, up: number): PointMm => ({
    x: start.x + along * cos + up * sin,
    y: start.y + along * sin - up * cos,
  });
  const line = (...points: PointMm[]): Stroke => ({
    points,
    ...{ fromWidthMm: 0.05, toWidthMm: 0.05, strength: 1 },
  });
  const ticks = Array.from({ length: 21 }, (_, i) =>
    line(at(i / 2, 0), at(i / 2, i % 10 === 0 ? 0.5 : i % 2 === 0 ? 0.32 : 0.17)),
  );
  const letters = [0, 0.5].map((left) =>
    line(
      ...[at(left, -0.55), at(left, -0.2), at(left + 0.18, -0.4), at(left + 0.36, -0.2)],
      at(left + 0.36, -0.55),
    ),
  );
  const shade = random.uniform(0.8, 1.8);
  return { amounts: { shade }, strokes: [line(at(0, 0), at(10, 0)), ...ticks, ...letters] };
}

/** Bubbles in the gel: a dark rim, a bright one within, a point of light. */
function bubbles(field: FieldSize, random: Random): StructureLayer[] {
  const rings = Array.from({ length: random.integer(1, 9) }, () => ({
    centre: anywhere(field, random),
    radiusMm: random.uniform(0.08, 0.5) * random.uniform(0.4, 1),
  }));
  const rim = (shrink: number, widthMm: number): Stroke[] =>
    rings.map(({ centre, radiusMm }) => ({
      points: circle(centre, radiusMm * shrink),
      ...{ fromWidthMm: widthMm, toWidthMm: widthMm, strength: 0.9 },
    }));
  const lights = rings.map(({ centre, radiusMm }): Spot => ({
    x: centre.x - 0.35 * radiusMm,
    y: centre.y - 0.35 * radiusMm,
    ...{ radiusMm: 0.16 * radiusMm, aspect: 0.7, tilt: 0.8, softness: 0.5, strength: 1 },
  }));
  return [
    { amounts: { shade: 0.3 }, strokes: rim(1, 0.05), blurMm: 0.05 },
    { amounts: { scatter: 0.3 }, strokes: rim(0.86, 0.04), spots: lights, blurMm: 0.05 },
  ];
}

const circle = ({ x, y }: PointMm, radiusMm: number): PointMm[] =>
  Array.from({ length: 25 }, (_, i) => ({
    x: x + radiusMm * Math.cos((i / 24) * 2 * Math.PI),
    y: y + radiusMm * Math.sin((i / 24) * 2 * Math.PI),
  }));

/** The skin marker: short violet scribbles at the edge of the field. */
function ink(field: FieldSize, random: Random): StructureLayer {
  const onLeft = random.chance(0.5);
  const centre = {
    x: field.widthMm * (onLeft ? random.uniform(0, 0.06) : random.uniform(0.94, 1)),
    y: field.heightMm * random.uniform(0.15, 0.85),
  };
  const strokes = Array.from({ length: random.integer(10, 26) }, (): Stroke => {
    const from = { x: centre.x + random.normal(0, 0.5), y: centre.y + random.normal(0, 0.7) };
    const direction = random.uniform(0, 2 * Math.PI);
    const way = { direction, lengthMm: random.uniform(0.4, 1.4), steps: 8, curl: 0.5, waver: 0.3 };
    const points = wandering(from, way, random);
    return { points, fromWidthMm: 0.09, toWidthMm: 0.03, strength: random.uniform(0.4, 1) };
  });
  return { amounts: { dye: random.uniform(0.9, 1.5) }, strokes, blurMm: 0.06 };
}

/** Clusters of tiny mirror-like flecks where the gel does not wet the skin. */
function glare(field: FieldSize, random: Random): StructureLayer {
  const spots = Array.from({ length: random.integer(1, 5) }, () => {
    const centre = anywhere(field, random);
    return Array.from({ length: random.integer(6, 40) }, (): Spot => ({
      x: centre.x + random.normal(0, 0.6),
      y: centre.y + random.normal(0, 0.5),
      radiusMm: random.uniform(0.015, 0.06),
      aspect: random.uniform(0.2, 0.8),
      tilt: random.uniform(0, Math.PI),
      ...{ softness: 0.5, strength: random.uniform(0.2, 1) },
    }));
  }).flat();
  return { amounts: { scatter: random.uniform(0.4, 0.9) }, spots };
}
