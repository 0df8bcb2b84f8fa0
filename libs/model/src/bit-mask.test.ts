import { describe, expect, it } from 'vitest';
import { assertBitMask, emptyMask, maskFacts, setBits, type BitMask } from './bit-mask.js';
import { seededRandom } from '../seeded-random.js';

const isLesion = ({ bits, widthPx }: BitMask, x: number, y: number) => {
  const bit = y * widthPx + x;
  return ((bits[bit >> 3]! >> (bit & 7)) & 1) === 1;
};

/** The definition, pixel by pixel. */
function slowFacts(mask: BitMask) {
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let y = 0; y < mask.heightPx; y += 1) {
    for (let x = 0; x < mask.widthPx; x += 1) {
      if (!isLesion(mask, x, y)) continue;
      xs.push(x);
      ys.push(y);
    }
  }
  if (xs.length === 0) return { areaPx: 0, box: undefined };
  const [leftPx, topPx] = [Math.min(...xs), Math.min(...ys)];
  const box = {
    leftPx,
    topPx,
    widthPx: Math.max(...xs) - leftPx + 1,
    heightPx: Math.max(...ys) - topPx + 1,
  };
  return { areaPx: xs.length, box };
}

describe('maskFacts', () => {
  it('finds area and box of a mask worked by hand', () => {
    // 5 x 3, lesion at (3,1), (4,1), (3,2): bits 8, 9 and 13.
    const mask = { widthPx: 5, heightPx: 3, bits: Uint8Array.of(0, 0b0010_0011) };
    expect(maskFacts(mask)).toEqual({
      areaPx: 3,
      box: { leftPx: 3, topPx: 1, widthPx: 2, heightPx: 2 },
    });
  });

  it('agrees with the definition on widths that share bytes between rows', () => {
    const random = seededRandom(3);
    for (let trial = 0; trial < 400; trial += 1) {
      const mask = emptyMask(1 + Math.floor(random() * 27), 1 + Math.floor(random() * 9));
      const pixels = mask.widthPx * mask.heightPx;
      for (let count = Math.floor(random() * 6); count > 0; count -= 1) {
        const bit = Math.floor(random() * pixels);
        mask.bits[bit >> 3]! |= 1 << (bit & 7);
      }
      expect(maskFacts(mask)).toEqual(slowFacts(mask));
    }
  });

  it('gives an empty mask no box', () => {
    expect(maskFacts(emptyMask(7, 3))).toEqual({ areaPx: 0, box: undefined });
  });
});

describe('assertBitMask', () => {
  it('refuses a set bit beyond the last pixel, which would count as area', () => {
    const mask = emptyMask(3, 3);
    mask.bits[1] = 0b10;
    expect(() => {
      assertBitMask(mask);
    }).toThrow(RangeError);
    mask.bits[1] = 0b1;
    expect(maskFacts(mask).areaPx).toBe(1);
  });

  it('refuses bits of another length and sides that are no size', () => {
    const bits = new Uint8Array(2);
    for (const mask of [
      { widthPx: 4, heightPx: 5, bits },
      { widthPx: 4, heightPx: 2, bits },
      { widthPx: 0, heightPx: 5, bits: new Uint8Array(0) },
      { widthPx: 1.5, heightPx: 8, bits },
    ]) {
      expect(() => maskFacts(mask)).toThrow(RangeError);
    }
    expect(() => emptyMask(5, 0)).toThrow('heightPx is 0');
  });
});

describe('setBits', () => {
  it('sets exactly the bits of every run inside 32', () => {
    for (let start = 0; start <= 32; start += 1) {
      for (let end = 0; end <= 32; end += 1) {
        const bits = new Uint8Array(4);
        setBits(bits, start, end);
        const set = Array.from({ length: 32 }, (_, i) => (bits[i >> 3]! >> (i & 7)) & 1);
        expect(set).toEqual(set.map((_, i) => Number(i >= start && i < end)));
      }
    }
  });
});
