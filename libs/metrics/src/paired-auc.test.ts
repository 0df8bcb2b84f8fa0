import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalSf } from './normal.js';
import { comparePairedAuc } from './paired-auc.js';
import { cohorts, expectClose, expectRefusal } from '../testing/arbitraries.js';
import { slowAuc, slowDelong } from '../testing/slow-definitions.js';

describe('comparePairedAuc', () => {
  it('tests the difference worked by hand', () => {
    // A: positives' placements 1, 1, 1/2, negatives' 2/3, 1: AUC 5/6. B is A turned round: AUC 1/6.
    // Differences of placements: positives 1, 1, 0; negatives 1/3, 1. Variances 1/3 and 2/9.
    const labels = [1, 1, 1, 0, 0] as const;
    const a = [5, 4, 2, 3, 1];
    const { difference, se, z } = comparePairedAuc(
      labels,
      a,
      a.map((score) => -score),
    );
    expectClose(difference, 2 / 3, 1e-15);
    expectClose(se, Math.sqrt(1 / 3 / 3 + 2 / 9 / 2), 1e-14);
    expectClose(z, 2 / 3 / Math.sqrt(2 / 9), 1e-14);
  });

  it('agrees with the definition and turns over with the versions', () => {
    fc.assert(
      fc.property(cohorts(2), ({ labels, a, b }) => {
        const forward = comparePairedAuc(labels, a, b);
        const variance =
          slowDelong(labels, a, a) + slowDelong(labels, b, b) - 2 * slowDelong(labels, a, b);
        expectClose((forward.se as number) ** 2, variance, 1e-9, 1e-14);
        const expected = slowAuc({ labels, scores: a }) - slowAuc({ labels, scores: b });
        expectClose(forward.difference, expected, 1e-12);
        const backward = comparePairedAuc(labels, b, a);
        expectClose(backward.difference, -(forward.difference as number), 0, 0);
        expect(backward.se).toBe(forward.se);
        expect(backward.p).toEqual(forward.p);
        if (Array.isArray(forward.ci)) {
          const [lower, upper] = forward.ci as [number, number];
          expect(backward.ci).toEqual([0 - upper, 0 - lower]);
          expect(lower >= -1 && upper <= 1).toBe(true);
        }
      }),
    );
  });

  it('finds nothing between a version and a rising map of itself', () => {
    const labels = [1, 0, 1, 0, 0, 1] as const;
    const a = [0.4, 0.3, 0.9, 0.5, 0.1, 0.35];
    const same = comparePairedAuc(labels, a, a.map(Math.log), { margin: 0.05 });
    expect(same).toMatchObject({ difference: 0, se: 0, z: 0, p: 1, ci: [0, 0] });
    expect(same.nonInferiority).toMatchObject({
      z: { undefined: 'zero-variance' },
      p: { undefined: 'zero-variance' },
      lower: { undefined: 'zero-variance' },
      nonInferior: null,
    });
  });

  it('has no test where something differs that does not vary', () => {
    const opposite = comparePairedAuc([1, 1, 0, 0, 0], [3, 4, 1, 2, 0], [0, 1, 2, 3, 4]);
    expect(opposite).toMatchObject({ difference: 1, se: 0 });
    for (const quantity of [opposite.z, opposite.p, opposite.ci]) {
      expect(quantity).toEqual({ undefined: 'zero-variance' });
    }
  });

  it('judges non-inferiority one-sided against the unclamped lower limit, whatever the level', () => {
    const labels = [1, 0, 1, 0, 0, 1, 0, 1, 0] as const;
    const a = [0.9, 0.2, 0.6, 0.7, 0.3, 0.5, 0.1, 0.8, 0.4];
    const b = [0.8, 0.1, 0.3, 0.7, 0.4, 0.6, 0.2, 0.9, 0.5];
    for (const margin of [0.01, 0.2, 0.6]) {
      const { difference, se, nonInferiority } = comparePairedAuc(labels, a, b, {
        margin,
        level: 0.8,
      });
      const [d, error] = [difference as number, se as number];
      expectClose(nonInferiority!.z, (d + margin) / error, 1e-14);
      expectClose(nonInferiority!.p, normalSf((d + margin) / error), 1e-14);
      expectClose(nonInferiority!.lower, d - 1.959963984540054 * error, 1e-14);
      expect(nonInferiority!.nonInferior).toBe(normalSf((d + margin) / error) < 0.025);
    }
  });

  it('passes on why there is no AUC or no variance', () => {
    const none = comparePairedAuc([0, 0], [1, 2], [2, 1], { margin: 0.1 });
    for (const quantity of [none.aucA, none.difference, none.covariance, none.p, none.ci]) {
      expect(quantity).toEqual({ undefined: 'no-positives' });
    }
    expect(none.nonInferiority!.z).toEqual({ undefined: 'no-positives' });
    const one = comparePairedAuc([1, 0, 0], [1, 2, 0], [2, 1, 0], { margin: 0.1 });
    expect(one.difference).toBe(-0.5);
    expect(one.se).toEqual({ undefined: 'one-positive' });
    expect(one.nonInferiority).toMatchObject({
      nonInferior: null,
      p: { undefined: 'one-positive' },
    });
    expect(comparePairedAuc([1, 1, 0], [1, 2, 0], [2, 1, 0]).ci).toEqual({
      undefined: 'one-negative',
    });
  });

  it('refuses a margin that is none and names the version it cannot read', () => {
    const compare = (margin: number) =>
      comparePairedAuc([1, 1, 0, 0], [1, 2, 3, 4], [2, 1, 4, 3], { margin });
    for (const margin of [0, -0.1, 1, Number.NaN])
      expectRefusal(() => compare(margin), 'bad-option');
    expectRefusal(() => comparePairedAuc([1, 0], [1, 2], [1]), 'length-mismatch', /scores of B/);
    expectRefusal(
      () => comparePairedAuc([1, 0], [NaN, 2], [1, 2]),
      'non-finite-score',
      /of A\[0\]/,
    );
  });
});
