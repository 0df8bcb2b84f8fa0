import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brierStatistic,
  calibration,
  calibrationInTheLargeStatistic,
  calibrationSlopeStatistic,
  reliability,
} from './calibration.js';
import { chiSquareSf } from './chi-square.js';
import { decisionCurve } from './decision-curve.js';
import { reliabilityBins } from './reliability.js';
import { countOf, expectClose, expectRefusal } from '../testing/arbitraries.js';
import { defined } from '../testing/golden.js';
import { slowLogistic } from '../testing/slow-definitions.js';

/** Probabilities of both classes that no threshold parts. */
const mixed = fc
  .array(
    fc.tuple(
      fc.constantFrom<0 | 1>(0, 1),
      fc.integer({ min: 1, max: 39 }).map((k) => k / 40),
    ),
    {
      minLength: 6,
      maxLength: 25,
    },
  )
  .map((cases) => ({ labels: cases.map(([y]) => y), scores: cases.map(([, s]) => s) }))
  .filter(({ labels, scores }) => {
    const of = (label: number) => scores.filter((_, i) => labels[i] === label);
    return (
      countOf(labels, 0) > 1 &&
      countOf(labels, 1) > 1 &&
      Math.max(...of(0)) > Math.min(...of(1)) &&
      Math.max(...of(1)) > Math.min(...of(0))
    );
  });

const logit = (p: number) => Math.log(p / (1 - p));

