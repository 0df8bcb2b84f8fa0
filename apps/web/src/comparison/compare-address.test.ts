import { expect, it } from 'vitest';
import type { ComparisonFilter } from '@/gql/graphql';
import { readCompareAddress, type CompareNames } from './compare-address';
import { describeNarrowing } from './describe-comparison';
import { questionAddress, withVersions } from './write-address';

const version = (name: string, number: string) => ({
  id: `id of ${name} ${number}`,
  title: `${name} ${number}`,
  version: number,
  model: { name },
});
const names: CompareNames = {
  cohorts: [{ id: 'c1', name: 'Hold-out 300' }],
  versions: [version('multitask', '0.1.0'), version('multitask', '1.0.0'), version('seg', '1.0.0')],
  snapshots: [{ id: 's1', code: '9f3c-a71e' }],
};
const read = (text: string) => readCompareAddress(new URLSearchParams(text), names);
const ids = (text: string) => read(text).versions.map(({ id }) => id);

it('reads snapshot and versions, the baseline first', () => {
  const address = read('snapshot=9f3c-a71e&v=multitask@0.1.0,multitask@1.0.0&base=multitask@1.0.0');
  expect(address.snapshot?.id).toBe('s1');
  expect(address.versions.map(({ title }) => title)).toEqual([
    'multitask 1.0.0',
    'multitask 0.1.0',
  ]);
  expect(address.notUnderstood).toEqual([]);
});

it('takes the first version for the baseline, and lets a baseline join the versions', () => {
  expect(ids('v=seg@1.0.0,multitask@0.1.0')[0]).toBe('id of seg 1.0.0');
  expect(ids('v=seg@1.0.0&base=multitask@0.1.0')).toEqual([
    'id of multitask 0.1.0',
    'id of seg 1.0.0',
  ]);
});

it('names versions, snapshots and words it does not know, and keeps the rest', () => {
  const address = read('snapshot=none&v=multitask@9.9.9,seg@1.0.0&base=x@1&colour=red&task=nevus');
  expect(address.versions.map(({ title }) => title)).toEqual(['seg 1.0.0']);
  expect(address.notUnderstood).toEqual([
    'snapshot=none',
    'v=multitask@9.9.9,seg@1.0.0',
    'base=x@1',
    'colour=red',
    'task=nevus',
  ]);
});

it.each([
  ['0.5', { kind: 'FIXED', value: 0.5 }],
  ['youden', { kind: 'YOUDEN' }],
  ['sensitivity', { kind: 'AT_SENSITIVITY' }],
  ['sensitivity:0.82', { kind: 'AT_SENSITIVITY', value: 0.82 }],
  ['sensitivity:0.95@9f3c-a71e', { kind: 'AT_SENSITIVITY', value: 0.95, fromSnapshotId: 's1' }],
  ['youden@9f3c-a71e', { kind: 'YOUDEN', fromSnapshotId: 's1' }],
])('reads the threshold rule %s', (text, rule) => {
  expect(read(`threshold=${text}`).asked.threshold).toEqual(rule);
});

it.each(['1.5', '-1', 'high', 'sensitivity:0', 'sensitivity:2', '0.5@9f3c-a71e', 'youden@other'])(
  'reports the threshold rule %s',
  (text) => {
    const { asked, notUnderstood } = read(`threshold=${text}`);
    expect(asked.threshold).toBeUndefined();
    expect(notUnderstood).toEqual([`threshold=${text}`]);
  },
);

it('reads how it is tested, and reports what is out of bounds', () => {
  expect(
    read('clustering=none&correction=bh&margin=0.05&alpha=0.025&cell=10&overlap=out&images=common')
      .asked,
  ).toEqual({
    clustering: 'NONE',
    correction: 'BENJAMINI_HOCHBERG',
    margin: 0.05,
    alpha: 0.025,
    minimumCell: 10,
    withoutTrainingOverlap: true,
    commonImagesOnly: true,
  });
  expect(read('margin=1&alpha=0.5&cell=4&clustering=constructor').notUnderstood).toHaveLength(4);
});

it('joins filters of images, groups, calls and changed calls', () => {
  const { asked, notUnderstood } = read(
    'sex=female&skin=I,II&group.age=UNDER_45&call.sk.seg@1.0.0=fp&changed.melanoma.multitask@1.0.0=lost,found',
  );
  expect(notUnderstood).toEqual([]);
  expect(asked.filter).toEqual({
    images: { sex: ['FEMALE'], skinType: ['I', 'II'] },
    subgroups: [{ attribute: 'AGE_GROUP', level: 'UNDER_45' }],
    calls: [
      { modelVersionId: 'id of seg 1.0.0', task: 'SEBORRHEIC_KERATOSIS', cell: 'FALSE_POSITIVE' },
    ],
    changedCalls: [
      { modelVersionId: 'id of multitask 1.0.0', task: 'MELANOMA', changes: ['LOST', 'FOUND'] },
    ],
  });
});

