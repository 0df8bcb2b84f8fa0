'use client';

import { useState } from 'react';
import type { ThresholdRuleInput, ThresholdRuleKind } from '@/gql/graphql';
import { textOf } from '@/ui/form-text';
import { NumberField, SelectField } from '@/ui/select-field';
import { Field } from '@/ui/field';
import styles from './plans.module.css';

interface ThresholdFieldsProps {
  rule: { kind: ThresholdRuleKind; value?: number | null; fromSnapshotId?: string | null };
  snapshots: readonly { id: string; code: string; cohort: { name: string } }[];
  errorOf: (field: string) => string | undefined;
}

/** What stands in the field of the value before anybody wrote one. */
const usual: Record<ThresholdRuleKind, string> = {
  AT_SENSITIVITY: '0.89',
  FIXED: '0.5',
  YOUDEN: '',
};

/** By which score an image is called: reached, best, or fixed; chosen here or on another snapshot. */
export function ThresholdFields({ rule, snapshots, errorOf }: ThresholdFieldsProps) {
  const [kind, setKind] = useState(rule.kind);
  return (
    <>
      <div className={styles.two}>
        <Field label="Threshold" error={errorOf('rules.threshold')}>
          {(control) => (
            <select
              {...control}
              name="rules.threshold.kind"
              value={kind}
              onChange={(event) => {
                setKind(event.target.value as ThresholdRuleKind);
              }}
            >
              <option value="AT_SENSITIVITY">First score that reaches a sensitivity</option>
              <option value="YOUDEN">Where sensitivity + specificity is largest</option>
              <option value="FIXED">A fixed score for all</option>
            </select>
          )}
        </Field>
        {kind !== 'YOUDEN' && (
          <NumberField
            key={kind}
            label={kind === 'FIXED' ? 'Score' : 'Sensitivity'}
            name="rules.threshold.value"
            error={errorOf('rules.threshold.value')}
            min={0}
            max={1}
            required
            defaultValue={
              kind === rule.kind && typeof rule.value === 'number'
                ? String(rule.value)
                : usual[kind]
            }
          />
        )}
      </div>
      {kind !== 'FIXED' && (
        <SelectField
          label="Chosen on"
          name="rules.threshold.fromSnapshotId"
          hint="On another snapshot, it is applied here unchanged."
          error={errorOf('rules.threshold.fromSnapshotId')}
          defaultValue={rule.fromSnapshotId ?? ''}
          options={[
            ['', 'the images compared'],
            ...snapshots.map(({ id, code, cohort }) => [id, `${cohort.name}, ${code}`] as const),
          ]}
        />
      )}
    </>
  );
}

/** The rule of the form, in the words of the API. */
export function thresholdOf(form: FormData): ThresholdRuleInput {
  const kind = textOf(form, 'rules.threshold.kind') as ThresholdRuleKind;
  const from = textOf(form, 'rules.threshold.fromSnapshotId');
  const value = textOf(form, 'rules.threshold.value');
  return {
    kind,
    ...(kind === 'YOUDEN' || value === '' ? {} : { value: Number(value) }),
    ...(kind === 'FIXED' || from === '' ? {} : { fromSnapshotId: from }),
  };
}
