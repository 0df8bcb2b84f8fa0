import { Field, ID, InputType, Int } from 'type-graphql';
import { ApiTokenScope } from '../db.js';

@InputType()
export class CreateApiTokenInput {
  @Field(() => String, { description: 'What the token is for.' })
  name: string;

  @Field(() => ApiTokenScope, { defaultValue: 'READ' })
  scope: ApiTokenScope;

  @Field(() => Int, { defaultValue: 90, description: 'From 1 to 366.' })
  expiresInDays: number;

  @Field(() => [ID], {
    nullable: true,
    description:
      'The studies that the token shall see, from 1 to 100 of those that you see; left out or null for all of them, also those of later. The token then administers nothing and makes no tokens.',
  })
  studyIds?: string[] | null;
}
