import { expect, it } from 'vitest';
import { estimateWords } from './estimate';

it('writes a value with its interval', () => {
  expect(estimateWords({ value: 0.86, low: 0.8, high: 0.904 })).toBe('0.860 [0.80, 0.90]');
});

it('says why an estimate does not exist, and shows no number', () => {
  expect(estimateWords({ value: null, undefinedReason: 'no melanoma in this group' })).toBe(
    'not defined: no melanoma in this group',
  );
  expect(estimateWords({ value: undefined })).toBe('not defined');
});

it('keeps a reason that is a whole phrase', () => {
  expect(estimateWords({ value: null, undefinedReason: 'not estimated: 4 melanomas' })).toBe(
    'not estimated: 4 melanomas',
  );
});

it('says that a value has no interval', () => {
  expect(estimateWords({ value: 1, intervalUndefinedReason: 'all images from one patient' })).toBe(
    '1.000 no interval: all images from one patient',
  );
});

it('says a code of the statistics in words', () => {
  expect(estimateWords({ value: null, undefinedReason: 'no-positives' })).toBe(
    'not defined: no image of the condition in this group',
  );
  expect(estimateWords({ value: 1, intervalUndefinedReason: 'zero-variance' })).toBe(
    '1.000 no interval: it does not vary',
  );
});
