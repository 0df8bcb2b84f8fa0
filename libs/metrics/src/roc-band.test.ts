import { describe, expect, it } from 'vitest';
import { cohortV1 } from './cohort-v1.js';
import { rocBandKs, rocBandPointwise } from './roc-band.js';
import { rocCurve } from './roc.js';
import { expectClose, expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';

describe('rocBandKs', () => {
  /** Kolmogorov's distribution function by its slow alternating series. */
  const kolmogorov = (x: number) => {
    let sum = 0;
    for (let k = 1; k < 2000; k++) sum += (-1) ** (k - 1) * Math.exp(-2 * k * k * x * x);
    return 1 - 2 * sum;
  };

  it.each([0.5, 0.8, 0.95, 0.999])('inverts the distribution at the root of level %f', (level) => {
    const { kolmogorovQuantile } = defined(rocBandKs(30, 120, level));
    expectClose(kolmogorov(kolmogorovQuantile), Math.sqrt(level), 1e-12);
  });

  it('gives the half-widths worked by hand for 25 and 100 cases', () => {
    const { tpr, fpr, assumption } = defined(rocBandKs(25, 100));
    expectClose(tpr, 1.4780533648 / (5 + 0.12 + 0.022), 1e-9);
    expectClose(fpr, 1.4780533648 / (10 + 0.12 + 0.011), 1e-9);
    expect(assumption).toBe('independent-images');
  });

  it('needs both classes and a level', () => {
    expect(rocBandKs(0, 0)).toEqual({ undefined: 'no-positives' });
    expect(rocBandKs(3, 0)).toEqual({ undefined: 'no-negatives' });
    expectRefusal(() => rocBandKs(3, 4, 1), 'bad-level');
    expectRefusal(() => rocBandKs(1.5, 4), 'bad-count');
  });
});

describe('rocBandPointwise', () => {
  const made = cohortV1({
    seed: 5,
    n: 120,
    prevalence: 0.35,
    separation: [1.2],
    itemShared: 0.7,
    itemOwn: 0.6,
    clusterShared: 0.4,
    clusterOwn: 0.2,
    maxClusterSize: 4,
    steps: 20,
  });
  const options = { replicates: 100, seed: 6, fpr: [0, 0.1, 0.5, 1] };

  it('holds the largest sensitivity at each false positive rate, and limits about it', () => {
    const scores = made.scores[0]!;
    const band = defined(
      rocBandPointwise(made.labels, scores, { ...options, clusters: made.clusters! }),
    );
    const points = rocCurve(made.labels, scores);
    const { falsePositives: n, truePositives: m } = points.at(-1)!;
    options.fpr.forEach((rate, k) => {
      const allowed = points.filter(({ falsePositives }) => falsePositives / n <= rate);
      expect(band.tpr[k]).toBe(Math.max(...allowed.map(({ truePositives }) => truePositives / m)));
      expect(band.lower[k]!).toBeLessThanOrEqual(band.tpr[k]! + 0.15);
      expect(band.upper[k]!).toBeGreaterThanOrEqual(band.lower[k]!);
    });
    expect([band.lower[3], band.tpr[3], band.upper[3]]).toEqual([1, 1, 1]);
    expect(band).toMatchObject({ seed: 6, replicates: 100, assumption: 'independent-patients' });
  });

  it('is wider over patients than over images that belong together', () => {
    // every image four times, as four images of one patient
    const labels = Uint8Array.from({ length: 240 }, (_, i) => ((i >> 2) % 3 === 0 ? 1 : 0));
    const scores = Float64Array.from(labels, (label, i) => label + (((i >> 2) * 7) % 11) / 5);
    const clusters = Int32Array.from(labels, (_, i) => i >> 2);
    const width = (ids?: Int32Array) => {
      const band = defined(
        rocBandPointwise(labels, scores, {
          seed: 1,
          replicates: 200,
          fpr: [0.3],
          ...(ids && { clusters: ids }),
        }),
      );
      return band.upper[0]! - band.lower[0]!;
    };
    expect(width(clusters)).toBeGreaterThan(1.5 * width());
  });

  it('asks for hundredths unless told, and needs both classes', () => {
    const band = defined(rocBandPointwise([1, 0, 1, 0], [4, 3, 2, 1], { seed: 1, replicates: 20 }));
    expect(band.fpr).toHaveLength(101);
    expect(band.assumption).toBe('independent-images');
    expect(rocBandPointwise([1, 1], [1, 2], { seed: 1 })).toEqual({ undefined: 'no-negatives' });
    expectRefusal(() => rocBandPointwise([1, 0], [1, 2], { seed: 1, fpr: [1.5] }), 'bad-option');
  });
});
