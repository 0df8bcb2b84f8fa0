import { describe, expect, it } from 'vitest';
import { syntheticCohort, type SyntheticImage } from './cohort.js';
import type { Diagnosis } from './demographics.js';
import { renderSynthetic, sceneOf, type Mask } from './render.js';
import { toMm } from './view.js';

/**
 * The signs by which the classes are told apart, measured on what was drawn rather than on what it
 * was drawn from. Means over lesions: one melanoma may well be rounder than one naevus.
 */
const PER_CLASS = 24;
const cohort = syntheticCohort();

const firstOfEachLesion = [...Map.groupBy(cohort, ({ lesionId }) => lesionId).values()].map(
  ([first]) => first!,
);

/** On one skin, so that the skin's colour does not stand in for the lesion's. */
const subjects = (diagnosis: Diagnosis): SyntheticImage[] =>
  firstOfEachLesion
    .filter((image) => image.diagnosis === diagnosis)
    .slice(0, PER_CLASS)
    .map((image) => ({ ...image, skinType: 'II', widthPx: 320, heightPx: 240 }));

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const measured = (diagnosis: Diagnosis, measure: (image: SyntheticImage) => number) =>
  mean(subjects(diagnosis).map(measure));

describe('the drawn classes', () => {
  it('melanomas are more asymmetric in outline than naevi', () => {
    expect(measured('melanoma', asymmetry)).toBeGreaterThan(1.5 * measured('nevus', asymmetry));
  });

  it('melanomas have more colours than naevi and keratoses', () => {
    const melanoma = measured('melanoma', colours);
    expect(melanoma).toBeGreaterThan(1.3 * measured('nevus', colours));
    expect(melanoma).toBeGreaterThan(1.3 * measured('seborrheic_keratosis', colours));
  });

  it('keratoses are cut off sharply, and naevi fade', () => {
    const [keratosis, nevus] = [
      measured('seborrheic_keratosis', sharpness),
      measured('nevus', sharpness),
    ];
    expect(keratosis).toBeGreaterThan(0.65);
    expect(keratosis).toBeGreaterThan(1.5 * nevus);
  });

  it('keratoses are duller than naevi: yellow and grey rather than red-brown', () => {
    expect(measured('seborrheic_keratosis', redness)).toBeLessThan(
      0.95 * measured('nevus', redness),
    );
  });

  it('skin darkens from type I to type VI', () => {
    const types = ['I', 'II', 'III', 'IV', 'V', 'VI'] as const;
    const images = cohort.slice(0, 6).map((image) => ({ ...image, widthPx: 160, heightPx: 120 }));
    const brightness = types.map((skinType) =>
      mean(images.map((image) => skinGreen({ ...image, skinType }))),
    );
    expect(brightness).toEqual(brightness.toSorted((a, b) => b - a));
    expect(brightness[5]).toBeLessThan(0.6 * brightness[0]!);
  });
});

const isSet = ({ bits }: Mask, i: number) => ((bits[i >> 3]! >> (i & 7)) & 1) === 1;

function lesionPixels(mask: Mask): number[] {
  const pixels = Array.from({ length: mask.widthPx * mask.heightPx }, (_, i) => i);
  return pixels.filter((i) => isSet(mask, i));
}

/** Part of the area that does not meet itself when folded along its axes, as the ABCD rule folds it. */
function asymmetry(image: SyntheticImage): number {
  const { mask } = renderSynthetic(image);
  const { widthPx, heightPx } = mask;
  const points = lesionPixels(mask).map((i) => ({ x: i % widthPx, y: Math.floor(i / widthPx) }));
  const middle = { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
  const moment = (f: (dx: number, dy: number) => number) =>
    mean(points.map(({ x, y }) => f(x - middle.x, y - middle.y)));
  const axis =
    Math.atan2(
      2 * moment((dx, dy) => dx * dy),
      moment((dx, dy) => dx * dx - dy * dy),
    ) / 2;
  const unmatched = [axis, axis + Math.PI / 2].map((angle) => {
    const [cos, sin] = [Math.cos(2 * angle), Math.sin(2 * angle)];
    const lost = points.filter(({ x, y }) => {
      const [dx, dy] = [x - middle.x, y - middle.y];
      const column = Math.round(middle.x + cos * dx + sin * dy);
      const row = Math.round(middle.y + sin * dx - cos * dy);
      const inFrame = column >= 0 && column < widthPx && row >= 0 && row < heightPx;
      return !inFrame || !isSet(mask, row * widthPx + column);
    });
    return lost.length / points.length;
  });
  return mean(unmatched);
}

/** How many cells of a colour cube with a side of 24 levels hold at least one pixel in fifty. */
function colours(image: SyntheticImage): number {
  const { rgb, mask } = renderSynthetic(image);
  const pixels = lesionPixels(mask);
  const cells = Map.groupBy(pixels, (i) =>
    [0, 1, 2].map((channel) => Math.floor(rgb[3 * i + channel]! / 24)).join(),
  );
  return [...cells.values()].filter((held) => held.length >= pixels.length / 50).length;
}

/** The step in brightness across 0.3 mm at the border, as a part of that from skin to inside. */
function sharpness(image: SyntheticImage): number {
  const { rgb, widthPx, heightPx } = renderSynthetic(image);
  const { lesion, view } = sceneOf(image);
  const bands = Map.groupBy<string, number>(
    Array.from({ length: widthPx * heightPx }, (_, i) => i),
    (i) => {
      const { x, y } = toMm(view, i % widthPx, Math.floor(i / widthPx));
      const depthMm = lesion.outline.depthAt(x, y);
      if (Math.abs(depthMm) > 1.2) return 'far';
      if (Math.abs(depthMm) > 0.9) return depthMm > 0 ? 'inside' : 'skin';
      if (Math.abs(Math.abs(depthMm) - 0.15) < 0.06) return depthMm > 0 ? 'within' : 'beyond';
      return 'between';
    },
  );
  const green = (band: string) => mean((bands.get(band) ?? []).map((i) => rgb[3 * i + 1]!));
  return (green('beyond') - green('within')) / (green('skin') - green('inside'));
}

/** Mean green level of the skin around the lesion. */
function skinGreen(image: SyntheticImage): number {
  const { rgb, mask } = renderSynthetic(image);
  const all = Array.from({ length: mask.widthPx * mask.heightPx }, (_, i) => i);
  return mean(all.filter((i) => !isSet(mask, i)).map((i) => rgb[3 * i + 1]!));
}

/** Red over green inside, divided by the same of the skin outside. */
function redness(image: SyntheticImage): number {
  const { rgb, mask } = renderSynthetic(image);
  const ratio = (pixels: number[]) =>
    mean(pixels.map((i) => rgb[3 * i]!)) / mean(pixels.map((i) => rgb[3 * i + 1]!));
  const inside = lesionPixels(mask);
  const all = Array.from({ length: mask.widthPx * mask.heightPx }, (_, i) => i);
  return ratio(inside) / ratio(all.filter((i) => !isSet(mask, i)));
}
