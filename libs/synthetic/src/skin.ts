import type { SyntheticImage } from './cohort.js';
import type { SkinType } from './demographics.js';
import { seededRandom, type Random } from './random.js';
import { roundSpot, scattered, wandering, type Spot, type StructureLayer } from './structures.js';
import { laid, rising, tiles, type Field } from './tiles.js';
import type { Tissue } from './tissue.js';

/** The skin around (and under) a lesion. */
export interface Skin {
  /** Its even melanin, before mottling. */
  melanin: number;
  /** Sets the tissue to that of the bare skin there, but for its relief; changes over millimetres only. */
  setTissue(x: number, y: number, tissue: Tissue): void;
  /** The shade in the furrows and pores of its surface. */
  reliefAt: Field;
  layers: readonly StructureLayer[];
}

/** Epidermal melanin by Fitzpatrick type. */
const MELANIN: Record<SkinType, number> = {
  I: 0.02,
  II: 0.09,
  III: 0.19,
  IV: 0.36,
  V: 0.66,
  VI: 1.05,
};

/** Redness shows, and sun has left freckles and vessels, in fair skin. */
const FAIRNESS: Record<SkinType, number> = { I: 1, II: 0.8, III: 0.5, IV: 0.25, V: 0.1, VI: 0.05 };

/** How far from the lesion's centre skin is drawn: half the diagonal of the widest field, and some. */
const DRAWN_REACH_MM = 17;

/** The skin of the image's patient at the site of its lesion: the same in every image of that lesion. */
export function skinOf(image: SyntheticImage): Skin {
  const { skinType } = image;
  const person = seededRandom(image.patientSeed, 'skin');
  const random = seededRandom(image.lesionSeed, 'skin');
  const melanin = MELANIN[skinType] * person.uniform(0.85, 1.2);
  const fairness = FAIRNESS[skinType];
  const age = Math.min(1, image.ageApproximate / 80);
  const layers = [
    vessels(fairness * age, random),
    freckles(fairness, melanin, random),
    follicles(image, melanin, random),
  ];
  const setTissue = complexionOf({ melanin, fairness, age }, random);
  return { melanin, setTissue, reliefAt: reliefOf(melanin, random), layers };
}

interface Complexion {
  melanin: number;
  fairness: number;
  /** 0 to 1. */
  age: number;
}

function complexionOf({ melanin, fairness, age }: Complexion, random: Random): Skin['setTissue'] {
  const flush = random.uniform(0.08, 0.24) + 0.14 * fairness * random.uniform(0, 1);
  const yellow = random.uniform(0, 0.16);
  // In dark skin the same unevenness of melanin is a smaller part of it.
  const mottleShare = random.uniform(0.03, 0.14) / (1 + 2 * melanin);
  const flushShare = random.uniform(0.04, 0.17);
  const patchMelanin = random.chance(0.35 * age) ? random.uniform(0.05, 0.16) : 0;
  const mottle = laid(tiles().fractal, random.uniform(0.8, 2.2), random);
  const redness = laid(tiles().fractal, random.uniform(1, 3), random);
  const patches = laid(tiles().fractal, random.uniform(2.5, 5), random);
  return (x, y, tissue) => {
    const cloud = mottle(x, y);
    const patch = patchMelanin * rising(0.6, 1.6, patches(x, y));
    tissue.melanin = melanin * (1 + mottleShare * cloud) + 0.012 * cloud + patch;
    tissue.blood = flush * (1 + flushShare * redness(x, y));
    tissue.keratin = yellow + 0.02 * cloud + 0.5 * patch;
  };
}

/** Fine rhomboid furrows, drawn out one way by the skin's tension, and pores. */
function reliefOf(melanin: number, random: Random): Field {
  const depth = random.uniform(0.018, 0.055) * (1 + 0.6 * melanin);
  const surface = laid(tiles().relief, random.uniform(0.3, 0.55), random);
  const stretch = random.uniform(1, 2);
  return (x, y) => depth * surface(x / stretch, y);
}

/** Fine branching vessels of sun-worn fair skin. */
function vessels(amount: number, random: Random): StructureLayer {
  const count = random.chance(0.6 * amount) ? random.integer(6, 26) : 0;
  const strokes = scattered(
    count,
    DRAWN_REACH_MM,
    (at) => ({
      points: wandering(
        at,
        {
          direction: random.uniform(0, 2 * Math.PI),
          lengthMm: random.uniform(1, 4),
          steps: 14,
          curl: random.normal(0, 1),
          waver: 0.35,
        },
        random,
      ),
      fromWidthMm: random.uniform(0.05, 0.1),
      toWidthMm: 0.02,
      strength: random.uniform(0.3, 1),
    }),
    random,
  );
  return { amounts: { blood: random.uniform(0.25, 0.5) }, strokes, blurMm: 0.09 };
}

/** Small flat tan spots; darker and fewer in darker skin. */
function freckles(fairness: number, melanin: number, random: Random): StructureLayer {
  const count = random.chance(0.3) ? random.integer(8, 20 + Math.round(50 * fairness)) : 3;
  const spots = scattered<Spot>(
    count,
    DRAWN_REACH_MM,
    (at) => ({
      ...roundSpot(at, random.uniform(0.12, 0.5), random.uniform(0.2, 1)),
      aspect: random.uniform(0.6, 1),
      tilt: random.uniform(0, Math.PI),
      softness: 1.2,
    }),
    random,
  );
  return { amounts: { melanin: 0.08 + 0.25 * melanin, keratin: 0.05 }, spots };
}

/** Follicle openings: pale dots, many and plain to see on the face. */
function follicles(
  { anatomicSite }: SyntheticImage,
  melanin: number,
  random: Random,
): StructureLayer {
  const onFace = anatomicSite === 'head/neck';
  const count = onFace ? random.integer(250, 500) : random.integer(0, 80);
  const spots = scattered(
    count,
    DRAWN_REACH_MM,
    (at) => roundSpot(at, random.uniform(0.05, onFace ? 0.12 : 0.08), random.uniform(0.3, 1)),
    random,
  );
  const scatter = (onFace ? 0.14 : 0.08) / (1 + 4 * melanin);
  return { amounts: { melanin: -0.05, blood: -0.03, scatter }, spots };
}
