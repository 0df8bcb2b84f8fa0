'use client';

import IconButton from '@mui/material/IconButton';
import { ThemeToggle } from '@/theme/theme-toggle';
import { useNotice } from './notice';
import { Icon } from './icon';
import { Tip } from './tip';
import styles from './user-block.module.css';

/** Who is signed in, the colour scheme, and the way out. */
export function UserBlock({ name, role }: { name: string; role?: string }) {
  const say = useNotice();
  const signOut = async () => {
    const answer = await fetch('/api/auth/sign-out', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }).catch(() => undefined);
    if (!answer?.ok) {
      say({ icon: 'error', message: 'The server did not answer. You are still signed in.' });
      return;
    }
    // A full load: nothing of the last person may stay in memory.
    location.assign('/sign-in');
  };
  return (
    <div className={styles.block}>
      <span className={styles.avatar} aria-hidden>
        {initials(name)}
      </span>
      <span className={styles.words}>
        <b>{name}</b>
        {role !== undefined && <span>{role}</span>}
      </span>
      <ThemeToggle />
      <Tip align="end" title="Sign out">
        <IconButton size="small" aria-label="Sign out" onClick={() => void signOut()}>
          <Icon name="signout" />
        </IconButton>
      </Tip>
    </div>
  );
}

const initials = (name: string) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word.charAt(0).toUpperCase())
    .slice(0, 2)
    .join('');
