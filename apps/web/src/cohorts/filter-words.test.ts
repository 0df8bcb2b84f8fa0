import { expect, it } from 'vitest';
import { filterWords } from './filter-words';

const versions = [{ id: 'v1', title: 'multitask 0.2.0' }];
const said = (filter: unknown) =>
  filterWords(filter, versions).map(({ field, words }) => `${field}: ${words}`);

it('says each condition in words', () => {
  expect(
    said({ diagnosis: ['MELANOMA', 'NEVUS'], hasMask: true, ageYears: { min: 40, max: null } }),
  ).toEqual(['Diagnosis: melanoma, nevus', 'Reference mask: drawn', 'Age: 40 or more']);
});

it('names the version a score belongs to', () => {
  expect(said({ jaccard: { modelVersionId: 'v1', range: { min: 0.5, max: 0.65 } } })).toEqual([
    'Jaccard of multitask 0.2.0: 0.50 to 0.65',
  ]);
  expect(said({ score: { modelVersionId: 'x', task: 'MELANOMA', range: { max: 0.1 } } })).toEqual([
    'melanoma score of a version that is gone: 0.10 or less',
  ]);
});

it('counts images that were chosen one by one', () => {
  expect(said({ imageIds: ['a', 'b'] })).toEqual(['Images: 2 images chosen one by one']);
});

it('leaves out what was not set, and shows what it does not know', () => {
  expect(said({ sex: null, tag: 'x', constructor: 1 })).toEqual(['tag: "x"', 'constructor: 1']);
  expect(said(null)).toEqual([]);
});
