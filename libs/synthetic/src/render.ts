import { artefactsOf } from './artefacts.js';
import { photograph } from './camera.js';
import { blankCanvas, paintLayer, type Canvas } from './canvas.js';
import type { SyntheticImage } from './cohort.js';
import { lesionOf, type Lesion } from './lesion.js';
import { seededRandom } from './random.js';
import { skinOf, type Skin } from './skin.js';
import { absorbanceOf, bareTissue } from './tissue.js';
import { glassView, toMm, viewOf, type View } from './view.js';

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

/** What a synthetic image shows, and how the camera stands over it. */
export interface Scene {
  skin: Skin;
  lesion: Lesion;
  view: View;
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

function paintTissue(canvas: Canvas, { skin, lesion, view }: Scene, mask: Mask): void {
  const { outline, haloMm } = lesion;
  const reach2 = (outline.reachMm + haloMm) ** 2;
  const tissue = bareTissue();
  for (let row = 0, i = 0; row < canvas.heightPx; row++) {
    for (let column = 0; column < canvas.widthPx; column++, i++) {
      const { x, y } = toMm(view, column, row);
      skin.setTissue(x, y, tissue);
      if (x * x + y * y < reach2) {
        const depthMm = outline.depthAt(x, y);
        if (depthMm > 0) mask.bits[i >> 3]! |= 1 << (i & 7);
        if (depthMm > -haloMm) lesion.addTissue(x, y, depthMm, tissue);
      }
      canvas.red[i] = absorbanceOf(tissue, 0);
      canvas.green[i] = absorbanceOf(tissue, 1);
      canvas.blue[i] = absorbanceOf(tissue, 2);
      canvas.scatter[i] = tissue.scatter;
    }
  }
}
