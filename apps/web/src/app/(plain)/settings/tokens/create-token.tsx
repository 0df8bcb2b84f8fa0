'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { Icon } from '@/ui/icon';
import { SecretDialog } from './secret-dialog';
import { CreateApiTokenMutation } from './tokens.query';

export function CreateToken() {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const [createToken] = useMutation(CreateApiTokenMutation);

  const create = async (form: FormData) => {
    const { data } = await createToken({
      variables: {
        input: {
          name: textOf(form, 'name'),
          scope: form.get('scope') === 'WRITE' ? 'WRITE' : 'READ',
          expiresInDays: Number(form.get('expiresInDays')),
        },
      },
    });
    setSecret(data?.createApiToken.secret);
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
        <Icon name="plus" /> Create token
      </Button>
      <FormDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title="Create token"
        submitLabel="Create token"
        onSubmit={create}
      >
        {(errorOf) => <TokenFields errorOf={errorOf} />}
      </FormDialog>
      <SecretDialog
        secret={secret}
        onClose={() => {
          setSecret(undefined);
        }}
      />
    </>
  );
}

function TokenFields({ errorOf }: { errorOf: (field: string) => string | undefined }) {
  return (
    <>
      <Field label="Name" hint="The script or the machine it is for." error={errorOf('name')}>
        {(control) => <input {...control} name="name" required maxLength={80} autoFocus />}
      </Field>
      <Field label="It may" error={errorOf('scope')}>
        {(control) => (
          <select {...control} name="scope" defaultValue="READ">
            <option value="READ">read</option>
            <option value="WRITE">read and write</option>
          </select>
        )}
      </Field>
      <Field label="Expires after" error={errorOf('expiresInDays')}>
        {(control) => (
          <select {...control} name="expiresInDays" defaultValue="90">
            <option value="30">30 days</option>
            <option value="90">90 days</option>
            <option value="365">1 year</option>
          </select>
        )}
      </Field>
    </>
  );
}
