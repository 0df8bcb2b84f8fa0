import { checkMaskPair, type BitMask } from './bit-mask.js';
import { checkCount } from './cases.js';

/** Pixels of a predicted mask against a reference mask. */
export interface SegmentationCounts {
  /** Lesion in both. */
  tp: number;
  /** Lesion in the prediction alone. */
  fp: number;
  /** Lesion in the reference alone. */
  fn: number;
  /** Lesion in neither. */
  tn: number;
}

/**
 * Counts the pixels in which two masks agree and differ. O(words): 32 pixels at a time.
 *
 * Throws `MetricInputError`: `bad-mask`, and `length-mismatch` for masks of different sizes.
 */
export function segmentationCounts(reference: BitMask, predicted: BitMask): SegmentationCounts {
  checkMaskPair(reference, predicted);
  const a = words(reference.bits);
  const b = words(predicted.bits);
  let [tp, inReference, inPredicted] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    // Most words of a lesion mask are all background or all lesion.
    if (x === y) {
      if (x === 0) continue;
      const pixels = popcount(x);
      tp += pixels;
      inReference += pixels;
      inPredicted += pixels;
    } else {
      tp += popcount(x & y);
      inReference += popcount(x);
      inPredicted += popcount(y);
    }
  }
  const [fn, fp] = [inReference - tp, inPredicted - tp];
  return { tp, fp, fn, tn: reference.widthPx * reference.heightPx - tp - fp - fn };
}

/** The bytes as 32-bit words; a copy where they do not begin or end at one. */
function words(bits: Uint8Array): Int32Array {
  const isAligned = bits.byteOffset % 4 === 0 && bits.length % 4 === 0;
  if (isAligned) return new Int32Array(bits.buffer, bits.byteOffset, bits.length / 4);
  const padded = new Uint8Array(4 * Math.ceil(bits.length / 4));
  padded.set(bits);
  return new Int32Array(padded.buffer);
}

/** Bits set in a word: sums of 2, 4 and 8 neighbouring bits in parallel, then of the four bytes. */
function popcount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Throws `bad-count` unless all four counts are whole and not negative. */
export function checkCounts(counts: SegmentationCounts): void {
  checkCount(counts.tp, 'tp');
  checkCount(counts.fp, 'fp');
  checkCount(counts.fn, 'fn');
  checkCount(counts.tn, 'tn');
}
