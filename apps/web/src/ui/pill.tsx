'use client';

import type { ComponentProps } from 'react';
import { Icon } from './icon';
import styles from './pill.module.css';

/** A round button in a bar of choices, such as "Add filter". */
export function Pill(props: Omit<ComponentProps<'button'>, 'type' | 'className'>) {
  return <button type="button" className={styles.pill} {...props} />;
}

interface FilterPillProps {
  field: string;
  value: string;
  onRemove: () => void;
}

/** A filter in use; clicking takes it away. */
export function FilterPill({ field, value, onRemove }: FilterPillProps) {
  return (
    <button
      type="button"
      className={styles.filter}
      aria-label={`Remove filter ${field} ${value}`}
      onClick={onRemove}
    >
      <span>
        {field} <b>{value}</b>
      </span>{' '}
      <Icon name="close" size={14} />
    </button>
  );
}
