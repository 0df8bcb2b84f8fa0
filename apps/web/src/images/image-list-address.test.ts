import { describe, expect, it } from 'vitest';
import { range, readImageList, type AddressNames } from './image-list-address';
import { toggleWord, withParam, withoutFilters } from './change-address';

const version = (id: string, name: string, number: string) => ({
  id,
  title: `${name} ${number}`,
  version: number,
  model: { name },
});
const names: AddressNames = {
  cohorts: [{ id: 'c1', name: 'Hold-out 300' }],
  versions: [version('v2', 'multitask', '0.2.0'), version('s1', 'unet.seg', '1.0.0-rc.1')],
};
const read = (address: string) => readImageList(new URLSearchParams(address), names);

describe('readImageList', () => {
  it('shows a gallery by code when nothing is said', () => {
    expect(read('')).toEqual({
      filter: {},
      sort: { field: 'CODE', direction: 'ASC' },
      view: 'gallery',
      outlines: true,
      notUnderstood: [],
    });
  });

  it('reads every kind of condition', () => {
    const { filter, notUnderstood } = read(
      'cohort=c1&q=ISIC_00&dx=melanoma,sk&proof=histopathology&sex=female&skin=I,II&site=head-neck' +
        '&age=40..60&mask=none&quality=accepted&jaccard.multitask@0.2.0=0.65..0.92' +
        '&score.melanoma.unet.seg@1.0.0-rc.1=..0.5',
    );
    expect(notUnderstood).toEqual([]);
    expect(filter).toEqual({
      cohortId: 'c1',
      search: 'ISIC_00',
      diagnosis: ['MELANOMA', 'SEBORRHEIC_KERATOSIS'],
      method: ['HISTOPATHOLOGY'],
      sex: ['FEMALE'],
      skinType: ['I', 'II'],
      anatomicSite: ['HEAD_NECK'],
      ageYears: { min: 40, max: 60 },
      hasMask: false,
      quality: ['ACCEPTED'],
      jaccard: { modelVersionId: 'v2', range: { min: 0.65, max: 0.92 } },
      score: { modelVersionId: 's1', task: 'MELANOMA', range: { max: 0.5 } },
    });
  });

  it('reads a missing diagnosis', () => {
    expect(read('diagnosis=none').filter).toEqual({ hasDiagnosis: false });
  });

  it('reads sorts, with a minus for descending', () => {
    expect(read('sort=-jaccard.multitask@0.2.0').sort).toEqual({
      field: 'JACCARD',
      direction: 'DESC',
      modelVersionId: 'v2',
    });
    expect(read('sort=error.sk.multitask@0.2.0').sort).toEqual({
      field: 'TASK_ERROR',
      direction: 'ASC',
      modelVersionId: 'v2',
      task: 'SEBORRHEIC_KERATOSIS',
    });
    expect(read('sort=-created').sort).toEqual({ field: 'CREATED', direction: 'DESC' });
  });

  it.each([
    'colour=red',
    'dx=melanoma,moon',
    'dx=constructor',
    'toString=1',
    'age=40..x',
    'age=60..40',
    'age=40.5..60',
    'cohort=c2',
    'mask=maybe',
    'jaccard.multitask@9.9.9=0..1',
    'score.multitask@0.2.0=0..1',
    'sort=jaccard',
    'sort=code.melanoma',
    'view=list',
    'v=nobody@1.0.0',
  ])('names %s as not understood and filters nothing by it', (address) => {
    const { filter, notUnderstood } = read(address);
    expect(filter).toEqual({});
    expect(notUnderstood).toEqual([address]);
  });
});

describe('range', () => {
  it('takes either end or both', () => {
    expect(range('0.5..')).toEqual({ min: 0.5 });
    expect(range('..0.5')).toEqual({ max: 0.5 });
    expect(range('0..1')).toEqual({ min: 0, max: 1 });
  });

  it.each(['..', '', '1', '.....', '1..2..3', '-1..2', '....5', '...'])('refuses %j', (text) => {
    expect(range(text)).toBeUndefined();
  });
});

describe('changing an address', () => {
  const params = new URLSearchParams('dx=melanoma&colour=red&view=table');

  it('keeps what it does not understand', () => {
    expect(withParam(params, 'sex', 'female').toString()).toBe(
      'dx=melanoma&colour=red&view=table&sex=female',
    );
    expect(withoutFilters(params).toString()).toBe('colour=red&view=table');
  });

  it('removes a parameter given no value', () => {
    expect(withParam(params, 'dx', undefined).toString()).toBe('colour=red&view=table');
  });

  it('adds and takes away one word of many', () => {
    const two = toggleWord(params, 'dx', 'sk');
    expect(two.get('dx')).toBe('melanoma,sk');
    expect(toggleWord(toggleWord(two, 'dx', 'melanoma'), 'dx', 'sk').has('dx')).toBe(false);
  });

  it('lets a diagnosis and its absence exclude each other', () => {
    expect(withParam(params, 'diagnosis', 'none').has('dx')).toBe(false);
    expect(toggleWord(new URLSearchParams('diagnosis=none'), 'dx', 'sk').has('diagnosis')).toBe(
      false,
    );
  });
});
