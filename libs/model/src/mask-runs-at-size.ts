import { filledPart, type FilledPart, type SizePx } from './letterbox.js';
import { MaskRunsBuilder, type MaskRuns } from './mask-runs.js';

export type { SizePx } from './letterbox.js';

/**
 * The lesion mask at the image's own size: the probability is interpolated bilinearly (half-pixel
 * centres, clamped at the edges) and a pixel is lesion where it is `>= threshold`. The probability is
 * resized and then cut, never the other way round, as official scoring asks.
 *
 * No pixel between is computed. Between two columns of the network's mask the probability along an image
 * row is a straight line, so a stretch whose four corners lie on one side of the threshold lies there
 * whole, and another holds at most one crossing, which is solved for.
 *
 * The answer is that of the definition on every pixel and every machine: rows first, then columns, each as
 * `a + (b - a) * f` in float64, `f` the correctly rounded fraction. Each of those operations is monotone
 * under rounding and `f` is at most 1 - 1/(2n), so the computed line rises or falls with `f` and never
 * leaves the interval between a and b. The crossing found by division is therefore moved by that very
 * expression until it is the first column on the other side.
 *
 * @param probability row-major, `from.widthPx * from.heightPx` long, in [0, 1].
 * @param from size of the network's mask; of the network's input, when letterboxed.
 * @param to size of the image, orientation applied.
 * @param fit how the image was laid onto the input; the padding of a letterbox is left out.
 *
 * Throws RangeError where the length does not fit `from`, a side is not positive, or the threshold is
 * not in (0, 1). O(from's pixels + to.heightPx * the stretches that an outline crosses).
 */
export function maskRunsAtSize(
  probability: Float32Array,
  from: SizePx,
  to: SizePx,
  threshold: number,
  fit: 'squash' | 'letterbox' = 'squash',
): MaskRuns {
  const builder = new MaskRunsBuilder(to.widthPx, to.heightPx);
  if (probability.length !== from.widthPx * from.heightPx || probability.length === 0) {
    throw new RangeError(
      `${probability.length} probabilities are not ${from.widthPx} x ${from.heightPx}`,
    );
  }
  if (!(threshold > 0 && threshold < 1)) {
    throw new RangeError(`the mask threshold ${threshold} is not between 0 and 1`);
  }
  const part = filledPart(to, from, fit);
  const cutter = new RowCutter(probability, from.widthPx, { part, to, threshold });
  for (let y = 0; y < to.heightPx; y += 1) cutter.cut(y, builder);
  return builder.finish();
}

/** Where a pixel's centre lies on a line of `samples` points: between `below` and the next. */
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

interface Cut {
  part: FilledPart;
  to: SizePx;
  threshold: number;
}

/** Cuts image rows from the top. What the rows between the same two sample rows share is worked out once. */
class RowCutter {
  readonly #probability: Float32Array;
  readonly #stride: number;
  readonly #cut: Cut;
  readonly #stretches: Stretches;
  /** 1 for each sample at or above the threshold, the filled part alone. */
  readonly #sides: Uint8Array;
  /** The stretches between the present two sample rows that have corners on both sides, from the left. */
  readonly #crossed: Uint32Array;
  #crossedCount = 0;
  #row = -1;

  constructor(probability: Float32Array, stride: number, cut: Cut) {
    const { part, to, threshold } = cut;
    this.#probability = probability;
    this.#stride = stride;
    this.#cut = cut;
    this.#stretches = columnStretches(part.width, to.widthPx);
    this.#crossed = new Uint32Array(part.width);
    this.#sides = new Uint8Array(part.width * part.height);
    for (let row = 0, at = 0; row < part.height; row += 1) {
      const first = (part.top + row) * stride + part.left;
      for (let i = 0; i < part.width; i += 1, at += 1) {
        this.#sides[at] = probability[first + i]! >= threshold ? 1 : 0;
      }
    }
  }

  /** Adds image row `y` to the mask. */
  cut(y: number, mask: MaskRunsBuilder): void {
    const { part, to, threshold } = this.#cut;
    const { below, fraction } = centreOn(y, to.heightPx, part.height);
    if (below !== this.#row) this.#enter(below);
    const probability = this.#probability;
    const upper = (part.top + below) * this.#stride + part.left;
    const lower = below + 1 < part.height ? upper + this.#stride : upper;
    const first = probability[upper]!;
    let isInside = first + (probability[lower]! - first) * fraction >= threshold;
    let runStart = 0; // first column of the open run, where there is one
    for (let k = 0; k < this.#crossedCount; k += 1) {
      const i = this.#crossed[k]!;
      const [a0, b0] = [probability[upper + i]!, probability[upper + i + 1]!];
      const a = a0 + (probability[lower + i]! - a0) * fraction;
      const b = b0 + (probability[lower + i + 1]! - b0) * fraction;
      // All stretches since the last crossing lie on its far side whole, and so does this one's left end.
      if (b >= threshold === isInside) continue;
      const x = this.#crossing(i, a, b);
      if (isInside) mask.add(runStart, x);
      runStart = x;
      isInside = !isInside;
    }
    if (isInside) mask.add(runStart, to.widthPx);
    mask.endRow();
  }

  #enter(row: number): void {
    const { part } = this.#cut;
    const sides = this.#sides;
    const upper = row * part.width;
    const lower = row + 1 < part.height ? upper + part.width : upper;
    let left = sides[upper]! + sides[lower]!;
    let count = 0;
    for (let i = 0; i + 1 < part.width; i += 1) {
      const right = sides[upper + i + 1]! + sides[lower + i + 1]!;
      if (left + right !== 0 && left + right !== 4) {
        this.#crossed[count] = i;
        count += 1;
      }
      left = right;
    }
    this.#row = row;
    this.#crossedCount = count;
  }

  /** The first column of stretch `i` that lies on the side of `b`; the next stretch's first where none does. */
  #crossing(i: number, a: number, b: number): number {
    const { part, to, threshold } = this.#cut;
    const { start, fraction } = this.#stretches;
    const [from, end] = [start[i]!, start[i + 1]!];
    const isRising = b >= threshold;
    const isBeyond = (x: number) => a + (b - a) * fraction[x]! >= threshold === isRising;
    const position = i + (threshold - a) / (b - a);
    const guess = Math.ceil(((position + 0.5) * to.widthPx) / part.width - 0.5);
    let x = Math.min(end, Math.max(from, guess));
    while (x > from && isBeyond(x - 1)) x -= 1;
    while (x < end && !isBeyond(x)) x += 1;
    return x;
  }
}
