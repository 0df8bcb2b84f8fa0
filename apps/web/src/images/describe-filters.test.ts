import { expect, it } from 'vitest';
import { describeFilters } from './describe-filters';

const names = {
  cohorts: [{ id: 'c1', name: 'Hold-out 300' }],
  versions: [{ id: 'v', title: 'multitask 0.2.0', version: '0.2.0', model: { name: 'multitask' } }],
};

const said = (address: string, notUnderstood: string[] = []) =>
  describeFilters(new URLSearchParams(address), names, notUnderstood).map(
    ({ field, value }) => `${field}: ${value}`,
  );

it('says each filter in words, in the order of the address', () => {
  expect(
    said(
      'cohort=c1&dx=melanoma,sk&view=table&age=40..60&mask=none&jaccard.multitask@0.2.0=0.65..' +
        '&score.sk.multitask@0.2.0=..0.5&q=ISIC',
    ),
  ).toEqual([
    'Cohort: Hold-out 300',
    'Diagnosis: melanoma, seborrheic keratosis',
    'Age: 40 to 60',
    'Reference mask: none',
    'Jaccard multitask 0.2.0: at least 0.65',
    'Seborrheic keratosis score multitask 0.2.0: at most 0.5',
    'Code: “ISIC”',
  ]);
});

it('leaves out what was not understood', () => {
  expect(said('dx=moon&sex=female', ['dx=moon'])).toEqual(['Sex: female']);
});
