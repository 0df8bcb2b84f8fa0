import { Field, InputType, Int } from 'type-graphql';
import { ApiTokenScope } from '../db.js';

@InputType()
export class CreateApiTokenInput {
  @Field(() => String, { description: 'What the token is for.' })
  name: string;

  @Field(() => ApiTokenScope, { defaultValue: 'READ' })
  scope: ApiTokenScope;

  @Field(() => Int, { defaultValue: 90, description: 'From 1 to 366.' })
  expiresInDays: number;
}
