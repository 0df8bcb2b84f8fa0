'use client';

import type { FitzpatrickSkinType, Sex } from '@/gql/graphql';
import { Field } from '@/ui/field';
import { textOf } from '@/ui/form-text';
import { ageWords, sentence, sexWords } from '@/ui/words';

export interface PatientFacts {
  code: string;
  sex?: Sex | null;
  ageYears?: number | null;
  skinType?: FitzpatrickSkinType | null;
}

/** Ages are kept in steps of five years, the last being 85 or older, so that nobody is known by theirs. */
const ages = Array.from({ length: 18 }, (_, step) => step * 5);
const skinTypes = ['I', 'II', 'III', 'IV', 'V', 'VI'] as const;

interface PatientFieldsProps {
  patient?: PatientFacts;
  errorOf: (field: string) => string | undefined;
}

export function PatientFields({ patient, errorOf }: PatientFieldsProps) {
  return (
    <>
      <Field
        label="Code"
        error={errorOf('code')}
        hint="A pseudonym, never a name: letters, digits, dots, hyphens and underscores."
      >
        {(control) => (
          <input
            {...control}
            name="code"
            required
            autoFocus
            autoComplete="off"
            maxLength={64}
            pattern="[A-Za-z0-9][A-Za-z0-9._\-]*"
            title="Letters, digits, dots, hyphens and underscores; the first is a letter or digit"
            defaultValue={patient?.code}
          />
        )}
      </Field>
      <Field label="Sex" error={errorOf('sex')}>
        {(control) => (
          <select {...control} name="sex" defaultValue={patient?.sex ?? ''}>
            <option value="">Not recorded</option>
            {Object.entries(sexWords).map(([value, words]) => (
              <option key={value} value={value}>
                {sentence(words)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Age in years" error={errorOf('ageYears')}>
        {(control) => (
          <select {...control} name="ageYears" defaultValue={patient?.ageYears ?? ''}>
            <option value="">Not recorded</option>
            {ages.map((age) => (
              <option key={age} value={age}>
                {ageWords(age)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Fitzpatrick skin type" error={errorOf('skinType')}>
        {(control) => (
          <select {...control} name="skinType" defaultValue={patient?.skinType ?? ''}>
            <option value="">Not recorded</option>
            {skinTypes.map((type) => (
              <option key={type} value={type}>
                {type}
              </option>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

export function patientFactsOf(form: FormData): PatientFacts {
  const age = textOf(form, 'ageYears');
  return {
    code: textOf(form, 'code'),
    sex: (textOf(form, 'sex') || null) as Sex | null,
    ageYears: age === '' ? null : Number(age),
    skinType: (textOf(form, 'skinType') || null) as FitzpatrickSkinType | null,
  };
}
