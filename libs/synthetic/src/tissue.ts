/**
 * What lies under one pixel, as amounts of what colours skin. Colours are never chosen: they follow
 * from what absorbs where (Beer-Lambert), so that brown over red, or pigment under a veil, come out
 * as they do through a dermatoscope.
 */
export interface Tissue {
  /** Melanin in the epidermis: tan (0.3), brown (0.8), black (2.5). */
  melanin: number;
  /** Melanin in the dermis, seen through scattering tissue: grey to steel blue (Tyndall effect). */
  deepMelanin: number;
  blood: number;
  /** Horn: yellow. */
  keratin: number;
  /** Grey absorption: shadow, print on the ruler. */
  shade: number;
  /** The skin marker's violet. */
  dye: number;
  /** Share of light thrown back white before it meets any pigment: scars, milia, glare; 0 to 1. */
  scatter: number;
  /** Share of the skin's furrows that is filled in, 0 to 1. */
  levelled: number;
}

const NOTHING: Readonly<Tissue> = {
  ...{ melanin: 0, deepMelanin: 0, blood: 0, keratin: 0 },
  ...{ shade: 0, dye: 0, scatter: 0, levelled: 0 },
};

/** Tissue with the given amounts, and nothing else in it. */
export const tissueOf = (amounts: Partial<Tissue> = {}): Tissue => ({ ...NOTHING, ...amounts });

/** Empties a tissue for the next pixel: one object serves them all. */
export function clear(tissue: Tissue): void {
  tissue.melanin = 0;
  tissue.deepMelanin = 0;
  tissue.blood = 0;
  tissue.keratin = 0;
  tissue.shade = 0;
  tissue.dye = 0;
  tissue.scatter = 0;
  tissue.levelled = 0;
}

/**
 * Absorbance of one unit in linear red, green and blue. Melanin's rise toward blue and haemoglobin's
 * green peak are the measured ones in kind; the numbers are fitted by eye to dermoscopic photographs.
 */
const ABSORBANCE = {
  melanin: [1, 1.6, 2.4],
  deepMelanin: [1.22, 0.95, 0.66],
  blood: [0.12, 1, 0.78],
  keratin: [0.06, 0.22, 0.8],
  shade: [1, 1, 1],
  dye: [0.8, 1.25, 0.3],
} as const;

export type Channel = 0 | 1 | 2;

/** Absorbance of skin before melanin and blood. */
export const DERMIS = [0.2, 0.4, 0.58] as const;

/** What the amounts add to the absorbance of one channel (0 red, 1 green, 2 blue); scatter aside. */
export function absorbanceOf(tissue: Tissue, channel: Channel): number {
  return (
    tissue.melanin * ABSORBANCE.melanin[channel] +
    tissue.deepMelanin * ABSORBANCE.deepMelanin[channel] +
    tissue.blood * ABSORBANCE.blood[channel] +
    tissue.keratin * ABSORBANCE.keratin[channel] +
    tissue.shade * ABSORBANCE.shade[channel] +
    tissue.dye * ABSORBANCE.dye[channel]
  );
}
