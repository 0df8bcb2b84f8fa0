import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairwiseDice } from './pairwise-dice.js';
import { segmentationCounts } from './segmentation-counts.js';
import { overlapColumns, segmentationMetrics, thresholdJaccard } from './segmentation-metrics.js';
import { surfaceDistances } from './surface-distances.js';
import { drawings, drawn, expectClose, expectRefusal } from '../testing/arbitraries.js';
import { slowBoundary, slowDistances, slowQuantile } from '../testing/slow-definitions.js';

describe('segmentationCounts', () => {
  it('counts the pixels worked by hand', () => {
    const reference = drawn('##.', '##.', '...');
    const predicted = drawn('.##', '.##', '..#');
    expect(segmentationCounts(reference, predicted)).toEqual({ tp: 2, fp: 3, fn: 2, tn: 2 });
  });

  it('agrees with looking at every pixel, whatever the size, and turns over with the masks', () => {
    fc.assert(
      fc.property(drawings(), ([reference, predicted]) => {
        const pixels = reference.join('').split('');
        const others = predicted.join('');
        const count = (r: string, p: string) =>
          pixels.filter((pixel, i) => pixel === r && others[i] === p).length;
        const [r, p] = [drawn(...reference), drawn(...predicted)];
        const { tp, fp, fn, tn } = segmentationCounts(r, p);
        expect([tp, fp, fn, tn]).toEqual([
          count('#', '#'),
          count('.', '#'),
          count('#', '.'),
          count('.', '.'),
        ]);
        expect(segmentationCounts(p, r)).toEqual({ tp, fp: fn, fn: fp, tn });
      }),
    );
  });

  it('reads masks that begin anywhere in their buffer', () => {
    const bits = new Uint8Array(40).fill(255);
    for (const start of [0, 1, 3, 4]) {
      const mask = { widthPx: 16, heightPx: 5, bits: bits.subarray(start, start + 10) };
      expect(segmentationCounts(mask, mask)).toEqual({ tp: 80, fp: 0, fn: 0, tn: 0 });
    }
  });

  it('refuses masks of other sizes, too few bytes and bits beyond the image', () => {
    const mask = drawn('###', '###', '###');
    expectRefusal(() => segmentationCounts(mask, drawn('###')), 'length-mismatch', /3 x 3.*3 x 1/);
    const turned = { ...drawn('######'), widthPx: 2, heightPx: 3 };
    expectRefusal(() => segmentationCounts(turned, drawn('###', '###')), 'length-mismatch');
    expectRefusal(
      () => segmentationCounts({ ...mask, bits: new Uint8Array(1) }, mask),
      'bad-mask',
      /2/,
    );
    const stray = { ...mask, bits: new Uint8Array([255, 3]) };
    expectRefusal(() => segmentationCounts(mask, stray), 'bad-mask', /predicted mask/);
    expectRefusal(() => segmentationCounts({ ...mask, widthPx: 0 }, mask), 'bad-mask');
    expectRefusal(() => segmentationCounts({ ...mask, heightPx: 1.5 }, mask), 'bad-mask');
  });
});

