'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent, useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type { ScoreStateQuery } from '@/gql/graphql';
import { scoreImageMutation, scoreProgressQuery, scoreProgressSubscription } from './viewer.query';

/** Progress comes by itself; asking now and then covers a lost connection. */
const POLL_MS = 2000;

type Run = NonNullable<ScoreStateQuery['inferenceRun']>;

/** Asks for the score of one image and waits for it. */
export function useScoreImage(
  imageId: string,
  modelVersionId: string,
  onScored: () => Promise<unknown>,
) {
  const client = useApolloClient();
  const [runId, setRunId] = useState<string>();
  const [isAsking, setAsking] = useState(false);
  const [failure, setFailure] = useState<string>();

  const follow = useEffectEvent((run: Run) => {
    if (run.state === 'QUEUED' || run.state === 'RUNNING') return;
    setRunId(undefined);
    const [problem] = run.failures;
    if (run.state === 'DONE' && !problem) void onScored();
    else
      setFailure(
        problem ? `${problem.title}. ${problem.hint}` : (run.failure ?? 'It was cancelled.'),
      );
  });

  useEffect(() => {
    if (!runId) return;
    const live = client
      .subscribe({ query: scoreProgressSubscription, variables: { id: runId } })
      .subscribe({
        next: ({ data }) => {
          if (data) follow(data.runProgress);
        },
        error: () => undefined,
      });
    const poll = setInterval(() => {
      client
        .query({ query: scoreProgressQuery, variables: { id: runId } })
        .then(({ data }) => {
          if (data?.inferenceRun) follow(data.inferenceRun);
        })
        .catch(() => undefined);
    }, POLL_MS);
    return () => {
      live.unsubscribe();
      clearInterval(poll);
    };
  }, [client, runId]);

  const score = async () => {
    setAsking(true);
    setFailure(undefined);
    try {
      const { data } = await client.mutate({
        mutation: scoreImageMutation,
        variables: { input: { modelVersionId, imageId } },
      });
      setRunId(data?.requestInference.id);
    } catch (error) {
      setFailure(refusalOf(error).message);
    } finally {
      setAsking(false);
    }
  };
  const isWaiting = isAsking || runId !== undefined;
  const phase: 'idle' | 'waiting' | 'failed' = isWaiting ? 'waiting' : failure ? 'failed' : 'idle';
  return { score, phase, failure };
}