it.each([
  'changed.melanoma.seg@1.0.0=lost,won',
  'call.melanoma.seg@9=tp',
  'group.sex=a b',
  'sex=x',
])('reports the filter %s and does not narrow by a part of it', (text) => {
  const { asked, notUnderstood } = read(text);
  expect(asked.filter).toBeUndefined();
  expect(notUnderstood).toHaveLength(1);
});

it('says in words what narrows the images', () => {
  const params = new URLSearchParams(
    'sex=female&group.skin=I_II&call.melanoma.seg@1.0.0=fn&changed.melanoma.multitask@1.0.0=lost&v=seg@1.0.0',
  );
  expect(describeNarrowing(params, names, [])).toEqual([
    { key: 'sex', field: 'Sex', value: 'female' },
    { key: 'group.skin', field: 'Skin type', value: 'I–II' },
    { key: 'call.melanoma.seg@1.0.0', field: 'Melanoma, seg 1.0.0', value: 'melanoma missed' },
    {
      key: 'changed.melanoma.multitask@1.0.0',
      field: 'Melanoma, multitask 1.0.0',
      value: 'melanoma lost',
    },
  ]);
});

it.each([
  'snapshot=9f3c-a71e&v=seg@1.0.0,multitask@0.1.0&base=seg@1.0.0',
  'v=multitask@0.1.0&base=multitask@0.1.0&threshold=0.5&margin=0.05&correction=bh&clustering=none',
  'v=multitask@0.1.0&base=multitask@0.1.0&threshold=sensitivity:0.82@9f3c-a71e&alpha=0.01&cell=10&overlap=out&images=common',
  'v=multitask@0.1.0&base=multitask@0.1.0&tasks=sk&threshold=youden',
  'v=seg@1.0.0&base=seg@1.0.0&dx=melanoma,nevus&diagnosis=yes&sex=female&age=45..&jaccard.seg@1.0.0=..0.5',
  'v=seg@1.0.0&base=seg@1.0.0&q=SYN&proof=histopathology&skin=I,II&site=head-neck&mask=none&quality=accepted&score.sk.seg@1.0.0=0.25..0.75',
  'v=seg@1.0.0,multitask@0.1.0&base=seg@1.0.0&group.sex=FEMALE&group.age=UNDER_45&call.melanoma.seg@1.0.0=fn&changed.sk.multitask@0.1.0=lost,called',
])('writes the question it read from %s', (text) => {
  const { snapshot, versions, asked, notUnderstood } = read(text);
  const written = questionAddress(
    {
      ...(asked as object),
      snapshotId: snapshot?.id ?? null,
      modelVersionIds: versions.map(({ id }) => id),
    },
    names,
  );
  expect(notUnderstood).toEqual([]);
  expect(decodeURIComponent(written.toString())).toBe(text);
});

it('writes what no parameter can say under a name that is reported, not as a wider question', () => {
  const filter: ComparisonFilter = {
    images: { imageIds: ['i1'], cohortId: 'gone' },
    calls: [{ modelVersionId: 'gone', task: 'MELANOMA', cell: 'FALSE_NEGATIVE' }],
  };
  const written = questionAddress({ modelVersionIds: [], filter }, names);
  const { asked, notUnderstood } = readCompareAddress(written, names);
  expect(asked.filter).toBeUndefined();
  expect(notUnderstood).toEqual([
    'images.imageIds=["i1"]',
    'images.cohortId="gone"',
    'call.melanoma.gone=fn',
  ]);
});

it('keeps a threshold chosen on a snapshot whose code is not known', () => {
  const threshold = { kind: 'YOUDEN', fromSnapshotId: 's9' } as const;
  const written = questionAddress({ modelVersionIds: [], threshold }, { ...names, snapshots: [] });
  const known = { ...names, snapshots: [{ id: 's9', code: 'aaaa-0001' }] };
  expect(readCompareAddress(written, known).asked.threshold).toEqual(threshold);
});

it('leaves the usual rules out of an address', () => {
  const usual = {
    modelVersionIds: [],
    threshold: { kind: 'AT_SENSITIVITY', value: 0.89 },
    alpha: 0.05,
    correction: 'HOLM',
    clustering: 'PATIENT',
    minimumCell: 5,
  } as const;
  expect(questionAddress(usual, names).toString()).toBe('');
});

it('changes versions, and forgets what only a removed one could mean', () => {
  const before = new URLSearchParams(
    'v=a@1,b@1,c@1&base=a@1&with=c@1&call.melanoma.c@1=fn&changed.sk.b@1=lost&sex=female',
  );
  const words = (params: URLSearchParams) => decodeURIComponent(params.toString());
  expect(words(withVersions(before, ['a@1', 'b@1']))).toBe(
    'v=a@1,b@1&base=a@1&changed.sk.b@1=lost&sex=female',
  );
  expect(words(withVersions(before, ['b@1', 'a@1', 'c@1']))).toBe(
    'v=b@1,a@1,c@1&base=b@1&with=c@1&call.melanoma.c@1=fn&sex=female',
  );
  expect(words(withVersions(new URLSearchParams('v=a@1&base=a@1&sex=male'), []))).toBe('sex=male');
});
