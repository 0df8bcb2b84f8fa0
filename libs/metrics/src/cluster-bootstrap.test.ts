import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc } from './auc.js';
import { aucDifferenceStatistic, aucStatistic } from './auc-statistic.js';
import {
  clusterBootstrap,
  statisticOfCases,
  type ResampledStatistic,
} from './cluster-bootstrap.js';
import { resampleClusters } from './cluster-draws.js';
import { macroMeanStatistic } from './macro-mean.js';
import { below, mulberry32 } from './mulberry32.js';
import { normalCdf, normalQuantile } from './normal.js';
import { undef } from './value.js';
import { cohorts, expectClose, expectRefusal, reversed } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import { slowAuc, slowQuantile } from '../testing/slow-definitions.js';

const mean =
  (values: readonly number[]): ResampledStatistic =>
  (weights) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / total;
  };

describe('clusterBootstrap', () => {
  const values = [1, 4, 2, 8, 5, 7, 3, 3, 9];
  const clusters = ['b', 'b', 'a', 'c', 'c', 'c', 'd', 'e', 'e'];
  const options = { replicates: 200, seed: 11 };

  it('draws, weighs and summarises as its recipe says, step by step', () => {
    const got = clusterBootstrap(mean(values), clusters, options);
    const random = mulberry32(11);
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const replicates = Array.from({ length: 200 }, () => {
      const drawn = ids.map(() => ids[Math.floor((random() / 2 ** 32) * 5)]!);
      const cases = drawn.flatMap((id) => values.filter((_, i) => clusters[i] === id));
      return cases.reduce((a, b) => a + b) / cases.length;
    });
    Array.from(got.values).forEach((value, k) => {
      expectClose(value, replicates[k]!, 1e-14);
    });
    const centre = replicates.reduce((a, b) => a + b) / 200;
    const squares = replicates.reduce((a, b) => a + (b - centre) ** 2, 0);
    expectClose(got.se, Math.sqrt(squares / 199), 1e-12);
    const [lower, upper] = defined(got.percentile);
    expectClose(lower, slowQuantile(replicates, 0.025), 1e-13);
    expectClose(upper, slowQuantile(replicates, 0.975), 1e-13);

    const whole = values.reduce((a, b) => a + b) / 9;
    const z0 = normalQuantile(
      (replicates.filter((v) => v < whole).length + replicates.filter((v) => v <= whole).length) /
        400,
    );
    const left = ids.map((id) => {
      const rest = values.filter((_, i) => clusters[i] !== id);
      return rest.reduce((a, b) => a + b) / rest.length;
    });
    const middle = left.reduce((a, b) => a + b) / 5;
    const power = (k: number) => left.reduce((sum, t) => sum + (middle - t) ** k, 0);
    const acceleration = power(3) / (6 * power(2) ** 1.5);
    expectClose(got.z0, z0, 1e-12);
    expectClose(got.acceleration, acceleration, 1e-12);
    const level = (p: number) => {
      const shifted = z0 + normalQuantile(p);
      return normalCdf(z0 + shifted / (1 - acceleration * shifted));
    };
    expectClose(defined(got.bca)[0], slowQuantile(replicates, level(0.025)), 1e-12);
    expectClose(defined(got.bca)[1], slowQuantile(replicates, level(0.975)), 1e-12);
    expect(got).toMatchObject({
      estimate: whole,
      redrawn: 0,
      replicates: 200,
      seed: 11,
      level: 0.95,
    });
  });

  it('does not depend on the order of cases or on the spelling of ids that sort alike', () => {
    const got = clusterBootstrap(mean(values), clusters, options);
    const turned = clusterBootstrap(mean(reversed(values)), reversed(clusters), options);
    const numbered = clusterBootstrap(mean(values), [20, 20, -3, 21, 21, 21, 40, 50, 50], options);
    expectClose(turned.se, got.se as number, 1e-12);
    expect(numbered.values).toEqual(got.values);
    const other = clusterBootstrap(mean(values), clusters, { ...options, seed: 12 });
    expect(other.values).not.toEqual(got.values);
  });

  it('sorts numbers as numbers and texts by code unit', () => {
    const as = (ids: (number | string)[]) => clusterBootstrap(mean([1, 2, 5]), ids, options).values;
    expect(as([9, 10, 11])).toEqual(as(['a', 'b', 'c']));
    expect(as(['9', '10', '11'])).toEqual(as(['c', 'a', 'b']));
    expect(as(['B', 'a', 'é'])).toEqual(as([1, 2, 3]));
    expect(as([7, '7', '8'])).toEqual(as([1, 2, 3]));
  });

  it('gives the same through lists of cases as through weights', () => {
    fc.assert(
      fc.property(cohorts(4, 20), ({ labels, a, clusters: ids }) => {
        const resampling = { replicates: 20, seed: 3 };
        const byCases = statisticOfCases((cases) => {
          const chosen = Array.from(cases);
          return auc(
            chosen.map((i) => labels[i]!),
            chosen.map((i) => a[i]!),
          );
        });
        expect(clusterBootstrap(byCases, ids, resampling)).toEqual(
          clusterBootstrap(aucStatistic(labels, a), ids, resampling),
        );
      }),
    );
  });

  it('leaves out one patient at a time in one pass, as by asking for each', () => {
    fc.assert(
      fc.property(cohorts(4, 24), ({ labels, a, b, clusters: ids }) => {
        const resampling = { replicates: 4, seed: 3 };
        // eighths: sums without rounding, so that patients who change nothing change exactly nothing
        const values = Float64Array.from(b, (score) => Math.round(8 * Math.atan(score)) / 8);
        for (const statistic of [
          aucStatistic(labels, a),
          aucDifferenceStatistic(labels, a, b),
          macroMeanStatistic(values),
        ]) {
          const fast = clusterBootstrap(statistic, ids, resampling).acceleration;
          const slow = clusterBootstrap((w) => statistic(w), ids, resampling).acceleration;
          expect(typeof fast).toBe(typeof slow);
          if (typeof slow === 'number') expectClose(fast, slow, 1e-6, 1e-9);
        }
      }),
    );
  });

  it('redraws what does not exist and gives up when it hardly ever does', () => {
    let calls = 0;
    const everyThird: ResampledStatistic = () => (calls++ % 3 === 0 ? calls : undef('no-cases'));
    const got = clusterBootstrap(everyThird, [1, 2], { replicates: 10, seed: 1 });
    expect(got.redrawn).toBe(20);
    const onlyWhole: ResampledStatistic = (weights) =>
      weights.every((weight) => weight === 1) ? 1 : undef('no-positives');
    const many = Array.from({ length: 40 }, (_, i) => i);
    const none = clusterBootstrap(onlyWhole, many, { replicates: 5, seed: 1 });
    expect(none.estimate).toBe(1);
    expect(none.se).toEqual({ undefined: 'too-many-redraws' });
    expect(none.percentile).toEqual({ undefined: 'too-many-redraws' });
    expect(none.values).toHaveLength(0);
  });

  it('has no accelerated interval where the correction has no footing', () => {
    const same = clusterBootstrap(() => 3, [1, 2, 3], { replicates: 10, seed: 1 });
    expect(same).toMatchObject({ se: 0, percentile: [3, 3], z0: 0 });
    expect(same.acceleration).toEqual({ undefined: 'bca-degenerate' });
    expect(same.bca).toEqual({ undefined: 'bca-degenerate' });
    // all replicates above the estimate: z0 would be infinite
    let first = true;
    const above = clusterBootstrap(
      (weights) => (first ? ((first = false), 0) : 1 + weights[0]!),
      [1, 2, 3],
      { replicates: 10, seed: 1 },
    );
    expect(above.z0).toEqual({ undefined: 'bca-degenerate' });
    expect(above.bca).toEqual({ undefined: 'bca-degenerate' });
    expect(typeof above.acceleration).toBe('number');
    // without patient 1 there is no positive left
    const fragile = clusterBootstrap(aucStatistic([1, 0, 0, 0], [3, 1, 4, 2]), [1, 2, 3, 4], {
      replicates: 20,
      seed: 4,
    });
    expect(fragile.acceleration).toEqual({ undefined: 'bca-degenerate' });
    expect(typeof fragile.se).toBe('number');
  });

  it('passes on why the quantity does not exist in the cohort', () => {
    const none = clusterBootstrap(aucStatistic([0, 0], [1, 2]), [1, 2], options);
    for (const quantity of [none.estimate, none.se, none.percentile, none.bca, none.z0]) {
      expect(quantity).toEqual({ undefined: 'no-positives' });
    }
    expect(clusterBootstrap(() => 1, [], options).se).toEqual({ undefined: 'no-cases' });
  });

  it('refuses a resampling that is none', () => {
    const draw = (more: object) => () =>
      clusterBootstrap(mean([1, 2]), [1, 2], { seed: 1, ...more });
    expectRefusal(draw({ replicates: 1 }), 'bad-count');
    expectRefusal(draw({ replicates: 2.5 }), 'bad-count');
    expectRefusal(draw({ seed: -1 }), 'bad-option', /seed/);
    expectRefusal(draw({ seed: 0.5 }), 'bad-option');
    expectRefusal(draw({ level: 1 }), 'bad-level');
  });
});

