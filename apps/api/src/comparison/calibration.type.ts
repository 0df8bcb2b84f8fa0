import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Estimate } from './estimate.type.js';

@ObjectType({ simpleResolvers: true, description: 'Scores in (from, to], 0 in the first.' })
export class CalibrationBin {
  @Field(() => Float)
  from: number;

  @Field(() => Float)
  to: number;

  @Field(() => Int)
  count: number;

  @Field(() => Int)
  positives: number;

  @Field(() => Float, { nullable: true, description: 'Null in an empty bin.' })
  meanScore: number | null;

  @Field(() => Estimate, { description: 'Share of positives.' })
  observed: Estimate;
}

@ObjectType({ simpleResolvers: true, description: 'How well scores hold as probabilities.' })
export class ComparedCalibration {
  @Field(() => [CalibrationBin], { description: 'Ten equal bins.' })
  bins: CalibrationBin[];

  @Field(() => Estimate, {
    description: '1 where scores are spread right, below 1 where too extreme.',
  })
  slope: Estimate;

  @Field(() => Estimate, {
    description:
      'Calibration in the large, on the logit scale: 0 where scores are right on the whole, above 0 where too low.',
  })
  inTheLarge: Estimate;

  @Field(() => Estimate, { description: 'Mean squared distance of score and label; 0 is best.' })
  brier: Estimate;

  @Field(() => Float, {
    nullable: true,
    description: 'Expected calibration error over `binCount` bins, on which it depends.',
  })
  ece: number | null;

  @Field(() => Int, { description: 'k, the number of equal bins.' })
  binCount: number;

  @Field(() => Int, {
    description: 'Scores of 0 or 1 moved to 1e-6 from there, for slope and in-the-large alone.',
  })
  clamped: number;
}

@ObjectType({ simpleResolvers: true, description: 'What a score is worth at one risk threshold.' })
export class DecisionCurvePoint {
  @Field(() => Float, { description: 'Risk at and above which one would biopsy.' })
  threshold: number;

  @Field(() => Estimate, { description: 'Of calling at `score >= threshold`.' })
  netBenefit: Estimate;

  @Field(() => Float, { description: 'Net benefit of biopsying everything; doing nothing has 0.' })
  treatAll: number;

  @Field(() => Estimate, {
    description: 'Biopsies avoided per 100 images against biopsying everything, at equal benefit.',
  })
  avoidedPer100: Estimate;
}
