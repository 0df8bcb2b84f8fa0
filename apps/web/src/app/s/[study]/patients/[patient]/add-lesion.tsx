'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { AnatomicSite } from '@/gql/graphql';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { Icon } from '@/ui/icon';
import { sentence, siteWords } from '@/ui/words';
import type { PatientRecord } from './page';
import { createLesionMutation } from './patient.query';

export function AddLesion({ patient }: { patient: PatientRecord }) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [createLesion] = useMutation(createLesionMutation);
  const add = async (form: FormData) => {
    const anatomicSite = (textOf(form, 'anatomicSite') || null) as AnatomicSite | null;
    await createLesion({
      variables: { input: { patientId: patient.id, code: textOf(form, 'code'), anatomicSite } },
    });
    router.refresh();
  };
  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        <Icon name="plus" /> Add lesion
      </Button>
      <FormDialog
        open={isOpen}
        onClose={() => {
          setOpen(false);
        }}
        title={`Add a lesion to ${patient.code}`}
        submitLabel="Add lesion"
        onSubmit={add}
      >
        {(errorOf) => (
          <>
            <Field
              label="Code"
              error={errorOf('code')}
              hint="Unique within the patient, such as L-2."
            >
              {(control) => (
                <input
                  {...control}
                  name="code"
                  required
                  autoFocus
                  autoComplete="off"
                  maxLength={64}
                  pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
                  title="Letters, digits, dots, hyphens and underscores; the first is a letter or digit"
                />
              )}
            </Field>
            <Field label="Site" error={errorOf('anatomicSite')}>
              {(control) => (
                <select {...control} name="anatomicSite" defaultValue="">
                  <option value="">Not recorded</option>
                  {Object.entries(siteWords).map(([value, words]) => (
                    <option key={value} value={value}>
                      {sentence(words)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </>
        )}
      </FormDialog>
    </>
  );
}
