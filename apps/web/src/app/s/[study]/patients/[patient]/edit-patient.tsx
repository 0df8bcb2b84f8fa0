'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useConflict } from '@/records/use-conflict';
import { ConflictDialog } from '@/ui/conflict-dialog';
import { FormDialog } from '@/ui/form-dialog';
import { useNotice } from '@/ui/notice';
import { PatientFields, patientFactsOf, type PatientFacts } from '../patient-fields';
import type { PatientRecord } from './page';
import { patientConflict } from './patient-changes';
import { updatePatientMutation } from './patient.query';
import { useStoredPatient } from './use-stored-patient';

interface EditPatientProps {
  patient: PatientRecord;
  slug: string;
}

export function EditPatient({ patient, slug }: EditPatientProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        Edit…
      </Button>
      {isOpen && (
        <EditPatientDialog
          patient={patient}
          slug={slug}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

function EditPatientDialog({ patient, slug, onClose }: EditPatientProps & { onClose: () => void }) {
  const router = useRouter();
  const say = useNotice();
  const [updatePatient] = useMutation(updatePatientMutation);
  const storedPatient = useStoredPatient(slug);
  // As it was opened: the page behind shows the stored one as soon as a conflict is found.
  const [opened] = useState(patient);
  const { conflict, attempt, unlessInConflict } = useConflict<{
    mine: PatientFacts;
    stored: PatientRecord;
  }>();

  const save = async (facts: PatientFacts, revision: number) => {
    const { data } = await updatePatient({
      variables: { input: { id: patient.id, revision, ...facts } },
    });
    const code = data?.updatePatient.code ?? patient.code;
    say({ message: `Patient ${code} saved` });
    if (code === patient.code) router.refresh();
    else router.replace(`/s/${slug}/patients/${encodeURIComponent(code)}`);
  };

  if (conflict)
    return (
      <ConflictDialog
        title={`Patient ${opened.code} was changed while you edited it`}
        rows={patientConflict(opened, conflict.stored, conflict.mine)}
        needsReason={false}
        onKeepTheirs={onClose}
        onSaveMine={async () => {
          await save(conflict.mine, conflict.stored.revision);
          onClose();
        }}
      />
    );
  return (
    <FormDialog
      open
      onClose={unlessInConflict(onClose)}
      title={`Edit patient ${opened.code}`}
      submitLabel="Save patient"
      onSubmit={(form) => {
        const mine = patientFactsOf(form);
        return attempt(
          () => save(mine, opened.revision),
          async () => ({ mine, stored: (await storedPatient(opened.code)) ?? opened }),
        );
      }}
    >
      {(errorOf) => <PatientFields patient={opened} errorOf={errorOf} />}
    </FormDialog>
  );
}
