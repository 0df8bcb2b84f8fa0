import { deflateSync, inflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.js';
import { maskOf, pixelsOf } from '../pixel-masks.js';
import { pngChunk } from '../toy-images.js';
import { decodeMask, encodeMask } from './mask-png.js';
import { maskRunsOf, type MaskRuns } from './mask-runs.js';
import { readMask } from './read-mask.js';

function randomMask(widthPx: number, heightPx: number, seed: number): MaskRuns {
  const random = seededRandom(seed);
  return maskOf(widthPx, heightPx, () => random() < 0.5);
}

/** Every pixel as 0 or 255. */
const levelsOf = (mask: MaskRuns) => Buffer.from(pixelsOf(mask).map((pixel) => pixel * 255));

/** The one IDAT chunk's content: it follows the signature and the header. */
const rowsOf = (png: Buffer) => png.subarray(41, 41 + png.readUInt32BE(33));

const sizes = [1, 2, 7, 8, 9, 15, 16, 17, 31].flatMap((widthPx) =>
  [1, 2, 3, 8, 13].map((heightPx) => [widthPx, heightPx] as const),
);

describe('encodeMask', () => {
  it.each(sizes)(
    'writes a %i x %i mask that libvips reads pixel for pixel',
    async (width, height) => {
      const mask = randomMask(width, height, width * 100 + height);
      const png = await encodeMask(mask);
      const { data, info } = await sharp(png)
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect(info).toMatchObject({ width, height, channels: 1 });
      expect(data.equals(levelsOf(mask))).toBe(true);
    },
  );

  it('takes one bit for a pixel', async () => {
    const png = await encodeMask(randomMask(64, 64, 1));
    expect(png.length).toBeLessThan((64 * 64) / 8 + 64 + 200);
    expect((await sharp(png).metadata()).space).toBe('b-w');
  });

  it('writes zeros after each row, so that one mask is always the same bytes', async () => {
    const mask = maskRunsOf(9, [
      [0, 9],
      [0, 9],
    ]);
    const [filter, ...row] = inflateSync(rowsOf(await encodeMask(mask))).subarray(0, 3);
    expect([filter, ...row]).toEqual([2, 0b1111_1111, 0b1000_0000]);
  });

  it('writes the very bytes that reference masks are known by', async () => {
    for (const [widthPx, heightPx] of [...sizes, [333, 41] as const]) {
      const mask = randomMask(widthPx, heightPx, widthPx);
      const pixels = pixelsOf(mask);
      const bytes = Math.ceil(widthPx / 8);
      const byteAt = (y: number, i: number) =>
        Array.from({ length: 8 }, (_, bit) => {
          const x = i * 8 + bit;
          return y >= 0 && x < widthPx ? pixels[y * widthPx + x]! << (7 - bit) : 0;
        }).reduce((sum, part) => sum | part, 0);
      const rows = Array.from({ length: heightPx }, (_, y) => [
        2,
        ...Array.from({ length: bytes }, (_, i) => (byteAt(y, i) - byteAt(y - 1, i)) & 0xff),
      ]);
      const expected = deflateSync(Uint8Array.from(rows.flat()), { level: 1 });
      expect(rowsOf(await encodeMask(mask)).equals(expected)).toBe(true);
    }
  });

  it('refuses a mask with a run beyond its last column', async () => {
    const mask = {
      ...{ widthPx: 3, heightPx: 1 },
      ...{ rows: Uint32Array.of(0, 2), edges: Uint32Array.of(1, 4) },
    };
    await expect(encodeMask(mask)).rejects.toThrow(RangeError);
  });
});

describe('decodeMask', () => {
  it.each(sizes)('brings a %i x %i mask back', async (width, height) => {
    const mask = randomMask(width, height, width + height);
    expect(await decodeMask(await encodeMask(mask))).toEqual(mask);
  });

  it('agrees with readMask on a large mask', async () => {
    const png = await encodeMask(randomMask(1001, 777, 9));
    expect(await decodeMask(png)).toEqual(await readMask(png));
  });

  it('refuses a mask cut off anywhere', async () => {
    const png = await encodeMask(randomMask(20, 20, 4));
    for (let length = 8; length < png.length; length += 1) {
      await expect(decodeMask(png.subarray(0, length))).rejects.toMatchObject({
        code: 'TRUNCATED',
      });
    }
  });

  it('refuses a mask with any one bit turned over', async () => {
    const png = await encodeMask(randomMask(9, 5, 4));
    for (let at = 0; at < png.length; at += 1) {
      const damaged = Buffer.from(png);
      damaged[at]! ^= 0x10;
      await expect(decodeMask(damaged)).rejects.toMatchObject({ name: 'ImageFileError' });
    }
  });

  it.each([4, 6])('refuses five rows that say they are %i', async (heightPx) => {
    const png = await encodeMask(randomMask(9, 5, 4));
    const header = Buffer.from(png.subarray(16, 29));
    header.writeUInt32BE(heightPx, 4);
    const lying = Buffer.concat([png.subarray(0, 8), pngChunk('IHDR', header), png.subarray(33)]);
    await expect(decodeMask(lying)).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  it.each([-1, 1])('refuses pixels %i byte from the right number', async (more) => {
    const png = await encodeMask(randomMask(9, 5, 4));
    const rows = Buffer.concat([inflateSync(rowsOf(png)), Buffer.alloc(1)]).subarray(0, 15 + more);
    const end = pngChunk('IEND', Buffer.alloc(0));
    const edited = [png.subarray(0, 33), pngChunk('IDAT', deflateSync(rows)), end];
    await expect(decodeMask(Buffer.concat(edited))).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  it('refuses a PNG of another kind, and what is no PNG', async () => {
    const grey = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    await expect(decodeMask(grey)).rejects.toMatchObject({ code: 'UNREADABLE' });
    await expect(decodeMask(Buffer.from('a mask'))).rejects.toMatchObject({ code: 'UNREADABLE' });
  });
});