describe('segmentationMetrics', () => {
  it('divides as by hand', () => {
    const got = segmentationMetrics({ tp: 6, fp: 2, fn: 4, tn: 8 }, 'study-v1');
    expect(got).toEqual({
      jaccard: 0.5,
      dice: 12 / 18,
      sensitivity: 0.6,
      specificity: 0.8,
      accuracy: 0.7,
      thresholdJaccard: 0,
    });
  });

  it('ties Jaccard and Dice to each other', () => {
    const count = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(count, count, count, (tp, fp, fn) => {
        fc.pre(tp + fp + fn > 0);
        const { jaccard, dice } = segmentationMetrics({ tp, fp, fn, tn: 1 }, 'study-v1');
        expectClose(dice, (2 * (jaccard as number)) / (1 + (jaccard as number)), 1e-14);
      }),
    );
  });

  it('says of columns what it says of each image, and NaN where there is nothing', () => {
    const tp = Int32Array.of(6, 0, 0, -1, 9);
    const fp = Int32Array.of(2, 5, 0, -1, 0);
    const fn = Int32Array.of(4, 1, 0, -1, 0);
    const columns = overlapColumns(tp, fp, fn);
    for (const k of [0, 1, 4]) {
      const one = segmentationMetrics({ tp: tp[k]!, fp: fp[k]!, fn: fn[k]!, tn: 3 }, 'study-v1');
      expect([columns.jaccard[k], columns.dice[k]]).toEqual([one.jaccard, one.dice]);
    }
    for (const k of [2, 3]) expect([columns.jaccard[k], columns.dice[k]]).toEqual([NaN, NaN]);
    expectRefusal(() => overlapColumns(tp, fp.subarray(1), fn), 'length-mismatch', /fp/);
  });

  it('treats empty masks by the rules of each set', () => {
    const empty = { tp: 0, fp: 0, fn: 0, tn: 9 };
    for (const set of ['study-v1', 'isic2017-v1'] as const) {
      expect(segmentationMetrics(empty, set)).toMatchObject({
        jaccard: { undefined: 'both-masks-empty' },
        dice: { undefined: 'both-masks-empty' },
        sensitivity: { undefined: 'no-lesion-pixels' },
        specificity: 1,
      });
      const full = segmentationMetrics({ tp: 4, fp: 0, fn: 1, tn: 0 }, set);
      expect(full.specificity).toEqual({ undefined: 'no-background-pixels' });
    }
    expect(segmentationMetrics(empty, 'isic2018-seg')).toMatchObject({
      jaccard: 1,
      thresholdJaccard: 1,
    });
    expect(segmentationMetrics(empty, 'study-v1').thresholdJaccard).toEqual({
      undefined: 'both-masks-empty',
    });
    expect('thresholdJaccard' in segmentationMetrics(empty, 'isic2017-v1')).toBe(false);
    const nothing = { tp: 0, fp: 0, fn: 0, tn: 0 };
    expect(segmentationMetrics(nothing, 'study-v1').accuracy).toEqual({ undefined: 'no-cases' });
  });

  it('keeps exactly 0.65 and drops what is below', () => {
    expect(thresholdJaccard(13 / 20)).toBe(0.65);
    expect(thresholdJaccard(0.6499999999999999)).toBe(0);
  });

  it('refuses counts that are none and sets it does not know', () => {
    expectRefusal(
      () => segmentationMetrics({ tp: -1, fp: 0, fn: 0, tn: 0 }, 'study-v1'),
      'bad-count',
      /tp/,
    );
    expectRefusal(
      () => segmentationMetrics({ tp: 1, fp: 0.5, fn: 0, tn: 0 }, 'study-v1'),
      'bad-count',
      /fp/,
    );
    expectRefusal(
      () => segmentationMetrics({ tp: 1, fp: 0, fn: 0, tn: 0 }, 'isic2016' as never),
      'bad-option',
    );
  });
});

