import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { noise, picture, storedAs, type Pixels } from '../toy-images.js';
import type { ModelManifest } from './manifest.js';
import { displayImage, preparationOf, prepareImage, thumbnail } from './prepare-image.js';
import { toyManifest } from '../toy-onnx.js';

const inputOf = (
  width: number,
  height: number,
  fit: 'squash' | 'letterbox' = 'squash',
): ModelManifest['input'] => ({ ...toyManifest.input, width, height, fit });

const plain = (width: number, height: number, colour: [number, number, number]): Pixels => ({
  width,
  height,
  rgb: Buffer.from(Array.from({ length: width * height }, () => colour).flat()),
});
const pixel = (prepared: Uint8Array, width: number, x: number, y: number) => [
  ...prepared.subarray((y * width + x) * 3, (y * width + x) * 3 + 3),
];

describe('prepareImage', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'turns orientation %i upright, to the pixel',
    async (orientation) => {
      const upright = noise(12, 7);
      const bytes = await picture(storedAs(orientation, upright))
        .withMetadata({ orientation })
        .tiff({ compression: 'lzw' })
        .toBuffer();
      const prepared = await prepareImage(bytes, inputOf(12, 7));
      expect(Buffer.from(prepared).equals(upright.rgb)).toBe(true);
    },
  );

  it('averages fine detail instead of picking from it', async () => {
    const chequered = plain(64, 64, [0, 0, 0]);
    for (let i = 0; i < 64 * 64; i += 1) {
      if ((i + (i >> 6)) % 2) chequered.rgb.fill(255, i * 3, i * 3 + 3);
    }
    const prepared = await prepareImage(await picture(chequered).png().toBuffer(), inputOf(8, 8));
    for (const level of prepared) expect(Math.abs(level - 127.5)).toBeLessThan(3);
  });

  it('keeps the colour of a plain image in every format and depth', async () => {
    const pixels = picture(plain(40, 30, [200, 90, 60]));
    const files = {
      jpeg: await pixels.clone().jpeg({ quality: 100, chromaSubsampling: '4:4:4' }).toBuffer(),
      png: await pixels.clone().png().toBuffer(),
      png16: await pixels.clone().toColourspace('rgb16').png().toBuffer(),
      palette: await pixels.clone().png({ palette: true }).toBuffer(),
      tiff: await pixels.clone().tiff().toBuffer(),
      webp: await pixels.clone().webp({ lossless: true }).toBuffer(),
      opaque: await pixels.clone().ensureAlpha().png().toBuffer(),
    };
    expect((await sharp(files.png16).metadata()).depth).toBe('ushort');
    for (const [name, bytes] of Object.entries(files)) {
      const prepared = await prepareImage(bytes, inputOf(8, 8));
      const [red, green, blue] = pixel(prepared, 8, 3, 5) as [number, number, number];
      const away = Math.max(Math.abs(red - 200), Math.abs(green - 90), Math.abs(blue - 60));
      expect(away, name).toBeLessThanOrEqual(3);
    }
  });

  it('gives grey and CMYK pictures three channels of the right colour', async () => {
    const grey = await picture(plain(40, 30, [77, 77, 77]))
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect((await sharp(grey).metadata()).channels).toBe(1);
    expect(pixel(await prepareImage(grey, inputOf(8, 8)), 8, 0, 0)).toEqual([77, 77, 77]);

    const cmyk = await picture(plain(40, 30, [200, 90, 60]))
      .toColourspace('cmyk')
      .jpeg()
      .toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const prepared = await prepareImage(cmyk, inputOf(8, 8));
    expect(prepared).toHaveLength(8 * 8 * 3);
    const [red, green, blue] = pixel(prepared, 8, 4, 4) as [number, number, number];
    // Press inks cannot show every colour; inverted or swapped channels would be a hundred away.
    expect(Math.max(Math.abs(red - 200), Math.abs(green - 90), Math.abs(blue - 60))).toBeLessThan(
      25,
    );
  });

  it('lays transparent pixels on black', async () => {
    const half = await picture(plain(16, 16, [200, 100, 50]))
      .ensureAlpha(0.5)
      .png()
      .toBuffer();
    const seen = pixel(await prepareImage(half, inputOf(8, 8)), 8, 2, 2);
    expect(seen.map((level, c) => Math.abs(level - [100, 50, 25][c]!) <= 1)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('squashes the whole frame, and letterboxes it centred on black', async () => {
    const bytes = await picture(plain(40, 20, [250, 250, 250]))
      .png()
      .toBuffer();
    const squashed = await prepareImage(bytes, inputOf(16, 16));
    expect(squashed.every((level) => level === 250)).toBe(true);
    const boxed = await prepareImage(bytes, inputOf(16, 16, 'letterbox'));
    for (let y = 0; y < 16; y += 1) {
      const level = y >= 4 && y < 12 ? 250 : 0;
      for (let x = 0; x < 16; x += 1) expect(pixel(boxed, 16, x, y)).toEqual([level, level, level]);
    }
  });

  it('letterboxes by the size as seen, not as stored', async () => {
    const bytes = await picture(storedAs(6, plain(20, 40, [250, 250, 250])))
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const boxed = await prepareImage(bytes, inputOf(16, 16, 'letterbox'));
    expect(pixel(boxed, 16, 1, 8)).toEqual([0, 0, 0]);
    expect(pixel(boxed, 16, 8, 1)[0]).toBeGreaterThan(245);
  });

  it('gives the pixels it has always given', async () => {
    // A made-up gradient: any change of filter, rounding or colour handling shows here first.
    const gradient = plain(90, 60, [0, 0, 0]);
    for (let i = 0; i < 90 * 60; i += 1) {
      const [x, y] = [i % 90, Math.floor(i / 90)];
      gradient.rgb.set([(x * 255) / 89, (y * 255) / 59, ((x * y) % 64) * 4], i * 3);
    }
    const prepared = await prepareImage(await picture(gradient).png().toBuffer(), inputOf(6, 4));
    const file = new URL('../prepared-gradient.txt', import.meta.url);
    const golden = (await readFile(file, 'utf8')).match(/\d+/g)!.map(Number);
    expect(prepared).toHaveLength(golden.length);
    // One level, for processors on which libvips rounds the other way.
    golden.forEach((level, i) => {
      expect(Math.abs(prepared[i]! - level), `value ${i}`).toBeLessThanOrEqual(1);
    });
  });
});

describe('preparationOf', () => {
  it('tells apart what gives other pixels, and nothing else', () => {
    const words = [inputOf(192, 160), inputOf(160, 192), inputOf(192, 160, 'letterbox')];
    expect(words.map(preparationOf)).toEqual([
      '192x160 squash 1',
      '160x192 squash 1',
      '192x160 letterbox 1',
    ]);
    const renamed = { ...inputOf(192, 160), name: 'photograph' };
    expect(preparationOf(renamed)).toBe(preparationOf(inputOf(192, 160)));
  });
});

const withSecrets = () =>
  picture(noise(600, 400))
    .withMetadata({ orientation: 1 })
    .withExif({
      IFD0: { Copyright: 'a clinic', Artist: 'a person' },
      IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLongitude: '0/1 7/1 0/1' },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:title>a name</dc:title></x:xmpmeta>')
    .withIccProfile('p3')
    .jpeg()
    .toBuffer();

describe.each([
  ['displayImage', displayImage],
  ['thumbnail', thumbnail],
])('%s', (_, derive) => {
  it('keeps no metadata of any kind', async () => {
    const original = await withSecrets();
    const before = await sharp(original).metadata();
    expect([before.exif, before.xmp, before.icc].every(Boolean)).toBe(true);

    const derived = await derive(original);
    const after = await sharp(derived).metadata();
    expect(after.format).toBe('jpeg');
    expect([after.exif, after.xmp, after.iptc, after.icc, after.comments]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    for (const secret of ['a clinic', 'a person', 'a name', 'Exif', 'http:']) {
      expect(derived.includes(secret), secret).toBe(false);
    }
  });

  it.each([3, 6, 8])('is upright without saying so (orientation %i)', async (orientation) => {
    const upright = plain(64, 48, [20, 20, 20]);
    for (let y = 0; y < 16; y += 1) upright.rgb.fill(230, y * 64 * 3, (y * 64 + 16) * 3); // top left
    const bytes = await picture(storedAs(orientation, upright))
      .withMetadata({ orientation })
      .jpeg({ quality: 100 })
      .toBuffer();
    const derived = sharp(await derive(bytes));
    const { orientation: said, width, height } = await derived.metadata();
    expect([said, width, height]).toEqual([undefined, 64, 48]);
    const raw = await derived.raw().toBuffer();
    expect(raw[(4 * 64 + 4) * 3]).toBeGreaterThan(200);
    for (const [x, y] of [
      [60, 4],
      [4, 44],
      [60, 44],
    ] as const) {
      expect(raw[(y * 64 + x) * 3]).toBeLessThan(50);
    }
  });
});

describe('displayImage', () => {
  it('turns a wide-gamut photograph into the sRGB it looks like', async () => {
    const red = picture(plain(32, 32, [255, 0, 0]));
    const wide = await red.withIccProfile('p3').jpeg({ quality: 100 }).toBuffer();
    const [r, g, b] = await sharp(await displayImage(wide))
      .raw()
      .toBuffer();
    expect(r).toBeGreaterThan(240);
    expect(Math.max(g!, b!)).toBeLessThan(20);
  });

  it('keeps every pixel', async () => {
    const { width, height } = await sharp(await displayImage(await withSecrets())).metadata();
    expect([width, height]).toEqual([600, 400]);
  });
});

describe('thumbnail', () => {
  it('is 480 pixels wide, and never larger than the photograph', async () => {
    const sizeOf = async (bytes: Buffer) => {
      const { width, height } = await sharp(await thumbnail(bytes)).metadata();
      return [width, height];
    };
    expect(await sizeOf(await withSecrets())).toEqual([480, 320]);
    expect(await sizeOf(await picture(noise(40, 30)).png().toBuffer())).toEqual([40, 30]);
  });
});
