import { describe, expect, it } from 'vitest';
import { maskOf, pixelsOf } from '../pixel-masks.js';
import { seededRandom } from '../seeded-random.js';
import {
  assertMaskRuns,
  maskAgreement,
  maskFacts,
  maskRunsOf,
  MaskRunsBuilder,
  type MaskRuns,
} from './mask-runs.js';

/** Masks of every shape: noise, sparse dots, full rows, empty rows. */
function randomMasks(count: number): MaskRuns[] {
  const random = seededRandom(3);
  return Array.from({ length: count }, () => {
    const [widthPx, heightPx] = [1 + Math.floor(random() * 27), 1 + Math.floor(random() * 9)];
    const share = [0, 0.05, 0.5, 0.95, 1][Math.floor(random() * 5)]!;
    return maskOf(widthPx, heightPx, () => random() < share);
  });
}

/** The definition, pixel by pixel. */
function slowFacts(mask: MaskRuns) {
  const pixels = pixelsOf(mask);
  const lesion = pixels.flatMap((pixel, at) => (pixel === 1 ? [at] : []));
  if (lesion.length === 0) return { areaPx: 0, box: undefined };
  const xs = lesion.map((at) => at % mask.widthPx);
  const ys = lesion.map((at) => Math.floor(at / mask.widthPx));
  const [leftPx, topPx] = [Math.min(...xs), Math.min(...ys)];
  const box = {
    ...{ leftPx, topPx, widthPx: Math.max(...xs) - leftPx + 1 },
    heightPx: Math.max(...ys) - topPx + 1,
  };
  return { areaPx: lesion.length, box };
}

describe('maskFacts', () => {
  it('finds area and box of a mask worked by hand', () => {
    // 5 x 3, lesion at (3,1), (4,1), (3,2).
    expect(maskFacts(maskRunsOf(5, [[], [3, 5], [3, 4]]))).toEqual({
      areaPx: 3,
      box: { leftPx: 3, topPx: 1, widthPx: 2, heightPx: 2 },
    });
  });

  it('agrees with the definition', () => {
    for (const mask of randomMasks(400)) expect(maskFacts(mask)).toEqual(slowFacts(mask));
  });

  it('gives an empty mask no box', () => {
    expect(maskFacts(maskRunsOf(7, [[], []]))).toEqual({ areaPx: 0, box: undefined });
  });
});

describe('maskAgreement', () => {
  it('counts the four fates of a pixel, worked by hand', () => {
    const reference = maskRunsOf(6, [[1, 4], []]);
    const predicted = maskRunsOf(6, [
      [3, 6],
      [0, 1],
    ]);
    expect(maskAgreement(reference, predicted)).toEqual({
      ...{ truePositivePx: 1, falsePositivePx: 3, falseNegativePx: 2, trueNegativePx: 6 },
    });
  });

  it('agrees with the definition, and mirrors when the masks swap', () => {
    const random = seededRandom(8);
    for (const reference of randomMasks(300)) {
      const { widthPx, heightPx } = reference;
      const predicted = maskOf(widthPx, heightPx, () => random() < 0.4);
      const [r, p] = [pixelsOf(reference), pixelsOf(predicted)];
      const count = (inR: number, inP: number) =>
        r.filter((pixel, at) => pixel === inR && p[at] === inP).length;
      const forward = maskAgreement(reference, predicted);
      expect(forward).toEqual({
        ...{ truePositivePx: count(1, 1), falsePositivePx: count(0, 1) },
        ...{ falseNegativePx: count(1, 0), trueNegativePx: count(0, 0) },
      });
      const { falsePositivePx, falseNegativePx } = forward;
      expect(maskAgreement(predicted, reference)).toEqual({
        ...forward,
        ...{ falsePositivePx: falseNegativePx, falseNegativePx: falsePositivePx },
      });
    }
  });

  it('refuses masks of two sizes', () => {
    const mask = maskRunsOf(3, [[], []]);
    expect(() => maskAgreement(mask, maskRunsOf(2, [[], []]))).toThrow(RangeError);
    expect(() => maskAgreement(mask, maskRunsOf(3, [[]]))).toThrow('3 x 1 pixels');
  });
});

describe('assertMaskRuns', () => {
  const good = { widthPx: 5, heightPx: 2, rows: [0, 2, 4], edges: [1, 3, 0, 5] };
  const asMask = ({ rows, edges, ...size }: typeof good): MaskRuns => ({
    ...size,
    rows: Uint32Array.from(rows),
    edges: Uint32Array.from(edges),
  });

  it('takes runs from the first column to the last', () => {
    assertMaskRuns(asMask(good));
    expect(maskFacts(asMask(good)).areaPx).toBe(7);
  });

  it.each([
    ['an edge beyond the last column', { edges: [1, 3, 0, 6] }],
    ['an empty run', { edges: [3, 3, 0, 5] }],
    ['a run backwards', { edges: [3, 1, 0, 5] }],
    ['runs that touch', { rows: [0, 4, 4], edges: [0, 2, 2, 4] }],
    ['half a run', { rows: [0, 1, 4] }],
    ['rows that go back', { rows: [0, 4, 2] }],
    ['rows that do not begin at 0', { rows: [2, 2, 4] }],
    ['rows that leave edges over', { rows: [0, 2, 2] }],
    ['too few rows', { rows: [0, 4] }],
    ['no height', { heightPx: 0, rows: [0], edges: [] }],
    ['a broken width', { widthPx: 5.5 }],
  ])('refuses %s', (_, change) => {
    expect(() => {
      assertMaskRuns(asMask({ ...good, ...change }));
    }).toThrow(RangeError);
  });
});

describe('MaskRunsBuilder', () => {
  it('joins runs that touch, drops empty ones, and keeps rows apart', () => {
    const builder = new MaskRunsBuilder(9, 3);
    builder.add(1, 3);
    builder.add(3, 3);
    builder.add(3, 5);
    builder.add(7, 9);
    builder.endRow();
    builder.add(9, 9);
    builder.endRow();
    builder.add(0, 9);
    builder.endRow();
    expect(builder.finish()).toEqual(maskRunsOf(9, [[1, 5, 7, 9], [], [0, 9]]));
  });

  it('does not join a row with the one above it', () => {
    const builder = new MaskRunsBuilder(4, 2);
    builder.add(0, 2);
    builder.endRow();
    builder.add(2, 3);
    builder.endRow();
    expect(pixelsOf(builder.finish())).toEqual([1, 1, 0, 0, 0, 0, 1, 0]);
  });

  it('refuses sides that are no size', () => {
    expect(() => new MaskRunsBuilder(5, 0)).toThrow('heightPx is 0');
    expect(() => new MaskRunsBuilder(Number.NaN, 5)).toThrow(RangeError);
  });
});

describe('maskRunsOf', () => {
  it('refuses rows that are no runs', () => {
    for (const row of [[1], [3, 2], [2, 4, 3, 5], [0, 8], [-1, 2], [0.5, 2]]) {
      expect(() => maskRunsOf(7, [row])).toThrow(RangeError);
    }
  });
});
