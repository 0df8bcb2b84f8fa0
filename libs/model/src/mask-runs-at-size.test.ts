import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.js';
import { maskOf, pixelsOf } from '../pixel-masks.js';
import { filledPart, type SizePx } from './letterbox.js';
import { assertMaskRuns, maskFacts } from './mask-runs.js';
import { maskRunsAtSize } from './mask-runs-at-size.js';

type Fit = 'squash' | 'letterbox';

/** Two neighbouring samples and the way between them, for the centre of one pixel of a longer line. */
function between(pixel: number, pixels: number, samples: number) {
  // (pixel + 0.5) * samples / pixels - 0.5, over a common denominator so that halves stay exact.
  const position = Math.max(0, (2 * pixel + 1) * samples - pixels);
  const low = Math.min(samples - 1, Math.floor(position / (2 * pixels)));
  const high = Math.min(samples - 1, low + 1);
  return { low, high, way: (position - low * 2 * pixels) / (2 * pixels) };
}

/** The definition: interpolate every pixel of the image, then cut. */
function slowMask(
  probability: Float32Array,
  from: SizePx,
  to: SizePx,
  threshold: number,
  fit: Fit,
) {
  const part = filledPart(to, from, fit);
  const at = (x: number, y: number) => probability[(part.top + y) * from.widthPx + part.left + x]!;
  return maskOf(to.widthPx, to.heightPx, (x, y) => {
    const column = between(x, to.widthPx, part.width);
    const row = between(y, to.heightPx, part.height);
    const [left, right] = [column.low, column.high].map(
      (c) => at(c, row.low) + (at(c, row.high) - at(c, row.low)) * row.way,
    ) as [number, number];
    return left + (right - left) * column.way >= threshold;
  });
}

const wide = (widthPx: number, heightPx: number): SizePx => ({ widthPx, heightPx });

