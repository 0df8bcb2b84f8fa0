'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import type { StudyRole } from '@/gql/graphql';
import { Field } from '@/ui/field';
import { FormDialogButton } from '@/ui/form-dialog-button';
import { textOf } from '@/ui/form-text';
import { useNotice } from '@/ui/notice';
import { AddStudyMemberMutation } from './members.query';
import { RoleSelect } from './role-select';

/** Lets somebody who has an account into the study. */
export function AddMember({ studyId }: { studyId: string }) {
  const router = useRouter();
  const say = useNotice();
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
    <FormDialogButton label="Add member" onSubmit={add}>
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
    </FormDialogButton>
  );
}