describe('surfaceDistances', () => {
  it('measures two squares worked by hand', () => {
    // single pixels 3 across and 4 down: 5 apart; with steps of 4 and 1.25, 12 across and 5 down
    const reference = drawn('#....', '.....', '.....', '.....', '.....');
    const predicted = drawn('.....', '.....', '.....', '.....', '...#.');
    expect(surfaceDistances(reference, predicted)).toEqual({
      hausdorff: 5,
      hausdorff95: 5,
      averageSurfaceDistance: 5,
      boundaryPixels: [1, 1],
    });
    const stretched = surfaceDistances(reference, predicted, [4, 1.25]);
    expect(stretched).toMatchObject({ hausdorff: 13 });
  });

  it('agrees with every pair of boundary pixels, stretched pixels included', () => {
    const spacing = fc.constantFrom<[number, number]>([1, 1], [0.5, 2], [3, 0.7]);
    fc.assert(
      fc.property(drawings(), spacing, ([reference, predicted], step) => {
        const [r, p] = [slowBoundary(reference), slowBoundary(predicted)];
        const got = surfaceDistances(drawn(...reference), drawn(...predicted), step);
        if (r.length === 0 || p.length === 0) {
          expect(got).toEqual({ undefined: 'empty-mask' });
          return;
        }
        const [out, back] = [slowDistances(r, p, step), slowDistances(p, r, step)];
        const both = [...out, ...back];
        if ('undefined' in got) throw new Error('a value was expected');
        expect(got.boundaryPixels).toEqual([r.length, p.length]);
        expectClose(got.hausdorff, Math.max(...both), 1e-12);
        const directed = [out, back].map((of) => slowQuantile(of, 0.95));
        expectClose(got.hausdorff95, Math.max(...directed), 1e-12);
        expectClose(got.averageSurfaceDistance, both.reduce((a, b) => a + b) / both.length, 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  it('does not care where in the image the masks lie, nor which comes first', () => {
    fc.assert(
      fc.property(drawings(), fc.nat(9), fc.nat(9), ([reference, predicted], right, down) => {
        const moved = (rows: string[]) => {
          const width = rows[0]!.length + right + 2;
          const blank = '.'.repeat(width);
          return drawn(
            ...new Array<string>(down + 1).fill(blank),
            ...rows.map((row) => `${'.'.repeat(right)}.${row}.`),
            blank,
          );
        };
        const framed = (rows: string[]) => {
          const blank = '.'.repeat(rows[0]!.length + 2);
          return drawn(blank, ...rows.map((row) => `.${row}.`), blank);
        };
        const there = surfaceDistances(moved(reference), moved(predicted));
        expect(there).toEqual(surfaceDistances(framed(reference), framed(predicted)));
        const back = surfaceDistances(moved(predicted), moved(reference));
        if ('hausdorff' in there && 'hausdorff' in back) {
          expect(back.hausdorff).toBe(there.hausdorff);
          expect(back.hausdorff95).toBe(there.hausdorff95);
        }
      }),
    );
  });

  it('has no distance to an empty mask, and refuses a spacing that is none', () => {
    const [empty, full] = [drawn('...'), drawn('###')];
    expect(surfaceDistances(empty, full)).toEqual({ undefined: 'empty-mask' });
    expect(surfaceDistances(full, empty)).toEqual({ undefined: 'empty-mask' });
    expect(surfaceDistances(empty, empty)).toEqual({ undefined: 'empty-mask' });
    expectRefusal(() => surfaceDistances(full, full, [0, 1]), 'bad-option');
    expectRefusal(() => surfaceDistances(full, full, [1, Infinity]), 'bad-option');
    expectRefusal(() => surfaceDistances(full, drawn('##')), 'length-mismatch');
  });
});

describe('pairwiseDice', () => {
  it('takes all pairs in order and their mean, as by hand', () => {
    const got = pairwiseDice([drawn('##..'), drawn('.##.'), drawn('....'), drawn('....')]);
    expect(got.pairs).toEqual([0.5, 0, 0, 0, 0, { undefined: 'both-masks-empty' }]);
    expect(got).toMatchObject({ mean: 0.1, excluded: 1 });
  });

  it('needs two annotators and something drawn', () => {
    expect(pairwiseDice([drawn('#')])).toEqual({
      pairs: [],
      mean: { undefined: 'one-case' },
      excluded: 0,
    });
    expect(pairwiseDice([drawn('.'), drawn('.')]).mean).toEqual({ undefined: 'both-masks-empty' });
    expectRefusal(() => pairwiseDice([drawn('#'), drawn('##')]), 'length-mismatch');
  });
});