describe('maskRunsAtSize', () => {
  it('interpolates at half-pixel centres and keeps a pixel at exactly the threshold', () => {
    // Two samples over four pixels: 0, 0.25, 0.75, 1.
    const ramp = Float32Array.of(0, 1);
    const cut = (threshold: number) =>
      pixelsOf(maskRunsAtSize(ramp, wide(2, 1), wide(4, 1), threshold));
    expect(cut(0.25)).toEqual([0, 1, 1, 1]);
    expect(cut(0.26)).toEqual([0, 0, 1, 1]);
    expect(cut(0.75)).toEqual([0, 0, 1, 1]);
    expect(cut(0.76)).toEqual([0, 0, 0, 1]);
    expect(pixelsOf(maskRunsAtSize(ramp, wide(1, 2), wide(1, 4), 0.75))).toEqual([0, 0, 1, 1]);
  });

  it('resizes the probability and not the cut mask', () => {
    // Three columns 0.9, 0.2, 0.2: cut first, the edge would lie at a third of the width.
    const mask = maskRunsAtSize(Float32Array.of(0.9, 0.2, 0.2), wide(3, 1), wide(300, 1), 0.5);
    // 0.9 - 0.7 f = 0.5 at f = 4/7: centre 100 * (0.5 + 4/7) = 107.14 pixels from the left.
    expect(maskFacts(mask)).toMatchObject({ areaPx: 107 });
  });

  const sizes: [SizePx, SizePx][] = [
    [wide(8, 8), wide(8, 8)],
    [wide(8, 8), wide(61, 37)],
    [wide(7, 5), wide(64, 48)],
    [wide(12, 9), wide(5, 4)],
    [wide(16, 16), wide(100, 3)],
    [wide(16, 16), wide(3, 100)],
    [wide(1, 1), wide(9, 7)],
    [wide(1, 6), wide(13, 11)],
    [wide(6, 1), wide(13, 11)],
    [wide(9, 9), wide(1, 1)],
    [wide(24, 24), wide(1, 77)],
    [wide(24, 24), wide(333, 250)],
  ];
  const fields: [string, (random: () => number) => number][] = [
    ['noise', (random) => random()],
    ['few levels, often exactly the threshold', (random) => Math.floor(random() * 5) / 4],
    ['values one rounding from the threshold', (random) => 0.5 + (random() - 0.5) * 2 ** -23],
  ];
  describe.each(fields)('on %s', (_, draw) => {
    it.each(['squash', 'letterbox'] as const)(
      'agrees with the definition on every pixel (%s)',
      (fit) => {
        const random = seededRandom(11);
        for (const [from, to] of sizes) {
          for (const threshold of [0.5, 0.25, 0.3]) {
            const probability = Float32Array.from({ length: from.widthPx * from.heightPx }, () =>
              draw(random),
            );
            const fast = maskRunsAtSize(probability, from, to, threshold, fit);
            expect(fast).toEqual(slowMask(probability, from, to, threshold, fit));
          }
        }
      },
    );
  });

  it('agrees with the definition on sizes, fields and thresholds drawn at random', () => {
    const random = seededRandom(29);
    const sideUpTo = (most: number) => 1 + Math.floor(random() * most);
    for (let trial = 0; trial < 1500; trial += 1) {
      const from = wide(sideUpTo(14), sideUpTo(14));
      const to = wide(sideUpTo(70), sideUpTo(50));
      const fit = random() < 0.5 ? 'squash' : 'letterbox';
      const threshold = [0.5, 0.25, 1 / 3, 1e-9, 1 - 2 ** -24, random()][trial % 6]!;
      const draw = fields[trial % 3]![1];
      const length = from.widthPx * from.heightPx;
      const probability = Float32Array.from({ length }, () =>
        random() < 0.3 ? threshold : draw(random),
      );
      const fast = maskRunsAtSize(probability, from, to, threshold, fit);
      assertMaskRuns(fast);
      expect(fast).toEqual(slowMask(probability, from, to, threshold, fit));
    }
  });

  it('agrees with the textbook formula wherever that is not within rounding of the threshold', () => {
    const random = seededRandom(5);
    const [from, to] = [wide(19, 13), wide(211, 157)];
    const probability = Float32Array.from({ length: 19 * 13 }, () => random());
    const mask = pixelsOf(maskRunsAtSize(probability, from, to, 0.5));
    let doubtful = 0;
    for (let bit = 0; bit < mask.length; bit += 1) {
      const position = (pixel: number, pixels: number, samples: number) =>
        Math.min(samples - 1, Math.max(0, ((pixel + 0.5) * samples) / pixels - 0.5));
      const x = position(bit % 211, 211, 19);
      const y = position(Math.floor(bit / 211), 157, 13);
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      let sum = 0;
      for (const [column, row] of [
        [x0, y0],
        [x0 + 1, y0],
        [x0, y0 + 1],
        [x0 + 1, y0 + 1],
      ] as const) {
        const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
        if (weight > 0) sum += weight * probability[row * 19 + column]!;
      }
      if (Math.abs(sum - 0.5) < 1e-12) doubtful += 1;
      else expect(mask[bit]).toBe(Number(sum >= 0.5));
    }
    expect(doubtful).toBeLessThan(10);
  });

  it('leaves the padding of a letterbox out', () => {
    // A 40 x 20 image lies on rows 4 to 11 of a 16 x 16 input; the padding is called lesion, the image not.
    const probability = new Float32Array(256).fill(1);
    probability.fill(0, 4 * 16, 12 * 16);
    const mask = maskRunsAtSize(probability, wide(16, 16), wide(40, 20), 0.5, 'letterbox');
    expect(maskFacts(mask).areaPx).toBe(0);
    expect(maskFacts(maskRunsAtSize(probability, wide(16, 16), wide(40, 20), 0.5)).areaPx).toBe(
      400,
    );
  });

  it('refuses probabilities of another size and thresholds that are none', () => {
    const probability = new Float32Array(6);
    expect(() => maskRunsAtSize(probability, wide(3, 3), wide(9, 9), 0.5)).toThrow(RangeError);
    expect(() => maskRunsAtSize(new Float32Array(0), wide(0, 3), wide(9, 9), 0.5)).toThrow(
      RangeError,
    );
    expect(() => maskRunsAtSize(probability, wide(3, 2), wide(0, 9), 0.5)).toThrow(RangeError);
    for (const threshold of [0, 1, Number.NaN]) {
      expect(() => maskRunsAtSize(probability, wide(3, 2), wide(9, 9), threshold)).toThrow(
        RangeError,
      );
    }
  });
});
