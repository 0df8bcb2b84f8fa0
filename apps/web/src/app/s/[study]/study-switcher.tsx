'use client';

import Divider from '@mui/material/Divider';
import MenuItem from '@mui/material/MenuItem';
import Link from 'next/link';
import { useState } from 'react';
import { Icon } from '@/ui/icon';
import { LazyMenu } from '@/ui/overlays';
import { SyntheticChip } from '@/ui/synthetic-chip';
import styles from './study-switcher.module.css';

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
      {anchor && (
        <LazyMenu anchorEl={anchor} open onClose={close}>
          {studies.map((one) => (
            <MenuItem
              key={one.slug}
              component={Link}
              href={`/s/${one.slug}`}
              selected={one.slug === study.slug}
              onClick={close}
            >
              {one.name}
            </MenuItem>
          ))}
          <Divider />
          <MenuItem component={Link} href="/studies" onClick={close}>
            All studies
          </MenuItem>
        </LazyMenu>
      )}
    </>
  );
}