describe('aucStatistic', () => {
  it('agrees with the pairwise definition on repeated cases', () => {
    const weighted = cohorts(1, 16).chain((cohort) =>
      fc.tuple(
        fc.constant(cohort),
        fc.array(fc.nat(3), { minLength: cohort.labels.length, maxLength: cohort.labels.length }),
      ),
    );
    fc.assert(
      fc.property(weighted, ([{ labels, a, b }, weights]) => {
        const repeat = <T>(of: readonly T[]) =>
          of.flatMap((x, i) => new Array<T>(weights[i]!).fill(x));
        const repeated = repeat(labels);
        fc.pre(repeated.includes(1) && repeated.includes(0));
        const [ofA, ofB] = [a, b].map((of) => slowAuc({ labels: repeated, scores: repeat(of) }));
        expectClose(aucStatistic(labels, a)(Uint32Array.from(weights)), ofA!, 1e-14);
        const difference = aucDifferenceStatistic(labels, a, b)(Uint32Array.from(weights));
        expectClose(difference, ofA! - ofB!, 1e-14, 1e-14);
      }),
    );
  });

  it('names the class a resample lacks', () => {
    const statistic = aucDifferenceStatistic([1, 0], [1, 2], [2, 1]);
    expect(statistic(new Uint32Array([0, 2]))).toEqual({ undefined: 'no-positives' });
    expect(statistic(new Uint32Array([2, 0]))).toEqual({ undefined: 'no-negatives' });
  });
});

