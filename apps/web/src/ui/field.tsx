'use client';

import { useId, type ReactNode } from 'react';
import styles from './field.module.css';

/** What a control takes over from its field. */
export interface ControlProps {
  id: string;
  className: string | undefined;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
}

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** Why the value is refused. */
  error?: string | undefined;
  /** Beside the label, such as "Show". */
  side?: ReactNode;
  children: (control: ControlProps) => ReactNode;
}

/** A label above a control of the browser's own, with its hint and its error tied to it. */
export function Field({ label, hint, error, side, children }: FieldProps) {
  const id = useId();
  const hasNote = hint !== undefined || error !== undefined;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {side}
      </div>
      {children({
        id,
        className: styles.control,
        'aria-describedby': hasNote ? `${id}-note` : undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {hasNote && (
        <div id={`${id}-note`} className={error === undefined ? styles.hint : styles.error}>
          {error ?? hint}
        </div>
      )}
    </div>
  );
}
