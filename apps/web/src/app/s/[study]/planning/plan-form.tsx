'use client';

import Button from '@mui/material/Button';
import { Card } from '@/ui/card';
import { Field } from '@/ui/field';
import { LinkButton } from '@/ui/link-button';
import type { NumberName, PlanningAddress } from './planning-address';
import { PilotFields, type PilotNames } from './pilot-fields';
import styles from './planning.module.css';

interface PlanFormProps {
  slug: string;
  address: PlanningAddress;
  names: PilotNames;
  errors: Partial<Record<NumberName, string>>;
}

/** A plain form whose address is the plan: it can be sent to a colleague, and works without scripts. */
export function PlanForm({ slug, address, names, errors }: PlanFormProps) {
  const { test } = address;
  const errorOf = (field: NumberName) => errors[field];
  const box = { address, errorOf };
  return (
    <form action={`/s/${slug}/planning`} className={styles.form}>
      <input type="hidden" name="test" value={test} />
      {test !== 'single' && <PilotFields names={names} pilot={address.pilot} />}
      <Card title={test === 'single' ? 'What is expected' : 'What should be found'}>
        <div className={styles.fields}>
          {test === 'single' ? (
            <NumberField name="auc" label="AUC expected" hint="Above 0.5, below 1." {...box} />
          ) : (
            <PairedFields {...box} />
          )}
          <NumberField
            name="ratio"
            label="Negatives for each positive"
            hint="As the cohort will have them."
            {...box}
          />
          <NumberField
            name="power"
            label="Power wanted"
            hint="The chance to find what is there."
            {...box}
          />
          <NumberField
            name="positives"
            label="Or: positives at hand"
            hint="Filled in, the power they give is computed."
            {...box}
          />
          <NumberField
            name="alpha"
            label="Alpha, two-sided"
            hint={test === 'non-inferiority' ? 'Half of it is used, on one side.' : undefined}
            {...box}
          />
        </div>
      </Card>
      <EffectCard {...box} />
      <div className={styles.buttons}>
        <Button type="submit" variant="contained" color="primary">
          Compute
        </Button>
        <LinkButton href={`/s/${slug}/planning?test=${test}`}>Start again</LinkButton>
      </div>
    </form>
  );
}

function EffectCard(box: Pick<NumberFieldProps, 'address' | 'errorOf'>) {
  return (
    <Card title="Several images of one patient">
      <div className={styles.fields}>
        <NumberField
          name="deff"
          label="Design effect"
          hint="As a pilot gives it. Empty: from the three numbers below, or 1."
          {...box}
        />
        <NumberField name="perPatient" label="Images per patient, mean" {...box} />
        <NumberField
          name="cv"
          label="Their coefficient of variation"
          hint="Standard deviation over mean."
          {...box}
        />
        <NumberField name="icc" label="Correlation within a patient" hint="From 0 to 1." {...box} />
      </div>
    </Card>
  );
}

interface NumberFieldProps {
  name: NumberName;
  label: string;
  hint?: string | undefined;
  address: PlanningAddress;
  errorOf: (field: NumberName) => string | undefined;
}

/** Text and not `type=number`: browsers of some countries would want a decimal comma. */
function NumberField({ name, label, hint, address, errorOf }: NumberFieldProps) {
  const typed = address.typed[name] ?? '';
  return (
    <Field key={`${name} ${typed}`} label={label} hint={hint} error={errorOf(name)}>
      {(control) => (
        <input
          {...control}
          name={name}
          inputMode="decimal"
          defaultValue={typed}
          autoComplete="off"
        />
      )}
    </Field>
  );
}

function PairedFields(box: Pick<NumberFieldProps, 'address' | 'errorOf'>) {
  return (
    <>
      <NumberField
        name="difference"
        label="Difference of the AUCs"
        hint="The smallest that matters, not what a pilot happened to show."
        {...box}
      />
      {box.address.test === 'non-inferiority' && (
        <NumberField
          name="margin"
          label="Margin"
          hint="By how much worse is still good enough."
          {...box}
        />
      )}
      <NumberField
        name="v10"
        label="v10, variance among positives"
        hint="Of the placement differences in a pilot."
        {...box}
      />
      <NumberField
        name="v01"
        label="v01, variance among negatives"
        hint="Of the placement differences in a pilot."
        {...box}
      />
    </>
  );
}
