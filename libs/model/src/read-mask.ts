import type { Metadata } from 'sharp';
import { decoded, ImageFileError, openPixels, readHeader } from './image-file.js';
import { MaskRunsBuilder, type MaskRuns } from './mask-runs.js';

/** Lesion is brighter than this of 255, in the drawing and in the official scorer (128 is background). */
const LESION_ABOVE = 128;
/** Grey stored as colour may differ this much between channels once JPEG has rounded it. */
const GREY_TOLERANCE = 16;

/**
 * The mask drawn in a picture file: one grey channel (1, 8 or 16 bits, palette or RGB grey), lesion
 * where brighter than 128 of 255, orientation applied.
 *
 * Throws ImageFileError; `NOT_A_MASK` where the picture is coloured or transparent, or is a label map
 * whose values are 0 and 1: by the rule it would be empty, which nobody means.
 */
export async function readMask(bytes: Buffer): Promise<MaskRuns> {
  const { metadata } = await readHeader(bytes);
  const is16Bit = metadata.depth === 'ushort';
  const pixels = openPixels(bytes, { autoOrient: true })
    .toColourspace(colourspaceFor(metadata))
    .raw({ depth: is16Bit ? 'ushort' : 'uchar' });
  const { data, info } = await decoded(pixels.toBuffer({ resolveWithObject: true }));
  const samples = is16Bit
    ? new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2)
    : data;
  const levels = { samples, channels: info.channels, unit: is16Bit ? 257 : 1 };
  assertGrey(levels);
  return cut(levels, info.width, info.height);
}

/** One channel where the file has one (a third of the work), three where they must be compared. */
function colourspaceFor({ space, depth }: Metadata): 'b-w' | 'grey16' | 'srgb' | 'rgb16' {
  const isGrey = space === 'b-w' || space === 'grey16';
  if (depth === 'ushort') return isGrey ? 'grey16' : 'rgb16';
  return isGrey ? 'b-w' : 'srgb';
}

interface Levels {
  samples: Uint8Array | Uint16Array;
  channels: number;
  /** What one of 255 levels is in these samples. */
  unit: number;
}

function assertGrey({ samples, channels, unit }: Levels): void {
  const hasAlpha = channels === 2 || channels === 4;
  const colours = hasAlpha ? channels - 1 : channels;
  for (let at = 0; at < samples.length; at += channels) {
    for (let c = 1; c < colours; c += 1) {
      if (Math.abs(samples[at + c]! - samples[at]!) > GREY_TOLERANCE * unit) {
        throw new ImageFileError(
          'NOT_A_MASK',
          'the picture is coloured; a mask is black and white',
        );
      }
    }
    if (hasAlpha && samples[at + colours] !== 255 * unit) {
      throw new ImageFileError('NOT_A_MASK', 'the picture is transparent; a mask is opaque');
    }
  }
}

function cut({ samples, channels, unit }: Levels, widthPx: number, heightPx: number): MaskRuns {
  const builder = new MaskRunsBuilder(widthPx, heightPx);
  const threshold = LESION_ABOVE * unit;
  let brightest = 0;
  for (let y = 0, at = 0; y < heightPx; y += 1) {
    let start = -1; // first column of the open run, -1 when none is
    for (let x = 0; x < widthPx; x += 1, at += channels) {
      const level = samples[at]!;
      if (level > brightest) brightest = level;
      if (level > threshold === start >= 0) continue;
      if (start >= 0) builder.add(start, x);
      start = start < 0 ? x : -1;
    }
    if (start >= 0) builder.add(start, widthPx);
    builder.endRow();
  }
  if (brightest === 1) {
    const message = 'the picture has only the values 0 and 1; write lesion as 255';
    throw new ImageFileError('NOT_A_MASK', message);
  }
  return builder.finish();
}
