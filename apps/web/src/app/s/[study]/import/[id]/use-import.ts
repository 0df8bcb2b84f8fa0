'use client';

import { useApolloClient } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type { ApplyImportInput, DuplicatePolicy, ImportOnPageFragment } from '@/gql/graphql';
import {
  applyImportMutation,
  checkImportMutation,
  discardImportMutation,
  importStateQuery,
} from './import.query';

const POLL_MS = 1000;

export interface ImportControl {
  current: ImportOnPageFragment;
  /** Why the last thing asked for was refused. */
  refusal: string | undefined;
  isBusy: boolean;
  /** The last answer is old, because the server does not answer. */
  isStale: boolean;
  duplicates: DuplicatePolicy;
  setDuplicates: (policy: DuplicatePolicy) => void;
  check: () => Promise<void>;
  apply: (choices: Omit<ApplyImportInput, 'id' | 'duplicates'>) => Promise<void>;
  discard: () => Promise<void>;
}

/** One import, followed while the server works on it. */
export function useImport(first: ImportOnPageFragment): ImportControl {
  const client = useApolloClient();
  const router = useRouter();
  const [current, setCurrent] = useState(first);
  const [refusal, setRefusal] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const [isStale, setStale] = useState(false);
  const [duplicates, setDuplicates] = useState<DuplicatePolicy>(first.duplicates);
  const { id, state } = current;

  const follow = useEffectEvent((next: ImportOnPageFragment) => {
    setStale(false);
    // The counts in the navigation have changed with the study.
    if (next.state === 'APPLIED' && state !== 'APPLIED') router.refresh();
    setCurrent(next);
  });
  const isWorking = state === 'CHECKING' || state === 'APPLYING';
  useEffect(() => {
    if (!isWorking) return;
    const timer = setInterval(() => {
      client.query({ query: importStateQuery, variables: { id } }).then(
        ({ data }) => {
          if (data?.import) follow(data.import);
        },
        () => {
          setStale(true);
        },
      );
    }, POLL_MS);
    return () => {
      clearInterval(timer);
    };
  }, [client, id, isWorking]);

  const ask = async (change: () => Promise<ImportOnPageFragment | undefined>) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const next = await change();
      if (next) setCurrent(next);
    } catch (error) {
      setRefusal(refusalOf(error).message);
    } finally {
      setBusy(false);
    }
  };
  return {
    current,
    refusal,
    isBusy,
    isStale,
    duplicates,
    setDuplicates,
    check: () =>
      ask(async () => {
        const { data } = await client.mutate({
          mutation: checkImportMutation,
          variables: { id },
        });
        return data?.checkImport;
      }),
    apply: (choices) =>
      ask(async () => {
        const { data } = await client.mutate({
          mutation: applyImportMutation,
          variables: { input: { id, duplicates, ...choices } },
        });
        return data?.applyImport;
      }),
    discard: () =>
      ask(async () => {
        const { data } = await client.mutate({
          mutation: discardImportMutation,
          variables: { id },
        });
        return data?.discardImport;
      }),
  };
}
