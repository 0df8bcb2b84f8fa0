'use client';

import { useMutation } from '@apollo/client/react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useState } from 'react';
import { CopyButton } from '@/ui/copy-button';
import { Facts } from '@/ui/facts';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { CreateUserMutation } from './members.query';

interface Created {
  email: string;
  oneTimePassword: string;
}

/** For administrators: an account with a password that is shown once. */
export function CreateAccount() {
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<Created>();
  const [createUser] = useMutation(CreateUserMutation);

  const create = async (form: FormData) => {
    const input = { name: textOf(form, 'name'), email: textOf(form, 'email') };
    const { data } = await createUser({ variables: { input } });
    if (data) setCreated(data.createUser);
  };

  return (
    <>
      <Button
        onClick={() => {
          setOpen(true);
        }}
      >
        Create account
      </Button>
      <FormDialog
        open={open}
        onClose={() => {
          setOpen(false);
        }}
        title="Create account"
        submitLabel="Create account"
        onSubmit={create}
      >
        {(errorOf) => <AccountFields errorOf={errorOf} />}
      </FormDialog>
      {created && (
        <PasswordDialog
          {...created}
          onClose={() => {
            setCreated(undefined);
          }}
        />
      )}
    </>
  );
}

function AccountFields({ errorOf }: { errorOf: (field: string) => string | undefined }) {
  return (
    <>
      <Field label="Name" hint="As colleagues know them." error={errorOf('name')}>
        {(control) => (
          <input {...control} name="name" required autoFocus maxLength={120} autoComplete="off" />
        )}
      </Field>
      <Field label="E-mail" hint="With which they sign in." error={errorOf('email')}>
        {(control) => (
          <input
            {...control}
            type="email"
            name="email"
            required
            maxLength={254}
            autoComplete="off"
          />
        )}
      </Field>
    </>
  );
}

/** The one time the password is seen. Closes by its button alone. */
function PasswordDialog({ email, oneTimePassword, onClose }: Created & { onClose: () => void }) {
  return (
    <Dialog open aria-labelledby="one-time-title">
      <DialogTitle id="one-time-title">Give this password to its owner now</DialogTitle>
      <DialogContent>
        <p>
          It is shown this once. They sign in with it and choose another before they see anything.
        </p>
        <Facts
          rows={[
            ['E-mail', email],
            ['One-time password', <code key="password">{oneTimePassword}</code>],
          ]}
        />
        <p style={{ marginTop: 8 }}>
          <CopyButton text={oneTimePassword} />
        </p>
        <p>The account belongs to no study yet: add it as a member.</p>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" color="primary" onClick={onClose}>
          I have passed it on
        </Button>
      </DialogActions>
    </Dialog>
  );
}
