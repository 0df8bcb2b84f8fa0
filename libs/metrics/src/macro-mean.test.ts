import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterBootstrap } from './cluster-bootstrap.js';
import { checkedClusters } from './clusters.js';
import { macroMean, macroMeanStatistic, meanOverClusters } from './macro-mean.js';
import { comparePairedJaccard } from './paired-jaccard.js';
import { studentTQuantile } from './student.js';
import { undef } from './value.js';
import { wilcoxonSignedRank } from './wilcoxon.js';
import { expectClose, expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import { slowWilcoxon } from '../testing/slow-definitions.js';

const empty = undef('both-masks-empty');

describe('macroMean', () => {
  it('gives mean, error and t limits worked by hand, leaving out what does not exist', () => {
    // 0.2, 0.5, 0.8: mean 0.5, sd 0.3; t on 2 df at 0.975 is sqrt(2 0.9025 / 0.0975)
    const got = macroMean([0.2, empty, 0.5, 0.8, null]);
    expect(got).toMatchObject({ images: 3, excluded: 2, ciMethod: 't' });
    expectClose(got.mean, 0.5, 1e-15);
    expectClose(got.sd, 0.3, 1e-14);
    const half = (Math.sqrt(1.805 / 0.0975) * 0.3) / Math.sqrt(3);
    expectClose(defined(got.tCi)[0], 0.5 - half, 1e-12);
    expectClose(defined(got.tCi)[1], 0.5 + half, 1e-12);
    expect(got.ci).toEqual(got.tCi);
    expect('clusterSe' in got).toBe(false);
  });

  it('gives the cluster error worked by hand for patients of 3 and 1 images', () => {
    // deviations -.3, .1, .1, .1: patients -.1 and .1; sqrt(2 (.01 + .01)) / 4
    const got = macroMean([0.2, 0.6, 0.6, 0.6], ['a', 'a', 'a', 'b']);
    expectClose(got.clusterSe, 0.2 / 4, 1e-13);
    expectClose(defined(got.clusterCi!)[0], 0.5 - 1.959963984540054 * 0.05, 1e-13);
    expectClose(defined(got.clusterTCi!)[1], 0.5 + studentTQuantile(0.975, 1) * 0.05, 1e-13);
    expect(got.clusters).toBe(2);
  });

  it('equals the plain error where every image is its own patient', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 30 }),
        (tenths) => {
          const values = tenths.map((k) => k / 10);
          const got = macroMean(
            values,
            values.map((_, i) => i),
            { replicates: 2 },
          );
          expectClose(got.clusterSe, got.se as number, 1e-12, 1e-16);
        },
      ),
    );
  });

  it('shows the resampled interval where patients are given, with its seed', () => {
    const values = [0.2, 0.9, 0.5, 0.7, 0.4];
    const clusters = [1, 1, 2, 3, 3];
    const got = macroMean(values, clusters, { replicates: 60, seed: 8, level: 0.9 });
    const expected = clusterBootstrap(macroMeanStatistic(Float64Array.from(values)), clusters, {
      replicates: 60,
      seed: 8,
      level: 0.9,
    });
    expect(got.bootstrap).toEqual(expected);
    expect(got.ci).toEqual(expected.percentile);
    expect(got.ciMethod).toBe('cluster-bootstrap');
    expect(macroMean(values, clusters).bootstrap).toMatchObject({ replicates: 2000, seed: 1 });
  });

  it('counts patients of images that have a value only', () => {
    const got = macroMean([0.4, empty, 0.6, 0.5], ['a', 'b', 'c', 'c'], { replicates: 5 });
    expect(got.clusters).toBe(2);
    expect(got.excluded).toBe(1);
  });

  it('says why there is no mean or no error', () => {
    expect(macroMean([])).toMatchObject({
      mean: { undefined: 'no-cases' },
      ci: { undefined: 'no-cases' },
    });
    expect(macroMean([empty, undef('no-lesion-pixels')]).mean).toEqual(empty);
    expect(macroMean([0.4])).toMatchObject({
      mean: 0.4,
      sd: { undefined: 'one-case' },
      tCi: { undefined: 'one-case' },
    });
    const one = macroMean([0.4, 0.6], ['p', 'p']);
    expect(one.mean).toBe(0.5);
    for (const quantity of [one.clusterSe, one.clusterCi, one.clusterTCi, one.ci]) {
      expect(quantity).toEqual({ undefined: 'one-cluster' });
    }
    expect(macroMean([null], ['p'])).toMatchObject({
      mean: { undefined: 'no-cases' },
      clusterSe: { undefined: 'no-cases' },
      ci: { undefined: 'no-cases' },
    });
  });

  it('refuses values that are no numbers and patients that do not fit', () => {
    expectRefusal(() => macroMean([0.1, Number.NaN]), 'non-finite-score', /values\[1\]/);
    expectRefusal(() => macroMean([0.1], ['a', 'b']), 'length-mismatch');
    expectRefusal(() => macroMean([0.1], undefined, { level: 2 }), 'bad-level');
  });
});

