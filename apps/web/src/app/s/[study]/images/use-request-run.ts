'use client';

import { useApolloClient } from '@apollo/client/react';
import { useRef } from 'react';
import type { Device } from '@/gql/graphql';
import type { ChosenImages } from './chosen-images';
import {
  createCohortMutation,
  createSnapshotMutation,
  requestInferenceMutation,
} from './images.query';
import type { BrowsedStudy } from './use-image-list';

interface RunRequest {
  modelVersionId: string;
  device: Device;
  cohortName: string;
}

/** Images, cohort, snapshot, run: after a failure in between, asking again goes on where it stopped. */
export function useRequestRun(study: BrowsedStudy, chosen: ChosenImages) {
  const client = useApolloClient();
  const made = useRef<{ cohortId?: string | undefined; snapshotId?: string | undefined }>({});

  const cohortOf = async (name: string) => {
    const { data } = await client.mutate({
      mutation: createCohortMutation,
      variables: { input: { studyId: study.id, name, filter: chosen.filter } },
    });
    return data?.createCohort.id;
  };
  const snapshotOf = async (cohortName: string) => {
    made.current.cohortId ??= chosen.cohortId ?? (await cohortOf(cohortName));
    const { cohortId } = made.current;
    if (cohortId === undefined || made.current.snapshotId) return made.current.snapshotId;
    const { data } = await client.mutate({
      mutation: createSnapshotMutation,
      variables: { cohortId },
    });
    return (made.current.snapshotId = data?.createSnapshot.id);
  };

  return async ({ modelVersionId, device, cohortName }: RunRequest) => {
    const images = chosen.onlyImageId
      ? { imageId: chosen.onlyImageId }
      : { snapshotId: await snapshotOf(cohortName) };
    const { data } = await client.mutate({
      mutation: requestInferenceMutation,
      variables: { input: { modelVersionId, device, ...images } },
    });
    return data?.requestInference;
  };
}
