import type { BitMask } from './bit-mask.js';

/**
 * Positions (row-major) of the mask pixels with one of their four neighbours outside the mask or
 * outside the image, rising. O(pixels), eight at a time where there is no lesion.
 */
export function boundaryPixels({ widthPx, heightPx, bits }: BitMask): Int32Array {
  const has = (position: number) => ((bits[position >> 3]! >> (position & 7)) & 1) === 1;
  const pixels = widthPx * heightPx;
  const isInner = (position: number) => {
    const x = position % widthPx;
    return (
      x > 0 &&
      x < widthPx - 1 &&
      position >= widthPx &&
      position < pixels - widthPx &&
      has(position - 1) &&
      has(position + 1) &&
      has(position - widthPx) &&
      has(position + widthPx)
    );
  };
  const boundary: number[] = [];
  for (let byte = 0; byte < bits.length; byte++) {
    if (bits[byte] === 0) continue;
    const end = Math.min(8 * byte + 8, pixels);
    for (let position = 8 * byte; position < end; position++) {
      if (has(position) && !isInner(position)) boundary.push(position);
    }
  }
  return Int32Array.from(boundary);
}
