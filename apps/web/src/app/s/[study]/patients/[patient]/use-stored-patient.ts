'use client';

import { useApolloClient } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import type { PatientRecord } from './page';
import { patientPageQuery } from './patient.query';

/** Shows the page anew and gives the patient as stored now: what a form needs after it met a conflict. */
export function useStoredPatient(slug: string) {
  const client = useApolloClient();
  const router = useRouter();
  return async (code: string): Promise<PatientRecord | undefined> => {
    const { data } = await client.query({ query: patientPageQuery, variables: { slug, code } });
    router.refresh();
    return data?.study?.patient ?? undefined;
  };
}
