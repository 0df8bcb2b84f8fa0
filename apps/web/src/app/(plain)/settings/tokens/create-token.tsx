'use client';

import { useMutation } from '@apollo/client/react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormDialogButton } from '@/ui/form-dialog-button';
import { textOf } from '@/ui/form-text';
import { SecretDialog } from './secret-dialog';
import { TokenFields, type TokenStudy } from './token-fields';
import { CreateApiTokenMutation } from './tokens.query';

export function CreateToken({ studies }: { studies: readonly TokenStudy[] }) {
  const router = useRouter();
  const [secret, setSecret] = useState<string>();
  const [createToken] = useMutation(CreateApiTokenMutation);

  const create = async (form: FormData) => {
    const isLimited = form.get('reach') === 'some';
    const { data } = await createToken({
      variables: {
        input: {
          name: textOf(form, 'name'),
          scope: form.get('scope') === 'WRITE' ? 'WRITE' : 'READ',
          expiresInDays: Number(form.get('expiresInDays')),
          studyIds: isLimited ? form.getAll('studyIds').map(String) : null,
        },
      },
    });
    setSecret(data?.createApiToken.secret);
    router.refresh();
  };

  return (
    <>
      <FormDialogButton label="Create token" onSubmit={create}>
        {(errorOf) => <TokenFields studies={studies} errorOf={errorOf} />}
      </FormDialogButton>
      <SecretDialog
        secret={secret}
        onClose={() => {
          setSecret(undefined);
        }}
      />
    </>
  );
}
