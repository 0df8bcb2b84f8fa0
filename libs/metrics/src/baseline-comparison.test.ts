import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredCohorts, expectRefusal } from '../testing/arbitraries.js';
import { compareWithBaseline } from './baseline-comparison.js';
import { clusteredAuc } from './clustered-auc.js';
import { clusteredPairedAuc } from './clustered-paired-auc.js';
import { cohortV1 } from './cohort-v1.js';
import { compareAucs } from './compare-aucs.js';
import { comparePairedAuc } from './paired-auc.js';

const { labels, scores, clusters } = cohortV1({
  ...{ seed: 11, n: 240, prevalence: 0.25, separation: [1.2, 1.5, 0.8] },
  ...{ itemShared: 0.7, itemOwn: 0.5, maxClusterSize: 4, clusterShared: 0.4, clusterOwn: 0.3 },
});

describe('compareWithBaseline', () => {
  it('says of each version and each difference what the functions for one and for two say', () => {
    const got = compareWithBaseline(labels, scores, { clusters, margin: 0.05 });
    scores.forEach((own, k) => {
      const alone = clusteredAuc(labels, own, clusters!);
      expect(got.versions[k]).toMatchObject({
        ...{ auc: alone.auc, variance: alone.variance, logitCi: alone.logitCi },
        ...{ logitTCi: alone.logitTCi, newcombeCi: alone.newcombeCi },
        designEffect: alone.designEffect,
      });
    });
    [1, 2].forEach((k) => {
      const pair = clusteredPairedAuc(labels, scores[k]!, scores[0]!, clusters!, { margin: 0.05 });
      expect(got.differences[k - 1]).toEqual({
        ...{ difference: pair.difference, se: pair.se, z: pair.z, p: pair.p, ci: pair.ci },
        ...{ tP: pair.tP, tCi: pair.tCi, nonInferiority: pair.nonInferiority },
      });
    });
    const all = compareAucs(
      labels,
      scores.map((own, k) => ({ name: String(k), scores: own })),
      { clusters: clusters! },
    );
    expect(got.omnibus).toEqual(all.omnibus);
    expect(got.units).toBe(new Set(clusters).size);
  });

  it('takes images as units where no patients are given', () => {
    const got = compareWithBaseline(labels, scores.slice(0, 2));
    const pair = comparePairedAuc(labels, scores[1]!, scores[0]!);
    expect(got.differences[0]).toMatchObject({
      difference: pair.difference,
      se: pair.se,
      p: pair.p,
    });
    expect(got).toMatchObject({ units: 240, assumption: 'independent-images' });
    expect(got.versions[0]!.designEffect).toBe(1);
  });

  it('agrees with the paired test on any cohort', () => {
    fc.assert(
      fc.property(clusteredCohorts(), (cohort) => {
        const got = compareWithBaseline(cohort.labels, [cohort.a, cohort.b], cohort);
        const pair = clusteredPairedAuc(cohort.labels, cohort.b, cohort.a, cohort.clusters);
        expect(got.differences[0]).toEqual({
          ...{ difference: pair.difference, se: pair.se, z: pair.z, p: pair.p, ci: pair.ci },
          ...{ tP: pair.tP, tCi: pair.tCi },
        });
      }),
    );
  });

  it('has no value without a class, and no variance from one patient of a class', () => {
    const none = { undefined: 'no-positives' };
    expect(
      compareWithBaseline(
        [0, 0],
        [
          [1, 2],
          [2, 1],
        ],
      ),
    ).toMatchObject({
      versions: [{ auc: none }, { auc: none }],
      differences: [{ difference: none, p: none }],
      omnibus: none,
    });
    const one = compareWithBaseline([1, 1, 0, 0], [[4, 2, 3, 1]], { clusters: [1, 1, 2, 3] });
    expect(one.versions[0]).toMatchObject({
      auc: 0.75,
      se: { undefined: 'one-cluster-with-positives' },
    });
    expectRefusal(() => compareWithBaseline([1, 0], []), 'bad-option');
    expectRefusal(() => compareWithBaseline([1, 0], [[1]]), 'length-mismatch');
  });
});
