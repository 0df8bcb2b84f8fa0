import type { Lesion, LesionOrigin } from './lesion.js';
import { globules, streaks, vessels, whiteLines } from './melanoma-structures.js';
import { bump, ellipse, outlineOf, waves, type Outline } from './outline.js';
import type { Random } from './random.js';
import { laid, rising, tiles, type Field } from './tiles.js';

/** Thin melanomas: small, with few of the signs yet. They are what makes the task hard. */
const EARLY_SHARE = 0.4;

/**
 * A melanoma: asymmetric in outline and in structure; its border irregular, cut off abruptly here and
 * fading there; several of light brown, dark brown, black, blue-grey, red and white; an atypical
 * network, irregular dots and globules, streaks at a part of the border.
 */
export function drawMelanoma({ random, skinMelanin }: LesionOrigin): Lesion {
  const early = random.chance(EARLY_SHARE);
  const outline = melanomaOutline(early, random);
  const abrupt = random.uniform(0, 2 * Math.PI);
  return {
    outline,
    haloMm: 0.9,
    addTissue: melanomaTissue({ outline, abrupt, early, skinMelanin }, random),
    layers: [
      globules(outline, random),
      ...(random.chance(0.55) ? [streaks(outline, abrupt, random)] : []),
      ...(random.chance(0.45) ? [vessels(outline, random)] : []),
      ...(random.chance(0.3) ? [whiteLines(outline, skinMelanin, random)] : []),
    ],
  };
}

function melanomaOutline(early: boolean, random: Random): Outline {
  const radiusMm = early ? random.uniform(1.9, 3.2) : random.uniform(3, 6);
  const raggedness = early ? 0.5 : 1;
  const oval = ellipse(random.uniform(0.6, 0.9), random.uniform(0, Math.PI));
  const ragged = waves({ turns: 14, height: 0.1 * raggedness, decay: 1 }, random);
  const lean = random.uniform(0, 2 * Math.PI);
  const leaning = random.uniform(0.1, 0.28) * raggedness;
  const notches = Array.from({ length: random.integer(1, 3) }, () => ({
    at: random.uniform(0, 2 * Math.PI),
    width: random.uniform(0.1, 0.28),
    depth: random.uniform(0.12, 0.34) * raggedness,
  }));
  const notched = (angle: number) =>
    notches.reduce((left, { at, width, depth }) => left * (1 - depth * bump(angle, at, width)), 1);
  return outlineOf(
    (angle) => {
      const shape = 1 + ragged(angle) + leaning * Math.cos(angle - lean);
      return radiusMm * oval(angle) * Math.max(0.45, shape) * notched(angle);
    },
    { byMm: 0.06 * radiusMm, scaleMm: 0.9 * radiusMm },
    random,
  );
}

interface MelanomaMakeUp {
  outline: Outline;
  /** The direction in which the border is cut off most abruptly. */
  abrupt: number;
  early: boolean;
  skinMelanin: number;
}

/** Where one of the colours holds sway: a ragged territory to one side, 0 to 1. */
function territory(outline: Outline, extent: number, random: Random): Field {
  const angle = random.uniform(0, 2 * Math.PI);
  const offset = outline.reachMm * random.uniform(0.2, 0.55);
  const [centreX, centreY] = [offset * Math.cos(angle), offset * Math.sin(angle)];
  const reach = outline.reachMm * extent;
  const ragged = laid(tiles().fractal, outline.reachMm * 0.35, random);
  const blur = random.uniform(0.2, 0.6);
  return (x, y) => {
    const away = Math.sqrt((x - centreX) ** 2 + (y - centreY) ** 2) / reach;
    return 1 - rising(1 - blur, 1 + blur, away + 0.22 * ragged(x, y));
  };
}

