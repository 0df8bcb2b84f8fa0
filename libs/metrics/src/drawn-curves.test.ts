import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import { cohortV1 } from './cohort-v1.js';
import { drawnCurves } from './drawn-curves.js';
import { prCurve } from './precision-recall.js';
import { rocCurve } from './roc.js';

const { labels, scores } = cohortV1({
  ...{ seed: 3, n: 900, prevalence: 0.3, separation: [1.4], itemShared: 0.7, itemOwn: 0.5 },
});

describe('drawnCurves', () => {
  it('has every point of a short curve, as rocCurve and prCurve have them', () => {
    const got = defined(drawnCurves([1, 1, 0, 0], [0.8, 0.6, 0.6, 0.2]));
    expect(got.roc.map(({ threshold }) => threshold)).toEqual([null, 0.8, 0.6, 0.2]);
    expect(got.roc[2]).toEqual({
      ...{ falsePositives: 1, truePositives: 2, threshold: 0.6 },
      ...{ falsePositiveRate: 0.5, truePositiveRate: 1 },
    });
    const all = defined(prCurve([1, 1, 0, 0], [0.8, 0.6, 0.6, 0.2])).slice(1);
    expect(got.precisionRecall).toEqual(
      all.map(({ recall, precision, threshold }) => ({ recall, precision, threshold })),
    );
  });

  it('thins a long curve to points of its own, with both ends, and says how many it has', () => {
    const got = defined(drawnCurves(labels, scores[0]!, 50));
    const all = rocCurve(labels, scores[0]!, { variant: 'drop-intermediate' });
    expect(got.rocPoints).toBe(all.length);
    expect(got.roc.length).toBeGreaterThan(15);
    expect(got.roc.length).toBeLessThanOrEqual(52);
    expect(got.roc[0]).toMatchObject({ falsePositives: 0, truePositives: 0 });
    expect(got.roc.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
    const known = new Set(all.map((point) => JSON.stringify(point.threshold)));
    expect(got.roc.every(({ threshold }) => known.has(JSON.stringify(threshold)))).toBe(true);
    expect(got.precisionRecall.at(-1)!.recall).toBe(1);
    expect(got.precisionRecall.length).toBeLessThanOrEqual(52);
  });

  it('does not exist without a class', () => {
    expect(drawnCurves([0], [1])).toEqual({ undefined: 'no-positives' });
    expect(drawnCurves([1], [1])).toEqual({ undefined: 'no-negatives' });
    expectRefusal(() => drawnCurves([1, 0], [1, 0], 1), 'bad-count');
  });
});
