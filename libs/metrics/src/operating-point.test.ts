import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf } from './beta.js';
import {
  clusteredOperatingPoint,
  clusteredProportion,
  clusteredProportionDifference,
} from './clustered-proportion.js';
import { flipList } from './flip-list.js';
import { mcnemarExact } from './mcnemar.js';
import { operatingPoint } from './operating-point.js';
import { clopperPearsonInterval, wilsonInterval } from './proportion.js';
import { transferThreshold } from './threshold-transfer.js';
import { cohorts, expectClose, expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import { slowCounts, slowHalfBinomialCdf } from '../testing/slow-definitions.js';

const Z = 1.959963984540054;

describe('operatingPoint', () => {
  it('counts a score at the threshold by the rule, as by hand', () => {
    const at = (rule: 'gt' | 'gte') =>
      operatingPoint([1, 1, 0, 0, 0], [0.7, 0.5, 0.5, 0.4, 0.1], 0.5, rule);
    expect(at('gt')).toMatchObject({ tp: 1, fp: 0, fn: 1, tn: 3, f1: 2 / 3, youden: 0.5 });
    expect(at('gte')).toMatchObject({ tp: 2, fp: 1, fn: 0, tn: 2, f1: 0.8 });
    expectClose(at('gte').balancedAccuracy, (1 + 2 / 3) / 2, 1e-15);
    expect(at('gte').ppv).toMatchObject({ estimate: 2 / 3 });
    expect(at('gt').npv).toMatchObject({ estimate: 0.75 });
    expect(at('gt').accuracy).toMatchObject({ estimate: 0.8 });
  });

  it('agrees with counting case by case', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels, a }) => {
        const threshold = a[0]!;
        const { tp, fp, fn, tn } = operatingPoint(labels, a, threshold, 'gte');
        expect({ tp, fp, fn, tn }).toEqual(slowCounts({ labels, scores: a }, threshold));
      }),
    );
  });

  it('says which denominator is missing', () => {
    const none = operatingPoint([0, 0], [1, 2], 3, 'gte');
    expect(none.sensitivity).toEqual({ undefined: 'no-positives' });
    expect(none.ppv).toEqual({ undefined: 'no-positive-calls' });
    expect(none.youden).toEqual({ undefined: 'no-positives' });
    expect(none.f1).toEqual({ undefined: 'no-positives' });
    const all = operatingPoint([1, 1], [1, 2], 0, 'gt');
    expect(all.specificity).toEqual({ undefined: 'no-negatives' });
    expect(all.npv).toEqual({ undefined: 'no-negative-calls' });
    expect(all.balancedAccuracy).toEqual({ undefined: 'no-negatives' });
    expect(operatingPoint([], [], 0, 'gt').accuracy).toEqual({ undefined: 'no-cases' });
  });

  it('takes null for +Infinity and refuses what is no threshold or rule', () => {
    expect(operatingPoint([1, 0], [1, 2], null, 'gte')).toMatchObject({ tp: 0, fp: 0 });
    expect(operatingPoint([1, 0], [1, 2], -Infinity, 'gte')).toMatchObject({ tp: 1, fp: 1 });
    expectRefusal(() => operatingPoint([1], [1], Number.NaN, 'gt'), 'bad-threshold');
    expectRefusal(() => operatingPoint([1], [1], 0.5, 'ge' as never), 'bad-option');
  });
});

describe('wilsonInterval and clopperPearsonInterval', () => {
  it('solve the equations that define them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const x = Math.round(share * n);
          const [wilsonLow, wilsonHigh] = defined(wilsonInterval(x, n));
          for (const limit of [wilsonLow, wilsonHigh]) {
            const score = (x / n - limit) ** 2 - (Z * Z * limit * (1 - limit)) / n;
            expectClose(score, 0, 0, 1e-13);
          }
          const [low, high] = defined(clopperPearsonInterval(x, n));
          if (x > 0) expectClose(betaCdf(low, x, n - x + 1), 0.025, 1e-9);
          if (x < n) expectClose(betaCdf(high, x + 1, n - x), 0.975, 1e-9);
          expect(low <= x / n && high >= x / n).toBe(true);
        },
      ),
    );
  });

  it('have the closed forms at the ends', () => {
    expectClose(defined(clopperPearsonInterval(0, 10))[1], 1 - 0.025 ** 0.1, 1e-12);
    expectClose(defined(clopperPearsonInterval(7, 7))[0], 0.025 ** (1 / 7), 1e-12);
    expect(defined(clopperPearsonInterval(0, 10))[0]).toBe(0);
    expect(defined(wilsonInterval(0, 10))[0]).toBe(0);
    expect(defined(wilsonInterval(4, 4))[1]).toBe(1);
    expectClose(defined(wilsonInterval(0, 10))[1], (Z * Z) / (10 + Z * Z), 1e-12);
  });

  it('need cases and a share that is one', () => {
    expect(wilsonInterval(0, 0)).toEqual({ undefined: 'no-cases' });
    expect(clopperPearsonInterval(0, 0)).toEqual({ undefined: 'no-cases' });
    expectRefusal(() => wilsonInterval(3, 2), 'bad-option');
    expectRefusal(() => clopperPearsonInterval(-1, 2), 'bad-option');
    expectRefusal(() => wilsonInterval(1, 2, 0), 'bad-level');
  });
});

