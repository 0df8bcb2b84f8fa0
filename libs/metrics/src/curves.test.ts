import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc } from './auc.js';
import { partialAuc, partialAucStatistic } from './partial-auc.js';
import { averagePrecision, prCurve } from './precision-recall.js';
import { rocCurve, rocTable } from './roc.js';
import { specificityAtSensitivity } from './specificity-at-sensitivity.js';
import { youden } from './youden.js';
import { cohorts, expectClose, expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import {
  distinctFalling,
  slowArea,
  slowAveragePrecision,
  slowCounts,
} from '../testing/slow-definitions.js';

const labels = [1, 0, 1, 0, 0] as const;
const scores = [0.9, 0.8, 0.6, 0.6, 0.1];

describe('rocCurve', () => {
  it('lists the points worked by hand, ties as one', () => {
    expect(rocCurve(labels, scores)).toEqual([
      { threshold: null, falsePositives: 0, truePositives: 0 },
      { threshold: 0.9, falsePositives: 0, truePositives: 1 },
      { threshold: 0.8, falsePositives: 1, truePositives: 1 },
      { threshold: 0.6, falsePositives: 2, truePositives: 2 },
      { threshold: 0.1, falsePositives: 3, truePositives: 2 },
    ]);
  });

  it('counts at every distinct score what the rule calls positive', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels: y, a }) => {
        const expected = distinctFalling(a).map((threshold) => {
          const { fp, tp } = slowCounts({ labels: y, scores: a }, threshold);
          return { threshold, falsePositives: fp, truePositives: tp };
        });
        expect(rocCurve(y, a).slice(1)).toEqual(expected);
      }),
    );
  });

  it('encloses the AUC under its trapezoids', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels: y, a }) => {
        const {
          falsePositives: fp,
          truePositives: tp,
          positives: m,
          negatives: n,
        } = rocTable(y, a);
        let area = 0;
        for (let k = 1; k < fp.length; k++)
          area += ((fp[k]! - fp[k - 1]!) * (tp[k]! + tp[k - 1]!)) / 2;
        expectClose(auc(y, a), area / (m * n), 1e-14);
      }),
    );
  });

  it('drops inner points on a straight piece, but keeps the first and the last', () => {
    // falling: + + - - + -: cumulative (fp, tp) 0,1 0,2 1,2 2,2 2,3 3,3
    const y = [1, 1, 0, 0, 1, 0] as const;
    const kept = rocCurve(y, [6, 5, 4, 3, 2, 1], { variant: 'drop-intermediate' });
    expect(kept.map(({ threshold }) => threshold)).toEqual([null, 6, 5, 3, 2, 1]);
    // + + + -: the point at 6 lies between (0,0) and 5, yet stays: (0,0) is not its neighbour
    const steep = rocCurve([1, 1, 1, 0], [6, 5, 4, 3], { variant: 'drop-intermediate' });
    expect(steep.map(({ threshold }) => threshold)).toEqual([null, 6, 4, 3]);
    expect(rocCurve([1, 0], [2, 1], { variant: 'drop-intermediate' })).toHaveLength(3);
    expect(rocCurve([1, 1], [2, 1], { variant: 'drop-intermediate' })).toHaveLength(3);
  });

  it('keeps counts without a class and has one point without cases', () => {
    expect(rocCurve([0, 0], [1, 2])).toEqual([
      { threshold: null, falsePositives: 0, truePositives: 0 },
      { threshold: 2, falsePositives: 1, truePositives: 0 },
      { threshold: 1, falsePositives: 2, truePositives: 0 },
    ]);
    expect(rocCurve([], [])).toEqual([{ threshold: null, falsePositives: 0, truePositives: 0 }]);
    expect(Object.is(rocCurve([1], [-0])[1]!.threshold, 0)).toBe(true);
    expectRefusal(() => rocCurve([1], [Number.NaN]), 'non-finite-score');
  });
});

