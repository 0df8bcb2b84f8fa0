import { inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeMask, encodeMask } from './mask-png.js';
import { maskRunsOf, type MaskRuns } from './mask-runs.js';
import { encodePredictedMask } from './predicted-mask-png.js';

/** Rows of random runs, some as the row above, some empty, some full. */
function randomMask(widthPx: number, heightPx: number, seed: number): MaskRuns {
  let state = seed;
  const below = (n: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
  const rows: number[][] = [];
  for (let y = 0; y < heightPx; y += 1) {
    const kind = below(8);
    if (kind < 3 && y > 0) rows.push(rows[y - 1]!);
    else if (kind === 3) rows.push([]);
    else if (kind === 4) rows.push([0, widthPx]);
    else {
      const edges = new Set(Array.from({ length: 2 * below(6) }, () => below(widthPx + 1)));
      const sorted = [...edges].sort((a, b) => a - b);
      rows.push(sorted.length % 2 === 0 ? sorted : sorted.slice(1));
    }
  }
  return maskRunsOf(widthPx, rows);
}

function disc(widthPx: number, heightPx: number): MaskRuns {
  const radius = heightPx * 0.3;
  const rows = Array.from({ length: heightPx }, (_, y) => {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (y - heightPx / 2) ** 2));
    return half < 1 ? [] : [Math.round(widthPx / 2 - half), Math.round(widthPx / 2 + half)];
  });
  return maskRunsOf(widthPx, rows);
}

describe('encodePredictedMask', () => {
  it('is read back as the mask it was, at every width of a byte and beyond one copy', async () => {
    for (const widthPx of [1, 7, 8, 9, 64, 65, 300, 2065, 5003]) {
      for (const seed of [1, 2, 3, 4]) {
        const mask = randomMask(widthPx, 23, seed);
        expect(await decodeMask(encodePredictedMask(mask))).toEqual(mask);
      }
    }
  });

  it('is a picture to decoders that are not ours, checksums and all', async () => {
    const mask = randomMask(301, 40, 5);
    const ours = await sharp(encodePredictedMask(mask)).toColourspace('b-w').raw().toBuffer();
    const known = await sharp(await encodeMask(mask))
      .toColourspace('b-w')
      .raw()
      .toBuffer();
    expect(ours.equals(known)).toBe(true);
    // inflate verifies the Adler-32; 40 rows of a filter byte and 38 bytes.
    const png = encodePredictedMask(mask);
    const at = png.indexOf('IDAT');
    const stream = png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
    expect(inflateSync(stream)).toHaveLength(40 * 39);
  });

  it('is no longer than the form that zlib makes, and leaves the mask before it alone', async () => {
    const mask = disc(3008, 2000);
    const quick = encodePredictedMask(mask);
    const copy = Buffer.from(quick);
    encodePredictedMask(randomMask(400, 200, 6));
    expect(quick.equals(copy)).toBe(true);
    const thorough = await encodeMask(mask);
    expect(quick.length).toBeLessThan(thorough.length);
    expect(await decodeMask(quick)).toEqual(mask);
  });

  it('refuses runs that are none', () => {
    const mask = disc(64, 48);
    expect(() => encodePredictedMask({ ...mask, widthPx: 10 })).toThrow(RangeError);
  });
});
