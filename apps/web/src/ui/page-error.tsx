'use client';

import { useRouter } from 'next/navigation';
import { startTransition } from 'react';
import styles from './bare-button.module.css';
import { ErrorState } from './error-state';
import { Icon } from './icon';

export interface PageErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** What stands in place of a page that could not be made. The digest is "code:reference" or Next's own. */
export function PageError({ error, reset }: PageErrorProps) {
  const router = useRouter();
  const [code, reference] = error.digest?.includes(':')
    ? error.digest.split(':')
    : [undefined, error.digest];
  const retry = () => {
    // The server components are asked again, not only rendered again from what failed.
    startTransition(() => {
      router.refresh();
      reset();
    });
  };
  const { title, words } = explain(code);
  return (
    <ErrorState
      title={title}
      reference={reference}
      actions={
        // Every page carries this in case it fails: not MUI's button, which would come along.
        <button type="button" className={styles.button} onClick={retry}>
          <Icon name="refresh" size={14} /> Try again
        </button>
      }
    >
      {words}
    </ErrorState>
  );
}

function explain(code: string | undefined) {
  if (code === 'UNAVAILABLE')
    return {
      title: 'The API does not answer.',
      words: 'Nothing was changed. It may be starting up; try again in a moment.',
    };
  if (code === 'FORBIDDEN')
    return {
      title: 'Your role in this study does not allow this.',
      words: 'A coordinator of the study can change your role.',
    };
  return {
    title: 'This page could not be shown.',
    words:
      'Nothing was changed, and your selection is kept in the address. If it happens again, give the reference to your administrator.',
  };
}
