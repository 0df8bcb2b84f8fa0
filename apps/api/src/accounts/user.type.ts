import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Someone who signs in.' })
export class User {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;
}

@ObjectType('Viewer', { description: 'The person, or the script, that asks.' })
export class CurrentViewer {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;

  @Field(() => String)
  email: string;

  @Field(() => Boolean)
  isAdmin: boolean;
}

@ObjectType({ description: 'An account that was just made.' })
export class CreatedUser {
  @Field(() => User)
  user: User;

  @Field(() => String)
  email: string;

  @Field(() => String, {
    description:
      'Shown this once; only its hash is kept. Its owner must replace it before they see anything.',
  })
  oneTimePassword: string;
}
