import { Field, Float, Int, ObjectType } from 'type-graphql';
import { SubgroupAttribute } from './comparison.input.js';
import { Estimate } from './estimate.type.js';

@ObjectType({
  simpleResolvers: true,
  description: 'Test whether the levels of an attribute differ.',
})
export class InteractionTest {
  @Field(() => String, {
    description: "`Cochran's Q`, or `Wald over patients` where a patient is in two levels.",
  })
  method: string;

  @Field(() => Float, { nullable: true })
  chiSquare: number | null;

  @Field(() => Int, { nullable: true, description: 'Degrees of freedom.' })
  df: number | null;

  @Field(() => Float, { nullable: true, description: 'Not corrected.' })
  p: number | null;

  @Field(() => [String], {
    description:
      'Levels that are tested: those with at least 10 images of each class and a variance.',
  })
  levels: string[];

  @Field(() => String, { nullable: true, description: 'Why there is no test.' })
  undefinedReason: string | null;
}

@ObjectType({ description: 'The AUC of one version in one level.' })
export class SubgroupVersionAuc {
  modelVersionId: string;

  @Field(() => Int)
  slot: number;

  @Field(() => Estimate)
  auc: Estimate;

  @Field(() => Estimate, {
    nullable: true,
    description: 'Version minus baseline in this level; null for the baseline.',
  })
  difference: Estimate | null;
}

@ObjectType({ description: 'One level of an attribute.' })
export class SubgroupLevel {
  @Field(() => String, {
    description: 'Such as `FEMALE`; `NOT_RECORDED` where the record is empty.',
  })
  level: string;

  @Field(() => Int)
  positives: number;

  @Field(() => Int)
  negatives: number;

  @Field(() => Int)
  patients: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why nothing is estimated here, such as `not estimated: 4 melanomas`.',
  })
  notEstimated: string | null;

  @Field(() => [SubgroupVersionAuc], { description: 'Empty where nothing is estimated.' })
  versions: SubgroupVersionAuc[];
}

@ObjectType({
  description: 'Whether the AUC of one version, or its gain, depends on an attribute.',
})
export class VersionInteraction {
  modelVersionId: string;

  @Field(() => Int)
  slot: number;

  @Field(() => InteractionTest, {
    description: 'Are the AUCs of this version alike in all levels?',
  })
  auc: InteractionTest;

  @Field(() => InteractionTest, {
    nullable: true,
    description: 'Is its difference to the baseline alike in all levels? Null for the baseline.',
  })
  difference: InteractionTest | null;
}

@ObjectType({
  description:
    'AUC by levels of an attribute. A test that is not significant does not show that levels are alike.',
})
export class SubgroupComparison {
  @Field(() => SubgroupAttribute)
  attribute: SubgroupAttribute;

  @Field(() => [SubgroupLevel])
  levels: SubgroupLevel[];

  @Field(() => [VersionInteraction])
  interactions: VersionInteraction[];
}
