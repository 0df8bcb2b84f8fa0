import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustPValues } from './adjust-p-values.js';
import { clusteredPairedAuc } from './clustered-paired-auc.js';
import { compareAucs } from './compare-aucs.js';
import { delongCovariance } from './delong.js';
import { comparePairedAuc } from './paired-auc.js';
import { clusteredCohorts, cohorts, expectClose, expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';

const named = (...scores: number[][]) => scores.map((of, k) => ({ name: `v${k}`, scores: of }));

describe('compareAucs', () => {
  it('for two versions is the paired test, squared', () => {
    fc.assert(
      fc.property(cohorts(2), ({ labels, a, b }) => {
        const compared = compareAucs(labels, named(a, b));
        const pair = comparePairedAuc(labels, a, b);
        expect(compared.pairwise[0]).toMatchObject({ difference: pair.difference, se: pair.se });
        expect(compared.pairwise[0]!.pHolm).toEqual(pair.p);
        if (typeof pair.z === 'number' && pair.z !== 0) {
          const { chiSquare, df, p } = defined(compared.omnibus);
          expect(df).toBe(1);
          expectClose(chiSquare, pair.z ** 2, 1e-10);
          expectClose(p, pair.p as number, 1e-8);
        }
      }),
    );
  });

  it('agrees with the contrast against the first version, worked out directly', () => {
    fc.assert(
      fc.property(cohorts(6), ({ labels, a, b }) => {
        const c = a.map((score, i) => Math.round(2 * Math.atan(score) + 3 * Math.atan(b[i]!)));
        const { aucs, covariance } = delongCovariance(labels, [a, b, c]);
        const [A, S] = [defined(aucs), defined(covariance)];
        const contrast = (g: number, h: number) => S[0]![0]! - S[0]![g]! - S[h]![0]! + S[h]![g]!;
        const [s11, s12, s22] = [contrast(1, 1), contrast(1, 2), contrast(2, 2)];
        const determinant = s11 * s22 - s12 * s12;
        fc.pre(determinant > 1e-6 * s11 * s22 && s11 > 1e-8 && s22 > 1e-8);
        const [d1, d2] = [A[0]! - A[1]!, A[0]! - A[2]!];
        const expected = (s22 * d1 * d1 - 2 * s12 * d1 * d2 + s11 * d2 * d2) / determinant;
        const omnibus = defined(compareAucs(labels, named(a, b, c)).omnibus);
        expect(omnibus.df).toBe(2);
        expectClose(omnibus.chiSquare, expected, 1e-6, 1e-9);
      }),
    );
  });

  it('lists all pairs in order and corrects over those of this call', () => {
    const labels = [1, 0, 1, 0, 0, 1, 0, 1] as const;
    const versions = named(
      [8, 1, 6, 5, 2, 4, 3, 7],
      [1, 2, 6, 5, 8, 4, 3, 7],
      [5, 1, 2, 6, 3, 8, 4, 7],
    );
    const { pairwise } = compareAucs(labels, versions);
    expect(pairwise.map(({ a, b }) => a + b)).toEqual(['v0v1', 'v0v2', 'v1v2']);
    const adjusted = adjustPValues(pairwise.map(({ p }) => p as number));
    expect(pairwise.map(({ pHolm }) => pHolm)).toEqual(adjusted.holm);
    expect(pairwise.map(({ pBh }) => pBh)).toEqual(adjusted.benjaminiHochberg);
  });

  it('leaves a pair without a p out of the family', () => {
    // v0 is perfect, v1 perfectly wrong: they differ and neither varies
    const labels = [1, 1, 0, 0, 0] as const;
    const compared = compareAucs(labels, named([5, 4, 3, 2, 1], [1, 2, 3, 4, 5], [5, 2, 3, 4, 1]));
    const [none, first, second] = compared.pairwise;
    expect(none).toMatchObject({
      p: { undefined: 'zero-variance' },
      pHolm: { undefined: 'zero-variance' },
    });
    const adjusted = adjustPValues([first!.p as number, second!.p as number]);
    expect([first!.pHolm, second!.pHolm]).toEqual(adjusted.holm);
  });

  it('drops the directions in which identical versions cannot differ', () => {
    const labels = [1, 0, 1, 0, 0, 1] as const;
    const a = [4, 3, 9, 5, 1, 3];
    const b = [2, 3, 9, 1, 4, 8];
    expect(compareAucs(labels, named(a, a, a)).omnibus).toEqual({ chiSquare: 0, df: 0, p: 1 });
    expect(defined(compareAucs(labels, named(a, b, a)).omnibus).df).toBe(1);
    expect(compareAucs(labels, named(a)).omnibus).toEqual({ chiSquare: 0, df: 0, p: 1 });
    const opposite = named([5, 4, 3, 2, 1], [1, 2, 3, 4, 5]);
    expect(compareAucs([1, 1, 0, 0, 0], opposite).omnibus).toEqual({ undefined: 'zero-variance' });
  });

  it('uses patients where they are given', () => {
    fc.assert(
      fc.property(clusteredCohorts(), ({ labels, a, b, clusters }) => {
        const compared = compareAucs(labels, named(a, b), { clusters });
        const pair = clusteredPairedAuc(labels, a, b, clusters);
        expect(compared.covariance).toEqual(pair.covariance);
        expect(compared.pairwise[0]).toMatchObject({ se: pair.se, p: pair.p, ci: pair.ci });
        expect(compared.assumption).toBe('independent-patients');
      }),
    );
    expect(compareAucs([1, 0], named([1, 2])).assumption).toBe('independent-images');
  });

  it('passes on why there is nothing to compare', () => {
    const none = compareAucs([0, 0], named([1, 2], [2, 1]));
    expect(none.aucs).toEqual({ undefined: 'no-positives' });
    expect(none.omnibus).toEqual({ undefined: 'no-positives' });
    expect(none.pairwise[0]).toMatchObject({ difference: { undefined: 'no-positives' } });
    const one = compareAucs([1, 0, 0], named([1, 2, 0], [2, 1, 0]));
    expect(one.aucs).toEqual([0.5, 1]);
    expect(one.omnibus).toEqual({ undefined: 'one-positive' });
    const together = compareAucs([1, 1, 0], named([1, 2, 0], [2, 1, 0]), { clusters: [1, 1, 2] });
    expect(together.covariance).toEqual({ undefined: 'one-cluster-with-positives' });
    expectRefusal(() => compareAucs([1, 0], []), 'bad-option');
    expectRefusal(() => compareAucs([1, 0], named([1])), 'length-mismatch', /scores of v0/);
  });
});

describe('adjustPValues', () => {
  it('gives the corrections worked by hand', () => {
    expect(adjustPValues([0.01, 0.04, 0.03])).toEqual({
      holm: [0.03, 0.06, 0.06],
      benjaminiHochberg: [0.03, 0.04, 0.04],
    });
  });

  it('agrees with the definitions, keeps the order and never goes past 1', () => {
    const p = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(0.02)));
    fc.assert(
      fc.property(p, (values) => {
        const { holm, benjaminiHochberg } = adjustPValues(values);
        const k = values.length;
        const rising = [...values].sort((a, b) => a - b);
        values.forEach((value, i) => {
          const upTo = rising.filter((other) => other <= value);
          const byHolm = Math.max(...upTo.map((other) => (k - rising.indexOf(other)) * other));
          expectClose(holm[i], Math.min(1, byHolm), 1e-14);
          const from = rising.filter((other) => other >= value);
          const byBh = Math.min(
            ...from.map((other) => (k / (rising.lastIndexOf(other) + 1)) * other),
          );
          expectClose(benjaminiHochberg[i], Math.min(1, byBh), 1e-14);
        });
      }),
    );
  });

  it('refuses what is no probability', () => {
    expectRefusal(() => adjustPValues([0.5, 1.2]), 'bad-probability', /p\[1\]/);
    expectRefusal(() => adjustPValues([Number.NaN]), 'bad-probability');
    expect(adjustPValues([])).toEqual({ holm: [], benjaminiHochberg: [] });
  });
});
