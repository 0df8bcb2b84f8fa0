'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { useShortcuts } from '@/images/use-shortcuts';
import { Kbd } from '@/ui/kbd';
import styles from './key-bar.module.css';
import { viewerKeys } from './viewer-keys';

const KeysDialog = dynamic(async () => (await import('./keys-dialog')).KeysDialog, { ssr: false });

export function KeyBar() {
  const [isOpen, setOpen] = useState(false);
  const show = () => {
    setOpen(true);
  };
  useShortcuts({ '?': show });
  return (
    <footer className={styles.bar}>
      {viewerKeys.map(
        ({ keys, short }) =>
          short && (
            <span key={short}>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}{' '}
              {short}
            </span>
          ),
      )}
      <button type="button" className={styles.all} onClick={show}>
        <Kbd>?</Kbd> all shortcuts
      </button>
      {isOpen && (
        <KeysDialog
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </footer>
  );
}
