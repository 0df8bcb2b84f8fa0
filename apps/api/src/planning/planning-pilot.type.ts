import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'What a snapshot that two versions have scored says for planning the next study.',
})
export class PlanningPilot {
  @Field(() => Int, { description: 'Images whose reference label is 1.' })
  positives: number;

  @Field(() => Int, { description: 'Images whose reference label is 0.' })
  negatives: number;

  @Field(() => Int)
  patients: number;

  @Field(() => Int, { description: 'Images without a reference diagnosis, left out.' })
  withoutReference: number;

  @Field(() => Float, { description: 'Images per patient.' })
  imagesPerPatient: number;

  @Field(() => Float, { description: 'Their standard deviation over their mean.' })
  imagesPerPatientCv: number;

  @Field(() => Float, { nullable: true, description: 'Negatives per positive.' })
  ratio: number | null;

  @Field(() => Float, { nullable: true, description: 'AUC of the new version.' })
  auc: number | null;

  @Field(() => Float, { nullable: true, description: 'AUC of the baseline.' })
  baselineAuc: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'New minus baseline, as seen. What a study must be able to find is better chosen by what matters than by what a pilot happened to show.',
  })
  difference: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Variance of the per-image placement differences among positives.',
  })
  v10: number | null;

  @Field(() => Float, { nullable: true, description: 'The same among negatives.' })
  v01: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Variance over patients divided by that of independent images.',
  })
  designEffect: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why something is null, such as `too-few-positives` or `zero-variance`.',
  })
  undefinedReason: string | null;
}
