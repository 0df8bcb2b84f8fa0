import type { ReactNode } from 'react';
import styles from './empty-state.module.css';
import { Icon, type IconName } from './icon';

interface EmptyStateProps {
  icon: IconName;
  /** What is not there. */
  title: string;
  /** What it would be and why it is not there. */
  children: ReactNode;
  /** The next step. */
  actions?: ReactNode;
}

export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <span className={styles.circle}>
        <Icon name={icon} />
      </span>
      <h3 className={styles.title}>{title}</h3>
      <div className={styles.words}>{children}</div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
