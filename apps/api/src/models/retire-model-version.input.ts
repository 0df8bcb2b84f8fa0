import { Field, ID, InputType } from 'type-graphql';

@InputType()
export class RetireModelVersionInput {
  @Field(() => ID)
  modelVersionId: string;

  @Field(() => String, { description: 'Why, in 1 to 1000 characters. It stays in the history.' })
  reason: string;
}
