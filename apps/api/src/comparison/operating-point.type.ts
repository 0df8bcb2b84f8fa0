import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Estimate } from './estimate.type.js';

@ObjectType({ simpleResolvers: true, description: 'Calls against reference labels, in images.' })
export class ConfusionCounts {
  @Field(() => Int, { description: 'Positive and called.' })
  truePositives: number;

  @Field(() => Int, { description: 'Negative and called.' })
  falsePositives: number;

  @Field(() => Int, { description: 'Positive and missed.' })
  falseNegatives: number;

  @Field(() => Int, { description: 'Negative and not called.' })
  trueNegatives: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What a version does at its threshold: it calls an image if `score >= threshold`.',
})
export class ComparedOperatingPoint {
  @Field(() => Float, { nullable: true, description: 'Null is +infinity: nothing is called.' })
  threshold: number | null;

  @Field(() => String, { description: 'How it was chosen, in words.' })
  chosen: string;

  @Field(() => ConfusionCounts)
  counts: ConfusionCounts;

  @Field(() => ConfusionCounts, {
    nullable: true,
    description: 'On the snapshot that the threshold was chosen on, where that is another one.',
  })
  sourceCounts: ConfusionCounts | null;

  @Field(() => Estimate)
  sensitivity: Estimate;

  @Field(() => Estimate)
  specificity: Estimate;

  @Field(() => Estimate, {
    description: 'Positive predictive value; holds for the prevalence of these images only.',
  })
  ppv: Estimate;

  @Field(() => Estimate, {
    description: 'Negative predictive value; holds for the prevalence of these images only.',
  })
  npv: Estimate;

  @Field(() => Estimate)
  accuracy: Estimate;

  @Field(() => Estimate, { description: 'Mean of sensitivity and specificity.' })
  balancedAccuracy: Estimate;

  @Field(() => Estimate, { description: 'Sensitivity + specificity - 1.' })
  youden: Estimate;

  @Field(() => Estimate)
  f1: Estimate;
}

@ObjectType({
  simpleResolvers: true,
  description:
    'Specificity at the first ROC point, in falling order of threshold, that reaches a sensitivity.',
})
export class SpecificityAtSensitivity {
  @Field(() => Float, { description: 'Sensitivity asked for.' })
  target: number;

  @Field(() => Float, { nullable: true, description: 'Sensitivity reached there.' })
  sensitivity: number | null;

  @Field(() => Float, { nullable: true, description: 'The score reached.' })
  threshold: number | null;

  @Field(() => Estimate, {
    description: 'With an interval that counts the choice of the threshold in.',
  })
  specificity: Estimate;
}
