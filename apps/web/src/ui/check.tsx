'use client';

import { useEffect, useRef, type ComponentProps } from 'react';
import styles from './check.module.css';

interface CheckProps extends Omit<ComponentProps<'input'>, 'type'> {
  /** Some of what it stands for, not all. */
  isMixed?: boolean;
}

/** The browser's own checkbox in our colours and at a size a finger meets. */
export function Check({ isMixed = false, className, ...input }: CheckProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // HTML has no attribute for it.
    if (box.current) box.current.indeterminate = isMixed;
  }, [isMixed]);
  return (
    <input
      {...input}
      ref={box}
      type="checkbox"
      className={`${styles.check ?? ''} ${className ?? ''}`}
    />
  );
}