describe('clusteredProportion', () => {
  it('gives the variance worked by hand for patients of 3, 2 and 1 images', () => {
    // share 1/2; x - n/2: 1/2, 0, -1/2; variance 3/2 (1/2) / 36 = 1/48; independent 1/24
    const got = clusteredProportion([1, 1, 0, 1, 0, 0], ['a', 'a', 'a', 'b', 'b', 'c']);
    expectClose(got.variance, 1 / 48, 1e-14);
    expectClose(got.designEffect, 0.5, 1e-14);
    // a design effect below 1 does not buy cases
    expect(got.effectiveN).toBe(6);
    expect(got.wilson).toEqual(wilsonInterval(3, 6));
  });

  it('halves the cases where pairs of images always agree', () => {
    const outcomes = [1, 1, 0, 0, 1, 1, 0, 0, 1, 1] as const;
    const got = clusteredProportion(
      outcomes,
      outcomes.map((_, i) => i >> 1),
    );
    // 5 pairs: deff = (5/4) 2 = 5/2
    expectClose(got.designEffect, 2.5, 1e-13);
    expectClose(got.effectiveN, 4, 1e-13);
  });

  it('falls back to patients where the share is 0 or 1', () => {
    const got = clusteredProportion([1, 1, 1, 1], [1, 1, 2, 3]);
    expect(got).toMatchObject({ estimate: 1, variance: 0, effectiveN: 3, clusters: 3 });
    expect(got.designEffect).toEqual({ undefined: 'zero-variance' });
    expect(got.wilson).toEqual(wilsonInterval(3, 3));
  });

  it('has no variance from one patient and nothing from none', () => {
    expect(clusteredProportion([1, 0], [7, 7])).toMatchObject({
      estimate: 0.5,
      variance: { undefined: 'one-cluster' },
      wilson: { undefined: 'one-cluster' },
    });
    expect(clusteredProportion([], [])).toMatchObject({ estimate: { undefined: 'no-cases' } });
    expectRefusal(() => clusteredProportion([1], [1, 2]), 'length-mismatch');
  });
});

describe('clusteredProportionDifference', () => {
  it('turns over with the versions and equals the one-version variance against nothing', () => {
    const a = [1, 1, 0, 1, 0, 0, 1] as const;
    const b = [0, 1, 0, 1, 1, 0, 0] as const;
    const clusters = [1, 1, 1, 2, 2, 3, 3];
    const forward = clusteredProportionDifference(a, b, clusters);
    const backward = clusteredProportionDifference(b, a, clusters);
    expectClose(forward.difference, 1 / 7, 1e-15);
    expectClose(backward.difference, -1 / 7, 1e-15);
    expectClose(backward.se, forward.se as number, 1e-14);
    const against = clusteredProportionDifference(
      a,
      a.map(() => 0 as const),
      clusters,
    );
    expectClose(
      (against.se as number) ** 2,
      clusteredProportion(a, clusters).variance as number,
      1e-12,
    );
  });

  it('finds nothing between equal calls, and needs two patients', () => {
    expect(clusteredProportionDifference([1, 0], [1, 0], [1, 2])).toMatchObject({
      se: 0,
      p: 1,
      ci: [0, 0],
    });
    expect(clusteredProportionDifference([1, 1], [0, 0], [1, 2])).toMatchObject({
      difference: 1,
      p: { undefined: 'zero-variance' },
    });
    expect(clusteredProportionDifference([1, 0], [0, 0], [1, 1]).se).toEqual({
      undefined: 'one-cluster',
    });
    expect(clusteredProportionDifference([], [], []).difference).toEqual({ undefined: 'no-cases' });
    expectRefusal(() => clusteredProportionDifference([1], [1, 0], [1]), 'length-mismatch');
  });
});

