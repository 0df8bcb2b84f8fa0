import type { ReactNode } from 'react';
import styles from './page-header.module.css';
import { SyntheticChip } from './synthetic-chip';

interface PageHeaderProps {
  title: ReactNode;
  /** One sentence or a line of facts under the title. */
  sub?: ReactNode;
  /** State of the thing, beside the title. */
  chips?: ReactNode;
  actions?: ReactNode;
  isSynthetic?: boolean;
}

export function PageHeader({ title, sub, chips, actions, isSynthetic }: PageHeaderProps) {
  return (
    <div className={styles.header}>
      <div className={styles.words}>
        <div className={styles.title}>
          <h1>{title}</h1>
          {chips}
          {isSynthetic && <SyntheticChip />}
        </div>
        {sub !== undefined && <div className={styles.sub}>{sub}</div>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