describe('averagePrecision', () => {
  it('adds the steps worked by hand', () => {
    // recall 1/2 at precision 1, recall 1 at precision 2/4
    expectClose(averagePrecision(labels, scores), 0.5 * 1 + 0.5 * 0.5, 1e-15);
    // trapezoids: (1+1)/2 then, with recall standing at 1/2, precision falls to 1/2, then (1/2+1/2)/2
    expectClose(averagePrecision(labels, scores, { rule: 'trapezoid' }), 0.5 + 0.25, 1e-15);
  });

  it('agrees with the definition, and the curve with its counts', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels: y, a }) => {
        const slow = slowAveragePrecision({ labels: y, scores: a });
        expectClose(averagePrecision(y, a), slow, 1e-13);
        const curve = defined(prCurve(y, a));
        expect(curve[0]).toMatchObject({ threshold: null, precision: 1, recall: 0 });
        for (const { threshold, precision, recall } of curve.slice(1)) {
          const { tp, fp, fn } = slowCounts({ labels: y, scores: a }, threshold!);
          expect([precision, recall]).toEqual([tp / (tp + fp), tp / (tp + fn)]);
        }
        const pairs = curve.map((point): [number, number] => [point.recall, point.precision]);
        const area = pairs
          .slice(1)
          .reduce((sum, [r, p], k) => sum + ((r - pairs[k]![0]) * (p + pairs[k]![1])) / 2, 0);
        expectClose(averagePrecision(y, a, { rule: 'trapezoid' }), area, 1e-13);
      }),
    );
  });

  it('needs positives only', () => {
    expect(averagePrecision([0, 0], [1, 2])).toEqual({ undefined: 'no-positives' });
    expect(prCurve([], [])).toEqual({ undefined: 'no-positives' });
    expect(averagePrecision([1, 1], [1, 2])).toBe(1);
    expectRefusal(() => averagePrecision([1], [1], { rule: 'smooth' as never }), 'bad-option');
  });
});

describe('specificityAtSensitivity', () => {
  it('takes the first point that reaches the target, as by hand', () => {
    const at = (target: number) => specificityAtSensitivity(labels, scores, target);
    expect(at(0.5)).toEqual({ sensitivity: 0.5, specificity: 1, threshold: 0.9 });
    expect(at(0.51)).toEqual({ sensitivity: 1, specificity: 1 - 2 / 3, threshold: 0.6 });
    expect(at(0)).toEqual({ sensitivity: 0, specificity: 1, threshold: null });
    expect(at(1)).toMatchObject({ sensitivity: 1, threshold: 0.6 });
  });

  it('compares in floating point, as the official scorer does', () => {
    // 0.1 + 0.2 is above 3/10 in floating point, so the third of ten positives does not reach it
    const y = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0] as const;
    const falling = y.map((_, i) => -i);
    const at = (target: number) => specificityAtSensitivity(y, falling, target);
    expect(at(0.3)).toMatchObject({ sensitivity: 0.3 });
    expect(at(0.1 + 0.2)).toMatchObject({ sensitivity: 0.4 });
  });

  it('is the best specificity among thresholds that reach the target, ties aside', () => {
    fc.assert(
      fc.property(
        cohorts(),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        ({ labels: y, a }, target) => {
          const got = defined(specificityAtSensitivity(y, a, target));
          const reaching = distinctFalling(a)
            .map((threshold) => slowCounts({ labels: y, scores: a }, threshold))
            .filter(({ tp, fn }) => tp / (tp + fn) >= target);
          const best = Math.max(...reaching.map(({ fp, tn }) => 1 - fp / (fp + tn)));
          expectClose(got.specificity, best, 1e-15);
        },
      ),
    );
  });

  it('needs both classes and a target in [0, 1]', () => {
    expect(specificityAtSensitivity([0], [1], 0.5)).toEqual({ undefined: 'no-positives' });
    expect(specificityAtSensitivity([1], [1], 0.5)).toEqual({ undefined: 'no-negatives' });
    expectRefusal(() => specificityAtSensitivity(labels, scores, 1.1), 'bad-option');
    expectRefusal(() => specificityAtSensitivity(labels, scores, Number.NaN), 'bad-option');
  });
});

