'use client';

import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { Card } from '@/ui/card';
import { Field } from '@/ui/field';
import type { PlanningAddress } from './planning-address';
import styles from './planning.module.css';

export interface Option {
  value: string;
  words: string;
}

export interface PilotNames {
  snapshots: readonly Option[];
  versions: readonly Option[];
  tasks: readonly Option[];
}

interface PilotFieldsProps {
  names: PilotNames;
  pilot: PlanningAddress['pilot'];
}

/** A snapshot that two versions have scored gives the variances, the ratio and the design effect. */
export function PilotFields({ names, pilot }: PilotFieldsProps) {
  const canTake = names.snapshots.length > 0 && names.versions.length > 1;
  return (
    <Card title="From a pilot" aside="optional">
      {canTake ? (
        <div className={styles.fields}>
          <Select
            label="Snapshot"
            name="snapshot"
            options={names.snapshots}
            value={pilot.snapshot}
          />
          <Select label="Task" name="task" options={names.tasks} value={pilot.task} />
          <Select
            label="New version"
            name="version"
            options={names.versions}
            value={pilot.version ?? names.versions[0]?.value}
          />
          <Select
            label="Baseline"
            name="baseline"
            options={names.versions}
            value={pilot.baseline ?? names.versions[1]?.value}
          />
          <div className={styles.take}>
            <Button type="submit" name="take" value="1">
              Take the numbers of this pilot
            </Button>
          </div>
        </div>
      ) : (
        <p style={{ margin: 0 }}>
          A pilot is a snapshot that two versions have scored. Without one, type the variances of a
          study like yours.
        </p>
      )}
    </Card>
  );
}

interface SelectProps {
  label: string;
  name: string;
  options: readonly Option[];
  value: string | undefined;
}

const Select = ({ label, name, options, value }: SelectProps): ReactNode => (
  <Field key={`${name} ${value ?? ''}`} label={label}>
    {(control) => (
      <select {...control} name={name} defaultValue={value}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.words}
          </option>
        ))}
      </select>
    )}
  </Field>
);
