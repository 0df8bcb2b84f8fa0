import { describe, expect, it } from 'vitest';
import { maskOf } from '../pixel-masks.js';
import { seededRandom } from '../seeded-random.js';
import { maskRunsOf } from './mask-runs.js';
import { packMaskRuns, unpackMaskRuns } from './packed-mask.js';

describe('packMaskRuns', () => {
  it('writes the form that its docstring gives, worked by hand', () => {
    const mask = maskRunsOf(300, [[], [], [10, 200], [9, 201], [9, 201], [9, 201], [0, 1, 3, 4]]);
    expect([...packMaskRuns(mask)]).toEqual([
      ...[1, 0xac, 0x02, 7], // form, 300 = 2 * 128 + 44, 7
      1, // no run
      ...[0, 1], // once again
      ...[2, 20, 0xfc, 0x02], // one run: +10, +190 (zigzag 380 = 2 * 128 + 124)
      ...[2, 1, 2], // one run: -1 and +1 against the row above
      ...[0, 2], // twice again
      ...[3, 0, 2, 4, 2], // two runs, from the edge before: 0, +1, +2, +1
    ]);
  });

  it('takes a few bytes for each row of an outline', () => {
    const disc = maskOf(900, 600, (x, y) => Math.hypot(x - 450, y - 300) < 200);
    expect(packMaskRuns(disc).length).toBeLessThan(3 * 400 + 10);
  });

  it('refuses a mask that is none', () => {
    const mask = { widthPx: 3, heightPx: 1, rows: Uint32Array.of(0, 2) };
    expect(() => packMaskRuns({ ...mask, edges: Uint32Array.of(1, 4) })).toThrow(RangeError);
  });
});

describe('unpackMaskRuns', () => {
  const random = seededRandom(21);
  const masks = Array.from({ length: 200 }, () => {
    const [widthPx, heightPx] = [1 + Math.floor(random() * 400), 1 + Math.floor(random() * 20)];
    const share = [0, 0.02, 0.5, 0.98, 1][Math.floor(random() * 5)]!;
    let rowIsCopied = false;
    const rows = Array.from({ length: widthPx }, () => random() < share);
    return maskOf(widthPx, heightPx, (x) => {
      // Some rows are new and some repeat, as in outlines.
      if (x === 0) rowIsCopied = random() < 0.5;
      if (!rowIsCopied) rows[x] = random() < share;
      return rows[x]!;
    });
  });

  it('brings every mask back', () => {
    for (const mask of masks) expect(unpackMaskRuns(packMaskRuns(mask))).toEqual(mask);
  });

  it('refuses a mask cut off anywhere, or with more behind it', () => {
    for (const mask of masks.slice(0, 20)) {
      const packed = packMaskRuns(mask);
      for (let length = 0; length < packed.length; length += 1) {
        expect(() => unpackMaskRuns(packed.subarray(0, length))).toThrow('not a packed mask');
      }
      expect(() => unpackMaskRuns(Uint8Array.of(...packed, 0))).toThrow('goes on');
    }
  });

  it.each([
    ['another form', [2, 4, 1, 1], 'form'],
    ['no width', [1, 0, 1, 1], 'size'],
    ['rows without end', [1, 4, 0xff, 0xff, 0xff, 0xff, 0x0f, 1], 'size'],
    ['a first row that repeats', [1, 4, 2, 0, 2], 'repeats'],
    ['more repeats than rows', [1, 4, 2, 1, 0, 2], 'repeats'],
    ['no repeat', [1, 4, 2, 1, 0, 0, 1], 'repeats'],
    ['an edge beyond the last column', [1, 4, 1, 2, 2, 8], 'rise'],
    ['an edge before the first column', [1, 4, 1, 2, 1, 8], 'rise'],
    ['an empty run', [1, 4, 1, 2, 2, 0], 'rise'],
    ['more runs than columns', [1, 4, 1, 9], 'columns'],
    ['a number without end', [1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80], 'no end'],
  ])('refuses %s', (_, bytes, words) => {
    let refusal: unknown;
    try {
      unpackMaskRuns(Uint8Array.from(bytes));
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ name: 'ImageFileError', code: 'UNREADABLE' });
    expect((refusal as Error).message).toContain(words);
  });

  it('never mistakes damage for a mask that its rows do not allow', () => {
    for (const mask of masks.slice(0, 30)) {
      const packed = packMaskRuns(mask);
      for (let at = 0; at < packed.length; at += 1) {
        const damaged = Uint8Array.from(packed);
        damaged[at]! ^= 1 + Math.floor(random() * 255);
        let found;
        try {
          found = unpackMaskRuns(damaged);
        } catch (error) {
          expect(error).toMatchObject({ name: 'ImageFileError' });
          continue;
        }
        // There is no checksum here: what comes out must at least be a mask.
        packMaskRuns(found);
      }
    }
  });
});
