import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { noise, picture, pngClaiming, storedAs } from '../toy-images.js';
import { inspectImage } from './inspect-image.js';
import { displayImage, prepareImage, thumbnail } from './prepare-image.js';
import { readMask } from './read-mask.js';
import { toyManifest } from '../toy-onnx.js';

const photograph = noise(150, 100);

describe('inspectImage', () => {
  it.each(['jpeg', 'png', 'tiff', 'webp'] as const)('names a %s and its size', async (format) => {
    const bytes = await picture(photograph)[format]().toBuffer();
    expect(await inspectImage(bytes)).toEqual({
      format,
      widthPx: 150,
      heightPx: 100,
      hadMetadata: false,
      hadLocation: false,
    });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'gives the size as seen at orientation %i',
    async (orientation) => {
      const bytes = await picture(storedAs(orientation, photograph))
        .withMetadata({ orientation })
        .jpeg()
        .toBuffer();
      expect(await inspectImage(bytes)).toMatchObject({ widthPx: 150, heightPx: 100 });
    },
  );

  it.each(['jpeg', 'png', 'tiff', 'webp'] as const)(
    'refuses a %s cut off anywhere',
    async (format) => {
      const bytes = await picture(photograph)[format]().toBuffer();
      for (const kept of [0.2, 0.5, 0.7, 0.9, 0.98]) {
        const cut = bytes.subarray(0, Math.floor(bytes.length * kept));
        const code = format === 'tiff' ? /TRUNCATED|UNREADABLE/ : /TRUNCATED/;
        await expect(inspectImage(cut)).rejects.toMatchObject({
          name: 'ImageFileError',
          code: expect.stringMatching(code) as string,
        });
      }
    },
  );

  it('refuses a PNG whose pixels are damaged', async () => {
    const bytes = await picture(photograph).png().toBuffer();
    bytes[Math.floor(bytes.length * 0.9)]! ^= 0xff;
    await expect(inspectImage(bytes)).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  const gps = { GPSLatitude: '51/1 30/1 0/1', GPSLongitude: '0/1 7/1 0/1' };
  it('sees metadata, and a place among them', async () => {
    const jpeg = () => picture(photograph).jpeg();
    const inspected = async (bytes: Promise<Buffer>) => {
      const { hadMetadata, hadLocation } = await inspectImage(await bytes);
      return [hadMetadata, hadLocation];
    };
    const named = jpeg().withExif({ IFD0: { Copyright: 'a clinic' } });
    expect(await inspected(named.toBuffer())).toEqual([true, false]);
    expect(await inspected(jpeg().withExif({ IFD3: gps }).toBuffer())).toEqual([true, true]);
    const xmp = (inner: string) => `<x:xmpmeta xmlns:x="adobe:ns:meta/">${inner}</x:xmpmeta>`;
    const placed = jpeg().withXmp(xmp('<exif:GPSLatitude>51,30N</exif:GPSLatitude>'));
    expect(await inspected(placed.toBuffer())).toEqual([true, true]);
    expect(await inspected(jpeg().withXmp(xmp('')).toBuffer())).toEqual([true, false]);
  });
});

const everyReader: [string, (bytes: Buffer) => Promise<unknown>][] = [
  ['inspectImage', inspectImage],
  ['displayImage', displayImage],
  ['thumbnail', thumbnail],
  ['prepareImage', (bytes) => prepareImage(bytes, toyManifest.input)],
  ['readMask', readMask],
];

describe.each(everyReader)('%s', (_, read) => {
  it('refuses a PNG that claims 50,000 x 50,000 pixels, by its header', async () => {
    const bomb = pngClaiming(50_000, 50_000);
    const before = process.memoryUsage.rss();
    await expect(read(bomb)).rejects.toMatchObject({ code: 'TOO_MANY_PIXELS' });
    // A decoder that had begun would hold at least one of its 7.5 GB.
    expect(process.memoryUsage.rss() - before).toBeLessThan(500e6);
  });

  it('refuses text, whatever its file was called', async () => {
    for (const text of ['not a photograph', '', 'image_id,melanoma\n1,0\n']) {
      await expect(read(Buffer.from(text))).rejects.toMatchObject({ code: 'NOT_AN_IMAGE' });
    }
  });

  it('refuses formats outside the list, though libvips would open some', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    const files = [
      Buffer.from(svg),
      Buffer.from(`\ufeff<?xml version="1.0"?>\n${svg}`),
      Buffer.from(`<!-- a comment -->${svg}`),
      Buffer.from('%PDF-1.7\n'),
      await picture(photograph).gif().toBuffer(),
      await picture(photograph).heif({ compression: 'av1' }).toBuffer(),
    ];
    for (const bytes of files) {
      await expect(read(bytes)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
    }
  });

  it('refuses a file with several pictures', async () => {
    const animated = await sharp(
      [
        await picture(photograph).png().toBuffer(),
        await picture(noise(150, 100, 2))
          .png()
          .toBuffer(),
      ],
      {
        join: { animated: true },
      },
    )
      .webp()
      .toBuffer();
    await expect(read(animated)).rejects.toMatchObject({ code: 'UNSUPPORTED_FORMAT' });
  });

  it('refuses a JPEG that is only its first bytes and rubbish', async () => {
    const rubbish = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(500, 7)]);
    await expect(read(rubbish)).rejects.toMatchObject({ name: 'ImageFileError' });
  });

  it('refuses half a JPEG', async () => {
    const bytes = await picture(photograph).jpeg().toBuffer();
    await expect(read(bytes.subarray(0, bytes.length >> 1))).rejects.toMatchObject({
      code: 'TRUNCATED',
    });
  });
});
