'use client';

import Button from '@mui/material/Button';
import { useState } from 'react';
import { Banner } from '@/ui/banner';
import { Field } from '@/ui/field';
import { safePath } from './safe-path';
import styles from './sign-in.module.css';

export function SignInForm() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const signIn = async (form: FormData) => {
    setBusy(true);
    setProblem(undefined);
    const { refused, isTemporary } = await askToSignIn(form);
    setProblem(refused);
    setBusy(refused === undefined);
    // A full load: nothing an earlier person saw stays in memory.
    if (refused === undefined)
      location.assign(
        isTemporary
          ? `/choose-password${location.search}`
          : safePath(new URLSearchParams(location.search).get('next')),
      );
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void signIn(new FormData(event.currentTarget));
      }}
    >
      <Field label="E-mail">
        {(control) => (
          <input
            {...control}
            type="email"
            name="email"
            autoComplete="username"
            required
            autoFocus
          />
        )}
      </Field>
      <PasswordField />
      {problem !== undefined && (
        <Banner tone="err" live>
          {problem}
        </Banner>
      )}
      <Button type="submit" variant="contained" color="primary" loading={busy} sx={{ height: 40 }}>
        Sign in
      </Button>
    </form>
  );
}

function PasswordField() {
  const [shown, setShown] = useState(false);
  return (
    <Field
      label="Password"
      side={
        <button
          type="button"
          className={styles.show}
          aria-pressed={shown}
          aria-label="Show the password"
          onClick={() => {
            setShown(!shown);
          }}
        >
          {shown ? 'Hide' : 'Show'}
        </button>
      }
    >
      {(control) => (
        <input
          {...control}
          type={shown ? 'text' : 'password'}
          name="password"
          autoComplete="current-password"
          required
        />
      )}
    </Field>
  );
}

interface SignedIn {
  /** Why signing in failed. One sentence for both kinds of wrong, so neither can be guessed. */
  refused?: string;
  /** Signed in with a one-time password, which opens nothing but the choice of another. */
  isTemporary?: boolean;
}

async function askToSignIn(form: FormData): Promise<SignedIn> {
  const answer = await fetch('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: form.get('email'), password: form.get('password') }),
  }).catch(() => undefined);
  if (answer?.ok) return { isTemporary: await hasTemporaryPassword(answer) };
  switch (answer?.status) {
    case 400:
    case 401:
    case 403:
      return { refused: 'The e-mail or the password is wrong.' };
    case 429:
      return { refused: 'Too many attempts. Wait a minute, then try again.' };
    default:
      return { refused: 'The server did not answer. Try again in a moment.' };
  }
}

async function hasTemporaryPassword(answer: Response): Promise<boolean> {
  const { user } = (await answer.json()) as { user?: { passwordIsTemporary?: boolean } };
  return user?.passwordIsTemporary === true;
}