describe('clusteredOperatingPoint', () => {
  it('gives the rates of the plain form over the patients who have such images', () => {
    const labels = [1, 1, 0, 0, 1, 0, 0] as const;
    const scores = [0.9, 0.2, 0.8, 0.1, 0.7, 0.3, 0.6];
    const clusters = ['a', 'a', 'a', 'b', 'c', 'c', 'd'];
    const plain = operatingPoint(labels, scores, 0.5, 'gt');
    const got = clusteredOperatingPoint(labels, scores, 0.5, 'gt', clusters);
    for (const rate of ['sensitivity', 'specificity', 'ppv', 'npv', 'accuracy'] as const) {
      expectClose(got[rate].estimate, defined(plain[rate]).estimate, 1e-15);
    }
    expect(got.sensitivity).toEqual(clusteredProportion([1, 0, 1], ['a', 'a', 'c']));
    expect(got.specificity.clusters).toBe(4);
    expect(clusteredOperatingPoint([0], [1], 2, 'gt', [1]).ppv.estimate).toEqual({
      undefined: 'no-cases',
    });
  });
});

describe('transferThreshold', () => {
  const source = { labels: [1, 1, 0, 0, 1, 0] as const, scores: [0.9, 0.6, 0.7, 0.2, 0.6, 0.6] };
  const target = { labels: [0, 1, 1] as const, scores: [0.6, 0.6, 0.59] };

  it('applies the number chosen on the source unchanged to the target', () => {
    const moved = defined(transferThreshold(source, target, { sensitivity: 0.9 }));
    expect(moved.threshold).toBe(0.6);
    expect(moved.source).toMatchObject({ tp: 3, fp: 2, fn: 0, tn: 1 });
    expect(moved.target).toMatchObject({ tp: 1, fp: 1, fn: 1, tn: 0 });
  });

  it('chooses by Youden, or by the largest specificity and then the largest sensitivity', () => {
    expect(defined(transferThreshold(source, target, 'youden')).threshold).toBe(0.9);
    const steps = { labels: [1, 0, 1, 1, 0] as const, scores: [5, 4, 3, 2, 1] };
    const choose = (choice: { sensitivity: number } | { maxSpecificityAt: number }) =>
      defined(transferThreshold(steps, target, choice)).threshold;
    expect(choose({ sensitivity: 0.5 })).toBe(3);
    expect(choose({ maxSpecificityAt: 0.5 })).toBe(2);
    expect(choose({ maxSpecificityAt: 0 })).toBe(5);
    expect(choose({ sensitivity: 0 })).toBeNull();
  });

  it('needs both classes in the source alone', () => {
    const empty = { labels: [] as const, scores: [] };
    expect(transferThreshold(empty, target, 'youden')).toEqual({ undefined: 'no-positives' });
    expect(transferThreshold({ labels: [1], scores: [1] }, target, { sensitivity: 1 })).toEqual({
      undefined: 'no-negatives',
    });
    expect(defined(transferThreshold(source, empty, 'youden')).target.accuracy).toEqual({
      undefined: 'no-cases',
    });
    expectRefusal(() => transferThreshold(source, target, { sensitivity: 2 }), 'bad-option');
  });
});

describe('mcnemarExact', () => {
  it('agrees with the binomial from Pascal’s triangle', () => {
    for (let b = 0; b <= 12; b++) {
      for (let c = 0; c <= 12; c++) {
        const k = Math.min(b, c);
        const { p, midP } = mcnemarExact(b, c);
        const cdf = slowHalfBinomialCdf(k, b + c);
        const pmf = cdf - (k > 0 ? slowHalfBinomialCdf(k - 1, b + c) : 0);
        expectClose(p, b + c === 0 ? 1 : Math.min(1, 2 * cdf), 1e-13);
        expectClose(midP, b === c ? 1 : 2 * (cdf - pmf / 2), 1e-13);
        expect(mcnemarExact(c, b)).toEqual({ p, midP });
      }
    }
  });

  it('holds for large counts', () => {
    // normal approximation with continuity correction, good to a few percent here
    expectClose(mcnemarExact(500_000, 502_500).p, 0.0126, 0.02);
    expect(mcnemarExact(0, 1100).p).toBe(0);
    expect(mcnemarExact(0, 1000).p).toBe(2 ** -999);
    expectRefusal(() => mcnemarExact(-1, 2), 'bad-count');
    expectRefusal(() => mcnemarExact(1, 2.5), 'bad-count');
  });
});

