'use client';

import type { ReactNode } from 'react';
import { Field } from './field';

interface SelectFieldProps {
  label: string;
  name: string;
  hint?: ReactNode;
  error?: string | undefined;
  options: readonly (readonly [value: string, words: string])[];
  defaultValue?: string;
}

/** A labelled choice of one of a list. */
export function SelectField({ label, name, hint, error, options, defaultValue }: SelectFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select {...control} name={name} defaultValue={defaultValue}>
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface NumberFieldProps {
  label: string;
  name: string;
  hint?: ReactNode;
  error?: string | undefined;
  min: number;
  max: number;
  step?: number | 'any';
  required?: boolean;
  defaultValue?: string;
}

export function NumberField({
  label,
  name,
  hint,
  error,
  step = 'any',
  ...input
}: NumberFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => <input {...control} name={name} type="number" step={step} {...input} />}
    </Field>
  );
}
