'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormDialog } from '@/ui/form-dialog';
import { Icon } from '@/ui/icon';
import { PatientFields, patientFactsOf } from './patient-fields';
import { createPatientMutation } from './patients.query';

export function AddPatient({ studyId, slug }: { studyId: string; slug: string }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [createPatient] = useMutation(createPatientMutation);
  const add = async (form: FormData) => {
    const { data } = await createPatient({
      variables: { input: { studyId, ...patientFactsOf(form) } },
    });
    if (data) router.push(`/s/${slug}/patients/${encodeURIComponent(data.createPatient.code)}`);
  };
  return (
    <>
      <Button
        variant="contained"
        color="primary"
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="plus" /> Add patient
      </Button>
      <FormDialog
        open={isOpen}
        onClose={() => {
          setOpen(false);
        }}
        title="Add patient"
        submitLabel="Add patient"
        onSubmit={add}
      >
        {(errorOf) => <PatientFields errorOf={errorOf} />}
      </FormDialog>
    </>
  );
}
