import { Field, InputType, registerEnumType } from 'type-graphql';
import { ComparisonInput } from '../comparison/comparison.input.js';
import { SortDirection } from '../connection.js';
import { EvaluationPurpose } from '../db.js';

@InputType({
  description: 'What is compared, on which images, how, and what may be claimed from it.',
})
export class CreateEvaluationInput extends ComparisonInput {
  @Field(() => EvaluationPurpose, {
    defaultValue: EvaluationPurpose.EXPLORATORY,
    description:
      "CONFIRMATORY is refused with `deviations` unless the question follows the study's locked analysis plan exactly.",
  })
  purpose?: EvaluationPurpose;
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
