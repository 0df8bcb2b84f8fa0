import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isic2017Classification, isic2017Segmentation, type Isic2017Task } from './isic2017.js';
import { rocCurve } from './roc.js';
import { specificityAtSensitivity } from './specificity-at-sensitivity.js';
import { cohorts, drawn, expectClose, expectRefusal } from '../testing/arbitraries.js';
import { slowAuc, slowAveragePrecision } from '../testing/slow-definitions.js';

const task = (labels: (0 | 1)[], scores: number[]): Isic2017Task => ({ labels, scores });
const easy = task([1, 0, 1, 0], [0.9, 0.1, 0.8, 0.2]);

describe('isic2017Classification', () => {
  it('scores the case worked by hand; 0.5 is negative', () => {
    const got = isic2017Classification({
      melanoma: task([1, 1, 0, 0, 0], [0.9, 0.5, 0.6, 0.5, 0.1]),
      seborrheicKeratosis: easy,
    });
    expect(got).toMatchObject({
      accuracy_melanoma: 0.6,
      sensitivity_melanoma: 0.5,
      specificity_melanoma: 2 / 3,
      accuracy_mean: 0.8,
      sensitivity_mean: 0.75,
      area_under_roc_seborrheic_keratosis: 1,
    });
    // pairs: .9 wins 3; .5 loses to .6, ties .5, beats .1
    expectClose(got['area_under_roc_melanoma'], 4.5 / 6, 1e-15);
    expectClose(got['area_under_roc_mean'], (4.5 / 6 + 1) / 2, 1e-15);
  });

  it('follows the slow definitions, with the curve without intermediate points', () => {
    fc.assert(
      fc.property(cohorts(1, 40), ({ labels, b }) => {
        const scores = b.map((score) => Math.abs(Math.round(20 * Math.atan(score))) / 40);
        const got = isic2017Classification({
          melanoma: task(labels, scores),
          seborrheicKeratosis: easy,
        });
        const cohort = { labels, scores };
        expectClose(got['area_under_roc_melanoma'], slowAuc(cohort), 1e-14);
        expectClose(got['average_precision_melanoma'], slowAveragePrecision(cohort), 1e-13);
        const points = rocCurve(labels, scores, { variant: 'drop-intermediate' });
        const { falsePositives: n, truePositives: m } = points.at(-1)!;
        for (const percent of [82, 89, 95]) {
          const first = points.find(({ truePositives }) => truePositives / m >= percent / 100)!;
          expect(got[`spec_at_sens_${percent}_melanoma`]).toBe(1 - first.falsePositives / n);
        }
      }),
    );
  });

  it('skips the points that scikit-learn leaves out, and loses specificity by it', () => {
    // ten thresholds, one lesion of each kind at each: a straight curve with two points left
    const straight = task(
      Array.from({ length: 20 }, (_, i) => (i % 2) as 0 | 1),
      Array.from({ length: 20 }, (_, i) => (i >> 1) / 10),
    );
    const got = isic2017Classification({ melanoma: straight, seborrheicKeratosis: easy });
    expect(got['spec_at_sens_82_melanoma']).toBe(0);
    const all = specificityAtSensitivity(straight.labels, straight.scores, 0.82);
    expect(all).toMatchObject({ specificity: 1 - 9 / 10 });
  });

  it('reports every metric of the scorer for both tasks and their mean', () => {
    const names = [
      'accuracy',
      'sensitivity',
      'specificity',
      'average_precision',
      'area_under_roc',
      'spec_at_sens_82',
      'spec_at_sens_89',
      'spec_at_sens_95',
    ].flatMap((metric) =>
      ['melanoma', 'seborrheic_keratosis', 'mean'].map((of) => `${metric}_${of}`),
    );
    const trapezoid = ['melanoma', 'seborrheic_keratosis', 'mean'].map(
      (of) => `average_precision_${of}_trapezoid`,
    );
    const got = isic2017Classification({ melanoma: easy, seborrheicKeratosis: easy });
    expect(Object.keys(got).sort()).toEqual([...names, ...trapezoid].sort());
  });

  it('leaves undefined what stops the scorer, positives named first', () => {
    const got = isic2017Classification({
      melanoma: task([1, 1], [0.9, 0.2]),
      seborrheicKeratosis: task([0, 0], [0.9, 0.2]),
    });
    expect(got['specificity_melanoma']).toEqual({ undefined: 'no-negatives' });
    expect(got['sensitivity_mean']).toEqual({ undefined: 'no-positives' });
    expect(got['area_under_roc_mean']).toEqual({ undefined: 'no-positives' });
    expect(got['accuracy_mean']).toBe(0.5);
    const none = isic2017Classification({ melanoma: task([], []), seborrheicKeratosis: easy });
    expect(none['accuracy_mean']).toEqual({ undefined: 'no-cases' });
  });

  it('refuses a whole submission for one score outside [0, 1], naming the task', () => {
    const submit = (scores: number[]) => () =>
      isic2017Classification({ melanoma: easy, seborrheicKeratosis: task([1, 0], scores) });
    expectRefusal(submit([0.5, 1.5]), 'bad-probability', /seborrheicKeratosis\.scores\[1\]/);
    expectRefusal(submit([Number.NaN, 0.5]), 'non-finite-score', /seborrheicKeratosis/);
    expectRefusal(submit([0.5]), 'length-mismatch', /seborrheicKeratosis/);
  });
});

describe('isic2017Segmentation', () => {
  it('averages the Jaccard index over the images that have one', () => {
    const pairs = [
      { reference: drawn('##..'), predicted: drawn('.##.') },
      { reference: drawn('....'), predicted: drawn('....') },
      { tp: 3, fp: 1, fn: 0, tn: 5 },
    ];
    const got = isic2017Segmentation(pairs);
    expect(got.perImage.map(({ jaccard }) => jaccard)).toEqual([
      1 / 3,
      { undefined: 'both-masks-empty' },
      0.75,
    ]);
    expectClose(got.mean, (1 / 3 + 0.75) / 2, 1e-15);
    expect(got.excluded).toBe(1);
    expect('thresholdJaccard' in got.perImage[0]!).toBe(false);
  });

  it('has no mean without images or without lesions', () => {
    expect(isic2017Segmentation([])).toEqual({
      perImage: [],
      mean: { undefined: 'no-cases' },
      excluded: 0,
    });
    const blank = { reference: drawn('.'), predicted: drawn('.') };
    expect(isic2017Segmentation([blank])).toMatchObject({
      mean: { undefined: 'both-masks-empty' },
      excluded: 1,
    });
    expectRefusal(
      () => isic2017Segmentation([{ reference: drawn('#'), predicted: drawn('##') }]),
      'length-mismatch',
    );
  });
});
