'use client';

import { useState } from 'react';
import { Field } from '@/ui/field';
import styles from './token-fields.module.css';

export interface TokenStudy {
  id: string;
  name: string;
}

interface TokenFieldsProps {
  studies: readonly TokenStudy[];
  errorOf: (field: string) => string | undefined;
}

export function TokenFields({ studies, errorOf }: TokenFieldsProps) {
  return (
    <>
      <Field label="Name" hint="The script or the machine it is for." error={errorOf('name')}>
        {(control) => <input {...control} name="name" required maxLength={80} autoFocus />}
      </Field>
      <Field label="It may" error={errorOf('scope')}>
        {(control) => (
          <select {...control} name="scope" defaultValue="READ">
            <option value="READ">read</option>
            <option value="WRITE">read and write</option>
          </select>
        )}
      </Field>
      <ReachFields studies={studies} error={errorOf('studyIds')} />
      <Field label="Expires after" error={errorOf('expiresInDays')}>
        {(control) => (
          <select {...control} name="expiresInDays" defaultValue="90">
            <option value="30">30 days</option>
            <option value="90">90 days</option>
            <option value="365">1 year</option>
          </select>
        )}
      </Field>
    </>
  );
}

interface ReachFieldsProps {
  studies: readonly TokenStudy[];
  error: string | undefined;
}

/** A script for one study needs no other: what leaks with its token is then that study alone. */
function ReachFields({ studies, error }: ReachFieldsProps) {
  const [isLimited, setLimited] = useState(false);
  return (
    <>
      <Field
        label="In"
        hint={
          isLimited
            ? 'Such a token administers nothing and makes no tokens.'
            : 'Best limited to what the script needs.'
        }
        error={isLimited ? undefined : error}
      >
        {(control) => (
          <select
            {...control}
            name="reach"
            value={isLimited ? 'some' : 'all'}
            onChange={(event) => {
              setLimited(event.target.value === 'some');
            }}
          >
            <option value="all">all studies that I see, also later ones</option>
            <option value="some">only some studies</option>
          </select>
        )}
      </Field>
      {isLimited && (
        <fieldset className={styles.studies}>
          <legend>These studies</legend>
          {studies.map(({ id, name }) => (
            <label key={id}>
              <input
                type="checkbox"
                name="studyIds"
                value={id}
                defaultChecked={studies.length === 1}
              />{' '}
              {name}
            </label>
          ))}
          {error !== undefined && <p role="alert">{error}</p>}
        </fieldset>
      )}
    </>
  );
}
