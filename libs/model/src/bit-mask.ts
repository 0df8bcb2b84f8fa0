/**
 * A lesion mask, one bit per pixel.
 *
 * Row-major, least significant bit first in each byte, rows not padded: pixel (x, y) is bit
 * `y * widthPx + x`. The bits after the last pixel are 0, so that a popcount of whole words is the area.
 */
export interface BitMask {
  widthPx: number;
  heightPx: number;
  bits: Uint8Array;
}

/** The smallest rectangle that holds every lesion pixel. */
export interface MaskBox {
  leftPx: number;
  topPx: number;
  widthPx: number;
  heightPx: number;
}

export interface MaskFacts {
  /** Number of lesion pixels. */
  areaPx: number;
  /** Undefined where no pixel is lesion. */
  box: MaskBox | undefined;
}

/** How many bytes the bits of a mask of this size take. */
export const maskBytes = (widthPx: number, heightPx: number) => Math.ceil((widthPx * heightPx) / 8);

/** A mask of this size with no lesion pixel. Throws RangeError unless both sides are whole and positive. */
export function emptyMask(widthPx: number, heightPx: number): BitMask {
  for (const [name, side] of Object.entries({ widthPx, heightPx })) {
    if (!Number.isInteger(side) || side < 1) throw new RangeError(`${name} is ${side}`);
  }
  return { widthPx, heightPx, bits: new Uint8Array(maskBytes(widthPx, heightPx)) };
}

/** Throws RangeError where the bits are not of the mask's size, or where a bit beyond it is set. */
export function assertBitMask({ widthPx, heightPx, bits }: BitMask): void {
  const expected = maskBytes(widthPx, heightPx);
  if (!Number.isInteger(widthPx) || !Number.isInteger(heightPx) || widthPx < 1 || heightPx < 1) {
    throw new RangeError(`a mask of ${widthPx} x ${heightPx} pixels has no size`);
  }
  if (bits.length !== expected) {
    throw new RangeError(
      `a mask of ${widthPx} x ${heightPx} pixels takes ${expected} bytes, got ${bits.length}`,
    );
  }
  const used = (widthPx * heightPx) % 8;
  if (used > 0 && bits[expected - 1]! >> used !== 0) {
    throw new RangeError('the bits after the last pixel of a mask must be 0');
  }
}

/** Sets the bits from `start` up to, not including, `end`. */
export function setBits(bits: Uint8Array, start: number, end: number): void {
  if (start >= end) return;
  const first = start >> 3;
  const last = (end - 1) >> 3;
  const head = (0xff << (start & 7)) & 0xff;
  const tail = 0xff >> (7 - ((end - 1) & 7));
  if (first === last) {
    bits[first]! |= head & tail;
    return;
  }
  bits[first]! |= head;
  bits.fill(0xff, first + 1, last);
  bits[last]! |= tail;
}

/** The eight pixels from `offset` on, first pixel in the lowest bit; zeros beyond the end. */
export function eightBitsAt(bits: Uint8Array, offset: number): number {
  const byte = offset >> 3;
  const shift = offset & 7;
  return ((bits[byte]! | ((bits[byte + 1] ?? 0) << 8)) >> shift) & 0xff;
}

const popcount = Uint8Array.from({ length: 256 }, (_, byte) => {
  let ones = 0;
  for (let rest = byte; rest > 0; rest &= rest - 1) ones += 1;
  return ones;
});
const lowestBit = Uint8Array.from({ length: 256 }, (_, byte) => 31 - Math.clz32(byte & -byte));
const highestBit = Uint8Array.from({ length: 256 }, (_, byte) => 31 - Math.clz32(byte));

/** Area and bounding box. An empty mask has area 0 and no box. Throws RangeError on a malformed mask. */
export function maskFacts(mask: BitMask): MaskFacts {
  assertBitMask(mask);
  const { widthPx, heightPx, bits } = mask;
  let areaPx = 0;
  for (const byte of bits) areaPx += popcount[byte]!;
  if (areaPx === 0) return { areaPx, box: undefined };

  let [left, right, top, bottom] = [widthPx, -1, -1, -1];
  for (let y = 0; y < heightPx; y += 1) {
    const row = rowExtent(bits, y * widthPx, widthPx);
    if (!row) continue;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, row.first);
    right = Math.max(right, row.last);
  }
  const box = { leftPx: left, topPx: top, widthPx: right - left + 1, heightPx: bottom - top + 1 };
  return { areaPx, box };
}

/** Columns of the first and last lesion pixel of one row; undefined where it has none. */
function rowExtent(bits: Uint8Array, offset: number, widthPx: number) {
  const eightAt = (x: number) => {
    const eight = eightBitsAt(bits, offset + x);
    return x + 8 <= widthPx ? eight : eight & (0xff >> (x + 8 - widthPx));
  };
  let x = 0;
  while (x < widthPx && eightAt(x) === 0) x += 8;
  if (x >= widthPx) return undefined;
  const first = x + lowestBit[eightAt(x)]!;
  x = (widthPx - 1) & ~7;
  while (eightAt(x) === 0) x -= 8;
  return { first, last: x + highestBit[eightAt(x)]! };
}
