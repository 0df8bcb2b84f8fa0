import { notFound } from 'next/navigation';
import { query } from '@/apollo/server';
import type { ModelsQuery as Answer } from '@/gql/graphql';
import { inAliasOrder } from '@/ui/alias-order';
import { ModelsQuery } from './models.query';

export type Model = Answer['models'][number];
export type Version = Model['versions'][number];
export type Alias = NonNullable<Answer['study']>['aliases'][number];
export type Evaluation = NonNullable<Answer['study']>['evaluations']['edges'][number]['node'];

/** What all pages of the registry show, from one query. */
export async function loadModels(slug: string) {
  const { data } = await query({ query: ModelsQuery, variables: { slug } });
  if (!data.study) notFound();
  return {
    study: data.study,
    models: data.models,
    evaluations: data.study.evaluations.edges.map(({ node }) => node),
  };
}

/** Champion, candidate, other names, then the rest, newest first. */
export const inRegistryOrder = (versions: readonly Version[], aliases: readonly Alias[]) =>
  inAliasOrder(versions, aliases, ({ id }) => id);

/** How a version stands in an address: `multitask/0.1.0`. */
export const versionKey = (family: string, version: string) => `${family}/${version}`;

/** What a version gives, in a few words: "mask + melanoma + seb. keratosis". */
export const outputWords = ({ hasMask, tasks }: Pick<Version, 'hasMask' | 'tasks'>) =>
  [
    ...(hasMask ? ['mask'] : []),
    ...tasks.map(
      (task) => ({ MELANOMA: 'melanoma', SEBORRHEIC_KERATOSIS: 'seb. keratosis' })[task],
    ),
  ].join(' + ') || 'no output';
