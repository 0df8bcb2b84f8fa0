import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A model version retired, or taken back into use. Never changes.' })
export class VersionRetirement {
  @Field(() => ID)
  id: string;

  changedById: string | null;

  @Field(() => Boolean, { description: 'False where the version was taken back into use.' })
  isRetired: boolean;

  @Field(() => String, { description: 'In the words of who did it.' })
  reason: string;

  @Field(() => Date)
  createdAt: Date;
}
