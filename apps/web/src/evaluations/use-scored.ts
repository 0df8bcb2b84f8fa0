'use client';

import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { ScoredCountsQuery } from '@/cohorts/cohorts.query';

interface Snapshot {
  id: string;
  cohort: { id: string };
}

/** How many images of a snapshot each version has scored, by version; nothing while it is asked. */
export function useScored(
  slug: string,
  snapshot: Snapshot | undefined,
  versions: readonly { id: string }[],
): Record<string, number> | undefined {
  const client = useApolloClient();
  const [answer, setAnswer] = useState<{ snapshotId: string; counts: Record<string, number> }>();
  useEffect(() => {
    if (!snapshot) return;
    let isCurrent = true;
    const ask = async (modelVersionId: string) => {
      const { data } = await client.query({
        query: ScoredCountsQuery,
        variables: { slug, cohortId: snapshot.cohort.id, modelVersionId },
      });
      const found = data?.study?.cohort?.snapshots.find(({ id }) => id === snapshot.id);
      return [modelVersionId, found?.scoredCount ?? 0] as const;
    };
    Promise.all(versions.map(({ id }) => ask(id))).then(
      (counts) => {
        if (isCurrent) setAnswer({ snapshotId: snapshot.id, counts: Object.fromEntries(counts) });
      },
      // The counts only inform; the API refuses what is not fully scored, and says why.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [client, slug, snapshot, versions]);
  return answer && answer.snapshotId === snapshot?.id ? answer.counts : undefined;
}
