'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { StudyRole } from '@/gql/graphql';
import { ConfirmDialog } from '@/ui/confirm-dialog';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { roleWords } from '@/ui/words';
import { ChangeStudyMemberMutation, RemoveStudyMemberMutation } from './members.query';
import { RoleSelect } from './role-select';

interface MemberActionsProps {
  studyId: string;
  userId: string;
  name: string;
  role: StudyRole;
  /** The viewer's own membership: taking it away shuts them out. */
  isSelf: boolean;
}

export function MemberActions(props: MemberActionsProps) {
  return (
    <>
      <ChangeRole {...props} /> <RemoveMember {...props} />
    </>
  );
}

function ChangeRole({ studyId, userId, name, role, isSelf }: MemberActionsProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [changeMember] = useMutation(ChangeStudyMemberMutation);
  return (
    <>
      <Button
        size="small"
        aria-label={`Change role of ${name}…`}
        onClick={() => {
          setOpen(true);
        }}
      >
        Change role…
      </Button>
      <FormDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title={`Change the role of ${name}?`}
        submitLabel="Change role"
        onSubmit={async (form) => {
          const input = { studyId, userId, role: textOf(form, 'role') as StudyRole };
          await changeMember({ variables: { input } });
          router.refresh();
        }}
      >
        {(errorOf) => (
          <>
            <p style={{ margin: 0, color: 'var(--text-2)' }}>
              {isSelf ? 'You are' : `${name} is`} {roleWords[role]} now. The new role holds at once;
              what was made before stays.
              {isSelf && ' Without the role of coordinator you cannot undo this.'}
            </p>
            <RoleSelect initial={role} error={errorOf('role')} />
          </>
        )}
      </FormDialog>
    </>
  );
}

function RemoveMember({ studyId, userId, name, isSelf }: MemberActionsProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [removeMember] = useMutation(RemoveStudyMemberMutation);
  return (
    <>
      <Button
        size="small"
        color="error"
        aria-label={`Remove ${name}…`}
        onClick={() => {
          setOpen(true);
        }}
      >
        Remove…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title={isSelf ? 'Leave this study?' : `Remove ${name} from this study?`}
        confirmLabel={isSelf ? 'Leave study' : 'Remove member'}
        keepLabel="Keep"
        destructive
        onConfirm={async () => {
          await removeMember({ variables: { input: { studyId, userId } } });
          if (isSelf) router.push('/studies');
          router.refresh();
        }}
      >
        {isSelf
          ? 'You will not see the study any more, and only a coordinator can let you in again.'
          : 'The study and its pages are gone for them at once, and for the scripts that use their tokens. What they made stays, under their name.'}
      </ConfirmDialog>
    </>
  );
}
