import type { Lesion, LesionOrigin } from './lesion.js';
import { bump, ellipse, outlineOf, waves, type Outline } from './outline.js';
import type { Random } from './random.js';
import { roundSpot, scattered, type Spot, type StructureLayer } from './structures.js';
import { laid, rising, tiles, type Field } from './tiles.js';

type Surface = 'fissured' | 'waxy' | 'fingerprint';

const SURFACES: readonly (readonly [Surface, number])[] = [
  ['fissured', 0.48],
  ['waxy', 0.4],
  ['fingerprint', 0.12],
];

/**
 * A seborrheic keratosis: stuck on, its border sharp and often moth-eaten; waxy tan to dull brown;
 * with comedo-like openings, milia-like cysts, and fissures between ridges (or the fine parallel
 * lines of a fingerprint where it is flat).
 */
export function drawSeborrheicKeratosis({ random, skinMelanin }: LesionOrigin): Lesion {
  const surface = random.weighted(SURFACES);
  const outline = keratosisOutline(random);
  return {
    outline,
    haloMm: 0.25,
    addTissue: keratosisTissue({ surface, skinMelanin }, random),
    layers: [
      cysts({ outline, surface, skinMelanin }, random),
      ...openings(outline, surface, random),
    ],
  };
}

function keratosisOutline(random: Random): Outline {
  const radiusMm = random.uniform(2, 5.2);
  const oval = ellipse(random.uniform(0.6, 0.95), random.uniform(0, Math.PI));
  const lobes = waves({ turns: 5, height: 0.045, decay: 0.8 }, random);
  const bites = mothBites(random);
  return outlineOf(
    (angle) => radiusMm * oval(angle) * (1 + lobes(angle)) * (1 - bites(angle)),
    { byMm: 0.06 * radiusMm, scaleMm: 0.9 * radiusMm },
    random,
  );
}

/** The concave bites of a moth-eaten border, as parts of the radius. */
function mothBites(random: Random): (angle: number) => number {
  const bites = Array.from({ length: random.chance(0.6) ? random.integer(2, 7) : 0 }, () => ({
    at: random.uniform(0, 2 * Math.PI),
    width: random.uniform(0.08, 0.22),
    depth: random.uniform(0.03, 0.12),
  }));
  return (angle) =>
    bites.reduce((sum, bite) => sum + bite.depth * bump(angle, bite.at, bite.width), 0);
}

interface KeratosisMakeUp {
  surface: Surface;
  skinMelanin: number;
}

function keratosisTissue(
  { surface, skinMelanin }: KeratosisMakeUp,
  random: Random,
): Lesion['addTissue'] {
  const flat = surface === 'fingerprint';
  const darkened = !flat && random.chance(0.2) ? random.uniform(0.3, 0.7) : 0;
  const body =
    (random.uniform(0.12, flat ? 0.3 : 0.7) + darkened) * (1 + 0.6 * skinMelanin) +
    0.35 * skinMelanin;
  const dull = random.uniform(0.06, 0.26) / (1 + 2 * skinMelanin);
  const wax = random.uniform(0.15, 0.5);
  const edgeMm = random.uniform(0.06, 0.14);
  const blotchMelanin = random.uniform(0.1, 1) * (flat ? 0.3 : 1);
  const blotches = laid(tiles().fractal, random.uniform(0.9, 2.2), random);
  const fray = laid(tiles().fractal, 0.35, random);
  const grooves = grooveField(surface, random);
  const grooveMelanin = (surface === 'fissured' ? 0.9 : 0.28) * random.uniform(0.5, 1.2);
  return (x, y, depthMm, tissue) => {
    const present = rising(-edgeMm, edgeMm, depthMm + 0.4 * edgeMm * fray(x, y));
    if (present === 0) return;
    const blotch = blotches(x, y);
    const groove = grooves(x, y) * rising(0, 0.5, depthMm);
    // Horn piles up inward from the edge, which stays thinner and lighter.
    const thick = 0.7 + 0.3 * rising(0, 0.7, depthMm);
    const brown = body * (1 + 0.2 * blotch) + blotchMelanin * rising(-0.6, 2.4, blotch);
    tissue.melanin += present * thick * (brown + grooveMelanin * groove);
    tissue.deepMelanin += present * thick * dull * (1 + 0.3 * blotch);
    tissue.keratin += present * thick * wax * (1 - 0.25 * blotch);
    tissue.scatter += (0.03 / (1 + 2 * skinMelanin)) * present * thick;
    tissue.levelled = present;
  };
}

