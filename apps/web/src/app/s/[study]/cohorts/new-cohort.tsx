'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { NewCohortMutation } from '@/cohorts/cohorts.query';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { countOf } from '@/ui/format';
import { Icon } from '@/ui/icon';

interface NewCohortProps {
  studyId: string;
  slug: string;
  acceptedImages: number;
}

/** The cohort most studies begin with: every accepted image. Narrower ones are made in the image list. */
export function NewCohort({ studyId, slug, acceptedImages }: NewCohortProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [createCohort] = useMutation(NewCohortMutation);

  const create = async (form: FormData) => {
    const { data } = await createCohort({
      variables: {
        input: { studyId, name: textOf(form, 'name'), filter: { quality: ['ACCEPTED'] } },
      },
    });
    if (data) router.push(`/s/${slug}/cohorts/${data.createCohort.id}`);
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
        <Icon name="plus" /> Cohort of all accepted
      </Button>
      <FormDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title="Cohort of all accepted images"
        submitLabel="Create cohort"
        onSubmit={create}
      >
        {(errorOf) => (
          <Field
            label="Name"
            hint={`It holds ${countOf(acceptedImages, 'image')} now, and new ones once they are accepted.`}
            error={errorOf('name')}
          >
            {(control) => (
              <input
                {...control}
                name="name"
                required
                maxLength={120}
                defaultValue="All accepted images"
                autoFocus
              />
            )}
          </Field>
        )}
      </FormDialog>
    </>
  );
}
