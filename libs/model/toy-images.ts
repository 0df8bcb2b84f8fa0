// Pictures made for the tests, and damage done to them.
import sharp, { type Sharp } from 'sharp';
import { crc32, deflateSync } from 'node:zlib';
import { seededRandom } from './seeded-random.js';

export interface Pixels {
  width: number;
  height: number;
  /** RGB, row-major. */
  rgb: Buffer;
}

export function noise(width: number, height: number, seed = 1): Pixels {
  const random = seededRandom(seed);
  const rgb = Buffer.from(Array.from({ length: width * height * 3 }, () => random() * 256));
  return { width, height, rgb };
}

export const picture = ({ rgb, width, height }: Pixels): Sharp =>
  sharp(rgb, { raw: { width, height, channels: 3 } });

/** The pixels as a camera held another way stores them, for each value of EXIF's orientation. */
export function storedAs(orientation: number, { width, height, rgb }: Pixels): Pixels {
  const isTurned = orientation >= 5;
  const stored = {
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    rgb: Buffer.alloc(rgb.length),
  };
  // Where each stored pixel is seen: EXIF 2.32, table 6.
  const [right, bottom] = [width - 1, height - 1];
  const seenAt: ((x: number, y: number) => [number, number])[] = [
    (x, y) => [x, y],
    (x, y) => [right - x, y],
    (x, y) => [right - x, bottom - y],
    (x, y) => [x, bottom - y],
    (x, y) => [y, x],
    (x, y) => [right - y, x],
    (x, y) => [right - y, bottom - x],
    (x, y) => [y, bottom - x],
  ];
  for (let y = 0; y < stored.height; y += 1) {
    for (let x = 0; x < stored.width; x += 1) {
      const [seenX, seenY] = seenAt[orientation - 1]!(x, y);
      const from = (seenY * width + seenX) * 3;
      rgb.copy(stored.rgb, (y * stored.width + x) * 3, from, from + 3);
    }
  }
  return stored;
}

/** One chunk of a PNG. */
export function pngChunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A few hundred bytes that claim to be a picture of this size. */
export function pngClaiming(widthPx: number, heightPx: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