describe('youden', () => {
  it('finds the point worked by hand and the highest threshold among equals', () => {
    // gains tp n - fp m: 0.9: 3; 0.8: 1; 0.6: 2; 0.1: 0
    expect(youden(labels, scores)).toEqual({
      index: 0.5,
      threshold: 0.9,
      sensitivity: 0.5,
      specificity: 1,
    });
    // + - + -: after + and after + - + the gain is 2 - 0 and 4 - 2
    expect(youden([1, 0, 1, 0], [4, 3, 2, 1])).toMatchObject({ index: 0.5, threshold: 4 });
    expect(youden([0, 1], [2, 1])).toEqual({
      index: 0,
      threshold: null,
      sensitivity: 0,
      specificity: 1,
    });
  });

  it('is the largest of the differences of rates', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels: y, a }) => {
        const gains = distinctFalling(a).map((threshold) => {
          const { tp, fn, fp, tn } = slowCounts({ labels: y, scores: a }, threshold);
          return tp / (tp + fn) - fp / (fp + tn);
        });
        expectClose(defined(youden(y, a)).index, Math.max(0, ...gains), 1e-14, 1e-15);
      }),
    );
    expect(youden([1], [1])).toEqual({ undefined: 'no-negatives' });
    expect(youden([], [])).toEqual({ undefined: 'no-positives' });
  });
});

describe('partialAuc', () => {
  it('cuts the last trapezoid as by hand', () => {
    // points (0,0) (0,1/2) (1/3,1/2) (2/3,1) (1,1); up to 1/2: 1/6 + trapezoid from 1/2 to 3/4
    const { area, mcclish } = defined(partialAuc(labels, scores, { maxFpr: 0.5 }));
    expectClose(area, 1 / 6 + (1 / 6) * 0.625, 1e-15);
    expectClose(mcclish, 0.5 * (1 + (area - 0.125) / (0.5 - 0.125)), 1e-15);
    // above 3/4: a triangle from 1/2 to 2/3 and a rectangle from there
    expectClose(defined(partialAuc(labels, scores, { minTpr: 0.75 })).area, 1 / 48 + 1 / 12, 1e-15);
  });

  it('agrees with fine sums under the curve', () => {
    fc.assert(
      fc.property(cohorts(1, 15), fc.integer({ min: 1, max: 10 }), ({ labels: y, a }, tenths) => {
        const limit = tenths / 10;
        const points = rocCurve(y, a).map(({ falsePositives, truePositives }): [number, number] => [
          falsePositives / y.filter((label) => label === 0).length,
          truePositives / y.filter((label) => label === 1).length,
        ]);
        const area = slowArea(points, (x, tpr) => (x <= limit ? tpr : 0), 20_000);
        expectClose(defined(partialAuc(y, a, { maxFpr: limit })).area, area, 0, 2e-4);
        const above = slowArea(points, (_, tpr) => Math.max(0, tpr - 1 + limit), 20_000);
        expectClose(defined(partialAuc(y, a, { minTpr: 1 - limit })).area, above, 0, 2e-4);
      }),
      { numRuns: 30 },
    );
  });

  it('is the whole AUC at the limits, and so is its statistic', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels: y, a }) => {
        const all = new Uint32Array(y.length).fill(1);
        for (const region of [{ maxFpr: 1 }, { minTpr: 0 }]) {
          expectClose(defined(partialAuc(y, a, region)).area, auc(y, a) as number, 1e-13);
          expectClose(partialAucStatistic(y, a, region)(all), auc(y, a) as number, 1e-13);
        }
        const twice = partialAucStatistic(y, a, { maxFpr: 0.3 })(all.map(() => 2));
        expectClose(twice, defined(partialAuc(y, a, { maxFpr: 0.3 })).area, 1e-13);
      }),
    );
    const lacking = partialAucStatistic(labels, scores, { maxFpr: 0.3 });
    expect(lacking(new Uint32Array([0, 1, 0, 1, 1]))).toEqual({ undefined: 'no-positives' });
    expect(lacking(new Uint32Array([1, 0, 0, 0, 0]))).toEqual({ undefined: 'no-negatives' });
  });

  it('refuses a region that is none', () => {
    const area = (region: { maxFpr: number } | { minTpr: number }) => () =>
      partialAuc(labels, scores, region);
    for (const maxFpr of [0, -1, 1.1, Number.NaN]) expectRefusal(area({ maxFpr }), 'bad-option');
    for (const minTpr of [1, -0.1, Number.NaN]) expectRefusal(area({ minTpr }), 'bad-option');
    expect(partialAuc([1], [1], { maxFpr: 0.1 })).toEqual({ undefined: 'no-negatives' });
  });
});
