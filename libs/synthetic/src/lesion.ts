import type { SyntheticImage } from './cohort.js';
import type { Diagnosis } from './demographics.js';
import { drawMelanoma } from './melanoma.js';
import { drawNevus } from './nevus.js';
import type { Outline } from './outline.js';
import { seededRandom, type Random } from './random.js';
import { drawSeborrheicKeratosis } from './seborrheic-keratosis.js';
import type { StructureLayer } from './structures.js';
import type { Tissue } from './tissue.js';

export interface Lesion {
  outline: Outline;
  /** How far beyond the border the lesion still colours the skin. */
  haloMm: number;
  /** Adds to the skin's tissue what the lesion brings; `depthMm` is the outline's depth there. */
  addTissue(x: number, y: number, depthMm: number, tissue: Tissue): void;
  layers: readonly StructureLayer[];
}

/** What a class of lesion is drawn from. */
export interface LesionOrigin {
  random: Random;
  /** The even melanin of the skin it lies in: pigment cells of dark skin make more. */
  skinMelanin: number;
}

const DRAW: Record<Diagnosis, (origin: LesionOrigin) => Lesion> = {
  melanoma: drawMelanoma,
  seborrheic_keratosis: drawSeborrheicKeratosis,
  nevus: drawNevus,
};

/** The lesion itself, apart from any camera: the same for all images with the same `lesionSeed`. */
export const lesionOf = (
  { diagnosis, lesionSeed }: Pick<SyntheticImage, 'diagnosis' | 'lesionSeed'>,
  skinMelanin: number,
): Lesion =>
  DRAW[diagnosis]({ random: seededRandom(lesionSeed, 'lesion', diagnosis), skinMelanin });
