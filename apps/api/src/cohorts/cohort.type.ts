import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A named set of images, as a saved filter. Never changes.' })
export class Cohort {
  @Field(() => ID)
  id: string;

  studyId: string;

  createdById: string | null;

  @Field(() => String, { description: 'Unique in the study.' })
  name: string;

  @Field(() => GraphQLJSON, { description: 'In the words of the input ImageFilter.' })
  filter: unknown;

  @Field(() => Date)
  createdAt: Date;
}

@ObjectType({
  description:
    'The images of a cohort at one moment, with the references that counted then. Never changes.',
})
export class CohortSnapshot {
  @Field(() => ID)
  id: string;

  cohortId: string;

  takenById: string | null;

  @Field(() => String, {
    description:
      'SHA-256 over its images, their patients and their references: equal content, equal hash.',
  })
  contentHash: string;

  @Field(() => Int)
  imageCount: number;

  @Field(() => Int)
  patientCount: number;

  @Field(() => Date)
  createdAt: Date;
}