describe('flipList', () => {
  it('lists the four groups worked by hand', () => {
    const labels = [1, 1, 0, 0, 1, 0] as const;
    const a = [0.2, 0.8, 0.7, 0.1, 0.6, 0.5];
    const b = [0.6, 0.3, 0.2, 0.9, 0.7, 0.5];
    const flips = flipList(labels, a, b, 0.5, 0.6);
    expect(flips).toMatchObject({
      malignantFixed: [0],
      malignantBroken: [1],
      benignFixed: [2, 5],
      benignBroken: [3],
      nriEvents: 0,
      nriNonEvents: 1 / 3,
      nri: 1 / 3,
    });
    expect(flips.mcnemarP).toBe(mcnemarExact(2, 3).p);
  });

  it('swaps fixed and broken with the versions', () => {
    fc.assert(
      fc.property(cohorts(), ({ labels, a, b }) => {
        const forward = flipList(labels, a, b, 0.4, 0.4);
        const backward = flipList(labels, b, a, 0.4, 0.4);
        expect(backward.malignantFixed).toEqual(forward.malignantBroken);
        expect(backward.benignFixed).toEqual(forward.benignBroken);
        expectClose(backward.nri, -(forward.nri as number), 1e-14, 1e-15);
      }),
    );
  });

  it('has no reclassification without a class', () => {
    expect(flipList([0], [1], [0], 0.5, 0.5)).toMatchObject({
      benignFixed: [0],
      nriEvents: { undefined: 'no-positives' },
      nriNonEvents: 1,
      nri: { undefined: 'no-positives' },
    });
    expect(flipList([1], [1], [0], 0.5, 0.5).nri).toEqual({ undefined: 'no-negatives' });
    expectRefusal(() => flipList([1], [1], [0], Number.NaN, 0.5), 'bad-threshold');
  });
});

describe('rates of several counts, over patients', () => {
  const labels = [1, 1, 1, 0, 0, 0, 0, 1] as const;
  const scores = [0.9, 0.8, 0.1, 0.2, 0.7, 0.1, 0.3, 0.6];
  const clusters = ['a', 'a', 'b', 'b', 'c', 'd', 'd', 'c'];

  it('are those of independent images, with errors worked by hand', () => {
    const got = clusteredOperatingPoint(labels, scores, 0.5, 'gte', clusters);
    const plain = operatingPoint(labels, scores, 0.5, 'gte');
    // tp 3, fn 1, tn 3, fp 1: sensitivity = specificity = 3/4, F1 = 6/8.
    expect(got.balancedAccuracy.estimate).toBe(plain.balancedAccuracy);
    expect(got.youden.estimate).toBe(plain.youden);
    expect(got.f1.estimate).toBe(plain.f1);
    // Deviations over 4 by patient: a 1/8, b -3/16 + 1/16, c 1/16 - 3/16, d 1/8; 4/3 of the sum of squares.
    expect(got.youden.se).toBeCloseTo(Math.sqrt((4 / 3) * (4 / 64)), 14);
    expect(got.balancedAccuracy.se).toBeCloseTo(Math.sqrt((4 / 3) * (4 / 64)) / 2, 14);
    // F1 by patient: a 2 (2 - 2 f), b -f, c (2 - 2 f) - f, d 0, over 2 tp + fp + fn = 8.
    expect(got.f1.se).toBeCloseTo(Math.sqrt((4 / 3) * (1 + 0.5625 + 0.0625)) / 8, 14);
    expect(got.f1.ci).toEqual([expect.any(Number), 1]);
  });

  it('do not exist without a class, and have no error from one patient', () => {
    expect(clusteredOperatingPoint([0, 0], [0, 0], 0.5, 'gte', [1, 2])).toMatchObject({
      balancedAccuracy: { estimate: { undefined: 'no-positives' } },
      f1: { estimate: { undefined: 'no-positives' } },
    });
    const one = clusteredOperatingPoint([1, 0], [1, 0], 0.5, 'gte', [1, 1]);
    expect(one.youden).toMatchObject({ estimate: 1, se: { undefined: 'one-cluster' } });
  });
});
