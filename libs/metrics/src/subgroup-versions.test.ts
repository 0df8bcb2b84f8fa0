import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../testing/arbitraries.js';
import { cohortV1 } from './cohort-v1.js';
import { subgroupAuc, subgroupGain } from './subgroup-auc.js';
import { subgroupVersions } from './subgroup-versions.js';

const { labels, scores, clusters } = cohortV1({
  ...{ seed: 5, n: 400, prevalence: 0.3, separation: [1.2, 1.5] },
  ...{ itemShared: 0.7, itemOwn: 0.5, maxClusterSize: 3, clusterShared: 0.4, clusterOwn: 0.3 },
});
const byPatient = Int32Array.from(clusters!, (patient) => patient % 3);
const byImage = Int32Array.from(labels, (_, i) => i % 2);

describe('subgroupVersions', () => {
  it.each([
    ['of patients', byPatient],
    ['that cross patients', byImage],
  ])('says in levels %s what the functions for one and for two say', (_, groups) => {
    const got = subgroupVersions(labels, scores, groups, { clusters: clusters! });
    scores.forEach((own, k) => {
      const alone = subgroupAuc(labels, own, Array.from(groups), clusters);
      expect(got.aucs[k]).toEqual({
        interaction: alone.interaction,
        leftOut: alone.leftOut,
        ...(alone.covariance && { covariance: alone.covariance }),
      });
      alone.groups.forEach(({ auc, variance, logitCi }, g) => {
        expect(got.groups[g]!.versions[k]).toMatchObject({ auc, variance, logitCi });
      });
    });
    const pair = subgroupGain(labels, scores[1]!, scores[0]!, Array.from(groups), {
      clusters: clusters!,
    });
    expect(got.gains[0]!.interaction).toEqual(pair.interaction);
    pair.groups.forEach(({ difference, se, p, ci }, g) => {
      expect(got.groups[g]!.versions[1]!.gain).toMatchObject({ difference, se, p, ci });
    });
  });

  it('keeps a level with few cases of a class out of the tests, and marks a smaller one', () => {
    // Level 9 has 8 positives: shown from 5 on, tested from 10 on.
    let positives = 0;
    const groups = Int32Array.from(byPatient, (level, i) =>
      labels[i] === 1 && positives++ < 8 ? 9 : labels[i] === 0 && i % 9 === 0 ? 9 : level,
    );
    const got = subgroupVersions(labels, scores, groups, { clusters: clusters!, minCell: 5 });
    expect(got.groups.at(-1)).toMatchObject({ level: 9, positives: 8, suppressed: false });
    expect(got.tested).toEqual([0, 1, 2]);
    expect(got.aucs[0]!.interaction).toMatchObject({ levelsUsed: 3 });
    const strict = subgroupVersions(labels, scores, groups, { clusters: clusters!, minCell: 9 });
    expect(strict.groups.at(-1)!.suppressed).toBe(true);
    expectRefusal(() => subgroupVersions(labels, scores, groups, { minTestCell: -1 }), 'bad-count');
  });

  it('counts the patients of each level, or the images', () => {
    const patients = subgroupVersions(labels, scores, byPatient, { clusters: clusters! });
    expect(patients.groups.map(({ units }) => units)).toEqual(
      [0, 1, 2].map((level) => new Set(clusters!.filter((patient) => patient % 3 === level)).size),
    );
    const images = subgroupVersions(labels, scores, byImage);
    expect(images.groups.map(({ units }) => units)).toEqual([200, 200]);
  });
});