describe('resampleClusters', () => {
  const rowsOf = (count: number, seed: number, replicates: number) => {
    const rows: number[][] = [];
    resampleClusters(count, seed, replicates, (drawn) => rows.push(Array.from(drawn)) > 0);
    return rows;
  };
  const fromStream = (count: number, seed: number, replicates: number) => {
    const random = mulberry32(seed);
    return Array.from({ length: replicates }, () => {
      const drawn = new Array<number>(count).fill(0);
      for (let c = 0; c < count; c++) drawn[below(random, count)]!++;
      return drawn;
    });
  };

  it('draws what one stream draws, whether or not draws are kept, and whoever drew before', () => {
    expect(rowsOf(7, 3, 5)).toEqual(fromStream(7, 3, 5));
    expect(rowsOf(5, 3, 4)).toEqual(fromStream(5, 3, 4));
    expect(rowsOf(7, 3, 9)).toEqual(fromStream(7, 3, 9));
    expect(rowsOf(7, 4, 3)).toEqual(fromStream(7, 4, 3));
  });

  it('goes on from the stream past what is kept', () => {
    const count = 3_000_001;
    const sums: number[] = [];
    // Ten rows are kept of so many patients; the eleventh is not.
    resampleClusters(count, 1, 11, (drawn) => sums.push(drawn[0]! + 8 * drawn[count - 1]!) > 0);
    const random = mulberry32(1);
    const expected = Array.from({ length: 11 }, () => {
      let [first, last] = [0, 0];
      for (let c = 0; c < count; c++) {
        const patient = below(random, count);
        if (patient === 0) first++;
        else if (patient === count - 1) last++;
      }
      return first + 8 * last;
    });
    expect(sums).toEqual(expected);
  });
});
