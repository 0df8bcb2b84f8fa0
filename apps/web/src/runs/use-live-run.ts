'use client';

import { skipToken, useLazyQuery, useSubscription } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import type { RunDetailFragment } from '@/gql/graphql';
import { RunDetailQuery, RunProgressSubscription } from './run-detail.query';
import { isActive } from './run-words';

const pollMs = 2_000;

export interface LiveRun {
  run: RunDetailFragment;
  /** When the server was last heard of, once nothing has come for several attempts. */
  pausedSince: Date | undefined;
}

/**
 * A run as it is now. Each committed chunk arrives by subscription; where nothing arrived for a while
 * (no socket gets through, or a chunk is long) the run is asked for, and where that fails too the last
 * known state stays, with its time.
 */
export function useLiveRun(atFirst: RunDetailFragment): LiveRun {
  const [fetched, setFetched] = useState(atFirst);
  const [pausedSince, setPausedSince] = useState<Date>();
  const heardAt = useRef(0);
  const [ask] = useLazyQuery(RunDetailQuery, { fetchPolicy: 'network-only' });

  // A new render of the page, after a retry or a cancel, knows more than what came before it.
  const [seed, setSeed] = useState(atFirst);
  if (seed !== atFirst) {
    setSeed(atFirst);
    setFetched(atFirst);
  }

  const active = isActive(fetched);
  useSubscription(
    RunProgressSubscription,
    active
      ? {
          variables: { id: atFirst.id },
          onData: ({ data }) => {
            if (!data.data) return;
            heardAt.current = Date.now();
            setFetched(data.data.runProgress);
            setPausedSince(undefined);
          },
        }
      : skipToken,
  );

  useEffect(() => {
    if (!active) return;
    heardAt.current ||= Date.now();
    const poll = async () => {
      if (Date.now() - heardAt.current < pollMs) return;
      try {
        const { data } = await ask({ variables: { id: atFirst.id } });
        if (!data?.inferenceRun) throw new Error('no answer');
        heardAt.current = Date.now();
        setFetched(data.inferenceRun);
        setPausedSince(undefined);
      } catch {
        setPausedSince(new Date(heardAt.current));
      }
    };
    const timer = setInterval(() => void poll(), pollMs);
    return () => {
      clearInterval(timer);
    };
  }, [active, ask, atFirst.id]);

  return { run: fetched, pausedSince: active ? pausedSince : undefined };
}
