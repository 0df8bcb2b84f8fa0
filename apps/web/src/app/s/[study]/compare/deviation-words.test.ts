import { expect, it } from 'vitest';
import { deviationWords } from './deviation-words';

it('says what was planned and what was asked, where both are words', () => {
  expect(deviationWords({ rule: 'margin', planned: 0.05, asked: null })).toBe(
    'margin: planned 0.05, asked none',
  );
  expect(deviationWords({ rule: 'correction', planned: 'HOLM', asked: 'BENJAMINI_HOCHBERG' })).toBe(
    'correction for several tests: planned holm, asked benjamini hochberg',
  );
});

it('shows no ids, and names a rule it does not know', () => {
  const id = '07becdb8-b211-48bb-9b77-89eedf1ef191';
  expect(deviationWords({ rule: 'baselineVersionId', planned: id, asked: id })).toBe(
    'another baseline',
  );
  expect(deviationWords({ rule: 'filter', planned: null, asked: { images: null } })).toBe(
    'narrowed by a filter',
  );
  expect(deviationWords({ rule: 'colour', planned: [1], asked: [2] })).toBe('colour');
});
