import type { Lesion, LesionOrigin } from './lesion.js';
import { ellipse, outlineOf, waves, type Outline } from './outline.js';
import type { Random } from './random.js';
import { roundSpot, scattered, type StructureLayer } from './structures.js';
import { laid, rising, tiles } from './tiles.js';

type Pattern = 'reticular' | 'globular' | 'homogeneous' | 'reticular with globular centre';

/** Shares of the global patterns of acquired naevi, about as in Hofmann-Wellenhof et al. 2001. */
const PATTERNS: readonly (readonly [Pattern, number])[] = [
  ['reticular', 0.38],
  ['globular', 0.2],
  ['homogeneous', 0.22],
  ['reticular with globular centre', 0.2],
];

/**
 * A naevus: near-elliptic and symmetric, one or two browns, an even network or even globules, fading
 * softly into the skin. The border of its mask is where the fade is half done.
 */
export function drawNevus({ random, skinMelanin }: LesionOrigin): Lesion {
  const pattern = random.weighted(PATTERNS);
  const outline = nevusOutline(random);
  const fadeMm = random.uniform(0.18, 0.5);
  const addTissue = nevusTissue({ outline, pattern, fadeMm, skinMelanin }, random);
  const layers = pattern === 'reticular' ? [] : [globules(outline, pattern, skinMelanin, random)];
  return { outline, haloMm: 2 * fadeMm, addTissue, layers };
}

function nevusOutline(random: Random): Outline {
  const radiusMm = random.uniform(1.7, 3.9);
  const oval = ellipse(random.uniform(0.68, 0.98), random.uniform(0, Math.PI));
  const ripple = waves({ turns: 9, height: 0.035, decay: 1 }, random);
  return outlineOf(
    (angle) => radiusMm * oval(angle) * (1 + ripple(angle)),
    { byMm: 0.05 * radiusMm, scaleMm: 0.9 * radiusMm },
    random,
  );
}

interface NevusMakeUp {
  outline: Outline;
  pattern: Pattern;
  fadeMm: number;
  skinMelanin: number;
}

function nevusTissue(
  { outline, pattern, fadeMm, skinMelanin }: NevusMakeUp,
  random: Random,
): Lesion['addTissue'] {
  const reticular = pattern.startsWith('reticular');
  const body = random.uniform(0.28, 0.75) * (reticular ? 0.8 : 1) * (1 + skinMelanin);
  const lines = reticular ? body * random.uniform(0.6, 1.3) : body * random.uniform(0, 0.2);
  const warmth = random.uniform(0.06, 0.22);
  // The second colour, where there is one, lies in the middle: that keeps the lesion symmetric.
  const centre = random.chance(0.55) ? random.uniform(0.1, 0.7) : random.uniform(-0.35, 0);
  const centreMm = outline.reachMm * random.uniform(0.35, 0.7);
  const lineWidth = random.uniform(0.14, 0.24);
  const mesh = laid(tiles().evenMesh, random.uniform(0.17, 0.28), random);
  const sway = laid(tiles().smooth, 0.9, random);
  const cloud = laid(tiles().fractal, random.uniform(0.8, 1.6), random);
  const fray = laid(tiles().fractal, 0.7, random);
  return (x, y, depthMm, tissue) => {
    const frayed = depthMm + 0.35 * fadeMm * fray(x, y);
    const present = rising(-fadeMm, fadeMm, frayed);
    if (present === 0) return;
    const inner = 1 + centre * rising(0, centreMm, depthMm);
    const clouded = 1 + 0.16 * cloud(x, y);
    const bent = 0.06 * sway(x, y);
    const border = mesh(x + bent, y - bent);
    const line = 1 - rising(lineWidth * 0.4, lineWidth * 2, border);
    tissue.melanin += present * inner * clouded * (body + lines * line);
    tissue.blood += present * warmth;
    tissue.shade *= 1 - 0.5 * present;
  };
}

/** Globules of one size and one brown, evenly strewn; amid the lesion or throughout it. */
function globules(
  outline: Outline,
  pattern: Pattern,
  skinMelanin: number,
  random: Random,
): StructureLayer {
  const least = pattern === 'globular' ? 0.05 : outline.reachMm * 0.4;
  const radiusMm = random.uniform(0.055, 0.1);
  const perMm2 = pattern === 'homogeneous' ? random.uniform(0, 1.5) : random.uniform(4, 9);
  const spots = scattered(
    Math.round(perMm2 * Math.PI * outline.reachMm ** 2),
    outline.reachMm,
    (at) =>
      outline.depthAt(at.x, at.y) > least
        ? roundSpot(at, radiusMm * random.uniform(0.75, 1.2), random.uniform(0.5, 1))
        : undefined,
    random,
  );
  return { amounts: { melanin: random.uniform(0.25, 0.55) * (1 + skinMelanin) }, spots };
}

