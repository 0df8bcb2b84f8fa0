import { describe, expect, it } from 'vitest';
import { expectClose, expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import { calibration } from './calibration.js';
import { clusteredCalibration } from './clustered-calibration.js';
import { clusteredDecisionCurve } from './clustered-decision-curve.js';
import { cohortV1 } from './cohort-v1.js';
import { decisionCurve } from './decision-curve.js';
import { macroMean } from './macro-mean.js';

const { labels, scores, clusters } = cohortV1({
  ...{ seed: 9, n: 200, prevalence: 0.3, separation: [1.4] },
  ...{ itemShared: 0.7, itemOwn: 0.5, maxClusterSize: 4, clusterShared: 0.4, clusterOwn: 0.3 },
});
const own = scores[0]!;
describe('clusteredCalibration', () => {
  it('keeps the estimates and changes their errors alone', () => {
    const plain = calibration(labels, own, { bins: 10 });
    const got = clusteredCalibration(labels, own, clusters!);
    expectClose(defined(got.brier).estimate, defined(plain.brier), 1e-12);
    expectClose(defined(got.slope).estimate, defined(plain.slope).slope, 1e-12);
    const large = defined(got.calibrationInTheLarge);
    expectClose(large.estimate, defined(plain.calibrationInTheLarge).estimate, 1e-12);
    expect(defined(got.slope).se).not.toBeCloseTo(defined(plain.slope).seSlope, 4);
  });

  it('has for the Brier score the error of a mean over patients', () => {
    const squares = Array.from(own, (score, i) => (score - labels[i]!) ** 2);
    const mean = macroMean(squares, clusters, { replicates: 2 });
    expectClose(
      defined(clusteredCalibration(labels, own, clusters!).brier).se,
      defined(mean.clusterSe!),
    );
  });

  it('does not change when every image is there twice under its patient', () => {
    const twice = <T>(values: ArrayLike<T>) => [...Array.from(values), ...Array.from(values)];
    const once = clusteredCalibration(labels, own, clusters!);
    const got = clusteredCalibration(
      twice<number>(labels) as (0 | 1)[],
      twice<number>(own),
      twice(clusters!),
    );
    expectClose(defined(got.slope).se, defined(once.slope).se, 1e-8);
    expectClose(defined(got.brier).se, defined(once.brier).se, 1e-10);
  });

  it('says why there is no slope or no error', () => {
    expect(clusteredCalibration([1, 0], [0.9, 0.1], [1, 2]).slope).toEqual({
      undefined: 'separation',
    });
    expect(clusteredCalibration([1, 0, 1], [0.3, 0.4, 0.5], [1, 1, 1])).toMatchObject({
      brier: { undefined: 'one-cluster' },
      slope: { undefined: 'one-cluster' },
    });
    expect(clusteredCalibration([1], [0.5], [1]).calibrationInTheLarge).toEqual({
      undefined: 'no-negatives',
    });
    expectRefusal(() => clusteredCalibration([1], [1.5], [1]), 'bad-probability');
  });
});

describe('clusteredDecisionCurve', () => {
  it('has the points of the decision curve with the errors of means over patients', () => {
    const thresholds = [0.1, 0.5, 0.6];
    const { points } = defined(clusteredDecisionCurve(labels, own, thresholds, clusters!));
    const plain = defined(decisionCurve(labels, own, thresholds)).points;
    points.forEach((point, k) => {
      expect(point).toMatchObject(plain[k]!);
      const odds = point.threshold / (1 - point.threshold);
      const benefit = Array.from(own, (score, i) =>
        score < point.threshold ? 0 : labels[i] === 1 ? 1 : -odds,
      );
      const mean = macroMean(benefit, clusters, { replicates: 2 });
      expectClose(point.netBenefit, defined(mean.mean), 1e-10);
      expectClose(point.netBenefitSe, defined(mean.clusterSe!));
      const avoided = macroMean(
        benefit.map((of, i) => ((of - (labels[i] === 1 ? 1 : -odds)) / odds) * 100),
        clusters,
        { replicates: 2 },
      );
      expectClose(point.avoidedPer100, defined(avoided.mean), 1e-9);
      expectClose(point.avoidedPer100Se, defined(avoided.clusterSe!));
    });
  });

  it('has no error from one patient, and refuses a risk of 0', () => {
    const { points } = defined(clusteredDecisionCurve([1, 0], [0.4, 0.6], [0.5], [1, 1]));
    expect(points[0]!.netBenefitCi).toEqual({ undefined: 'one-cluster' });
    expectRefusal(() => clusteredDecisionCurve([1], [0.5], [0], [1]), 'bad-threshold');
    expect(clusteredDecisionCurve([], [], [0.5], [])).toEqual({ undefined: 'no-cases' });
  });
});
