'use client';

import type { Shown } from '@/scripts/shown';
import { Icon } from '@/ui/icon';
import { useNotice } from '@/ui/notice';
import styles from './copy-scripts.module.css';

const languages = ['GraphQL', 'Python', 'R', 'TypeScript'] as const;

/** The verdict's numbers as a script that reproduces them, pinned to the snapshot. */
export function CopyScripts({ shown }: { shown: Shown }) {
  const say = useNotice();
  const copy = async (language: (typeof languages)[number]) => {
    const { scripts } = await import('@/scripts/scripts');
    await navigator.clipboard.writeText(scripts[language](shown)).then(
      () => {
        say({ message: `Copied as ${language}, pinned to snapshot ${shown.snapshot.code}.` });
      },
      () => {
        say({ icon: 'error', message: 'The browser refused access to the clipboard.' });
      },
    );
  };
  return (
    <div className={styles.copyAs} role="group" aria-label="Copy as">
      <span>
        <Icon name="code" size={14} /> Copy as
      </span>
      {languages.map((language) => (
        <button key={language} type="button" onClick={() => void copy(language)}>
          {language}
        </button>
      ))}
    </div>
  );
}
