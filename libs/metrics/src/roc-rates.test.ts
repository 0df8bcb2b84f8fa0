import { describe, expect, it } from 'vitest';
import { rocRates } from './roc-rates.js';
import { rocCurve } from './roc.js';

describe('rocRates', () => {
  it('divides each count by its own class, as worked by hand', () => {
    const point = { falsePositives: 1, truePositives: 3 };
    expect(rocRates(point, { positives: 4, negatives: 10 })).toEqual({
      falsePositiveRate: 0.1,
      truePositiveRate: 0.75,
    });
  });

  it('takes a curve from (0, 0) to (1, 1), whatever the class sizes', () => {
    const cohort = { positives: 2, negatives: 3 };
    const curve = rocCurve([1, 0, 0, 1, 0], [0.9, 0.8, 0.3, 0.3, 0.1]);
    const rates = curve.map((point) => rocRates(point, cohort));
    expect(rates[0]).toEqual({ falsePositiveRate: 0, truePositiveRate: 0 });
    expect(rates.at(-1)).toEqual({ falsePositiveRate: 1, truePositiveRate: 1 });
  });

  it('has no rate of a class that is absent', () => {
    const point = { falsePositives: 0, truePositives: 0 };
    expect(rocRates(point, { positives: 0, negatives: 0 })).toEqual({
      falsePositiveRate: { undefined: 'no-negatives' },
      truePositiveRate: { undefined: 'no-positives' },
    });
  });
});
