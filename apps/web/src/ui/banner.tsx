import type { ReactNode } from 'react';
import styles from './banner.module.css';
import { Icon, type IconName } from './icon';

const icons: Record<'ok' | 'warn' | 'err' | 'info', IconName> = {
  ok: 'check',
  warn: 'warning',
  err: 'error',
  info: 'info',
};

interface BannerProps {
  tone: keyof typeof icons;
  children: ReactNode;
  actions?: ReactNode;
  /** Spoken when it appears after the page was loaded. */
  live?: boolean;
}

export function Banner({ tone, children, actions, live }: BannerProps) {
  return (
    <div
      className={`${styles.banner ?? ''} ${styles[tone] ?? ''}`}
      role={live ? (tone === 'err' ? 'alert' : 'status') : undefined}
    >
      <Icon name={icons[tone]} className={styles.icon} />
      <div className={styles.words}>
        <div>{children}</div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
