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
