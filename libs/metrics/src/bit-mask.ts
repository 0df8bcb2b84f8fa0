import { MetricInputError } from './errors.js';

/**
 * A binary mask, one bit per pixel: row-major, least significant bit first in each byte, rows not
 * padded, unused bits of the last byte 0.
 */
export interface BitMask {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `ceil(widthPx * heightPx / 8)` bytes. */
  readonly bits: Uint8Array;
}

/**
 * Throws `bad-mask` unless the sizes are whole and positive, the bytes as many as the pixels need
 * and the unused bits 0; a mask with stray bits would be counted larger than its image.
 */
export function checkMask({ widthPx, heightPx, bits }: BitMask, field: string): void {
  const isSize = (size: number) => Number.isSafeInteger(size) && size > 0;
  if (!isSize(widthPx) || !isSize(heightPx)) {
    throw new MetricInputError('bad-mask', `${field} is ${widthPx} x ${heightPx} pixels`);
  }
  const pixels = widthPx * heightPx;
  const bytes = Math.ceil(pixels / 8);
  if (bits.length !== bytes) {
    throw new MetricInputError(
      'bad-mask',
      `${field} has ${bits.length} bytes; ${widthPx} x ${heightPx} pixels need ${bytes}`,
    );
  }
  if (pixels % 8 !== 0 && bits[bytes - 1]! >> (pixels % 8) !== 0) {
    throw new MetricInputError('bad-mask', `${field} has bits beyond its last pixel`);
  }
}

/** Checks both masks, and `length-mismatch` unless they are of one size: masks are never resized. */
export function checkMaskPair(reference: BitMask, predicted: BitMask): void {
  checkMask(reference, 'reference mask');
  checkMask(predicted, 'predicted mask');
  if (reference.widthPx === predicted.widthPx && reference.heightPx === predicted.heightPx) return;
  throw new MetricInputError(
    'length-mismatch',
    `the reference mask is ${reference.widthPx} x ${reference.heightPx} pixels, ` +
      `the predicted mask ${predicted.widthPx} x ${predicted.heightPx}`,
  );
}
