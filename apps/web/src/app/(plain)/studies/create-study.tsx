'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { Icon } from '@/ui/icon';
import { slugOf } from './slug';
import { CreateStudyMutation } from './studies.query';

export function CreateStudy() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [createStudy] = useMutation(CreateStudyMutation);

  const create = async (form: FormData) => {
    const { data } = await createStudy({
      variables: {
        input: {
          name: textOf(form, 'name'),
          slug: textOf(form, 'slug'),
          protocol: textOf(form, 'protocol'),
        },
      },
    });
    if (data) router.push(`/s/${data.createStudy.slug}`);
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
        <Icon name="plus" /> Create study
      </Button>
      <FormDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title="Create study"
        submitLabel="Create study"
        onSubmit={create}
      >
        {(errorOf) => <StudyFields errorOf={errorOf} />}
      </FormDialog>
    </>
  );
}

function StudyFields({ errorOf }: { errorOf: (field: string) => string | undefined }) {
  // Follows the name until it is typed over.
  const [slug, setSlug] = useState('');
  return (
    <>
      <Field label="Name" error={errorOf('name')}>
        {(control) => (
          <input
            {...control}
            name="name"
            required
            maxLength={120}
            autoFocus
            onChange={(event) => {
              setSlug(slugOf(event.target.value));
            }}
          />
        )}
      </Field>
      <Field
        label="Address"
        hint={`The study will stand at /s/${slug || '…'}. It cannot be changed later.`}
        error={errorOf('slug')}
      >
        {(control) => (
          <input
            {...control}
            name="slug"
            required
            value={slug}
            pattern="[a-z0-9]+(-[a-z0-9]+)*"
            title="Small letters, figures and single hyphens"
            onChange={(event) => {
              setSlug(event.target.value);
            }}
          />
        )}
      </Field>
      <Field label="Protocol" hint="What is studied, on whom, and the primary endpoint.">
        {(control) => <textarea {...control} name="protocol" rows={3} />}
      </Field>
    </>
  );
}
