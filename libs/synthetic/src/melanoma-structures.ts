import type { Outline } from './outline.js';
import type { Random } from './random.js';
import { scattered, wandering, type Spot, type Stroke, type StructureLayer } from './structures.js';

/** Dots and globules of all sizes, crowded to one side. */
export function globules(outline: Outline, random: Random): StructureLayer {
  const crowd = random.uniform(0, 2 * Math.PI);
  const spots = scattered<Spot>(
    random.integer(60, 320),
    outline.reachMm,
    (at) => {
      const towards = (at.x * Math.cos(crowd) + at.y * Math.sin(crowd)) / outline.reachMm;
      if (outline.depthAt(at.x, at.y) < 0.1 || !random.chance(0.25 + towards)) return undefined;
      return {
        ...at,
        radiusMm: random.uniform(0.03, 0.17) * random.uniform(0.6, 1.1),
        aspect: random.uniform(0.6, 1),
        tilt: random.uniform(0, Math.PI),
        softness: random.uniform(0.4, 0.8),
        strength: random.uniform(0.3, 1),
      };
    },
    random,
  );
  return { amounts: { melanin: random.uniform(0.5, 1.3), deepMelanin: 0.15 }, spots };
}

/** Radial streaks and pseudopods (streaks that end in a knob) along a part of the border. */
export function streaks(outline: Outline, toward: number, random: Random): StructureLayer {
  const strokes: Stroke[] = [];
  const spots: Spot[] = [];
  const span = random.uniform(0.6, 1.6);
  for (let i = 0; i < span * 22; i++) {
    const angle = toward + random.uniform(-span / 2, span / 2);
    const turn = ((angle / (2 * Math.PI)) % 1) + 1;
    const at = outline.border[Math.floor((turn % 1) * outline.border.length)]!;
    const direction = Math.atan2(at.y, at.x) + random.normal(0, 0.15);
    const lengthMm = random.uniform(0.35, 0.9);
    const start = {
      x: at.x - 0.85 * lengthMm * Math.cos(direction),
      y: at.y - 0.85 * lengthMm * Math.sin(direction),
    };
    const points = wandering(
      start,
      { direction, lengthMm, steps: 4, curl: random.normal(0, 0.3), waver: 0.05 },
      random,
    );
    const strength = random.uniform(0.5, 1);
    strokes.push({ points, fromWidthMm: 0.12, toWidthMm: 0.06, strength });
    if (random.chance(0.5)) {
      const knob = { radiusMm: 0.08, aspect: 1, tilt: 0, softness: 0.5, strength };
      spots.push({ ...points.at(-1)!, ...knob });
    }
  }
  return { amounts: { melanin: random.uniform(0.6, 1.1) }, strokes, spots, blurMm: 0.05 };
}

/** Irregular vessels: short, bent, some mere dots. */
export function vessels(outline: Outline, random: Random): StructureLayer {
  const strokes = scattered<Stroke>(
    random.integer(8, 40),
    outline.reachMm,
    (at) =>
      outline.depthAt(at.x, at.y) > 0.4
        ? {
            points: wandering(
              at,
              {
                direction: random.uniform(0, 2 * Math.PI),
                lengthMm: random.uniform(0.05, 0.9),
                steps: 8,
                curl: random.normal(0, 2),
                waver: 0.3,
              },
              random,
            ),
            fromWidthMm: 0.07,
            toWidthMm: 0.05,
            strength: random.uniform(0.4, 1),
          }
        : undefined,
    random,
  );
  return { amounts: { blood: 0.6 }, strokes, blurMm: 0.05 };
}

/** Shiny white streaks: short bright lines, parallel or crossing at right angles. */
export function whiteLines(outline: Outline, skinMelanin: number, random: Random): StructureLayer {
  const main = random.uniform(0, Math.PI);
  const strokes = scattered<Stroke>(
    random.integer(10, 30),
    outline.reachMm * 0.7,
    (at) => {
      if (outline.depthAt(at.x, at.y) < 0.5) return undefined;
      const direction = main + (random.chance(0.5) ? Math.PI / 2 : 0);
      const lengthMm = random.uniform(0.3, 0.9);
      const points = wandering(at, { direction, lengthMm, steps: 3, curl: 0, waver: 0.04 }, random);
      return { points, fromWidthMm: 0.06, toWidthMm: 0.04, strength: random.uniform(0.4, 1) };
    },
    random,
  );
  return {
    amounts: { scatter: 0.16 / (1 + 2 * skinMelanin), melanin: -0.1 },
    strokes,
    blurMm: 0.05,
  };
}
