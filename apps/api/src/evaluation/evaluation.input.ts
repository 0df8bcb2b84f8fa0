import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import { SortDirection } from '../connection.js';

@InputType()
export class CreateEvaluationInput {
  @Field(() => ID)
  snapshotId: string;

  @Field(() => [ID], { description: 'From 1 to 4, each once; the first is the baseline.' })
  modelVersionIds: string[];
}

export const EvaluationImageSortField = {
  CODE: 'CODE',
  JACCARD: 'JACCARD',
  MELANOMA_ERROR: 'MELANOMA_ERROR',
  SEBORRHEIC_KERATOSIS_ERROR: 'SEBORRHEIC_KERATOSIS_ERROR',
} as const;
export type EvaluationImageSortField =
  (typeof EvaluationImageSortField)[keyof typeof EvaluationImageSortField];

registerEnumType(EvaluationImageSortField, {
  name: 'EvaluationImageSortField',
  description: 'Images without a value come last in both directions.',
});

@InputType()
export class EvaluationImageSort {
  @Field(() => EvaluationImageSortField)
  field: EvaluationImageSortField;

  @Field(() => SortDirection, { defaultValue: 'ASC' })
  direction: SortDirection;
}
