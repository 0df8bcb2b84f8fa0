import type { EvaluationImageSortField } from '@/gql/graphql';

export interface ErrorSort {
  field: EvaluationImageSortField;
  direction: 'ASC' | 'DESC';
}

const fields: Record<string, EvaluationImageSortField> = {
  code: 'CODE',
  jaccard: 'JACCARD',
  'melanoma-error': 'MELANOMA_ERROR',
  'sk-error': 'SEBORRHEIC_KERATOSIS_ERROR',
};

/** `-melanoma-error`: a minus is descending, as in image lists. Anything else is the worst melanoma first. */
export function readErrorSort(word: string | string[] | undefined): ErrorSort {
  const text = typeof word === 'string' ? word : '';
  const name = text.replace(/^-/, '');
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) return { field: 'MELANOMA_ERROR', direction: 'DESC' };
  return { field, direction: text.startsWith('-') ? 'DESC' : 'ASC' };
}

export function sortWord({ field, direction }: ErrorSort): string {
  const name = Object.keys(fields).find((key) => fields[key] === field) ?? 'code';
  return direction === 'DESC' ? `-${name}` : name;
}
