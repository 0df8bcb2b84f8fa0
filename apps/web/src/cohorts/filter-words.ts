import { countOf, formatProportion } from '@/ui/format';
import { diagnosisWords, methodWords, sexWords, siteWords, taskWords } from '@/ui/words';

type Versions = readonly { id: string; title: string }[];

interface Condition {
  field: string;
  words: string;
}

const qualityWords = { ACCEPTED: 'accepted', EXCLUDED: 'excluded' };

/**
 * The filter of a stored cohort in words. It comes as JSON, and from older releases too, so what this
 * release does not know is shown as it is instead of being left out.
 */
export function filterWords(filter: unknown, versions: Versions): Condition[] {
  if (typeof filter !== 'object' || filter === null) return [];
  return Object.entries(filter)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(
      ([key, value]) =>
        (Object.hasOwn(known, key) ? known[key]?.(value, versions) : undefined) ?? {
          field: key,
          words: JSON.stringify(value),
        },
    );
}

type Describe = (value: unknown, versions: Versions) => Condition | undefined;

const known: Record<string, Describe> = {
  imageIds: (value) =>
    Array.isArray(value)
      ? { field: 'Images', words: `${countOf(value.length, 'image')} chosen one by one` }
      : undefined,
  search: (value) => ({ field: 'Code', words: `“${String(value)}”` }),
  cohortId: () => ({ field: 'Cohort', words: 'within another cohort' }),
  diagnosis: anyOf('Diagnosis', diagnosisWords),
  method: anyOf('Proof', methodWords),
  sex: anyOf('Sex', sexWords),
  skinType: anyOf('Skin type', {}),
  anatomicSite: anyOf('Site', siteWords),
  quality: anyOf('Quality', qualityWords),
  hasDiagnosis: yesOrNo('Diagnosis', 'recorded', 'none'),
  hasMask: yesOrNo('Reference mask', 'drawn', 'none'),
  ageYears: (value) => ({ field: 'Age', words: between(value, String) }),
  jaccard: (value, versions) => {
    const { modelVersionId, range } = value as { modelVersionId?: string; range?: unknown };
    return {
      field: `Jaccard of ${titleOf(modelVersionId, versions)}`,
      words: between(range, formatProportion),
    };
  },
  score: (value, versions) => {
    const { modelVersionId, task, range } = value as {
      modelVersionId?: string;
      task?: keyof typeof taskWords;
      range?: unknown;
    };
    return {
      field: `${task ? taskWords[task] : 'score'} score of ${titleOf(modelVersionId, versions)}`,
      words: between(range, formatProportion),
    };
  },
};

function anyOf(field: string, words: Record<string, string>): Describe {
  return (value) =>
    Array.isArray(value)
      ? { field, words: value.map((one) => words[String(one)] ?? String(one)).join(', ') }
      : undefined;
}

function yesOrNo(field: string, yes: string, no: string): Describe {
  return (value) => ({ field, words: value === true ? yes : no });
}

function between(range: unknown, write: (value: number) => string): string {
  const { min, max } = (range ?? {}) as { min?: number | null; max?: number | null };
  if (typeof min === 'number' && typeof max === 'number') return `${write(min)} to ${write(max)}`;
  if (typeof min === 'number') return `${write(min)} or more`;
  return typeof max === 'number' ? `${write(max)} or less` : 'any';
}

const titleOf = (id: string | undefined, versions: Versions) =>
  versions.find((version) => version.id === id)?.title ?? 'a version that is gone';
