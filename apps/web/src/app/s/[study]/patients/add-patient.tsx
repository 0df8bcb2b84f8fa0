'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { FormDialogButton } from '@/ui/form-dialog-button';
import { PatientFields, patientFactsOf } from './patient-fields';
import { createPatientMutation } from './patients.query';

export function AddPatient({ studyId, slug }: { studyId: string; slug: string }) {
  const router = useRouter();
  const [createPatient] = useMutation(createPatientMutation);
  const add = async (form: FormData) => {
    const { data } = await createPatient({
      variables: { input: { studyId, ...patientFactsOf(form) } },
    });
    if (data) router.push(`/s/${slug}/patients/${encodeURIComponent(data.createPatient.code)}`);
  };
  return (
    <FormDialogButton label="Add patient" onSubmit={add}>
      {(errorOf) => <PatientFields errorOf={errorOf} />}
    </FormDialogButton>
  );
}
