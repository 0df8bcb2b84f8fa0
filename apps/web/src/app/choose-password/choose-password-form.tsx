'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import { Banner } from '@/ui/banner';
import { Field } from '@/ui/field';
import { safePath } from '../sign-in/safe-path';
import styles from '../sign-in/sign-in.module.css';

/** As the API has it. */
const shortest = 12;

export function ChoosePasswordForm() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const choose = async (form: FormData) => {
    setBusy(true);
    const refused = await askToChange(form);
    setProblem(refused);
    setBusy(refused === undefined);
    if (refused === undefined)
      location.assign(safePath(new URLSearchParams(location.search).get('next')));
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void choose(new FormData(event.currentTarget));
      }}
    >
      <Field label="Present password" hint="The one-time password, at the first time.">
        {(control) => (
          <input
            {...control}
            type="password"
            name="current"
            autoComplete="current-password"
            required
            autoFocus
          />
        )}
      </Field>
      <Field label="New password" hint={`At least ${shortest} characters; a sentence is fine.`}>
        {(control) => (
          <input
            {...control}
            type="password"
            name="chosen"
            autoComplete="new-password"
            minLength={shortest}
            maxLength={128}
            required
          />
        )}
      </Field>
      {problem !== undefined && (
        <Banner tone="err" live>
          {problem}
        </Banner>
      )}
      <Button type="submit" variant="contained" color="primary" loading={busy} sx={{ height: 40 }}>
        Choose password
      </Button>
    </form>
  );
}

/** Why the password was not changed, or nothing. */
async function askToChange(form: FormData): Promise<string | undefined> {
  const [currentPassword, newPassword] = [form.get('current'), form.get('chosen')];
  if (currentPassword === newPassword) return 'Choose another password than the present one.';
  const answer = await fetch('/api/auth/change-password', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ currentPassword, newPassword, revokeOtherSessions: true }),
  }).catch(() => undefined);
  if (answer?.ok) return undefined;
  switch (answer?.status) {
    case 400:
      return 'The present password is wrong, or the new one is too short.';
    case 401:
    case 403:
      return 'You are signed out. Sign in again, then choose a password.';
    case 429:
      return 'Too many attempts. Wait a minute, then try again.';
    default:
      return 'The server did not answer. Try again in a moment.';
  }
}
