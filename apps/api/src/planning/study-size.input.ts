import { Field, Float, InputType, Int } from 'type-graphql';

@InputType({ description: 'How images cluster in patients, where the design effect is not known.' })
export class ClusteringInput {
  @Field(() => Float, { description: 'Mean number of images per patient, at least 1.' })
  imagesPerPatient: number;

  @Field(() => Float, {
    defaultValue: 0,
    description:
      'Standard deviation of images per patient over their mean; 0 where all have as many.',
  })
  cv: number;

  @Field(() => Float, {
    description: 'Intraclass correlation: how alike the images of one patient are, from 0 to 1.',
  })
  icc: number;
}

@InputType({ description: 'What every plan says. Give `power` or `positives`, not both.' })
class StudySizeInput {
  @Field(() => Float, { nullable: true, description: 'Chance to find what is there, such as 0.8.' })
  power?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Images whose reference label is 1 that can be had: asks for the power they give.',
  })
  positives?: number | null;

  @Field(() => Float, { description: 'Images with label 0 for each one with label 1.' })
  ratio: number;

  @Field(() => Float, {
    defaultValue: 0.05,
    description: 'Of the two-sided test; a test of non-inferiority uses half of it on one side.',
  })
  alpha: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'By how much the variance rises because patients have several images, such as a pilot says. Left out: 1, or what `clustering` gives.',
  })
  designEffect?: number | null;

  @Field(() => ClusteringInput, {
    nullable: true,
    description: 'In place of `designEffect` (Eldridge 2006).',
  })
  clustering?: ClusteringInput | null;
}

@InputType()
export class PlanSingleAucInput extends StudySizeInput {
  @Field(() => Float, { description: 'The AUC expected, above 0.5.' })
  auc: number;
}

@InputType()
export class PlanPairedAucInput extends StudySizeInput {
  @Field(() => Float, { description: 'Difference of the two AUCs expected, new minus baseline.' })
  difference: number;

  @Field(() => Float, {
    description:
      'Variance of the per-image placement differences among positives, as a pilot gives it.',
  })
  v10: number;

  @Field(() => Float, { description: 'The same among negatives.' })
  v01: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Given: the plan is for non-inferiority with this margin of the AUC.',
  })
  margin?: number | null;
}
