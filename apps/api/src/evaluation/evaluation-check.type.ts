import { GraphQLJSON } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { ReferenceChanges } from '../comparison/comparison.type.js';

@ObjectType({ simpleResolvers: true, description: 'One place where the two computations differ.' })
export class CheckedDifference {
  @Field(() => String, { description: 'Such as `comparison.tasks.0.versions.1.auc.value`.' })
  path: string;

  @Field(() => GraphQLJSON, { nullable: true })
  frozen: unknown;

  @Field(() => GraphQLJSON, { nullable: true })
  recomputed: unknown;
}

@ObjectType({ description: 'A frozen evaluation computed once more from the facts.' })
export class EvaluationCheck {
  evaluationId: string;

  @Field(() => Boolean, { description: 'Whether every number is equal, to the last digit.' })
  isReproduced: boolean;

  @Field(() => Int, { description: 'Numbers and words that were compared.' })
  compared: number;

  @Field(() => Int)
  differenceCount: number;

  @Field(() => [CheckedDifference], { description: 'The first 100.' })
  differences: CheckedDifference[];

  @Field(() => String, {
    nullable: true,
    description: 'Why it could not be computed again, such as facts that are gone.',
  })
  failure: string | null;

  @Field(() => String, { description: 'Version of @lesionwise/metrics that froze it.' })
  frozenMetricsVersion: string;

  @Field(() => String, { description: 'Version of @lesionwise/metrics that checked it.' })
  metricsVersion: string;

  @Field(() => ReferenceChanges, {
    description:
      'References changed after the snapshot was taken. The evaluation stands on the frozen ones; a new snapshot would have the new.',
  })
  referenceChanges: ReferenceChanges;
}
