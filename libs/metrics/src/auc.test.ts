import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc, rocAuc } from './auc.js';
import { clusterBootstrap } from './cluster-bootstrap.js';
import { aucStatistic } from './auc-statistic.js';
import { cohorts, expectClose, expectRefusal, reversed } from '../testing/arbitraries.js';
import { slowAuc, slowDelong } from '../testing/slow-definitions.js';

describe('auc', () => {
  it('counts a tied pair as one half, as worked by hand', () => {
    // pairs: .8 over .6, .6 ties .6, .8 over .2, .6 over .2
    expect(auc([1, 1, 0, 0], [0.8, 0.6, 0.6, 0.2])).toBe(7 / 8);
  });

  it('agrees with the pairwise definition for ties, negative scores and unequal classes', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels, a }) => {
        expectClose(auc(labels, a), slowAuc({ labels, scores: a }), 1e-14);
      }),
    );
  });

  it('gives the same in float32, inside and outside [0, 1]', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels, b }) => {
        const narrow = Float32Array.from(b, (score) => Math.max(-2, Math.min(1, score)));
        const unit = narrow.map((score) => Math.abs(score) / 2);
        for (const scores of [narrow, unit]) {
          expect(auc(labels, scores)).toBe(auc(labels, Float64Array.from(scores)));
          expectClose(auc(labels, scores), slowAuc({ labels, scores: Array.from(scores) }), 1e-14);
        }
      }),
    );
  });

  it('turns over with the scores and is blind to rising maps and to the order of cases', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels, b: raw }) => {
        const b = raw.map((score) => Math.round(20 * Math.max(-1, Math.min(1, score))) / 20);
        const value = auc(labels, b) as number;
        expectClose(
          auc(
            labels,
            b.map((score) => -score),
          ),
          1 - value,
          1e-15,
        );
        expect(
          auc(
            labels,
            b.map((score) => Math.exp(3 * score) - 5),
          ),
        ).toBe(value);
        expect(auc(reversed(labels), reversed(b))).toBe(value);
      }),
    );
  });

  it('tells doubles one ulp apart, ties zeros of both signs and keeps subnormals', () => {
    expect(auc([1, 0], [1 + Number.EPSILON, 1])).toBe(1);
    expect(auc([1, 0], [-0, 0])).toBe(0.5);
    expect(auc([1, 0], new Float32Array([-0, 0]))).toBe(0.5);
    expect(auc([1, 0], [5e-324, 0])).toBe(1);
    expect(auc([1, 0], [-5e-324, 0])).toBe(0);
    expect(auc([1, 0], [1e308, -1e308])).toBe(1);
  });

  it('has no value without both classes', () => {
    expect(auc([0, 0], [0.1, 0.2])).toEqual({ undefined: 'no-positives' });
    expect(auc([1], [0.1])).toEqual({ undefined: 'no-negatives' });
    expect(auc([], [])).toEqual({ undefined: 'no-positives' });
    expect(auc([], new Float32Array(0))).toEqual({ undefined: 'no-positives' });
  });

  it('refuses what it cannot count, and says where', () => {
    expectRefusal(() => auc([1, 0], [0.5, Number.NaN]), 'non-finite-score', /scores\[1\] is NaN/);
    expectRefusal(() => auc([1, 0], [Infinity, 0]), 'non-finite-score');
    expectRefusal(() => auc([1, 0], new Float32Array([0.5, NaN])), 'non-finite-score', /\[1\]/);
    expectRefusal(() => auc([1, 0], new Float32Array([-Infinity, 1])), 'non-finite-score', /\[0\]/);
    expectRefusal(() => auc([1, 0], new Float64Array([0.5, NaN])), 'non-finite-score', /\[1\]/);
    expectRefusal(() => auc([1, 0], [null as never, 0.2]), 'non-finite-score', /null/);
    expectRefusal(() => auc([1, 0], [0.1, 0.2, 0.3]), 'length-mismatch', /3 entries/);
    expectRefusal(() => auc([1, 0], new Float32Array(1)), 'length-mismatch');
    expectRefusal(() => auc([1, 2] as never, [0.1, 0.2]), 'bad-label', /labels\[1\] is 2/);
    expectRefusal(() => auc([1, true as never], [0.1, 0.2]), 'bad-label', /true/);
    expectRefusal(() => auc(new Uint8Array([1, 0, 7]), [0.1, 0.2, 0.3]), 'bad-label', /\[2\] is 7/);
    // A bad score is an error also where the class is missing.
    expectRefusal(() => auc([0], [Number.NaN]), 'non-finite-score');
  });
});

