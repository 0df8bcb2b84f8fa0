import { artefactsOf } from './artefacts.js';
import { photograph } from './camera.js';
import { blankCanvas, paintLayer } from './canvas.js';
import type { SyntheticImage } from './cohort.js';
import { lesionOf } from './lesion.js';
import { paintTissue, type Scene } from './paint-tissue.js';
import { seededRandom } from './random.js';
import { skinOf } from './skin.js';
import { glassView, viewOf } from './view.js';

/** A binary mask: bit `i` (least significant first in each byte) is pixel `i`, row by row; no padding. */
export interface Mask {
  widthPx: number;
  heightPx: number;
  /** `ceil(widthPx · heightPx / 8)` bytes; the bits past the last pixel are zero. */
  bits: Uint8Array;
}

export interface RenderedImage {
  widthPx: number;
  heightPx: number;
  /** 8-bit sRGB, row-major, three bytes a pixel. */
  rgb: Uint8Array;
  mask: Mask;
}

/** The scene of an image: all that is decided before a pixel is drawn. */
export function sceneOf(image: SyntheticImage): Scene {
  const skin = skinOf(image);
  const lesion = lesionOf(image, skin.melanin);
  const view = viewOf(image, lesion.outline.border, seededRandom(image.imageSeed, 'view'));
  return { skin, lesion, view };
}

/**
 * Draws an image and its exact mask. Pure: the same image gives the same bytes on the same engine
 * (engines may differ in the last bit of `Math.cos` and `Math.exp`, hence by a level here and there).
 *
 * A pixel is in the mask when its middle lies within the lesion's outline, the very outline from
 * which the lesion was drawn; where a naevus fades, that is the line of half its pigment. Hair or a
 * ruler over the lesion is not cut out, as experts draw lesions through them. Linear in the pixels.
 */
export function renderSynthetic(image: SyntheticImage): RenderedImage {
  const { widthPx, heightPx } = image;
  const scene = sceneOf(image);
  const canvas = blankCanvas(widthPx, heightPx);
  const mask = { widthPx, heightPx, bits: new Uint8Array(Math.ceil((widthPx * heightPx) / 8)) };
  paintTissue(canvas, scene, mask);
  const { view, skin, lesion } = scene;
  for (const layer of [...skin.layers, ...lesion.layers]) paintLayer(canvas, layer, view);
  for (const layer of artefactsOf(image, view)) paintLayer(canvas, layer, glassView(view));
  return { widthPx, heightPx, rgb: photograph(image, canvas), mask };
}
