import type { ReactNode } from 'react';
import styles from './card.module.css';
import { Scroller } from './scroller';

interface CardProps {
  title?: ReactNode;
  /** Said beside the title, in a quieter voice: n, units, dates. */
  aside?: ReactNode;
  /** Buttons or links at the right. */
  actions?: ReactNode;
  footer?: ReactNode;
  /** A table reaches the card's edges. */
  flush?: boolean;
  id?: string;
  className?: string;
  children: ReactNode;
}

export function Card({ title, aside, actions, footer, flush, id, className, children }: CardProps) {
  return (
    <section
      className={[styles.card, className].filter(Boolean).join(' ')}
      id={id}
      aria-label={typeof title === 'string' ? title : undefined}
    >
      {(title !== undefined || actions !== undefined) && (
        <div className={styles.head}>
          {title !== undefined && <h2>{title}</h2>}
          {aside !== undefined && <span className={styles.aside}>{aside}</span>}
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </div>
      )}
      {flush ? (
        <Scroller label={typeof title === 'string' ? title : 'Table'} className={styles.flush}>
          {children}
        </Scroller>
      ) : (
        <div className={styles.body}>{children}</div>
      )}
      {footer !== undefined && <div className={styles.foot}>{footer}</div>}
    </section>
  );
}
