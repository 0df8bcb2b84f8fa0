'use client';

import { useState } from 'react';
import { Field } from '@/ui/field';
import { FormDialog } from '@/ui/form-dialog';
import { textOf } from '@/ui/form-text';
import styles from './compare.module.css';
import type { StudyNames } from './study-names';

interface RulesDialogProps {
  names: StudyNames;
  params: URLSearchParams;
  onClose: () => void;
  onChange: (params: URLSearchParams) => void;
}

type Kind = 'sensitivity' | 'youden' | 'fixed';

/** How thresholds are chosen and differences tested. What is as usual is left out of the address. */
export function RulesDialog({ names, params, onClose, onChange }: RulesDialogProps) {
  const now = params.get('threshold') ?? '';
  const [rule = '', source = ''] = now.split('@');
  const [kind, setKind] = useState<Kind>(kindOf(rule));
  const submit = (form: FormData) => {
    onChange(withRules(params, form));
    return Promise.resolve();
  };
  return (
    <FormDialog
      open
      onClose={onClose}
      title="Rules of the comparison"
      submitLabel="Compute"
      onSubmit={submit}
    >
      {() => (
        <>
          <div className={styles.two}>
            <Field label="Threshold">
              {(control) => (
                <select
                  {...control}
                  name="kind"
                  value={kind}
                  onChange={(event) => {
                    setKind(event.target.value as Kind);
                  }}
                >
                  <option value="sensitivity">First score that reaches a sensitivity</option>
                  <option value="youden">Where sensitivity + specificity is largest</option>
                  <option value="fixed">A fixed score for all</option>
                </select>
              )}
            </Field>
            {kind !== 'youden' && (
              <Field label={kind === 'fixed' ? 'Score' : 'Sensitivity'}>
                {(control) => (
                  <input
                    {...control}
                    key={kind}
                    name="value"
                    type="number"
                    min={0.01}
                    max={1}
                    step="any"
                    required
                    defaultValue={valueOf(rule, kind)}
                  />
                )}
              </Field>
            )}
          </div>
          {kind !== 'fixed' && (
            <Field label="Chosen on" hint="On another snapshot, it is applied here unchanged.">
              {(control) => (
                <select {...control} name="source" defaultValue={source}>
                  <option value="">these images</option>
                  {names.snapshots.map(({ id, code, cohort }) => (
                    <option key={id} value={code}>
                      {cohort.name}, {code}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <div className={styles.two}>
            <Field label="Independent are" hint="Several images of a patient are alike.">
              {(control) => (
                <select
                  {...control}
                  name="clustering"
                  defaultValue={params.get('clustering') ?? 'patient'}
                >
                  <option value="patient">patients</option>
                  <option value="none">images</option>
                </select>
              )}
            </Field>
            <Field label="Correction for several tests">
              {(control) => (
                <select
                  {...control}
                  name="correction"
                  defaultValue={params.get('correction') ?? 'holm'}
                >
                  <option value="holm">Holm</option>
                  <option value="bh">Benjamini-Hochberg</option>
                  <option value="none">none</option>
                </select>
              )}
            </Field>
          </div>
          <div className={styles.two}>
            <Field
              label="Non-inferiority margin"
              hint="Set before looking. Without one nothing is called non-inferior."
            >
              {(control) => (
                <input
                  {...control}
                  name="margin"
                  type="number"
                  min={0.001}
                  max={0.999}
                  step="any"
                  defaultValue={params.get('margin') ?? ''}
                />
              )}
            </Field>
            <Field label="Smallest class estimated" hint="At least 5 images of each class.">
              {(control) => (
                <input
                  {...control}
                  name="cell"
                  type="number"
                  min={5}
                  max={9999}
                  step={1}
                  defaultValue={params.get('cell') ?? '5'}
                />
              )}
            </Field>
          </div>
        </>
      )}
    </FormDialog>
  );
}

function kindOf(rule: string): Kind {
  if (rule === '' || rule.startsWith('sensitivity')) return 'sensitivity';
  return rule === 'youden' ? 'youden' : 'fixed';
}

function valueOf(rule: string, kind: Kind): string {
  if (kindOf(rule) !== kind) return kind === 'fixed' ? '0.5' : '0.89';
  return kind === 'fixed' ? rule : (rule.split(':')[1] ?? '0.89');
}

/** The address with the rules of the form; the usual ones are not written. */
export function withRules(params: URLSearchParams, form: FormData): URLSearchParams {
  const changed = new URLSearchParams(params);
  const put = (key: string, value: string, usual: string) => {
    if (value === '' || value === usual) changed.delete(key);
    else changed.set(key, value);
  };
  const source = textOf(form, 'source');
  const from = source === '' ? '' : `@${source}`;
  const value = textOf(form, 'value');
  switch (textOf(form, 'kind')) {
    case 'fixed':
      put('threshold', value, '');
      break;
    case 'youden':
      put('threshold', `youden${from}`, '');
      break;
    default:
      put('threshold', `sensitivity:${value}${from}`, 'sensitivity:0.89');
  }
  put('clustering', textOf(form, 'clustering'), 'patient');
  put('correction', textOf(form, 'correction'), 'holm');
  put('margin', textOf(form, 'margin'), '');
  put('cell', textOf(form, 'cell'), '5');
  return changed;
}
