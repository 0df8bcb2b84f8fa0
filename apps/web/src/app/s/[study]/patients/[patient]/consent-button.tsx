'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { refusalOf } from '@/apollo/refusal';
import type { ConsentStatus } from '@/gql/graphql';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { countOf } from '@/ui/format';
import { useNotice } from '@/ui/notice';
import type { PatientRecord } from './page';
import { updatePatientMutation } from './patient.query';

/** Withdrawing asks for the code to be typed; recording a consent again just happens. */
export function ConsentButton({ patient }: { patient: PatientRecord }) {
  const router = useRouter();
  const say = useNotice();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [updatePatient, { loading }] = useMutation(updatePatientMutation);
  const set = async (consent: ConsentStatus) => {
    const { id, revision } = patient;
    await updatePatient({ variables: { input: { id, revision, consent } } });
    router.refresh();
  };
  const recordAgain = async () => {
    try {
      await set('ACTIVE');
      say({ message: `Consent of ${patient.code} recorded as active` });
    } catch (error) {
      say({ message: refusalOf(error).message, icon: 'error' });
    }
  };

  if (patient.consent === 'WITHDRAWN')
    return (
      <Button loading={loading} onClick={() => void recordAgain()}>
        Record consent again
      </Button>
    );
  return (
    <>
      <Button
        color="error"
        onClick={() => {
          setTyped('');
          setOpen(true);
        }}
      >
        Withdraw consent…
      </Button>
      <FormDialog
        open={isOpen}
        onClose={() => {
          setOpen(false);
        }}
        title={`Withdraw patient ${patient.code}?`}
        submitLabel="Withdraw patient"
        disabled={typed.trim() !== patient.code}
        onSubmit={async () => {
          await set('WITHDRAWN');
          say({ message: `Consent of ${patient.code} recorded as withdrawn` });
        }}
      >
        {(errorOf) => (
          <>
            <p style={{ color: 'var(--text-2)' }}>
              {countOf(patient.imageCount, 'image')} of {countOf(patient.lesionCount, 'lesion')}{' '}
              leave all new snapshots and runs at once. Snapshots and evaluations made before are
              not changed. Nothing is deleted.
            </p>
            <Field label={`Type ${patient.code} to confirm`} error={errorOf('confirmation')}>
              {(control) => (
                <input
                  {...control}
                  name="confirmation"
                  autoFocus
                  autoComplete="off"
                  value={typed}
                  onChange={(event) => {
                    setTyped(event.target.value);
                  }}
                />
              )}
            </Field>
          </>
        )}
      </FormDialog>
    </>
  );
}
