import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rocAuc } from './auc.js';
import { clusteredAuc } from './clustered-auc.js';
import { clusteredPairedAuc } from './clustered-paired-auc.js';
import { comparePairedAuc } from './paired-auc.js';
import { studentTQuantile } from './student.js';
import {
  clusteredCohorts,
  cohorts,
  expectClose,
  expectRefusal,
  reversed,
} from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import { slowAuc, slowObuchowski } from '../testing/slow-definitions.js';

/** Three patients of 3, 2 and 1 images. */
const hand = {
  labels: [1, 0, 0, 1, 0, 1] as (0 | 1)[],
  scores: [4, 1, 3, 2, 0, 5],
  clusters: ['p', 'p', 'p', 'q', 'q', 'r'],
};

describe('clusteredAuc', () => {
  it('gives the components worked by hand', () => {
    // placements: positives 1, 2/3, 1; negatives 1 (score 1), 2/3 (score 3), 1 (score 0); AUC 8/9.
    // X: p 1/9, q -2/9, r 1/9; Y: p 1/9 - 2/9 = -1/9, q 1/9, r 0.
    const { auc, S10, S01, S11, variance, clusters, clustersWithPositive, clustersWithNegative } =
      clusteredAuc(hand.labels, hand.scores, hand.clusters);
    expect([clusters, clustersWithPositive, clustersWithNegative]).toEqual([3, 3, 2]);
    expectClose(auc, 8 / 9, 1e-15);
    expectClose(S10, (3 / (2 * 3)) * (6 / 81), 1e-13);
    expectClose(S01, (2 / (1 * 3)) * (2 / 81), 1e-13);
    expectClose(S11, (3 / 2) * (-3 / 81), 1e-13);
    expectClose(
      variance,
      (S10 as number) / 3 + (S01 as number) / 3 + (2 * (S11 as number)) / 9,
      1e-12,
    );
  });

  it('agrees with the published sums, ties and patients of different sizes included', () => {
    fc.assert(
      fc.property(clusteredCohorts(), ({ labels, a, clusters }) => {
        const got = clusteredAuc(labels, a, clusters);
        const slow = slowObuchowski(labels, a, a, clusters);
        expectClose(got.auc, slowAuc({ labels, scores: a }), 1e-14);
        expectClose(got.S10, slow.S10, 1e-9, 1e-14);
        expectClose(got.S01, slow.S01, 1e-9, 1e-14);
        expectClose(got.S11, slow.S11, 1e-9, 1e-13);
        expect(got.variance).toBeGreaterThanOrEqual(0);
        expectClose(got.variance, slow.covariance, 1e-8, 1e-14);
      }),
    );
  });

  it('is DeLong where every patient has one image', () => {
    fc.assert(
      fc.property(cohorts(2), ({ labels, a }) => {
        const alone = clusteredAuc(
          labels,
          a,
          labels.map((_, i) => `patient ${i}`),
        );
        const plain = rocAuc(labels, a);
        expectClose(alone.variance, plain.variance as number, 1e-12, 1e-17);
        if ((plain.variance as number) > 0) expectClose(alone.designEffect, 1, 1e-12);
      }),
    );
  });

  it('does not mind the names of patients or the order of images', () => {
    fc.assert(
      fc.property(clusteredCohorts(), ({ labels, a, clusters }) => {
        const { variance } = clusteredAuc(labels, a, clusters);
        const renamed = clusters.map((id) => `#${(id * 7) % 10}`);
        const turned = clusteredAuc(reversed(labels), reversed(a), reversed(renamed));
        if (typeof variance === 'number' && variance > 1e-12) {
          expectClose(turned.variance, variance, 1e-9, 1e-15);
        }
      }),
    );
  });

  it('leaves the AUC alone when every patient is doubled, and halves the variance or nearly so', () => {
    const { labels, scores, clusters } = hand;
    const twice = clusteredAuc(
      [...labels, ...labels],
      [...scores, ...scores],
      [...clusters, ...clusters.map((id) => `${id} again`)],
    );
    const once = clusteredAuc(labels, scores, clusters);
    expect(twice.auc).toBe(once.auc);
    expect(twice.variance).toBeGreaterThan(0);
  });

  it('takes intervals from the clustered error, Student and patient counts', () => {
    const got = clusteredAuc(hand.labels, hand.scores, hand.clusters, { level: 0.9 });
    const auc = 8 / 9;
    const se = got.se as number;
    const logit = (quantile: number) => {
      const half = (quantile * se) / (auc * (1 - auc));
      return [-half, half].map((by) => 1 / (1 + Math.exp(-(Math.log(8) + by))));
    };
    const check = (ci: unknown, expected: number[]) => {
      (ci as number[]).forEach((limit, k) => {
        expectClose(limit, expected[k]!, 1e-12);
      });
    };
    check(got.logitCi, logit(1.6448536269514722));
    check(got.logitTCi, logit(studentTQuantile(0.95, 2)));
    expect(got.tDf).toBe(2);
    // Newcombe counts patients: 3 with a positive and 2 with a negative image.
    expect(got.newcombeCi).not.toEqual(rocAuc(hand.labels, hand.scores, { level: 0.9 }).newcombeCi);
    expectClose(got.effectivePositives, 3 / (got.designEffect as number), 1e-14);
    expectClose(got.effectiveNegatives, 3 / (got.designEffect as number), 1e-14);
    expect(got.assumption).toBe('independent-patients');
  });

  it('says why there is no variance, positives first', () => {
    const reasonOf = (labels: (0 | 1)[], clusters: number[]) =>
      clusteredAuc(
        labels,
        labels.map((label, i) => label + i / 9),
        clusters,
      ).variance;
    expect(reasonOf([0, 0], [1, 2])).toEqual({ undefined: 'no-positives' });
    expect(reasonOf([1, 1], [1, 2])).toEqual({ undefined: 'no-negatives' });
    expect(reasonOf([1, 1, 0], [1, 1, 1])).toEqual({ undefined: 'one-cluster-with-positives' });
    expect(reasonOf([1, 1, 0, 0], [1, 2, 3, 3])).toEqual({
      undefined: 'one-cluster-with-negatives',
    });
    expect(reasonOf([1, 1, 0, 0], [1, 2, 3, 4])).toBe(0);
    const perfect = clusteredAuc([1, 1, 0, 0], [3, 4, 1, 2], [1, 2, 1, 2]);
    expect(perfect.logitCi).toEqual({ undefined: 'zero-variance' });
    expect(perfect.logitTCi).toEqual({ undefined: 'zero-variance' });
    expect(perfect.designEffect).toEqual({ undefined: 'zero-variance' });
    expect(Array.isArray(perfect.newcombeCi)).toBe(true);
  });

  it('is exactly without variance where positives and negatives of each patient pull evenly', () => {
    // placements: positives 1, 1/2; negatives 1/2, 1: each patient pulls the AUC up and down by 1/8
    const even = clusteredAuc([1, 0, 1, 0], [4, 3, 2, 1], [1, 1, 2, 2]);
    expect(even.S11).toBeLessThan(0);
    expect(even.variance).toBe(0);
    expect(even.logitCi).toEqual({ undefined: 'zero-variance' });
  });

  it('refuses a patient without an id', () => {
    expectRefusal(
      () => clusteredAuc([1, 0], [1, 2], [1, Number.NaN]),
      'bad-cluster',
      /clusters\[1\]/,
    );
    expectRefusal(() => clusteredAuc([1, 0], [1, 2], ['a', null as never]), 'bad-cluster');
    expectRefusal(() => clusteredAuc([1, 0], [1, 2], [1]), 'length-mismatch', /clusters/);
  });
});