function melanomaTissue(makeUp: MelanomaMakeUp, random: Random): Lesion['addTissue'] {
  const { outline, early, skinMelanin } = makeUp;
  const often = early ? 0.25 : 1;
  const present = presence(makeUp, random);
  const network = atypicalNetwork(random);
  const body = random.uniform(0.25, 0.6) * (1 + skinMelanin);
  const netMelanin = early ? random.uniform(0.2, 0.5) : random.uniform(0.3, 0.9);
  const pink = random.uniform(0.05, 0.35);
  const cloud = laid(tiles().fractal, outline.reachMm * random.uniform(0.12, 0.3), random);
  const dark = territory(outline, random.uniform(0.4, 0.75), random);
  const black = territory(outline, random.uniform(0.15, 0.4), random);
  const veil = territory(outline, random.uniform(0.25, 0.55), random);
  const red = territory(outline, random.uniform(0.25, 0.5), random);
  const scar = territory(outline, random.uniform(0.2, 0.4), random);
  const darkMelanin = early ? random.uniform(0.15, 0.6) : random.uniform(0.4, 1.1);
  const blackMelanin = random.chance(0.65 * often) ? random.uniform(0.8, 2) : 0;
  const veilMelanin = random.chance(0.6 * often) ? random.uniform(0.45, 0.9) : 0;
  const redBlood = random.chance(0.5 * often) ? random.uniform(0.3, 0.7) : 0;
  // What is white lies deep, and shines through less where the skin over it is dark.
  const white = 0.2 / (1 + 1.5 * skinMelanin);
  const milky = random.uniform(0.02, 0.075) / (1 + 2 * skinMelanin);
  const scarring = random.chance(0.45 * often) ? random.uniform(0.4, 0.85) : 0;
  return (x, y, depthMm, tissue) => {
    const here = present(x, y, depthMm);
    if (here === 0) return;
    const clouds = cloud(x, y);
    const scarred = Math.min(0.9, scarring * scar(x, y) * Math.exp(0.35 * clouds));
    const veiled = veilMelanin * veil(x, y) * rising(0, 0.8, depthMm) * Math.exp(0.45 * clouds);
    const brown = body * Math.exp(0.3 * clouds) + darkMelanin * dark(x, y) * (1 + 0.25 * clouds);
    const net = netMelanin * network(x, y) * (1 - 0.8 * Math.min(1, veiled));
    const blot = blackMelanin * black(x, y);
    tissue.melanin +=
      here * (1 - scarred) * (brown + net + blot) * (1 - 0.15 * Math.min(1, veiled));
    tissue.deepMelanin += here * (veiled + 0.12 * scarred);
    tissue.blood += here * (pink + redBlood * red(x, y));
    tissue.scatter += here * (white * scarred + milky * Math.min(1, veiled));
    tissue.levelled = 0.6 * here;
  };
}

/** How much of the lesion is there: all of it within, ending abruptly on one side and softly on the other. */
function presence(
  { abrupt }: MelanomaMakeUp,
  random: Random,
): (x: number, y: number, depthMm: number) => number {
  const sharpMm = random.uniform(0.08, 0.16);
  const softMm = random.uniform(0.3, 0.55);
  const [cos, sin] = [Math.cos(abrupt), Math.sin(abrupt)];
  const fray = laid(tiles().fractal, 0.8, random);
  return (x, y, depthMm) => {
    const towards = (x * cos + y * sin) / (1e-9 + Math.sqrt(x * x + y * y));
    const fadeMm = softMm + (sharpMm - softMm) * rising(-0.5, 0.5, towards);
    return rising(-fadeMm, fadeMm, depthMm + 0.45 * fadeMm * fray(x, y));
  };
}

/** Lines of unequal width round holes of unequal size, thick here and lost there. */
function atypicalNetwork(random: Random): Field {
  const mesh = laid(tiles().unevenMesh, random.uniform(0.2, 0.36), random);
  const swayX = laid(tiles().fractal, 1, random);
  const swayY = laid(tiles().fractal, 1, random);
  const strength = laid(tiles().fractal, random.uniform(1.5, 3), random);
  return (x, y) => {
    const strong = rising(-0.7, 1.2, strength(x, y));
    const border = mesh(x + 0.1 * swayX(x, y), y + 0.1 * swayY(x, y));
    return strong * (1 - rising(0, 0.2 + 0.4 * strong, border));
  };
}
