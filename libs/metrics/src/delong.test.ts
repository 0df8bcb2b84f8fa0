import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rocAuc } from './auc.js';
import { delongCovariance } from './delong.js';
import { cohorts, expectClose, expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import { slowAuc, slowDelong } from '../testing/slow-definitions.js';

describe('delongCovariance', () => {
  it('gives the covariance worked by hand', () => {
    // A: placements of the positives 1, 3/4 and of the negatives 3/4, 1. B = A with the positives
    // swapped: 3/4, 1 and 3/4, 1. Covariances -1/32 and 1/32 cancel.
    const { aucs, covariance } = delongCovariance(
      [1, 1, 0, 0],
      [
        [0.8, 0.6, 0.6, 0.2],
        [0.6, 0.8, 0.6, 0.2],
      ],
    );
    expect(aucs).toEqual([7 / 8, 7 / 8]);
    expect(covariance).toEqual([
      [1 / 32, 0],
      [0, 1 / 32],
    ]);
  });

  it('agrees with the definition for two versions on different scales', () => {
    fc.assert(
      fc.property(cohorts(2), ({ labels, a, b }) => {
        const { aucs, covariance } = delongCovariance(labels, [a, b]);
        const [ofA, ofB] = defined(aucs);
        expectClose(ofA, slowAuc({ labels, scores: a }), 1e-14);
        expectClose(ofB, slowAuc({ labels, scores: b }), 1e-14);
        const [[aa, ab], [ba, bb]] = defined(covariance) as [[number, number], [number, number]];
        expectClose(aa, slowDelong(labels, a, a), 1e-10, 1e-15);
        expectClose(ab, slowDelong(labels, a, b), 1e-10, 1e-15);
        expectClose(bb, slowDelong(labels, b, b), 1e-10, 1e-15);
        expect(ba).toBe(ab);
        expectClose(rocAuc(labels, a).variance, aa, 1e-12, 1e-17);
      }),
    );
  });

  it('has no covariance from a single case and nothing without a class', () => {
    const one = delongCovariance([1, 0, 0], [[0.4, 0.4, 0.1]]);
    expect(one).toEqual({ aucs: [0.75], covariance: { undefined: 'one-positive' } });
    expect(delongCovariance([0, 1, 1], [[1, 2, 3]]).covariance).toEqual({
      undefined: 'one-negative',
    });
    expect(delongCovariance([0, 0], [[1, 2]])).toEqual({
      aucs: { undefined: 'no-positives' },
      covariance: { undefined: 'no-positives' },
    });
    expect(delongCovariance([1], [[1]]).aucs).toEqual({ undefined: 'no-negatives' });
  });

  it('names the version whose scores it refuses', () => {
    expectRefusal(
      () => delongCovariance([1, 0], [[1, 2], [1]]),
      'length-mismatch',
      /versions\[1\]/,
    );
    expectRefusal(() => delongCovariance([1, 0], []), 'bad-option');
  });
});
