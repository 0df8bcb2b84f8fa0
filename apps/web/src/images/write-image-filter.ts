import type { ImageFilter } from '@/gql/graphql';
import {
  diagnosisTokens,
  methodTokens,
  qualityTokens,
  sexTokens,
  siteTokens,
  skinTokens,
  taskTokens,
  tokenOf,
} from './filter-tokens';
import { versionWord, type AddressNames } from './image-list-address';

export type Parameter = [key: string, value: string];

/**
 * The filter as the parameters that `readImageList` reads. What no parameter can say, such as images chosen
 * one by one, is written under the API's own name: the page that reads it reports that it did not
 * understand, which is better than a wider set of images that looks like the same.
 */
export const imageFilterParameters = (filter: ImageFilter, names: AddressNames): Parameter[] =>
  Object.entries<unknown>(filter).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [parameterOf(key, filter, names)],
  );

function parameterOf(key: string, filter: ImageFilter, names: AddressNames): Parameter {
  const write = Object.hasOwn(writers, key) ? writers[key as keyof typeof writers] : undefined;
  return (
    write?.(filter, names) ?? [`images.${key}`, JSON.stringify(filter[key as keyof ImageFilter])]
  );
}

type Write = (filter: ImageFilter, names: AddressNames) => Parameter | undefined;

const writers: Record<keyof ImageFilter, Write> = {
  imageIds: () => undefined,
  cohortId: ({ cohortId }, { cohorts }) =>
    cohorts.some(({ id }) => id === cohortId) ? ['cohort', String(cohortId)] : undefined,
  search: ({ search }) => ['q', search ?? ''],
  diagnosis: ({ diagnosis }) => ['dx', words(diagnosisTokens, diagnosis)],
  hasDiagnosis: ({ hasDiagnosis }) => ['diagnosis', hasDiagnosis ? 'yes' : 'none'],
  method: ({ method }) => ['proof', words(methodTokens, method)],
  sex: ({ sex }) => ['sex', words(sexTokens, sex)],
  skinType: ({ skinType }) => ['skin', words(skinTokens, skinType)],
  anatomicSite: ({ anatomicSite }) => ['site', words(siteTokens, anatomicSite)],
  ageYears: ({ ageYears }) => ['age', rangeWord(ageYears)],
  hasMask: ({ hasMask }) => ['mask', hasMask ? 'yes' : 'none'],
  quality: ({ quality }) => ['quality', words(qualityTokens, quality)],
  jaccard: ({ jaccard }, names) => {
    const word = wordOf(jaccard?.modelVersionId, names);
    return word === undefined ? undefined : [`jaccard.${word}`, rangeWord(jaccard?.range)];
  },
  score: ({ score }, names) => {
    const word = wordOf(score?.modelVersionId, names);
    if (word === undefined || !score) return undefined;
    return [`score.${tokenOf(taskTokens, score.task)}.${word}`, rangeWord(score.range)];
  },
};

const words = <Value extends string>(
  tokens: Record<string, Value>,
  values: readonly Value[] | null | undefined,
) => (values ?? []).map((value) => tokenOf(tokens, value)).join(',');

const rangeWord = (range: { min?: number | null; max?: number | null } | null | undefined) =>
  `${range?.min ?? ''}..${range?.max ?? ''}`;

function wordOf(id: string | number | undefined, { versions }: AddressNames) {
  const version = versions.find((one) => one.id === id);
  return version && versionWord(version);
}
