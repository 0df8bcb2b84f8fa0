import type { ConflictRow } from '@/ui/conflict-dialog-window';
import { ageWords, sexWords } from '@/ui/words';
import type { PatientFacts } from '../patient-fields';

const words: { field: string; of: (facts: PatientFacts) => string }[] = [
  { field: 'Code', of: ({ code }) => code },
  { field: 'Sex', of: ({ sex }) => (sex ? sexWords[sex] : 'not recorded') },
  {
    field: 'Age',
    of: ({ ageYears }) => (typeof ageYears === 'number' ? ageWords(ageYears) : 'not recorded'),
  },
  { field: 'Skin type', of: ({ skinType }) => skinType ?? 'not recorded' },
];

/** The fields in which the stored patient and mine differ; those alone need a decision. */
export function patientConflict(
  opened: PatientFacts,
  stored: PatientFacts,
  mine: PatientFacts,
): ConflictRow[] {
  return words
    .map(({ field, of }) => ({ field, opened: of(opened), stored: of(stored), mine: of(mine) }))
    .filter((row) => row.stored !== row.mine);
}
