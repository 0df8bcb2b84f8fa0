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
import { ChangedImagesQuery, DisagreementsQuery } from './comparison.query';

export interface ImagePage {
  images: readonly ComparedImageFactsFragment[];
  totalCount: number;
}

export type ImageAnswer =
  { state: 'loading' } | { state: 'ready'; page: ImagePage } | { state: 'failed'; message: string };

interface Asked {
  input: ComparisonInput;
  task: Task;
  modelVersionId: string;
  first: number;
  /** A list of changed calls, or an order of disagreement. */
  list: { changes: readonly CallChange[] } | { order: DisagreementOrder };
}

/** The images of a list of the comparison, asked for when the list is shown. */
export function useComparedImages(asked: Asked | undefined): ImageAnswer {
  const client = useApolloClient();
  const key = asked && JSON.stringify(asked);
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

async function ask(
  client: ReturnType<typeof useApolloClient>,
  { input, task, modelVersionId, first, list }: Asked,
): Promise<ImagePage> {
  if ('order' in list) {
    const { data } = await client.query({
      query: DisagreementsQuery,
      variables: { input, task, modelVersionId, first, order: list.order },
    });
    return pageOf(data?.comparison.disagreements);
  }
  const { data } = await client.query({
    query: ChangedImagesQuery,
    variables: { input, task, modelVersionId, first, changes: [...list.changes] },
  });
  return pageOf(data?.comparison.changedImages);
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
