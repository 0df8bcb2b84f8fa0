import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rocAuc } from './auc.js';
import { chiSquareSf } from './chi-square.js';
import { clusteredAuc } from './clustered-auc.js';
import { clusteredPairedAuc } from './clustered-paired-auc.js';
import { comparePairedAuc } from './paired-auc.js';
import { subgroupAuc, subgroupGain } from './subgroup-auc.js';
import { cohorts, expectClose, expectRefusal, reversed } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import { slowAuc, slowPlacements } from '../testing/slow-definitions.js';

const pick = <T>(of: readonly T[], among: readonly boolean[]) => of.filter((_, i) => among[i]);

describe('subgroupAuc', () => {
  it('lists each level as if it stood alone, sorted, and tests them by Cochran’s Q', () => {
    fc.assert(
      fc.property(cohorts(2, 60), ({ labels, a, clusters }) => {
        const groups = clusters.map((id) => ['south', 'north', 'east'][id % 3]!);
        const got = subgroupAuc(labels, a, groups);
        const names = [...new Set(groups)].sort();
        expect(got.groups.map(({ level }) => level)).toEqual(names);
        const used: { auc: number; variance: number }[] = [];
        names.forEach((name, g) => {
          const among = groups.map((level) => level === name);
          const alone = rocAuc(pick(labels, among), pick(a, among));
          const { auc, variance, logitCi, positives, negatives } = got.groups[g]!;
          expect({ auc, positives, negatives }).toEqual({
            auc: alone.auc,
            positives: alone.positives,
            negatives: alone.negatives,
          });
          if (typeof variance !== 'number') {
            expect(variance).toEqual(alone.variance);
            expect(logitCi).toEqual(alone.logitCi);
          } else {
            expectClose(variance, alone.variance as number, 1e-12, 1e-17);
            if (variance > 0) used.push({ auc: auc as number, variance });
          }
        });
        expect(got.leftOut).toHaveLength(names.length - used.length);
        if (used.length < 2) {
          expect(got.interaction).toEqual({ undefined: 'fewer-than-two-levels' });
          return;
        }
        const weight = used.reduce((sum, { variance }) => sum + 1 / variance, 0);
        const mean = used.reduce((sum, { auc, variance }) => sum + auc / variance, 0) / weight;
        const q = used.reduce((sum, { auc, variance }) => sum + (auc - mean) ** 2 / variance, 0);
        const test = defined(got.interaction);
        expectClose(test.chiSquare, q, 1e-9, 1e-11);
        expect(test).toMatchObject({ df: used.length - 1, levelsUsed: used.length });
        expectClose(test.p, chiSquareSf(test.chiSquare, test.df), 1e-14);
      }),
    );
  });

  it('names the levels it cannot test and marks those too small to show', () => {
    const labels = [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0] as const;
    const scores = [3, 1, 2, 5, 4, 4, 1, 9, 8, 2, 1, 7];
    const groups = ['a', 'a', 'a', 'b', 'b', 'b', 'b', 'c', 'c', 'c', 'c', 'd'];
    const got = subgroupAuc(labels, scores, groups, undefined, { minCell: 2 });
    expect(got.leftOut).toEqual([
      { level: 'a', reason: 'one-positive' },
      { level: 'c', reason: 'zero-variance' },
      { level: 'd', reason: 'no-positives' },
    ]);
    expect(got.groups.map(({ suppressed }) => suppressed)).toEqual([true, false, false, true]);
    expect(got.interaction).toEqual({ undefined: 'fewer-than-two-levels' });
    expect(subgroupAuc(labels, scores, groups).groups.every(({ suppressed }) => suppressed)).toBe(
      true,
    );
  });

  it('uses the variance over patients where every patient is in one level', () => {
    const labels = [1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0] as const;
    const scores = [5, 2, 3, 4, 6, 1, 3, 2, 5, 4, 6, 2];
    const clusters = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6];
    const groups = clusters.map((id) => (id <= 3 ? 1 : 2));
    const got = subgroupAuc(labels, scores, groups, clusters);
    expect(got).toMatchObject({ crossed: false, assumption: 'independent-patients' });
    got.groups.forEach(({ level, auc, variance, logitCi }) => {
      const among = groups.map((of) => of === level);
      const alone = clusteredAuc(pick(labels, among), pick(scores, among), pick(clusters, among));
      expect({ auc, variance, logitCi }).toEqual({
        auc: alone.auc,
        variance: alone.variance,
        logitCi: alone.logitCi,
      });
    });
  });

  it('carries patients with images in two levels through their common covariance', () => {
    fc.assert(
      fc.property(
        cohorts(8, 60),
        fc.integer({ min: 2, max: 3 }),
        ({ labels, a, clusters }, levels) => {
          const groups = labels.map((_, i) => i % levels);
          const got = subgroupAuc(labels, a, groups, clusters);
          fc.pre(got.crossed && got.leftOut.length === 0);
          const ids = [...new Set(clusters)];
          const pulls = got.groups.map(({ level }) => {
            const among = groups.map((of) => of === level);
            const own = { labels: pick(labels, among), scores: pick(a, among) };
            const placed = slowPlacements(own);
            const auc = slowAuc(own);
            const owners = pick(clusters, among);
            const size = (label: number) => own.labels.filter((of) => of === label).length;
            return ids.map((id) =>
              placed.reduce(
                (sum, v, i) => sum + (owners[i] === id ? (v - auc) / size(own.labels[i]!) : 0),
                0,
              ),
            );
          });
          const factor = ids.length / (ids.length - 1);
          pulls.forEach((first, g) => {
            pulls.forEach((second, h) => {
              const expected = factor * first.reduce((sum, u, c) => sum + u * second[c]!, 0);
              expectClose(got.covariance![g]![h], expected, 1e-9, 1e-14);
            });
          });
          if (levels === 2 && typeof got.interaction === 'object' && 'df' in got.interaction) {
            const [[aa, ab], [, bb]] = got.covariance as [[number, number], [number, number]];
            const d = (got.groups[0]!.auc as number) - (got.groups[1]!.auc as number);
            expectClose(got.interaction.chiSquare, d ** 2 / (aa + bb - 2 * ab), 1e-7, 1e-9);
          }
        },
      ),
    );
  });

  it('does not depend on the order of cases', () => {
    fc.assert(
      fc.property(cohorts(8, 60), ({ labels, a, clusters }) => {
        const groups = labels.map((_, i) => (i % 2 ? 'x' : 'y'));
        const forward = subgroupAuc(labels, a, groups, clusters);
        fc.pre(forward.leftOut.length === 0);
        const backward = subgroupAuc(
          reversed(labels),
          reversed(a),
          reversed(groups),
          reversed(clusters),
        );
        expect(backward.groups.map(({ auc }) => auc)).toEqual(forward.groups.map(({ auc }) => auc));
        const [there, back] = [defined(forward.interaction), defined(backward.interaction)];
        expectClose(back.chiSquare, there.chiSquare, 1e-8, 1e-9);
      }),
    );
  });

  it('refuses a level without a name', () => {
    expectRefusal(() => subgroupAuc([1], [1], [null as never]), 'bad-cluster', /groups\[0\]/);
    expectRefusal(() => subgroupAuc([1, 0], [1, 2], ['x']), 'length-mismatch', /groups/);
    expect(subgroupAuc([], [], [])).toMatchObject({ groups: [], leftOut: [] });
  });
});

