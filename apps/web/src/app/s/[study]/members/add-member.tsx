'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { StudyRole } from '@/gql/graphql';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';
import { AddStudyMemberMutation } from './members.query';
import { RoleSelect } from './role-select';

/** Lets somebody who has an account into the study. */
export function AddMember({ studyId }: { studyId: string }) {
  const router = useRouter();
  const say = useNotice();
  const [open, setOpen] = useState(false);
  const [addMember] = useMutation(AddStudyMemberMutation);

  const add = async (form: FormData) => {
    const input = {
      studyId,
      email: textOf(form, 'email'),
      role: textOf(form, 'role') as StudyRole,
    };
    const { data } = await addMember({ variables: { input } });
    if (!data) return;
    say({
      icon: 'check',
      message: `${data.addStudyMember.user?.name ?? 'They'} may see the study from now on.`,
    });
    router.refresh();
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
        <Icon name="plus" /> Add member
      </Button>
      <FormDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title="Add member"
        submitLabel="Add member"
        onSubmit={add}
      >
        {(errorOf) => (
          <>
            <Field
              label="E-mail"
              hint="Of an account of this installation. Administrators make accounts."
              error={errorOf('email')}
            >
              {(control) => (
                <input {...control} type="email" name="email" required autoFocus maxLength={254} />
              )}
            </Field>
            <RoleSelect initial="READER" error={errorOf('role')} />
          </>
        )}
      </FormDialog>
    </>
  );
}
