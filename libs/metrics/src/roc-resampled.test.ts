import { describe, expect, it } from 'vitest';
import { expectClose, expectRefusal } from '../testing/arbitraries.js';
import { clusterBootstrap, statisticOfCases } from './cluster-bootstrap.js';
import { cohortV1 } from './cohort-v1.js';
import { averagePrecision } from './precision-recall.js';
import { rocBandPointwise } from './roc-band.js';
import { resampledRoc, type ResampledRoc } from './roc-resampled.js';
import { specificityAtSensitivity } from './specificity-at-sensitivity.js';
import { isDefined, mapValue } from './value.js';

const { labels, scores, clusters } = cohortV1({
  ...{ seed: 3, n: 150, prevalence: 0.3, separation: [1.4], steps: 24 },
  ...{ itemShared: 0.7, itemOwn: 0.5, maxClusterSize: 4, clusterShared: 0.4, clusterOwn: 0.3 },
});
const own = scores[0]!;
const options = { clusters: clusters!, seed: 7, replicates: 300 };
const fpr = [0, 0.05, 0.1, 0.3, 0.9, 1];
const sensitivities = [0.5, 0.82, 0.89, 1];

const resampled = (more = {}): ResampledRoc => {
  const got = resampledRoc(labels, own, { ...options, fpr, sensitivities, ...more });
  if (!isDefined(got)) throw new Error(got.undefined);
  return got;
};

describe('resampledRoc', () => {
  it('draws the band that rocBandPointwise draws from the same resamples', () => {
    const band = rocBandPointwise(labels, own, { ...options, fpr });
    if (!isDefined(band)) throw new Error(band.undefined);
    const got = resampled();
    expect(got.lower).toEqual(band.lower);
    expect(got.upper).toEqual(band.upper);
    expect(got.redrawn).toBe(band.redrawn);
  });

  it('has the limits of specificity and average precision that asking case by case gives', () => {
    const ofCases = (cases: Uint32Array) => ({
      labels: Uint8Array.from(cases, (i) => labels[i]!),
      scores: Float64Array.from(cases, (i) => own[i]!),
    });
    const got = resampled();
    sensitivities.forEach((target, k) => {
      const slow = clusterBootstrap(
        statisticOfCases((cases) => {
          const drawn = ofCases(cases);
          const point = specificityAtSensitivity(drawn.labels, drawn.scores, target);
          return mapValue(point, ({ specificity }) => specificity);
        }),
        clusters!,
        options,
      );
      expect(slow.percentile).toEqual(got.specificity[k]);
    });
    const slow = clusterBootstrap(
      statisticOfCases((cases) => {
        const drawn = ofCases(cases);
        return averagePrecision(drawn.labels, drawn.scores);
      }),
      clusters!,
      options,
    );
    if (!isDefined(slow.percentile)) throw new Error('no interval');
    slow.percentile.forEach((limit, side) => {
      expectClose(got.averagePrecision[side], limit, 1e-12);
    });
  });

  it('draws images where no patients are given, and says so', () => {
    expect(resampled({ clusters: undefined }).assumption).toBe('independent-images');
    expect(resampled({ clusters: undefined }).lower).not.toEqual(resampled().lower);
    expect(resampled().assumption).toBe('independent-patients');
  });

  it('does not exist without a class, and refuses rates that do not rise', () => {
    expect(resampledRoc([0, 0], [1, 2], { seed: 1 })).toEqual({ undefined: 'no-positives' });
    expect(resampledRoc([1, 1], [1, 2], { seed: 1 })).toEqual({ undefined: 'no-negatives' });
    expectRefusal(() => resampled({ fpr: [0.2, 0.1] }), 'bad-option', /fpr/);
    expectRefusal(() => resampled({ sensitivities: [1.2] }), 'bad-option', /sensitivities/);
    expectRefusal(() => resampled({ replicates: 1 }), 'bad-count');
  });
});