describe('subgroupGain', () => {
  const labels = [1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 1, 0] as const;
  const a = [5, 2, 3, 4, 6, 1, 3, 2, 5, 4, 6, 2];
  const b = [4, 3, 6, 1, 2, 2, 1, 4, 5, 6, 3, 1];
  const groups = labels.map((_, i) => (i < 6 ? 'f' : 'm'));

  it('tests whether the gain depends on the level', () => {
    const got = subgroupGain(labels, a, b, groups);
    const alone = ['f', 'm'].map((level) => {
      const among = groups.map((of) => of === level);
      return comparePairedAuc(pick(labels, among), pick(a, among), pick(b, among));
    });
    got.groups.forEach(({ aucA, aucB, difference, se, p }, g) => {
      const pair = alone[g]!;
      expect({ aucA, aucB, difference, se, p }).toEqual({
        aucA: pair.aucA,
        aucB: pair.aucB,
        difference: pair.difference,
        se: pair.se,
        p: pair.p,
      });
    });
    const [d0, d1] = alone.map(({ difference }) => difference as number);
    const [v0, v1] = alone.map(({ se }) => (se as number) ** 2);
    expectClose(defined(got.interaction).chiSquare, (d0! - d1!) ** 2 / (v0! + v1!), 1e-12);
  });

  it('uses patients where they are given, crossed or not', () => {
    const clusters = labels.map((_, i) => i >> 1);
    const within = subgroupGain(labels, a, b, groups, { clusters });
    const among = groups.map((of) => of === 'f');
    const alone = clusteredPairedAuc(
      pick(labels, among),
      pick(a, among),
      pick(b, among),
      pick(clusters, among),
    );
    expect(within.groups[0]!.se).toEqual(alone.se);
    const crossed = subgroupGain(
      labels,
      a,
      b,
      labels.map((_, i) => i % 3),
      { clusters: clusters.map((id) => id % 4) },
    );
    expect(crossed.crossed).toBe(true);
    expect(crossed.covariance).toHaveLength(3 - crossed.leftOut.length);
  });

  it('leaves out levels in which nothing differs', () => {
    const got = subgroupGain(labels, a, a, groups);
    expect(got.leftOut.map(({ reason }) => reason)).toEqual(['zero-variance', 'zero-variance']);
    expect(got.groups[0]).toMatchObject({ difference: 0, p: 1 });
  });
});
