import { diagnosisWords, methodWords, sentence, sexWords, siteWords, taskWords } from '@/ui/words';
import {
  diagnosisTokens,
  methodTokens,
  qualityTokens,
  sexTokens,
  siteTokens,
  taskTokens,
} from './filter-tokens';
import { isFilterKey, range, versionWord, type AddressNames } from './image-list-address';

/** A filter as its chip says it: `Diagnosis` `melanoma, nevus`. */
export interface FilterWords {
  key: string;
  field: string;
  value: string;
}

/** The filters of an address in words, in its order; those nobody understood are left to the caller. */
export function describeFilters(
  params: URLSearchParams,
  names: AddressNames,
  notUnderstood: readonly string[],
): FilterWords[] {
  return [...params]
    .filter(([key, value]) => isFilterKey(key) && !notUnderstood.includes(`${key}=${value}`))
    .map(([key, value]) => ({ key, ...describe(key, value, names) }));
}

type Describe = (value: string, names: AddressNames) => { field: string; value: string };

const described: Record<string, Describe> = {
  cohort: (id, { cohorts }) => ({
    field: 'Cohort',
    value: cohorts.find((cohort) => cohort.id === id)?.name ?? id,
  }),
  q: (value) => ({ field: 'Code', value: `“${value.trim()}”` }),
  dx: (value) => ({ field: 'Diagnosis', value: words(value, diagnosisTokens, diagnosisWords) }),
  diagnosis: (value) => ({ field: 'Diagnosis', value: value === 'none' ? 'none' : 'recorded' }),
  proof: (value) => ({ field: 'Proof', value: words(value, methodTokens, methodWords) }),
  sex: (value) => ({ field: 'Sex', value: words(value, sexTokens, sexWords) }),
  skin: (value) => ({ field: 'Skin type', value: value.replaceAll(',', ', ') }),
  site: (value) => ({ field: 'Site', value: words(value, siteTokens, siteWords) }),
  age: (value) => ({ field: 'Age', value: between(value) }),
  mask: (value) => ({ field: 'Reference mask', value: value === 'none' ? 'none' : 'drawn' }),
  quality: (value) => ({
    field: 'Quality',
    value: words(value, qualityTokens, { ACCEPTED: 'accepted', EXCLUDED: 'excluded' }),
  }),
};

function describe(key: string, value: string, names: AddressNames) {
  const plain = described[key];
  if (plain) return plain(value, names);
  const [kind, ...rest] = key.split('.');
  if (kind === 'jaccard')
    return { field: `Jaccard ${versionTitle(rest.join('.'), names)}`, value: between(value) };
  const task = taskTokens[rest[0] as keyof typeof taskTokens];
  return {
    field: `${sentence(taskWords[task])} score ${versionTitle(rest.slice(1).join('.'), names)}`,
    value: between(value),
  };
}

function words<Value extends string>(
  text: string,
  tokens: Record<string, Value>,
  labels: Record<Value, string>,
): string {
  return text
    .split(',')
    .map((token) => labels[tokens[token]!])
    .join(', ');
}

const versionTitle = (word: string, { versions }: AddressNames) =>
  versions.find((version) => versionWord(version) === word)?.title ?? word;

function between(text: string): string {
  const { min, max } = range(text) ?? {};
  if (min === undefined) return `at most ${max ?? ''}`;
  return max === undefined ? `at least ${min}` : `${min} to ${max}`;
}