describe('calibration', () => {
  it('gives the score, bins and errors worked by hand', () => {
    const { brier, bins, ece, mce } = calibration([0, 1, 1, 0], [0.1, 0.3, 0.8, 0.9], { bins: 2 });
    expectClose(brier, (0.01 + 0.49 + 0.04 + 0.81) / 4, 1e-15);
    expect(bins.map(({ count, positives, observed }) => [count, positives, observed])).toEqual([
      [2, 1, 0.5],
      [2, 1, 0.5],
    ]);
    expectClose(bins[0]!.meanScore, 0.2, 1e-15);
    expectClose(ece, 0.5 * 0.3 + 0.5 * 0.35, 1e-14);
    expectClose(mce, 0.35, 1e-14);
  });

  it('finds the intercept that makes scores add up to the positives, as by hand', () => {
    // constant score 1/2: intercept log(3/1), se 1/sqrt(4 3/16)
    const { calibrationInTheLarge, slope } = calibration([1, 1, 1, 0], [0.5, 0.5, 0.5, 0.5], {
      bins: 1,
    });
    expectClose(defined(calibrationInTheLarge).estimate, Math.log(3), 1e-12);
    expectClose(defined(calibrationInTheLarge).se, 1 / Math.sqrt(0.75), 1e-12);
    expect(slope).toEqual({ undefined: 'constant-scores' });
  });

  it('maximises the likelihood that a search by hand maximises', () => {
    fc.assert(
      fc.property(mixed, ({ labels, scores }) => {
        const logits = scores.map(logit);
        const got = calibration(labels, scores, { bins: 5 });
        const offset = slowLogistic(labels, logits, false);
        expectClose(defined(got.calibrationInTheLarge).estimate, offset.intercept, 1e-6, 1e-6);
        const line = slowLogistic(labels, logits, true);
        fc.pre(Math.abs(line.slope) < 20);
        const { slope, intercept } = defined(got.slope);
        expectClose(slope, line.slope, 1e-4, 1e-4);
        expectClose(intercept, line.intercept, 1e-4, 1e-4);
        const asIs = labels.reduce<number>(
          (sum, y, i) => sum + Math.log(y === 1 ? scores[i]! : 1 - scores[i]!),
          0,
        );
        const { chiSquare, df, p } = defined(got.cox);
        expectClose(chiSquare, 2 * (line.logLikelihood - asIs), 1e-5, 1e-6);
        expect(df).toBe(2);
        expectClose(p, chiSquareSf(chiSquare, 2), 1e-14);
      }),
      { numRuns: 40 },
    );
  });

  it('takes standard errors from the curvature of the likelihood', () => {
    const labels = [0, 1, 0, 1, 1, 0, 1] as const;
    const scores = [0.2, 0.3, 0.45, 0.6, 0.8, 0.85, 0.7];
    const { slope: fit } = calibration(labels, scores, { bins: 3, level: 0.9 });
    const { intercept, slope, seSlope, seIntercept, slopeCi } = defined(fit);
    const at = (a: number, b: number) =>
      labels.reduce<number>((sum, y, i) => {
        const eta = a + b * logit(scores[i]!);
        return sum - Math.log1p(Math.exp(y === 1 ? -eta : eta));
      }, 0);
    const h = 1e-4;
    const second = (da: number, db: number) =>
      -(
        at(intercept + da, slope + db) -
        2 * at(intercept, slope) +
        at(intercept - da, slope - db)
      ) /
      h ** 2;
    const [aa, bb] = [second(h, 0), second(0, h)];
    const ab = (second(h, h) - aa - bb) / 2;
    const determinant = aa * bb - ab * ab;
    expectClose(seSlope, Math.sqrt(aa / determinant), 1e-5);
    expectClose(seIntercept, Math.sqrt(bb / determinant), 1e-5);
    expectClose(slopeCi[1] - slope, 1.6448536269514722 * seSlope, 1e-9);
  });

  it('turns over with the classes: slope stays, intercept changes sign', () => {
    fc.assert(
      fc.property(mixed, ({ labels, scores }) => {
        const forward = calibration(labels, scores, { bins: 4 });
        const backward = calibration(
          labels.map((y) => (1 - y) as 0 | 1),
          scores.map((s) => 1 - s),
          { bins: 4 },
        );
        expectClose(backward.brier, forward.brier as number, 1e-12);
        expectClose(
          defined(backward.calibrationInTheLarge).estimate,
          -defined(forward.calibrationInTheLarge).estimate,
          1e-9,
          1e-9,
        );
        expectClose(defined(backward.slope).slope, defined(forward.slope).slope, 1e-7, 1e-8);
      }),
    );
  });

  it('moves 0 and 1 for the logistic models alone, and says how many', () => {
    const got = calibration([0, 1, 0, 1], [0, 1, 1, 0.4], { bins: 2 });
    expect(got.clamped).toBe(3);
    expect(got.brier).toBe((0 + 0 + 1 + 0.36) / 4);
    expect(typeof defined(got.slope).slope).toBe('number');
    // without the move both logits would be infinite
    const edge = calibration([0, 1, 1], [1e-6, 1 - 1e-6, 0.5], { bins: 2 });
    expect(edge.clamped).toBe(0);
  });

  it('says why a model has no maximum', () => {
    const reasons = (labels: (0 | 1)[], scores: number[]) => {
      const { slope, cox, calibrationInTheLarge } = calibration(labels, scores, { bins: 2 });
      return [slope, cox, calibrationInTheLarge].map((of) =>
        'undefined' in of ? of.undefined : 'fit',
      );
    };
    expect(reasons([0, 0, 1, 1], [0.1, 0.4, 0.4, 0.9])).toEqual([
      'separation',
      'separation',
      'fit',
    ]);
    expect(reasons([1, 1, 0], [0.1, 0.2, 0.9])).toEqual(['separation', 'separation', 'fit']);
    expect(reasons([1, 0], [0.3, 0.3])).toEqual(['constant-scores', 'constant-scores', 'fit']);
    expect(reasons([1, 0, 1], [1e-9, 1e-7, 0])).toEqual([
      'constant-scores',
      'constant-scores',
      'fit',
    ]);
    expect(reasons([0, 0], [0.1, 0.2])).toEqual(['no-positives', 'no-positives', 'no-positives']);
    expect(reasons([1, 1], [0.1, 0.2])).toEqual(['no-negatives', 'no-negatives', 'no-negatives']);
    const none = calibration([], [], { bins: 2 });
    expect([none.brier, none.ece, none.mce]).toEqual(Array(3).fill({ undefined: 'no-cases' }));
  });

  it('refuses what is no probability and bins that are none', () => {
    expectRefusal(() => calibration([1], [1.01], { bins: 2 }), 'bad-probability', /scores\[0\]/);
    expectRefusal(() => calibration([1, 0], [0.1, -1e-9], { bins: 2 }), 'bad-probability', /\[1\]/);
    expectRefusal(() => calibration([1], [Number.NaN], { bins: 2 }), 'non-finite-score');
    expectRefusal(() => calibration([1], [0.5], { bins: 0 }), 'bad-count', /bins/);
  });
});

describe('calibration statistics', () => {
  it('equal the quantities of the repeated cases', () => {
    fc.assert(
      fc.property(mixed, ({ labels, scores }) => {
        const weights = Uint32Array.from(labels, (_, i) => 1 + (i % 3));
        const repeat = <T>(of: readonly T[]) =>
          of.flatMap((x, i) => new Array<T>(weights[i]!).fill(x));
        const repeated = calibration(repeat(labels), repeat(scores), { bins: 3 });
        expectClose(brierStatistic(labels, scores)(weights), repeated.brier as number, 1e-12);
        const inTheLarge = calibrationInTheLargeStatistic(labels, scores)(weights);
        expectClose(inTheLarge, defined(repeated.calibrationInTheLarge).estimate, 1e-9, 1e-10);
        const slope = calibrationSlopeStatistic(labels, scores)(weights);
        expectClose(slope, defined(repeated.slope).slope, 1e-7, 1e-9);
      }),
    );
  });

  it('judge a resample by the cases it holds', () => {
    const labels = [1, 0, 1, 0] as const;
    const scores = [0.2, 0.4, 0.6, 0.8];
    const slope = calibrationSlopeStatistic(labels, scores);
    expect(slope(new Uint32Array([1, 1, 1, 1]))).toBeLessThan(0);
    expect(slope(new Uint32Array([1, 0, 0, 2]))).toEqual({ undefined: 'separation' });
    expect(slope(new Uint32Array([2, 0, 1, 0]))).toEqual({ undefined: 'no-negatives' });
    const inTheLarge = calibrationInTheLargeStatistic(labels, scores);
    expect(inTheLarge(new Uint32Array([0, 1, 0, 1]))).toEqual({ undefined: 'no-positives' });
    expect(brierStatistic(labels, scores)(new Uint32Array(4))).toEqual({ undefined: 'no-cases' });
  });
});

