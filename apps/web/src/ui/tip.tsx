import type { ReactElement } from 'react';
import styles from './tip.module.css';

interface TipProps {
  title: string;
  /** Where the tip stands; `end` for what lies at the right edge. */
  align?: 'center' | 'end';
  children: ReactElement;
}

/**
 * The name of an icon button, on hover and on focus. Drawn by the style sheet: MUI's tooltip brings a
 * positioning library of 11 kB with each first page. The button names itself; this is for the eye.
 */
export function Tip({ title, align = 'center', children }: TipProps) {
  return (
    <span className={`${styles.tip ?? ''} ${styles[align] ?? ''}`} data-tip={title}>
      {children}
    </span>
  );
}