describe('rocAuc', () => {
  it('gives the variance and Wald limits worked by hand', () => {
    // placements: positives 1 and 3/4, negatives 3/4 and 1; each sample variance is 1/32
    const estimate = rocAuc([1, 0, 1, 0], [0.8, 0.6, 0.6, 0.2]);
    expect(estimate.variance).toBe(1 / 32);
    expect(estimate.se).toBe(Math.sqrt(1 / 32));
    const [lower, upper] = estimate.waldCi as [number, number];
    expectClose(lower, 7 / 8 - 1.959963984540054 * Math.sqrt(1 / 32), 1e-14);
    expect(upper).toBe(1);
  });

  it('agrees with DeLong pair by pair, ties and unequal classes included', () => {
    fc.assert(
      fc.property(cohorts(2), ({ labels, a }) => {
        expectClose(rocAuc(labels, a).variance, slowDelong(labels, a, a), 1e-10, 1e-15);
      }),
    );
  });

  it('keeps its variance when the classes swap with the order of the scores', () => {
    fc.assert(
      fc.property(cohorts(2), ({ labels, b }) => {
        const swapped = labels.map((label) => (1 - label) as 0 | 1);
        const forward = rocAuc(labels, b);
        const backward = rocAuc(swapped, b);
        expectClose(backward.auc, 1 - (forward.auc as number), 1e-15);
        expectClose(backward.variance, forward.variance as number, 1e-12, 1e-16);
      }),
    );
  });

  it('has no variance from a single case, and names the positives first', () => {
    const one = rocAuc([0, 1, 0], [0.1, 0.2, 0.2]);
    expect(one.auc).toBe(0.75);
    expect(one.variance).toEqual({ undefined: 'one-positive' });
    expect(one.se).toEqual({ undefined: 'one-positive' });
    expect(one.logitCi).toEqual({ undefined: 'one-positive' });
    expect(rocAuc([1, 0], [0.3, 0.3]).waldCi).toEqual({ undefined: 'one-positive' });
    expect(rocAuc([1, 1, 0], [0.3, 0.4, 0.3]).variance).toEqual({ undefined: 'one-negative' });
    expect(rocAuc([0, 0], [1, 2]).newcombeCi).toEqual({ undefined: 'no-positives' });
  });

  it('is exactly without variance where every placement equals the mean', () => {
    for (const scores of [
      [1, 1, 1, 1, 1, 1, 1],
      [0.9, 0.8, 0.7, 0.1, 0.2, 0.3, 0.3],
    ]) {
      const estimate = rocAuc([1, 1, 1, 0, 0, 0, 0], scores);
      expect(estimate.variance).toBe(0);
      expect(estimate.logitCi).toEqual({ undefined: 'zero-variance' });
      expect(estimate.waldCi).toEqual({ undefined: 'zero-variance' });
    }
  });

  it('shows the interval asked for, the logit interval unless told', () => {
    const labels = [1, 0, 1, 0, 0, 1, 0] as const;
    const scores = [0.9, 0.2, 0.6, 0.7, 0.3, 0.5, 0.1];
    const by = (ciMethod: 'logit' | 'wald' | 'newcombe' | 'bootstrap') =>
      rocAuc(labels, scores, { ciMethod });
    expect(rocAuc(labels, scores).ci).toEqual(by('logit').logitCi);
    expect(by('wald').ci).toEqual(by('wald').waldCi);
    expect(by('newcombe').ci).toEqual(by('newcombe').newcombeCi);
    expect(by('newcombe').bootstrap).toBeUndefined();
    const resampled = rocAuc(labels, scores, { ciMethod: 'bootstrap', replicates: 50, seed: 9 });
    expect(resampled.ci).toEqual(
      clusterBootstrap(aucStatistic(labels, scores), [0, 1, 2, 3, 4, 5, 6], {
        replicates: 50,
        seed: 9,
      }).percentile,
    );
    expect(resampled.bootstrap?.seed).toBe(9);
    expectRefusal(() => by('exact' as never), 'bad-option', /exact/);
  });

  it('widens with the level and refuses a level that is none', () => {
    const labels = [1, 0, 1, 0, 0] as const;
    const scores = [0.9, 0.2, 0.6, 0.7, 0.3];
    const width = (level: number) => {
      const [lower, upper] = rocAuc(labels, scores, { level }).logitCi as [number, number];
      return upper - lower;
    };
    expect(width(0.99)).toBeGreaterThan(width(0.9));
    for (const level of [0, 1, -0.5, Number.NaN, 95]) {
      expectRefusal(() => rocAuc(labels, scores, { level }), 'bad-level');
    }
  });
});
