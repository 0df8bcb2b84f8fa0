'use client';

import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { refusalOf, type RefusalText } from '@/apollo/refusal';
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
  const made = useRef<{ cohortId?: string | undefined; snapshotId?: string }>({
    cohortId: chosen.cohortId,
  });
  const [isRequesting, setRequesting] = useState(false);
  const [refusal, setRefusal] = useState<RefusalText>();

  const snapshotOf = async (cohortName: string) => {
    if (made.current.cohortId === undefined) {
      const { data } = await client.mutate({
        mutation: createCohortMutation,
        variables: { input: { studyId: study.id, name: cohortName, filter: chosen.filter } },
      });
      made.current.cohortId = data?.createCohort.id;
    }
    if (made.current.snapshotId === undefined && made.current.cohortId !== undefined) {
      const { data } = await client.mutate({
        mutation: createSnapshotMutation,
        variables: { cohortId: made.current.cohortId },
      });
      made.current.snapshotId = data?.createSnapshot.id;
    }
    return made.current.snapshotId;
  };

  const request = async ({ modelVersionId, device, cohortName }: RunRequest) => {
    setRequesting(true);
    setRefusal(undefined);
    try {
      const images = chosen.onlyImageId
        ? { imageId: chosen.onlyImageId }
        : { snapshotId: await snapshotOf(cohortName) };
      const { data } = await client.mutate({
        mutation: requestInferenceMutation,
        variables: { input: { modelVersionId, device, ...images } },
      });
      return data?.requestInference;
    } catch (error) {
      setRefusal(refusalOf(error));
      return undefined;
    } finally {
      setRequesting(false);
    }
  };
  return { request, isRequesting, refusal };
}
