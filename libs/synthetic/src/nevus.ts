import type { Lesion, LesionOrigin } from './lesion.js';
import { ellipse, outlineOf, waves, type Outline } from './outline.js';
import type { Random } from './random.js';
import { roundSpot, scattered, type StructureLayer } from './structures.js';
import { laid, rising, tiles, type Field } from './tiles.js';

type Pattern = 'reticular' | 'globular' | 'homogeneous' | 'reticular with globular centre';

/** Shares of the global patterns of acquired naevi, about as in Hofmann-Wellenhof et al. 2001. */
const PATTERNS: readonly (readonly [Pattern, number])[] = [
  ['reticular', 0.38],
  ['globular', 0.2],
  ['homogeneous', 0.22],
  ['reticular with globular centre', 0.2],
];

/** Atypical naevi: larger, less even, their darker part off the middle. They are what makes the task hard. */
const ATYPICAL_SHARE = 0.18;

/**
 * A naevus: near-elliptic and symmetric, one or two browns, an even network or even globules, fading
 * softly into the skin. The border of its mask is where the fade is half done.
 */
export function drawNevus({ random, skinMelanin }: LesionOrigin): Lesion {
  const pattern = random.weighted(PATTERNS);
  const atypical = random.chance(ATYPICAL_SHARE);
  const outline = nevusOutline(atypical, random);
  const fadeMm = random.uniform(0.25, 0.75);
  const addTissue = nevusTissue({ outline, pattern, fadeMm, atypical, skinMelanin }, random);
  const layers = pattern === 'reticular' ? [] : [globules(outline, pattern, skinMelanin, random)];
  return { outline, haloMm: 2 * fadeMm, addTissue, layers };
}

function nevusOutline(atypical: boolean, random: Random): Outline {
  const radiusMm = random.uniform(1.6, 3.8) * (atypical ? 1.3 : 1);
  const oval = ellipse(random.uniform(0.68, 0.98), random.uniform(0, Math.PI));
  const ripple = waves({ turns: 9, height: atypical ? 0.065 : 0.032, decay: 1 }, random);
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
  atypical: boolean;
  skinMelanin: number;
}

function nevusTissue(
  { outline, pattern, fadeMm, atypical, skinMelanin }: NevusMakeUp,
  random: Random,
): Lesion['addTissue'] {
  const reticular = pattern.startsWith('reticular');
  // One in eight is so pale that the eye, and the network, may pass it by.
  const paleness = random.chance(0.12) ? 0.45 : 1;
  const body = paleness * random.uniform(0.34, 0.8) * (1 + skinMelanin);
  const lines = body * (reticular ? random.uniform(0.45, 1) : random.uniform(0.05, 0.25));
  const warmth = random.uniform(0.04, 0.2);
  // The second colour, where there is one, lies in the middle: that keeps the lesion symmetric.
  const centre = random.chance(0.55) ? random.uniform(0.1, 0.8) : random.uniform(-0.3, 0);
  const centreMm = outline.reachMm * random.uniform(0.45, 0.8);
  const lean = random.uniform(0, 2 * Math.PI);
  const leaning = atypical ? random.uniform(0.25, 0.5) / outline.reachMm : 0;
  const network = evenNetwork(random);
  const cloud = laid(tiles().fractal, random.uniform(0.8, 2.2), random);
  const clouding = random.uniform(0.1, 0.24);
  const fray = laid(tiles().fractal, 1.6, random);
  return (x, y, depthMm, tissue) => {
    const frayed = depthMm + 0.2 * fadeMm * fray(x, y);
    const present = rising(-fadeMm, fadeMm, frayed);
    if (present === 0) return;
    const aside = 1 + leaning * (x * Math.cos(lean) + y * Math.sin(lean));
    const inner = aside * (1 + centre * rising(0, centreMm, depthMm));
    const clouded = 1 + clouding * cloud(x, y);
    const lined = lines * network(x, y);
    tissue.melanin += present * inner * clouded * (0.8 * body + lined);
    tissue.blood += present * warmth;
    tissue.levelled = 0.5 * present;
  };
}

/** A pigment network: lines of one width round holes of one size, a little stronger here than there. */
function evenNetwork(random: Random): Field {
  const lineWidth = random.uniform(0.1, 0.2);
  const mesh = laid(tiles().evenMesh, random.uniform(0.13, 0.21), random);
  const swayX = laid(tiles().fractal, 0.8, random);
  const swayY = laid(tiles().fractal, 0.8, random);
  const strength = laid(tiles().fractal, 0.9, random);
  return (x, y) => {
    const strong = 1 + 0.3 * strength(x, y);
    const border = mesh(x + 0.035 * swayX(x, y), y + 0.035 * swayY(x, y));
    return strong * (1 - rising(0, 0.2 + 1.6 * lineWidth * strong, border));
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
