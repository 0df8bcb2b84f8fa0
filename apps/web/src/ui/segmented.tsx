'use client';

import type { ReactNode } from 'react';
import styles from './segmented.module.css';

interface SegmentedProps<Value extends string> {
  /** What is chosen between, for screen readers. */
  label: string;
  value: Value;
  options: readonly { value: Value; words: ReactNode }[];
  onChange: (value: Value) => void;
  /** On the dark surround of a photograph, in both schemes. */
  onStage?: boolean;
}

/** One of a few, all of them in sight. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  onStage = false,
}: SegmentedProps<Value>) {
  return (
    <div
      className={`${styles.segmented ?? ''} ${onStage ? (styles.stage ?? '') : ''}`}
      role="group"
      aria-label={label}
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => {
            if (option.value !== value) onChange(option.value);
          }}
        >
          {option.words}
        </button>
      ))}
    </div>
  );
}
