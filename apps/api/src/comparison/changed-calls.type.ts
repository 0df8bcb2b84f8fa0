import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Estimate } from './estimate.type.js';

@ObjectType({
  description: 'Images whose call differs from the baseline, each at its own frozen threshold.',
})
export class ChangedCalls {
  modelVersionId: string;

  @Field(() => Int)
  slot: number;

  @Field(() => Int, { description: 'Positives that the baseline missed and the version calls.' })
  found: number;

  @Field(() => Int, { description: 'Positives that the baseline called and the version misses.' })
  lost: number;

  @Field(() => Int, { description: 'Negatives that the baseline called and the version does not.' })
  cleared: number;

  @Field(() => Int, { description: 'Negatives that the version calls and the baseline did not.' })
  called: number;

  @Field(() => Estimate, { description: 'Difference in sensitivity, version minus baseline.' })
  sensitivityDifference: Estimate;

  @Field(() => Float, {
    nullable: true,
    description:
      "Of the difference in sensitivity: over patients where patients have several images, McNemar's exact otherwise. Not corrected.",
  })
  sensitivityP: number | null;

  @Field(() => Estimate, { description: 'Difference in specificity, version minus baseline.' })
  specificityDifference: Estimate;

  @Field(() => Float, {
    nullable: true,
    description: 'Likewise, of the difference in specificity.',
  })
  specificityP: number | null;

  @Field(() => String, { description: 'What the two p-values come from.' })
  test: string;
}
