import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Estimate } from './estimate.type.js';

export const Verdict = {
  SUPERIOR: 'SUPERIOR',
  NON_INFERIOR: 'NON_INFERIOR',
  NO_DIFFERENCE_SHOWN: 'NO_DIFFERENCE_SHOWN',
  WORSE: 'WORSE',
  NOT_DECISIVE: 'NOT_DECISIVE',
  TOO_FEW_PATIENTS: 'TOO_FEW_PATIENTS',
} as const;
export type Verdict = (typeof Verdict)[keyof typeof Verdict];
registerEnumType(Verdict, {
  name: 'Verdict',
  description: 'What a difference shows, by rule and never by opinion.',
  valuesConfig: {
    SUPERIOR: { description: 'Lower limit above 0, and adjusted p below alpha.' },
    NON_INFERIOR: { description: 'A margin was set, and the lower limit lies above it.' },
    NO_DIFFERENCE_SHOWN: {
      description: 'Neither better nor worse is shown, and no margin was set.',
    },
    WORSE: { description: 'Upper limit below 0, and adjusted p below alpha.' },
    NOT_DECISIVE: { description: 'A margin was set and is not met, or there is no interval.' },
    TOO_FEW_PATIENTS: { description: 'Fewer than 10 patients: no claim is made.' },
  },
});

@ObjectType({
  simpleResolvers: true,
  description: 'One-sided test that a loss stays within a margin.',
})
export class NonInferiority {
  @Field(() => Float, { description: 'The loss that was called tolerable in advance.' })
  margin: number;

  @Field(() => Float, { nullable: true, description: 'One-sided; null where there is no test.' })
  p: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Lower limit of the difference, not clamped.',
  })
  lower: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether `lower` lies above -margin.' })
  holds: boolean | null;
}

@ObjectType({
  description: 'A version against the baseline on the same images: version minus baseline.',
})
export class VersionDifference {
  modelVersionId: string;

  @Field(() => Int, { description: 'Of the version; the baseline is slot 1.' })
  slot: number;

  @Field(() => Estimate, { description: 'Above 0: the version is better.' })
  difference: Estimate;

  @Field(() => Float, { nullable: true, description: 'Two-sided, before correction.' })
  p: number | null;

  @Field(() => Float, { nullable: true, description: 'Corrected for the tests of the family.' })
  adjustedP: number | null;

  @Field(() => Int, {
    description: 'Tests in the family: the differences of all tasks and versions that have a p.',
  })
  tests: number;

  @Field(() => NonInferiority, { nullable: true, description: 'Where a margin was set.' })
  nonInferiority: NonInferiority | null;

  @Field(() => Verdict)
  verdict: Verdict;

  @Field(() => String, { description: 'The verdict with its numbers, as one sentence.' })
  sentence: string;
}

@ObjectType({ simpleResolvers: true, description: 'Test that several versions are all alike.' })
export class OmnibusTest {
  @Field(() => Float, { nullable: true })
  chiSquare: number | null;

  @Field(() => Int, { nullable: true, description: 'Degrees of freedom.' })
  df: number | null;

  @Field(() => Float, { nullable: true })
  p: number | null;

  @Field(() => String, { nullable: true, description: 'Why there is no test.' })
  undefinedReason: string | null;
}
