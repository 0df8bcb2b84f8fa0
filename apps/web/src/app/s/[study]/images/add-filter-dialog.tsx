'use client';

import { useState } from 'react';
import { withParam } from '@/images/change-address';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import { rangeProblem, type FilterField, filterFields } from './filter-fields';
import styles from './filter-bar.module.css';
import type { LoadedList } from './use-image-list';

interface AddFilterDialogProps {
  list: Pick<LoadedList, 'names' | 'params' | 'go'>;
  onClose: () => void;
}

/** Any condition of the grammar, also those that have no facet. */
export function AddFilterDialog({ list, onClose }: AddFilterDialogProps) {
  const fields = filterFields(list.names);
  const [key, setKey] = useState(fields[0]?.key);
  const [problem, setProblem] = useState<string>();
  const [hasValue, setHasValue] = useState(false);
  const field = fields.find((one) => one.key === key) ?? fields[0];
  if (!field) return null;

  const add = (form: FormData) => {
    const value =
      field.kind === 'range'
        ? `${textOf(form, 'low')}..${textOf(form, 'high')}`
        : form
            .getAll('word')
            .filter((word) => typeof word === 'string')
            .join(',');
    list.go(withParam(list.params, field.key, value));
    return Promise.resolve();
  };
  const onChange = (form: FormData) => {
    const words = form.getAll('word');
    const low = textOf(form, 'low');
    const high = textOf(form, 'high');
    const isRange = field.kind === 'range';
    setHasValue(isRange ? low !== '' || high !== '' : words.length > 0);
    setProblem(isRange ? rangeProblem(field, low, high) : undefined);
  };

  return (
    <FormDialog
      open
      onClose={onClose}
      title="Add filter"
      submitLabel="Add filter"
      disabled={!hasValue || problem !== undefined}
      onSubmit={add}
    >
      {() => (
        <>
          <Field label="Field">
            {(control) => (
              <select
                {...control}
                autoFocus
                value={field.key}
                onChange={(event) => {
                  setKey(event.target.value);
                  setHasValue(false);
                  setProblem(undefined);
                }}
              >
                {fields.map((one) => (
                  <option key={one.key} value={one.key}>
                    {one.title}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <fieldset
            key={field.key}
            className={styles.values}
            onChange={(event) => {
              const form = event.currentTarget.form;
              if (form) onChange(new FormData(form));
            }}
          >
            <FilterValue field={field} problem={problem} />
          </fieldset>
        </>
      )}
    </FormDialog>
  );
}

interface FilterValueProps {
  field: FilterField;
  problem: string | undefined;
}

function FilterValue({ field, problem }: FilterValueProps) {
  if (field.kind === 'range')
    return (
      <div className={styles.range}>
        <Field label="From" hint={field.hint} error={problem}>
          {(control) => <input {...control} name="low" inputMode="decimal" autoComplete="off" />}
        </Field>
        <Field label="To">
          {(control) => <input {...control} name="high" inputMode="decimal" autoComplete="off" />}
        </Field>
      </div>
    );
  return (
    <>
      <legend>{field.many ? 'Any of' : 'Value'}</legend>
      {field.options.map(({ token, label }) => (
        <label key={token}>
          <input type={field.many ? 'checkbox' : 'radio'} name="word" value={token} /> {label}
        </label>
      ))}
    </>
  );
}
