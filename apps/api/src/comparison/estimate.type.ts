import { Field, Float, Int, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description:
    'A number with its interval. Where it does not exist, `value` is null and `undefinedReason` says why.',
})
export class Estimate {
  @Field(() => Float, { nullable: true })
  value: number | null;

  @Field(() => Float, { nullable: true, description: 'Lower limit of the interval.' })
  low: number | null;

  @Field(() => Float, { nullable: true, description: 'Upper limit of the interval.' })
  high: number | null;

  @Field(() => Float, { nullable: true, description: 'Never clamped, unlike some intervals.' })
  standardError: number | null;

  @Field(() => Float, { description: 'Coverage that the interval aims at, such as 0.95.' })
  level: number;

  @Field(() => String, {
    description: 'How the interval was made, such as `logit, clustered by patient`.',
  })
  method: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why there is no value: a reason of @lesionwise/metrics such as `no-positives`, or `too-few-positives` / `too-few-negatives` below the smallest class that is estimated.',
  })
  undefinedReason: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why there is a value but no interval, such as `one-cluster-with-positives`.',
  })
  intervalUndefinedReason: string | null;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What the rule `score >= threshold` calls positive.',
})
export class RocPoint {
  @Field(() => Int)
  falsePositives: number;

  @Field(() => Int)
  truePositives: number;

  @Field(() => Float, { description: '1 - specificity.' })
  falsePositiveRate: number;

  @Field(() => Float, { description: 'Sensitivity.' })
  truePositiveRate: number;

  @Field(() => Float, { nullable: true, description: 'Null is +infinity: nothing is called.' })
  threshold: number | null;
}

@ObjectType({ simpleResolvers: true })
export class HistogramBin {
  @Field(() => Float)
  from: number;

  @Field(() => Float, { description: 'Exclusive, but for the last bin.' })
  to: number;

  @Field(() => Int)
  count: number;
}
