import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredPairedAuc } from './clustered-paired-auc.js';
import { comparePairedAuc } from './paired-auc.js';
import { pairedPilot } from './paired-pilot.js';
import { powerPairedAuc } from './power.js';
import { isDefined } from './value.js';
import { expectClose } from '../testing/arbitraries.js';

/** Placements as DeLong defines them, pair by pair. */
function slowVariances(labels: number[], a: number[], b: number[]) {
  const win = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
  const places = (s: number[]) => {
    const [pos, neg] = [1, 0].map((of) => s.filter((_, i) => labels[i] === of)) as [
      number[],
      number[],
    ];
    const mean = (xs: number[]) => xs.reduce((t, x) => t + x, 0) / xs.length;
    return {
      v10: pos.map((x) => mean(neg.map((y) => win(x, y)))),
      v01: neg.map((y) => mean(pos.map((x) => win(x, y)))),
    };
  };
  const variance = (xs: number[], ys: number[]) => {
    const d = xs.map((x, i) => x - ys[i]!);
    const centre = d.reduce((t, x) => t + x, 0) / d.length;
    return d.reduce((t, x) => t + (x - centre) ** 2, 0) / (d.length - 1);
  };
  const [of, against] = [places(a), places(b)];
  return { v10: variance(of.v10, against.v10), v01: variance(of.v01, against.v01) };
}

const cohort = fc
  .array(
    fc.record({
      y: fc.constantFrom<0 | 1>(0, 1),
      a: fc.integer({ min: 0, max: 6 }),
      b: fc.integer({ min: 0, max: 6 }),
      c: fc.integer({ min: 0, max: 8 }),
    }),
    { minLength: 8, maxLength: 40 },
  )
  .filter((cases) => {
    const positives = cases.filter(({ y }) => y === 1);
    const negatives = cases.filter(({ y }) => y === 0);
    const patients = (rows: typeof cases) => new Set(rows.map(({ c }) => c)).size;
    return patients(positives) > 1 && patients(negatives) > 1 && positives.length > 2;
  })
  .map((cases) => ({
    labels: cases.map(({ y }) => y),
    a: cases.map(({ a }) => a),
    b: cases.map(({ b }) => b),
    clusters: cases.map(({ c }) => c),
  }));

describe('pairedPilot', () => {
  it('gives the values worked by hand', () => {
    // Placements of A: positives 1, 1, negatives 1, 1, 1. Of B: positives 1, 1/3 and negatives 1, 1/2, 1/2.
    // Their differences 0, 2/3 and 0, 1/2, 1/2 have the sample variances 2/9 and 1/12.
    const pilot = pairedPilot([1, 1, 0, 0, 0], [9, 8, 1, 2, 3], [9, 2, 1, 3, 4], [1, 1, 2, 3, 3]);
    expect(pilot).toMatchObject({ positives: 2, negatives: 3, ratio: 1.5, aucA: 1, clusters: 3 });
    expectClose(pilot.aucB, 2 / 3, 1e-15);
    expectClose(pilot.v10, 2 / 9, 1e-14);
    expectClose(pilot.v01, 1 / 12, 1e-14);
    // Patients of 2, 1 and 2 images: mean 5/3, sample variance 1/3.
    expectClose(pilot.meanClusterSize, 5 / 3, 1e-15);
    expectClose(pilot.clusterSizeCv, Math.sqrt(1 / 3) / (5 / 3), 1e-15);
    expect(pilot.designEffect).toEqual({ undefined: 'one-cluster-with-positives' });
  });

  it('agrees with the pairwise definition, with ties', () => {
    fc.assert(
      fc.property(cohort, ({ labels, a, b, clusters }) => {
        const pilot = pairedPilot(labels, a, b, clusters);
        const slow = slowVariances(labels, a, b);
        expectClose(pilot.v10, slow.v10, 1e-10, 1e-14);
        expectClose(pilot.v01, slow.v01, 1e-10, 1e-14);
      }),
    );
  });

  it('plans at the size of the pilot the standard error that the pilot has', () => {
    fc.assert(
      fc.property(cohort, ({ labels, a, b, clusters }) => {
        const { v10, v01, ratio, designEffect, positives } = pairedPilot(labels, a, b, clusters);
        const { se } = clusteredPairedAuc(labels, a, b, clusters);
        const plain = comparePairedAuc(labels, a, b);
        fc.pre(isDefined(se) && se > 0 && isDefined(plain.se) && plain.se > 0);
        const facts = { v10, v01, ratio, designEffect } as Record<string, number>;
        const variance =
          (facts['designEffect']! * (facts['v10']! + facts['v01']! / facts['ratio']!)) / positives;
        expectClose(Math.sqrt(variance), se, 1e-9);
        // A difference of one such standard error has the power of z = 1: 0.1685 + 0.0015.
        const power = powerPairedAuc({
          ...{ difference: se, v10: facts['v10']!, v01: facts['v01']! },
          ...{ ratio: facts['ratio']!, designEffect: facts['designEffect']!, positives },
        });
        expectClose(power.power, 0.170075, 1e-5);
      }),
    );
  });

  it('says why there is no value', () => {
    const none = pairedPilot([0, 0], [1, 2], [1, 2], [1, 2]);
    expect([none.ratio, none.difference, none.v10]).toEqual(
      Array(3).fill({ undefined: 'no-positives' }),
    );
    expect(pairedPilot([1, 0, 0], [1, 2, 3], [1, 2, 3], [1, 2, 3]).v10).toEqual({
      undefined: 'one-positive',
    });
    const alike = pairedPilot([1, 1, 0, 0], [4, 3, 2, 1], [4, 3, 2, 1], [1, 2, 3, 4]);
    expect([alike.v10, alike.designEffect]).toEqual([0, { undefined: 'zero-variance' }]);
    expect(pairedPilot([], [], [], [])).toMatchObject({ clusters: 0, meanClusterSize: 0 });
  });
});