describe('clusteredPairedAuc', () => {
  it('agrees with the published sums for the covariance and the difference', () => {
    fc.assert(
      fc.property(clusteredCohorts(), ({ labels, a, b, clusters }) => {
        const got = clusteredPairedAuc(labels, a, b, clusters);
        const cov = (x: number[], y: number[]) => slowObuchowski(labels, x, y, clusters).covariance;
        const [[aa, ab], [ba, bb]] = defined(got.covariance) as [
          [number, number],
          [number, number],
        ];
        expectClose(aa, cov(a, a), 1e-8, 1e-13);
        expectClose(ab, cov(a, b), 1e-8, 1e-13);
        expectClose(bb, cov(b, b), 1e-8, 1e-13);
        expect(ba).toBe(ab);
        const variance = cov(a, a) + cov(b, b) - 2 * cov(a, b);
        expectClose((got.se as number) ** 2, variance, 1e-8, 1e-13);
      }),
    );
  });

  it('equals DeLong on single images and turns over with the versions', () => {
    fc.assert(
      fc.property(cohorts(2), ({ labels, a, b }) => {
        const clusters = Int32Array.from(labels, (_, i) => 3 * i - 40);
        const forward = clusteredPairedAuc(labels, a, b, clusters);
        const plain = comparePairedAuc(labels, a, b);
        expectClose(forward.se, plain.se as number, 1e-11, 1e-15);
        const backward = clusteredPairedAuc(labels, b, a, clusters);
        expectClose(backward.difference, -(forward.difference as number), 0, 0);
        expect(backward.se).toBe(forward.se);
      }),
    );
  });

  it('uses Student on patients less one for tP and tCi', () => {
    const b = [3, 4, 1, 2, 0, 5];
    const got = clusteredPairedAuc(hand.labels, hand.scores, b, hand.clusters, { margin: 0.3 });
    expect(got.tDf).toBe(2);
    const [d, se] = [got.difference as number, got.se as number];
    const t = d / se;
    // On two degrees of freedom the t distribution has a closed form.
    expectClose(got.tP, 1 - t / Math.sqrt(2 + t * t), 1e-12);
    const half = Math.sqrt((4 * 0.475 ** 2 * 2) / (1 - 4 * 0.475 ** 2)) * se;
    expectClose(defined(got.tCi)[0], Math.max(-1, d - half), 1e-12);
    expect(got.nonInferiority!.margin).toBe(0.3);
    expect(got.logitCiA).toEqual(clusteredAuc(hand.labels, hand.scores, hand.clusters).logitCi);
    expect(got.logitCiB).toEqual(clusteredAuc(hand.labels, b, hand.clusters).logitCi);
  });

  it('has point estimates but no test from a single patient', () => {
    const one = clusteredPairedAuc([1, 0, 0], [1, 2, 0], [2, 1, 0], ['x', 'x', 'x']);
    expect(one).toMatchObject({ aucA: 0.5, aucB: 1, difference: -0.5, clusters: 1, tDf: 0 });
    for (const quantity of [
      one.se,
      one.p,
      one.tP,
      one.tCi,
      one.covariance,
      one.S10,
      one.designEffectA,
    ]) {
      expect(quantity).toEqual({ undefined: 'one-cluster-with-positives' });
    }
  });

  it('finds nothing between identical versions', () => {
    const same = clusteredPairedAuc(hand.labels, hand.scores, hand.scores, hand.clusters);
    expect(same).toMatchObject({
      difference: 0,
      se: 0,
      z: 0,
      p: 1,
      ci: [0, 0],
      tP: 1,
      tCi: [0, 0],
    });
  });
});
