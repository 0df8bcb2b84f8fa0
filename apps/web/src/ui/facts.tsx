import type { ReactNode } from 'react';
import styles from './facts.module.css';

/** Name and value pairs, such as "Cohort: Hold-out 300". A value that is absent is said in words. */
export function Facts({ rows }: { rows: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
