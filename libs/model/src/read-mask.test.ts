import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { noise, picture, storedAs } from '../toy-images.js';
import { pixelsOf } from '../pixel-masks.js';
import { maskFacts } from './mask-runs.js';
import { readMask } from './read-mask.js';

/** One row of levels, as a grey picture. */
const grey = (levels: number[], width = levels.length) =>
  sharp(Buffer.from(levels), {
    raw: { width, height: levels.length / width, channels: 1 },
  }).toColourspace('b-w');

const lesionBits = async (bytes: Buffer) => {
  return pixelsOf(await readMask(bytes));
};

describe('readMask', () => {
  it('calls lesion what is brighter than 128 of 255', async () => {
    const bytes = await grey([0, 1, 127, 128, 129, 200, 255]).png().toBuffer();
    expect(await lesionBits(bytes)).toEqual([0, 0, 0, 0, 1, 1, 1]);
  });

  it('reads 16-bit grey by the same rule', async () => {
    const levels = Uint16Array.of(0, 128 * 257, 128 * 257 + 1, 65535);
    const bytes = await sharp(levels, { raw: { width: 4, height: 1, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expect(await lesionBits(bytes)).toEqual([0, 0, 1, 1]);
  });

  const pattern = [255, 0, 0, 255, 255, 0, 255, 255, 255];
  const expected = [1, 0, 0, 1, 1, 0, 1, 1, 1];
  it.each([
    ['8-bit grey', () => grey(pattern, 3).png()],
    ['one bit', () => grey(pattern, 3).png({ palette: true, colours: 2 })],
    ['RGB grey', () => grey(pattern, 3).toColourspace('srgb').png()],
    ['16-bit RGB grey', () => grey(pattern, 3).toColourspace('rgb16').png()],
    [
      'opaque with an alpha channel',
      () => grey(pattern, 3).toColourspace('srgb').ensureAlpha(1).png(),
    ],
    ['TIFF', () => grey(pattern, 3).tiff({ compression: 'lzw' })],
    ['a bilevel TIFF', () => grey(pattern, 3).tiff({ bitdepth: 1, compression: 'none' })],
    ['WebP', () => grey(pattern, 3).webp({ lossless: true })],
    [
      'JPEG',
      () =>
        grey(
          pattern.flatMap((l) => Array<number>(64).fill(l)),
          64,
        ).jpeg({ quality: 90 }),
    ],
  ])('reads %s', async (name, write) => {
    const bits = await lesionBits(await write().toBuffer());
    expect(name === 'JPEG' ? bits.filter((_, i) => i % 64 === 0) : bits).toEqual(expected);
  });

  it('reads a palette by its colours, not by its indices', async () => {
    // Index 0 is white here: a reader of indices would turn the mask inside out.
    const bytes = await grey([255, 255, 255, 0, 0, 0, 255, 0]).png({ palette: true }).toBuffer();
    expect((await sharp(bytes).metadata()).isPalette).toBe(true);
    expect(await lesionBits(bytes)).toEqual([1, 1, 1, 0, 0, 0, 1, 0]);
  });

  it('turns a mask upright like its photograph', async () => {
    const upright = {
      width: 3,
      height: 2,
      rgb: Buffer.from([9, 0, 0, 0, 0, 0].flatMap((l) => [l * 28, l * 28, l * 28])),
    };
    const bytes = await picture(storedAs(6, upright))
      .withMetadata({ orientation: 6 })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    expect(maskFacts(await readMask(bytes))).toEqual({
      areaPx: 1,
      box: { leftPx: 0, topPx: 0, widthPx: 1, heightPx: 1 },
    });
    expect(await readMask(bytes)).toMatchObject({ widthPx: 3, heightPx: 2 });
  });

  it('takes an all-black picture as a mask without lesion', async () => {
    expect(await lesionBits(await grey([0, 0, 0]).png().toBuffer())).toEqual([0, 0, 0]);
  });

  it.each([
    ['a photograph', () => picture(noise(20, 20)).png()],
    ['a transparent drawing', () => grey(pattern, 3).toColourspace('srgb').ensureAlpha(0.5).png()],
    ['a label map of 0 and 1', () => grey([0, 1, 1, 0]).png()],
  ])('refuses %s as no mask', async (_, write) => {
    await expect(readMask(await write().toBuffer())).rejects.toMatchObject({ code: 'NOT_A_MASK' });
  });
});
