import type { ImageFilter, ImageSort, Task } from '@/gql/graphql';
import {
  diagnosisTokens,
  methodTokens,
  qualityTokens,
  sexTokens,
  siteTokens,
  skinTokens,
  taskTokens,
} from './filter-tokens';

/** What names in an address can mean in this study. */
export interface AddressNames {
  cohorts: readonly { id: string; name: string }[];
  versions: readonly NamedVersion[];
}
export interface NamedVersion {
  id: string;
  title: string;
  version: string;
  model: { name: string };
}

export type ImageListView = 'gallery' | 'table';

export interface ImageList {
  filter: ImageFilter;
  sort: ImageSort;
  view: ImageListView;
  outlines: boolean;
  /** Parameters nobody understood, as `name=value`. They stay in the address and are reported. */
  notUnderstood: string[];
}

/** Parameters of an image list address that filter; the others say how the list is shown. */
export const filterKeys = [
  'cohort',
  'q',
  'dx',
  'diagnosis',
  'proof',
  'sex',
  'skin',
  'site',
  'age',
  'mask',
  'quality',
] as const;
const viewKeys = ['sort', 'view', 'outlines', 'v'];

/** How a version is written in an address: `multitask@0.2.0`. */
export const versionWord = ({ model, version }: NamedVersion) => `${model.name}@${version}`;

export const isFilterKey = (key: string) =>
  (filterKeys as readonly string[]).includes(key) || /^(jaccard|score)\./.test(key);

/** Reads the address of an image list. What cannot be read filters nothing and is named. */
export function readImageList(params: URLSearchParams, names: AddressNames): ImageList {
  const list: ImageList = {
    filter: {},
    sort: { field: 'CODE', direction: 'ASC' },
    view: 'gallery',
    outlines: true,
    notUnderstood: [],
  };
  for (const [key, value] of params) {
    if (!read(list, key, value, names)) list.notUnderstood.push(`${key}=${value}`);
  }
  return list;
}

function read(list: ImageList, key: string, value: string, names: AddressNames): boolean {
  if (viewKeys.includes(key)) return readView(list, key, value, names);
  const part = readCondition(key, value, names);
  if (!part) return false;
  Object.assign(list.filter, part);
  return true;
}

function readView(list: ImageList, key: string, value: string, names: AddressNames): boolean {
  switch (key) {
    case 'view':
      list.view = value === 'table' ? 'table' : 'gallery';
      return value === 'table' || value === 'gallery';
    case 'outlines':
      list.outlines = value !== 'off';
      return value === 'off' || value === 'on';
    case 'v':
      return value.split(',').every((word) => versionOf(word, names));
    default: {
      const sort = readSort(value, names);
      if (sort) list.sort = sort;
      return sort !== undefined;
    }
  }
}

type ReadCondition = (value: string, names: AddressNames) => ImageFilter | undefined;

const conditions: Record<(typeof filterKeys)[number], ReadCondition> = {
  cohort: (id, { cohorts }) => (cohorts.some((c) => c.id === id) ? { cohortId: id } : undefined),
  q: (search) => (search.trim() ? { search: search.trim() } : undefined),
  dx: (value) => given('diagnosis', anyOf(diagnosisTokens, value)),
  diagnosis: (value) => given('hasDiagnosis', noneOrYes(value)),
  proof: (value) => given('method', anyOf(methodTokens, value)),
  sex: (value) => given('sex', anyOf(sexTokens, value)),
  skin: (value) => given('skinType', anyOf(skinTokens, value)),
  site: (value) => given('anatomicSite', anyOf(siteTokens, value)),
  age: (value) => given('ageYears', wholeNumbers(range(value))),
  mask: (value) => given('hasMask', noneOrYes(value)),
  quality: (value) => given('quality', anyOf(qualityTokens, value)),
};

function readCondition(key: string, value: string, names: AddressNames): ImageFilter | undefined {
  if (Object.hasOwn(conditions, key))
    return conditions[key as keyof typeof conditions](value, names);
  const [kind, ...rest] = key.split('.');
  const between = range(value);
  if (!between) return undefined;
  if (kind === 'jaccard') {
    const version = versionOf(rest.join('.'), names);
    return version && { jaccard: { modelVersionId: version.id, range: between } };
  }
  if (kind === 'score') {
    const task = taskOf(rest[0]);
    const version = versionOf(rest.slice(1).join('.'), names);
    return task && version && { score: { modelVersionId: version.id, task, range: between } };
  }
  return undefined;
}

function given<Key extends keyof ImageFilter>(
  key: Key,
  value: ImageFilter[Key] | undefined,
): ImageFilter | undefined {
  return value === undefined ? undefined : { [key]: value };
}

/** `a,b`: all words must be known, or the condition would be wider than it reads. */
function anyOf<Value extends string>(
  words: Record<string, Value>,
  text: string,
): Value[] | undefined {
  const values = text
    .split(',')
    .map((word) => (Object.hasOwn(words, word) ? words[word] : undefined));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function noneOrYes(text: string): boolean | undefined {
  if (text === 'none') return false;
  return text === 'yes' ? true : undefined;
}

interface Between {
  min?: number;
  max?: number;
}

/** `x..y`, `x..` or `..y`, both ends included. */
export function range(text: string): Between | undefined {
  const [, low, high] = /^(\d*\.?\d*)\.\.(\d*\.?\d*)$/.exec(text) ?? [];
  if (low === undefined || high === undefined || (low === '' && high === '')) return undefined;
  const between: Between = {
    ...(low === '' ? {} : { min: Number(low) }),
    ...(high === '' ? {} : { max: Number(high) }),
  };
  const ends = Object.values(between) as number[];
  const inOrder = (between.min ?? -Infinity) <= (between.max ?? Infinity);
  return ends.every(Number.isFinite) && inOrder ? between : undefined;
}

function wholeNumbers(between: Between | undefined): Between | undefined {
  return between && (Object.values(between) as number[]).every(Number.isInteger)
    ? between
    : undefined;
}

const versionOf = (word: string, { versions }: AddressNames) =>
  versions.find((version) => versionWord(version) === word);

const taskOf = (word = ''): Task | undefined =>
  Object.hasOwn(taskTokens, word) ? taskTokens[word as keyof typeof taskTokens] : undefined;

/** `code`, `-created`, `jaccard.multitask@0.2.0`, `-error.melanoma.multitask@0.2.0`; a minus is descending. */
function readSort(text: string, names: AddressNames): ImageSort | undefined {
  const direction = text.startsWith('-') ? 'DESC' : 'ASC';
  const [field, ...rest] = text.replace(/^-/, '').split('.');
  switch (field) {
    case 'code':
    case 'created':
    case 'patient':
      if (rest.length > 0) return undefined;
      return {
        field: field === 'code' ? 'CODE' : field === 'created' ? 'CREATED' : 'PATIENT',
        direction,
      };
    case 'jaccard': {
      const version = versionOf(rest.join('.'), names);
      return version && { field: 'JACCARD', direction, modelVersionId: version.id };
    }
    case 'score':
    case 'error': {
      const task = taskOf(rest[0]);
      const version = versionOf(rest.slice(1).join('.'), names);
      if (!task || !version) return undefined;
      const sortField = field === 'score' ? 'SCORE' : 'TASK_ERROR';
      return { field: sortField, direction, modelVersionId: version.id, task };
    }
    default:
      return undefined;
  }
}
