'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Icon } from '@/ui/icon';
import { SyntheticChip } from '@/ui/synthetic-chip';
import styles from './study-switcher.module.css';

const StudyMenu = dynamic(async () => (await import('./study-menu')).StudyMenu, { ssr: false });

export interface ShellStudy {
  slug: string;
  name: string;
  isSynthetic: boolean;
}

interface StudySwitcherProps {
  study: ShellStudy;
  studies: readonly ShellStudy[];
  role: string;
}

export function StudySwitcher({ study, studies, role }: StudySwitcherProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => {
    setAnchor(null);
  };
  return (
    <>
      <button
        type="button"
        className={styles.button}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        title={study.name}
        onClick={(event) => {
          setAnchor(event.currentTarget);
        }}
      >
        <span className={styles.words}>
          <b>{study.name}</b>
          <span>{role}</span>
          {study.isSynthetic && <SyntheticChip />}
        </span>
        <span className={styles.short} aria-hidden>
          {study.name.slice(0, 2).toUpperCase()}
        </span>
        <Icon name="down" size={14} />
      </button>
      {anchor && <StudyMenu anchor={anchor} study={study} studies={studies} onClose={close} />}
    </>
  );
}