/** 1 in the fissures (or on the fingerprint's lines), 0 on the ridges between. */
function grooveField(surface: Surface, random: Random): Field {
  return surface === 'fingerprint' ? fingerprint(random) : fissures(surface, random);
}

/** Fine lines that run side by side, here and there lost. */
function fingerprint(random: Random): Field {
  const sway = laid(tiles().smooth, 2.4, random);
  const kept = laid(tiles().fractal, 1.6, random);
  const perMm = (2 * Math.PI) / random.uniform(0.22, 0.34);
  return (x, y) => {
    const wave = Math.sin(perMm * (x + 0.3 * sway(x, y)));
    return rising(-0.2, 1, wave) * rising(-0.8, 0.9, kept(x, y));
  };
}

/** The clefts between ridges like those of a brain: borders of drawn-out, bent cells. */
function fissures(surface: Surface, random: Random): Field {
  const depth = surface === 'fissured' ? 1 : 0.5;
  const mesh = laid(tiles().unevenMesh, random.uniform(0.45, 0.75), random);
  const stretch = random.uniform(1.3, 2);
  const swayX = laid(tiles().smooth, 1.2, random);
  const swayY = laid(tiles().smooth, 1.2, random);
  const kept = laid(tiles().fractal, 1.8, random);
  return (x, y) => {
    const border = mesh((x + 0.16 * swayX(x, y)) / stretch, y + 0.16 * swayY(x, y));
    return depth * (1 - rising(0, 0.38, border)) * rising(-1.2, 0.8, kept(x, y));
  };
}

/** Milia-like cysts: small round bright spots, white to yellow, some blurred, some starry. */
function cysts(
  { outline, surface, skinMelanin }: KeratosisMakeUp & { outline: Outline },
  random: Random,
): StructureLayer {
  const most = surface === 'fingerprint' ? 6 : 40;
  const spots = scattered(
    random.integer(4, most),
    outline.reachMm,
    (at) =>
      outline.depthAt(at.x, at.y) > 0.25
        ? {
            ...roundSpot(at, random.uniform(0.04, 0.13), random.uniform(0.3, 1)),
            softness: random.uniform(0.7, 1.6),
          }
        : undefined,
    random,
  );
  return { amounts: { melanin: -0.1, scatter: 0.32 / (1 + skinMelanin) }, spots };
}

/** Comedo-like openings: sharp brown-black plugs, oval or irregular, in a paler rim. */
function openings(outline: Outline, surface: Surface, random: Random): StructureLayer[] {
  const most = surface === 'fingerprint' ? 4 : 60;
  const plugs = scattered<Spot>(
    random.integer(3, most),
    outline.reachMm,
    (at) =>
      outline.depthAt(at.x, at.y) > 0.3
        ? {
            ...at,
            radiusMm: random.uniform(0.05, 0.22),
            aspect: random.uniform(0.45, 1),
            tilt: random.uniform(0, Math.PI),
            softness: random.uniform(0.3, 0.6),
            strength: random.uniform(0.5, 1),
          }
        : undefined,
    random,
  );
  const rims = plugs.map((plug) => ({ ...plug, radiusMm: plug.radiusMm + 0.06, softness: 0.6 }));
  return [
    { amounts: { keratin: 0.25, melanin: -0.08 }, spots: rims },
    { amounts: { melanin: 1.2, keratin: 0.4 }, spots: plugs },
  ];
}
