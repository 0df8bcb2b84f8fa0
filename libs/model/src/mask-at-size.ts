import { emptyMask, setBits, type BitMask } from './bit-mask.js';
import { filledPart, type FilledPart, type SizePx } from './letterbox.js';

export type { SizePx } from './letterbox.js';

/**
 * The lesion mask at the image's own size: the probability is interpolated bilinearly (half-pixel
 * centres, clamped at the edges) and a pixel is lesion where it is `>= threshold`. The probability is
 * resized and then cut, never the other way round, as official scoring asks.
 *
 * Between two columns of the network's mask the probability along an image row is a straight line, so
 * where both ends lie on the same side of the threshold the whole stretch does, and only stretches that
 * cross it are looked at pixel by pixel. This agrees with the per-pixel definition on every pixel, also
 * in floating point: the position inside a stretch is a correctly rounded fraction at most 1 - 1/(2n),
 * so `a + (b - a) * f` never leaves the interval between a and b.
 *
 * @param probability row-major, `from.widthPx * from.heightPx` long, in [0, 1].
 * @param from size of the network's mask; of the network's input, when letterboxed.
 * @param to size of the image, orientation applied.
 * @param fit how the image was laid onto the input; the padding of a letterbox is left out.
 *
 * Throws RangeError where the length does not fit `from`, a side is not positive, or the threshold is
 * not in (0, 1). O(to.heightPx * from.widthPx + crossing pixels).
 */
export function maskAtSize(
  probability: Float32Array,
  from: SizePx,
  to: SizePx,
  threshold: number,
  fit: 'squash' | 'letterbox' = 'squash',
): BitMask {
  const mask = emptyMask(to.widthPx, to.heightPx);
  if (probability.length !== from.widthPx * from.heightPx || probability.length === 0) {
    throw new RangeError(
      `${probability.length} probabilities are not ${from.widthPx} x ${from.heightPx}`,
    );
  }
  if (!(threshold > 0 && threshold < 1)) {
    throw new RangeError(`the mask threshold ${threshold} is not between 0 and 1`);
  }
  const part = filledPart(to, from, fit);
  const stretches = columnStretches(part.width, to.widthPx);
  const row = new Float64Array(part.width);
  for (let y = 0; y < to.heightPx; y += 1) {
    interpolateRow(row, probability, { part, stride: from.widthPx, y, heightPx: to.heightPx });
    markRow(mask.bits, y * to.widthPx, row, { stretches, threshold, widthPx: to.widthPx });
  }
  return mask;
}

/** Position of an image pixel's centre on a line of `samples` points: between `below` and the next. */
function centreOn(pixel: number, pixels: number, samples: number) {
  // Twice the position times the pixel count is a whole number: exact, where x / n * m - 0.5 is not.
  const doubled = Math.max(0, (2 * pixel + 1) * samples - pixels);
  const below = Math.floor(doubled / (2 * pixels));
  if (below >= samples - 1) return { below: samples - 1, fraction: 0 };
  return { below, fraction: (doubled - below * 2 * pixels) / (2 * pixels) };
}

interface Stretches {
  /** First image column of each stretch between two samples, and the width at the end. */
  start: Uint32Array;
  /** How far along its stretch each image column lies, in [0, 1). */
  fraction: Float64Array;
}

function columnStretches(samples: number, pixels: number): Stretches {
  const start = new Uint32Array(samples + 1).fill(pixels);
  const fraction = new Float64Array(pixels);
  for (let x = pixels - 1; x >= 0; x -= 1) {
    const centre = centreOn(x, pixels, samples);
    fraction[x] = centre.fraction;
    start[centre.below] = x;
  }
  // When shrinking, a stretch may hold no pixel; it then starts where the next one does.
  for (let i = samples - 1; i >= 0; i -= 1) start[i] = Math.min(start[i]!, start[i + 1]!);
  return { start, fraction };
}

/** One image row's probability at each sample column, the vertical half of the interpolation. */
function interpolateRow(
  row: Float64Array,
  probability: Float32Array,
  at: { part: FilledPart; stride: number; y: number; heightPx: number },
): void {
  const { below, fraction } = centreOn(at.y, at.heightPx, at.part.height);
  const upper = (at.part.top + below) * at.stride + at.part.left;
  const lower = below + 1 < at.part.height ? upper + at.stride : upper;
  for (let i = 0; i < row.length; i += 1) {
    const a = probability[upper + i]!;
    row[i] = a + (probability[lower + i]! - a) * fraction;
  }
}

function markRow(
  bits: Uint8Array,
  offset: number,
  row: Float64Array,
  at: { stretches: Stretches; threshold: number; widthPx: number },
): void {
  const { start, fraction } = at.stretches;
  let runStart = -1; // first column of the lesion run that is open, -1 when none is
  let isInside = false;
  for (let i = 0; i < row.length; i += 1) {
    const a = row[i]!;
    const b = i + 1 < row.length ? row[i + 1]! : a;
    if (a >= at.threshold === b >= at.threshold && a >= at.threshold === isInside) continue;
    for (let x = start[i]!; x < start[i + 1]!; x += 1) {
      const isLesion = a + (b - a) * fraction[x]! >= at.threshold;
      if (isLesion === isInside) continue;
      if (isLesion) runStart = x;
      else setBits(bits, offset + runStart, offset + x);
      isInside = isLesion;
    }
  }
  if (isInside) setBits(bits, offset + runStart, offset + at.widthPx);
}