describe('reliabilityBins', () => {
  it('puts every score between the quotients that bound its bin', () => {
    // On the edges themselves and one ulp beside them, where the product s k rounds to either side.
    const scores = fc.integer({ min: 1, max: 60 }).chain((k) => {
      const edge = fc.nat(k).map((b) => b / k);
      const beside = edge.map((s) => Math.min(1, s * (1 + Number.EPSILON)));
      const any = fc.double({ min: 0, max: 1, noNaN: true });
      return fc.tuple(fc.array(fc.oneof(edge, beside, any), { maxLength: 60 }), fc.constant(k));
    });
    fc.assert(
      fc.property(scores, ([values, k]) => {
        const none = new Uint8Array(values.length);
        const bins = reliabilityBins(none, Float64Array.from(values), k, 0.95);
        for (let b = 0; b < k; b++) {
          const inside = values.filter(
            (s) => (s > b / k || (b === 0 && s === 0)) && s <= (b + 1) / k,
          );
          expect(bins[b]!.count).toBe(inside.length);
        }
      }),
    );
    // 7/25 times 25 is above 7 in floating point
    const [, ...rest] = reliabilityBins(new Uint8Array(1), Float64Array.of(7 / 25), 25, 0.95);
    expect(rest[5]!.count).toBe(1);
  });

  it('keeps empty bins, without numbers', () => {
    const bins = reliabilityBins(new Uint8Array([1]), Float64Array.of(0.9), 3, 0.95);
    expect(bins[0]).toEqual({
      lower: 0,
      upper: 1 / 3,
      count: 0,
      positives: 0,
      meanScore: null,
      observed: null,
      wilson: null,
    });
  });
});

describe('decisionCurve', () => {
  it('weighs needless biopsies by the odds, as by hand', () => {
    // at 0.2: tp 2, fp 1 of 5; odds 1/4
    const { points } = defined(decisionCurve([1, 1, 0, 0, 0], [0.9, 0.2, 0.5, 0.1, 0.19], [0.2]));
    const [{ netBenefit, treatAll, treatNone, avoidedPer100 }] = points as [(typeof points)[0]];
    expectClose(netBenefit, 2 / 5 - 1 / 5 / 4, 1e-15);
    expectClose(treatAll, 2 / 5 - (3 / 5) * 0.25, 1e-15);
    expect(treatNone).toBe(0);
    // two of five spared
    expectClose(avoidedPer100, 40, 1e-12);
  });

  it('equals treating everyone where everyone is above the threshold', () => {
    const { points } = defined(decisionCurve([1, 0, 1], [0.5, 0.6, 0.7], [0.01, 0.5]));
    for (const { netBenefit, treatAll, avoidedPer100 } of points) {
      expectClose(netBenefit, treatAll, 1e-14, 1e-15);
      expectClose(avoidedPer100, 0, 0, 1e-10);
    }
  });

  it('refuses thresholds and scores outside the scale of risk', () => {
    for (const threshold of [0, 1, -0.1, Number.NaN]) {
      expectRefusal(
        () => decisionCurve([1, 0], [0.2, 0.3], [0.5, threshold]),
        'bad-threshold',
        /\[1\]/,
      );
    }
    expectRefusal(() => decisionCurve([1, 0], [2, 0.3], [0.5]), 'bad-probability');
    expect(decisionCurve([], [], [0.5])).toEqual({ undefined: 'no-cases' });
  });
});

describe('reliability', () => {
  it('is what calibration says, without its models', () => {
    const labels = [1, 0, 0, 1, 0] as const;
    const scores = [0.9, 0.2, 0, 0.55, 0.31];
    const { brier, bins, ece, mce, clamped } = calibration(labels, scores, { bins: 4 });
    expect(reliability(labels, scores, { bins: 4 })).toEqual({ brier, bins, ece, mce, clamped });
  });
});
