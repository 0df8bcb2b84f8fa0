import { describe, expect, it } from 'vitest';
import type { Comparison } from '../comparison/comparison.type.js';
import type { Evaluation } from '../evaluation/evaluation.type.js';
import { comparisonNumbers, evaluationNumbers, type NumberRow } from './estimate-rows.js';

const estimate = (value: number | null) => ({
  ...{ value, low: value, high: value, standardError: 0.1, level: 0.95, method: 'logit' },
  undefinedReason: value === null ? 'no-positives' : null,
  intervalUndefinedReason: null,
});

const names = (rows: NumberRow[]) =>
  rows.map(({ statistic, task, modelVersionId, at, value }) =>
    [statistic, task, modelVersionId, at, value].join(' '),
  );

describe('the numbers of an evaluation', () => {
  const evaluation = {
    comparison: null,
    versions: [
      {
        ...{ modelVersionId: 'v1', slot: 1 },
        tasks: [
          {
            ...{ task: 'melanoma', positives: 3, negatives: 4, patients: 5, withoutReference: 2 },
            ...{ auc: estimate(0.75), roc: [{ falsePositives: 0, truePositives: 1 }] },
          },
        ],
        segmentation: { images: 7, patients: 6, meanJaccard: estimate(null), histogram: [] },
      },
    ],
  } as unknown as Evaluation;

  it('are one row each, with version, task and counts, and without the points of curves', () => {
    const rows = evaluationNumbers(evaluation);
    expect(names(rows)).toEqual([
      'without_reference melanoma v1 none 2',
      'auc melanoma v1 none 0.75',
      'mean_jaccard  v1 none ',
    ]);
    expect(rows[1]).toMatchObject({
      ...{ positives: 3, negatives: 4, patients: 5, images: null, level: 0.95, method: 'logit' },
    });
    expect(rows[2]).toMatchObject({ images: 7, patients: 6, undefinedReason: 'no-positives' });
  });

  it('are those of its comparison where it has one: each number once', () => {
    const comparison = {
      tasks: [{ task: 'melanoma', versions: [{ modelVersionId: 'v1', auc: estimate(0.75) }] }],
    } as unknown as Comparison;
    const compared = { versions: [], comparison } as unknown as Evaluation;
    expect(names(evaluationNumbers(compared))).toEqual(['auc melanoma v1 none 0.75']);
  });
});

describe('the numbers of a comparison', () => {
  it('say their threshold, their subgroup and what they are a difference of', () => {
    const comparison = {
      inputsHash: 'x',
      question: { alpha: 0.05 },
      tasks: [
        {
          task: 'melanoma',
          versions: [
            {
              modelVersionId: 'v1',
              operatingPoint: { threshold: 0.4, counts: { truePositives: 9 }, f1: estimate(0.5) },
              decisionCurve: [{ threshold: 0.1, netBenefit: estimate(0.2), treatAll: 0.3 }],
            },
          ],
          differences: [{ modelVersionId: 'v2', difference: estimate(0.05), p: 0.02 }],
          subgroups: [
            {
              attribute: 'SEX',
              levels: [
                {
                  ...{ level: 'FEMALE', positives: 8 },
                  versions: [{ modelVersionId: 'v1', auc: estimate(0.6), difference: null }],
                },
              ],
            },
          ],
        },
      ],
      segmentation: { differences: [{ modelVersionId: 'v2', difference: estimate(-0.1), p: 1 }] },
    } as unknown as Comparison;
    const rows = comparisonNumbers(comparison);
    expect(names(rows)).toEqual([
      'operating_point.threshold melanoma v1 none 0.4',
      'operating_point.counts.true_positives melanoma v1 none 9',
      'operating_point.f1 melanoma v1 none 0.5',
      'decision_curve.threshold melanoma v1 0.1 0.1',
      'decision_curve.net_benefit melanoma v1 0.1 0.2',
      'decision_curve.treat_all melanoma v1 0.1 0.3',
      'auc_difference melanoma v2 none 0.05',
      'auc_difference.p melanoma v2 none 0.02',
      'subgroups.auc melanoma v1 SEX=FEMALE 0.6',
      'mean_jaccard_difference  v2 none -0.1',
      'mean_jaccard_difference.p  v2 none 1',
    ]);
    expect(rows.find(({ at }) => at === 'SEX=FEMALE')!.positives).toBe(8);
  });
});
