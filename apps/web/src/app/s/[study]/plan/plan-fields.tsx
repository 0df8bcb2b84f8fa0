'use client';

import type { AnalysisPlanFactsFragment } from '@/gql/graphql';
import type { PlanNames } from '@/plans/rule-words';
import { ThresholdFields } from '@/plans/threshold-fields';
import { Field } from '@/ui/field';
import { NumberField, SelectField } from '@/ui/select-field';
import styles from './plan.module.css';

interface PlanFieldsProps {
  names: PlanNames;
  plan: AnalysisPlanFactsFragment | undefined;
  errorOf: (field: string) => string | undefined;
}

type Rules = AnalysisPlanFactsFragment['rules'] | undefined;

export function PlanFields({ names, plan, errorOf }: PlanFieldsProps) {
  const rules = plan?.rules;
  return (
    <>
      <SubjectFields names={names} rules={rules} errorOf={errorOf} />
      <ThresholdFields
        rule={rules?.threshold ?? { kind: 'AT_SENSITIVITY', value: 0.89 }}
        snapshots={names.snapshots}
        errorOf={errorOf}
      />
      <TestFields rules={rules} errorOf={errorOf} />
      <Field
        label="In words"
        hint="For readers: why this endpoint, this margin, these images."
        error={errorOf('text')}
      >
        {(control) => <textarea {...control} name="text" rows={5} defaultValue={plan?.text} />}
      </Field>
    </>
  );
}

interface SubjectFieldsProps extends Omit<PlanFieldsProps, 'plan'> {
  rules: Rules;
}

function SubjectFields({ names, rules, errorOf }: SubjectFieldsProps) {
  const images = rules?.snapshotId
    ? `snapshot ${rules.snapshotId}`
    : rules?.cohortId
      ? `cohort ${rules.cohortId}`
      : '';
  return (
    <>
      <SelectField
        label="Primary endpoint"
        name="rules.endpoint"
        error={errorOf('rules.primaryTask') ?? errorOf('rules.endpoint')}
        defaultValue={
          rules?.endpoint === 'JACCARD' ? 'JACCARD' : `AUC ${rules?.primaryTask ?? 'MELANOMA'}`
        }
        options={[
          ['AUC MELANOMA', 'Difference in AUC, melanoma'],
          ['AUC SEBORRHEIC_KERATOSIS', 'Difference in AUC, seborrheic keratosis'],
          ['JACCARD', 'Difference in mean Jaccard'],
        ]}
      />
      <SelectField
        label="Images"
        name="rules.images"
        error={errorOf('rules.snapshotId') ?? errorOf('rules.cohortId')}
        defaultValue={images}
        options={[
          ['', 'not fixed'],
          ...names.cohorts.map(
            ({ id, name }) => [`cohort ${id}`, `any snapshot of ${name}`] as const,
          ),
          ...names.snapshots.map(
            ({ id, code, cohort }) =>
              [`snapshot ${id}`, `snapshot ${code} of ${cohort.name}`] as const,
          ),
        ]}
      />
      <SelectField
        label="Baseline"
        name="rules.baselineVersionId"
        error={errorOf('rules.baselineVersionId')}
        defaultValue={rules?.baselineVersionId ?? ''}
        options={[
          ['', 'not fixed'],
          ...names.versions.map(({ id, title }) => [id, title] as const),
        ]}
      />
      <fieldset className={styles.versions}>
        <legend>Compared with it; none is not fixed</legend>
        {names.versions.map(({ id, title }) => (
          <label key={id}>
            <input
              type="checkbox"
              name="rules.candidateVersionIds"
              value={id}
              defaultChecked={rules?.candidateVersionIds?.includes(id) ?? false}
            />{' '}
            {title}
          </label>
        ))}
        {errorOf('rules.candidateVersionIds') !== undefined && (
          <p className={styles.error}>{errorOf('rules.candidateVersionIds')}</p>
        )}
      </fieldset>
    </>
  );
}

function TestFields({ rules, errorOf }: Omit<SubjectFieldsProps, 'names'>) {
  return (
    <>
      <div className={styles.two}>
        <NumberField
          label="Non-inferiority margin"
          name="rules.margin"
          hint="Empty: nothing is called non-inferior."
          error={errorOf('rules.margin')}
          min={0}
          max={1}
          defaultValue={typeof rules?.margin === 'number' ? String(rules.margin) : ''}
        />
        <NumberField
          label="Two-sided level"
          name="rules.alpha"
          error={errorOf('rules.alpha')}
          min={0}
          max={0.5}
          required
          defaultValue={String(rules?.alpha ?? 0.05)}
        />
      </div>
      <div className={styles.two}>
        <SelectField
          label="Correction for several tests"
          name="rules.correction"
          defaultValue={rules?.correction ?? 'HOLM'}
          options={[
            ['HOLM', 'Holm'],
            ['BENJAMINI_HOCHBERG', 'Benjamini-Hochberg'],
            ['NONE', 'none'],
          ]}
        />
        <SelectField
          label="Independent are"
          name="rules.clustering"
          defaultValue={rules?.clustering ?? 'PATIENT'}
          options={[
            ['PATIENT', 'patients'],
            ['NONE', 'images'],
          ]}
        />
      </div>
      <NumberField
        label="Smallest class estimated, images"
        name="rules.minimumCell"
        error={errorOf('rules.minimumCell')}
        min={5}
        max={9999}
        step={1}
        required
        defaultValue={String(rules?.minimumCell ?? 5)}
      />
    </>
  );
}
