'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type {
  CallChange,
  ComparedImageFactsFragment,
  ComparisonInput,
  DisagreementOrder,
  Task,
} from '@/gql/graphql';
import {
  ChangedImagesQuery,
  DisagreementsQuery,
  FrozenChangedImagesQuery,
  FrozenDisagreementsQuery,
} from './compared-images.query';
import { useDashboard } from './dashboard-context';

export interface ImagePage {
  images: readonly ComparedImageFactsFragment[];
  totalCount: number;
}

export type ImageAnswer =
  { state: 'loading' } | { state: 'ready'; page: ImagePage } | { state: 'failed'; message: string };

interface AskedList {
  task: Task;
  modelVersionId: string;
  first: number;
  /** A list of changed calls, or an order of disagreement. */
  list: { changes: readonly CallChange[] } | { order: DisagreementOrder };
}

interface Asked extends AskedList {
  source: { id: string } | { input: ComparisonInput };
}

/** The images of a list of the comparison, asked for when the list is shown. */
export function useComparedImages(list: AskedList | undefined): ImageAnswer {
  const client = useApolloClient();
  const { input, evaluationId: id } = useDashboard();
  const source: Asked['source'] = id === undefined ? { input } : { id };
  const key = list && JSON.stringify({ ...list, source });
  const [answer, setAnswer] = useState<{ key: string; answer: ImageAnswer }>();
  useEffect(() => {
    if (key === undefined) return;
    const controller = new AbortController();
    const say = (now: ImageAnswer) => {
      if (!controller.signal.aborted) setAnswer({ key, answer: now });
    };
    ask(client, JSON.parse(key) as Asked).then(
      (page) => {
        say({ state: 'ready', page });
      },
      (error: unknown) => {
        say({ state: 'failed', message: refusalOf(error).message });
      },
    );
    return () => {
      controller.abort();
    };
  }, [client, key]);
  return answer && answer.key === key ? answer.answer : { state: 'loading' };
}

/** A comparison has no id to be kept by; one answer must not be merged into another. */
const fetchPolicy = 'no-cache';

type Client = ReturnType<typeof useApolloClient>;

async function ask(client: Client, asked: Asked): Promise<ImagePage> {
  const { source, task, modelVersionId, first, list } = asked;
  const of = { task, modelVersionId, first };
  if ('order' in list) return pageOf(await disagreements(client, source, { ...of, ...list }));
  return pageOf(await changedImages(client, source, { ...of, changes: [...list.changes] }));
}

type Of = Pick<Asked, 'task' | 'modelVersionId' | 'first'>;

async function disagreements(
  client: Client,
  source: Asked['source'],
  of: Of & { order: DisagreementOrder },
) {
  if ('input' in source) {
    const variables = { ...of, input: source.input };
    const { data } = await client.query({ query: DisagreementsQuery, variables, fetchPolicy });
    return data?.comparison.disagreements;
  }
  const variables = { ...of, id: source.id };
  const { data } = await client.query({ query: FrozenDisagreementsQuery, variables, fetchPolicy });
  return data?.evaluation?.comparison?.disagreements;
}

async function changedImages(
  client: Client,
  source: Asked['source'],
  of: Of & { changes: CallChange[] },
) {
  if ('input' in source) {
    const variables = { ...of, input: source.input };
    const { data } = await client.query({ query: ChangedImagesQuery, variables, fetchPolicy });
    return data?.comparison.changedImages;
  }
  const variables = { ...of, id: source.id };
  const { data } = await client.query({ query: FrozenChangedImagesQuery, variables, fetchPolicy });
  return data?.evaluation?.comparison?.changedImages;
}

function pageOf(
  connection:
    { totalCount: number; edges: readonly { node: ComparedImageFactsFragment }[] } | undefined,
): ImagePage {
  if (!connection) throw new Error('The API answered without the list.');
  return {
    images: connection.edges.map(({ node }) => node),
    totalCount: connection.totalCount,
  };
}
