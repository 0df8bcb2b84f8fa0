'use client';

import IconButton from '@mui/material/IconButton';
import { useState, type ReactNode } from 'react';
import { CrumbProvider, Crumbs } from '@/ui/crumbs';
import { Icon } from '@/ui/icon';
import { LazyDrawer } from '@/ui/overlays';
import { RunningJobs } from './running-jobs';
import { ShellNav, type ShellNavProps } from './shell-nav';
import { Shortcuts } from './shortcuts';
import styles from './shell.module.css';

export function Shell({ children, ...nav }: ShellNavProps & { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <CrumbProvider>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <div className={styles.app}>
        <aside className={styles.side}>
          <ShellNav {...nav} />
        </aside>
        {open && (
          <LazyDrawer open onClose={close} slotProps={{ paper: { className: styles.drawer } }}>
            <ShellNav {...nav} wide onNavigate={close} />
          </LazyDrawer>
        )}
        <div className={styles.page}>
          <header className={styles.top}>
            <IconButton
              className={styles.menu}
              aria-label="Open the menu"
              onClick={() => {
                setOpen(true);
              }}
            >
              <Icon name="menu" />
            </IconButton>
            <Crumbs study={nav.study} />
            <span className={styles.space} />
            <Shortcuts slug={nav.study.slug} />
            <RunningJobs slug={nav.study.slug} activeAtFirst={nav.counts.activeRuns} />
          </header>
          <main className={styles.main} id="content">
            {children}
          </main>
        </div>
      </div>
    </CrumbProvider>
  );
}
