import { describe, expect, it } from 'vitest';
import type { RawDifference } from './comparison-job.type.js';
import {
  differenceSentence,
  type DifferenceWords,
  notEstimatedSentence,
  pInWords,
} from './sentences.js';
import { corrected, nonInferiorityOf, verdictOf } from './verdict.js';

const raw = (low: number | null, high: number | null, patientsAtStake = 40): RawDifference => ({
  ...{ version: 1, p: 0.01, nonInferiorityP: 0.001, units: 80, patientsAtStake },
  difference: {
    ...{ value: 0.031, low, high, standardError: 0.01, level: 0.95, method: 'Wald' },
    ...{ undefinedReason: null, intervalUndefinedReason: null },
  },
});

const rules = (margin: number | null) => ({ margin, alpha: 0.05, correction: 'HOLM' as const });

describe('a verdict', () => {
  it.each([
    ['SUPERIOR', 0.008, 0.055, 0.02, null],
    ['NO_DIFFERENCE_SHOWN', 0.008, 0.055, 0.06, null],
    ['NO_DIFFERENCE_SHOWN', -0.01, 0.05, 0.3, null],
    ['WORSE', -0.05, -0.01, 0.02, null],
    ['NO_DIFFERENCE_SHOWN', -0.05, -0.01, 0.06, null],
    ['SUPERIOR', 0.008, 0.055, 0.02, 0.05],
    ['NON_INFERIOR', -0.049, 0.05, 0.3, 0.05],
    ['NON_INFERIOR', -0.04, -0.01, 0.02, 0.05],
    ['NOT_DECISIVE', -0.05, 0.05, 0.3, 0.05],
    ['WORSE', -0.09, -0.01, 0.02, 0.05],
    ['NOT_DECISIVE', null, null, 0.02, null],
    ['NOT_DECISIVE', 0.008, 0.055, null, null],
  ] as const)(
    'is %s for an interval of %s to %s, p %s and margin %s',
    (verdict, low, high, p, margin) => {
      expect(verdictOf(raw(low, high), p, rules(margin))).toBe(verdict);
    },
  );

  it('is not given below ten patients with the disease, however clear the numbers', () => {
    expect(verdictOf(raw(0.1, 0.2, 9), 0.0001, rules(0.05))).toBe('TOO_FEW_PATIENTS');
    expect(verdictOf(raw(0.1, 0.2, 10), 0.0001, rules(0.05))).toBe('SUPERIOR');
  });

  it('tests a margin by the interval that is shown', () => {
    expect(nonInferiorityOf(raw(-0.04, 0.1), 0.05)).toEqual({
      ...{ margin: 0.05, p: 0.001, lower: -0.04, holds: true },
    });
    expect(nonInferiorityOf(raw(-0.05, 0.1), 0.05)?.holds).toBe(false);
    expect(nonInferiorityOf(raw(-0.04, 0.1), null)).toBe(null);
  });

  it('rests on p-values corrected for the tests that there are', () => {
    expect(corrected([0.01, null, 0.04], 'HOLM')).toEqual({
      adjusted: [0.02, null, 0.04],
      tests: 2,
    });
    expect(corrected([0.03, null, 0.04], 'BENJAMINI_HOCHBERG').adjusted).toEqual([
      0.04,
      null,
      0.04,
    ]);
    expect(corrected([0.01, null, 0.04], 'NONE').adjusted).toEqual([0.01, null, 0.04]);
    expect(corrected([], 'HOLM')).toEqual({ adjusted: [], tests: 0 });
  });
});

describe('its sentence', () => {
  const words: DifferenceWords = {
    ...{ verdict: 'SUPERIOR', task: 'melanoma', version: 'net 0.4.0', baseline: 'net 0.1.0' },
    ...{ adjustedP: 0.02, tests: 4, correction: 'HOLM', alpha: 0.05, margin: null },
    ...{ difference: raw(0.008, 0.055).difference, patientsAtStake: 40, changed: undefined },
  };
  const numbers = 'ΔAUC +0.031, 95 % CI 0.008 to 0.055, Holm p = 0.02 (4 tests)';

  it('says what is shown and by which numbers, and no more', () => {
    expect(differenceSentence(words)).toBe(
      `net 0.4.0 tells melanoma from other lesions better than net 0.1.0: ${numbers}.`,
    );
    expect(differenceSentence({ ...words, verdict: 'NO_DIFFERENCE_SHOWN' })).toBe(
      `No difference between net 0.4.0 and net 0.1.0 is shown for melanoma: ${numbers}.`,
    );
    expect(differenceSentence({ ...words, verdict: 'NON_INFERIOR', margin: 0.05 })).toContain(
      'is non-inferior to net 0.1.0 for melanoma (margin 0.05), and not shown to be better',
    );
    const lower = { ...words, difference: raw(-0.04, -0.01).difference, margin: 0.05 };
    expect(differenceSentence({ ...lower, verdict: 'NON_INFERIOR' })).toContain(
      'yet shown to be lower',
    );
    expect(differenceSentence(lower)).toContain('95 % CI −0.040 to −0.010');
  });

  it('writes p so that nobody reads 0, or takes 0.0496 for 0.05', () => {
    expect([0.0001, 0.004, 0.02, 0.0496, 0.31].map((p) => pInWords(p))).toEqual([
      ...['p < 0.001', 'p = 0.004', 'p = 0.02', 'p = 0.0496', 'p = 0.31'],
    ]);
  });

  it('says of a small class how many there are', () => {
    const cell = (positives: number, negatives: number) =>
      notEstimatedSentence('melanoma', { positives, negatives }, 5);
    expect(cell(4, 9)).toBe('not estimated: 4 melanomas');
    expect(cell(1, 9)).toBe('not estimated: 1 melanoma');
    expect(cell(0, 2)).toBe('not estimated: no melanoma');
    expect(cell(9, 1)).toBe('not estimated: 1 image without melanoma');
  });
});