describe('wilcoxonSignedRank', () => {
  it('agrees with every pattern of signs', () => {
    const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 11 });
    fc.assert(
      fc.property(sizes, fc.integer(), (sorted, signs) => {
        const differences = sorted.map((size, i) => ((signs >> i) & 1 ? size : -size));
        const got = defined(wilcoxonSignedRank(differences));
        expect(got.method).toBe('exact');
        expectClose(got.p, slowWilcoxon(differences), 1e-13);
        const turned = defined(wilcoxonSignedRank(differences.map((d) => -d)));
        expectClose(turned.p, got.p, 1e-14);
        expect(turned.wPlus + got.wPlus).toBe((sorted.length * (sorted.length + 1)) / 2);
      }),
    );
  });

  it('shares ranks among ties and drops zeros, as by hand', () => {
    // sizes 1 1 2 3: ranks 1.5 1.5 3 4; mean 5, variance 7.5 - 6/48
    const got = defined(wilcoxonSignedRank([1, -1, 2, 0, 3]));
    expect(got).toMatchObject({ wPlus: 8.5, nonZero: 4, method: 'normal' });
    expectClose(got.z, 3.5 / Math.sqrt(7.375), 1e-14);
  });

  it('is exact up to 25 differences without ties and zeros', () => {
    const differences = Array.from({ length: 25 }, (_, i) => (i % 3 ? i + 1 : -i - 1));
    expect(wilcoxonSignedRank(differences)).toMatchObject({ method: 'exact', z: null });
    expect(wilcoxonSignedRank([...differences, 30])).toMatchObject({ method: 'normal' });
    expect(wilcoxonSignedRank([...differences.slice(1), 0])).toMatchObject({ method: 'normal' });
  });

  it('finds nothing in zeros and has nothing to say of no differences', () => {
    expect(wilcoxonSignedRank([0, 0])).toEqual({
      wPlus: 0,
      nonZero: 0,
      z: 0,
      p: 1,
      method: 'normal',
    });
    expect(wilcoxonSignedRank([])).toEqual({ undefined: 'no-cases' });
    expectRefusal(
      () => wilcoxonSignedRank([1, Number.NaN]),
      'non-finite-score',
      /differences\[1\]/,
    );
  });
});

describe('comparePairedJaccard', () => {
  const a = [0.7, 0.5, empty, 0.8, 0.6, 0.9];
  const b = [0.8, 0.5, 0.4, 0.6, 0.9, null];
  const clusters = ['p', 'p', 'p', 'q', 'r', 'r'];
  const options = { replicates: 80, seed: 2 };

  it('compares B with A over the images where both exist', () => {
    const got = comparePairedJaccard(a, b, clusters, options);
    // differences .1, 0, -.2, .3: mean .05; deviations by patient: p 0, q -.25, r .25
    expect(got).toMatchObject({ images: 4, excluded: 2 });
    expectClose(got.meanA, 0.65, 1e-15);
    expectClose(got.meanB, 0.7, 1e-15);
    expectClose(got.difference.mean, 0.05, 1e-14);
    expectClose(got.difference.clusterSe, Math.sqrt(1.5 * 0.125) / 4, 1e-13);
    expectClose(
      defined(got.difference.clusterCi)[0],
      0.05 - (1.959963984540054 * Math.sqrt(0.1875)) / 4,
      1e-12,
    );
    expect(got.difference.wilcoxon).toEqual(
      wilcoxonSignedRank([0.8 - 0.7, 0, 0.6 - 0.8, 0.9 - 0.6]),
    );
    expect(got.difference.bootstrap).toMatchObject({ seed: 2, replicates: 80 });
  });

  it('turns over with the versions', () => {
    const forward = comparePairedJaccard(a, b, clusters, options).difference;
    const backward = comparePairedJaccard(b, a, clusters, options).difference;
    expectClose(backward.mean, -(forward.mean as number), 1e-14);
    expect(backward.clusterSe).toBe(forward.clusterSe);
    expectClose(backward.clusterP, forward.clusterP as number, 1e-12);
  });

  it('says why there is nothing to compare', () => {
    const none = comparePairedJaccard([null], [0.5], ['p'], options);
    expect(none.difference).toMatchObject({
      mean: { undefined: 'no-cases' },
      clusterSe: { undefined: 'no-cases' },
      wilcoxon: { undefined: 'no-cases' },
    });
    const one = comparePairedJaccard([0.4, 0.5], [0.5, 0.7], ['p', 'p'], options).difference;
    expectClose(one.mean, 0.15, 1e-14);
    expect(one.clusterSe).toEqual({ undefined: 'one-cluster' });
    expect(one.bootstrap.percentile).toEqual({ undefined: 'one-cluster' });
    expectRefusal(() => comparePairedJaccard([0.4], [0.5, 0.6], ['p'], options), 'length-mismatch');
  });
});

describe('meanOverClusters', () => {
  it('draws the same patients of a large cohort and finds the same means as summing images', () => {
    const values = Float64Array.from({ length: 21_000 }, (_, i) => ((i * 37) % 101) / 101);
    const ids = Int32Array.from(values, (_, i) => (i * i) % 1700);
    const options = { seed: 4, replicates: 50 };
    const slow = clusterBootstrap(macroMeanStatistic(values), ids, options);
    const got = meanOverClusters(values, checkedClusters(ids, ids.length), options);
    got.values.forEach((value, b) => {
      expectClose(value, slow.values[b]!, 1e-12);
    });
    expectClose(got.estimate, slow.estimate as number, 1e-12);
    expectClose(got.acceleration, slow.acceleration as number, 1e-9);
  });
});

describe('macroMean of a column', () => {
  it('says of a Float64Array what it says of a list', () => {
    const values = Array.from({ length: 90 }, (_, i) => ((i * 37) % 101) / 101);
    const ids = Int32Array.from(values, (_, i) => (i * i) % 17);
    expect(macroMean(Float64Array.from(values), ids)).toEqual(macroMean(values, ids));
    expect(macroMean(Float64Array.from(values))).toEqual(macroMean(values));
    expectRefusal(() => macroMean(Float64Array.of(0.5, Number.NaN)), 'non-finite-score', /\[1\]/);
  });
});
