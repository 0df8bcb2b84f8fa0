'use client';

import { skipToken, useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { PromotionEvidenceQuery, PromotionLeakageQuery } from './promotion.query';

interface Wanted {
  slug: string;
  versionId: string;
  /** Whom an evaluation must have in it too: the present champion, where a champion is made. */
  rivalId: string | undefined;
}

/** The evaluations that may justify giving a version a name, and what the chosen one says. */
export function useEvidence({ slug, versionId, rivalId }: Wanted) {
  const [chosenId, setChosenId] = useState<string>();
  const { data, loading, error } = useQuery(PromotionEvidenceQuery, {
    variables: { slug, version: versionId },
    // An evaluation may have been made since the page was loaded.
    fetchPolicy: 'network-only',
  });
  const evaluations = (data?.study?.evaluations.edges ?? [])
    .map(({ node }) => node)
    .filter(
      ({ versions }) =>
        rivalId === undefined || versions.some(({ modelVersion }) => modelVersion.id === rivalId),
    );
  const chosen = evaluations.find(({ id }) => id === chosenId) ?? evaluations[0];
  const leakage = useQuery(
    PromotionLeakageQuery,
    chosen ? { variables: { evaluation: chosen.id, versions: [versionId] } } : skipToken,
  );
  return {
    evaluations,
    chosen,
    setChosenId,
    isLoading: loading,
    hasFailed: error !== undefined,
    overlap: leakage.data?.evaluation?.snapshot.trainingOverlap[0],
    isOverlapUnknown: leakage.error !== undefined,
  };
}
