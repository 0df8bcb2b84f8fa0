import { Field, InputType } from 'type-graphql';

@InputType()
export class CreateUserInput {
  @Field(() => String, { description: 'As colleagues know them; 1 to 120 characters.' })
  name: string;

  @Field(() => String, { description: 'With which they sign in; belongs to one account only.' })
  email: string;
}
