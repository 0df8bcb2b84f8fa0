import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'Where a remote version is served, and how it is asked.' })
export class RemoteEndpoint {
  @Field(() => String, { description: 'Up to and without `/v2`.' })
  url: string;

  @Field(() => String, { description: 'The name under which the engine serves the model.' })
  model: string;

  @Field(() => String, {
    nullable: true,
    description: "The engine's own version of the model; absent where it names none.",
  })
  version?: string | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'The environment variable that holds a bearer token; absent without one.',
  })
  tokenVariable?: string | undefined;

  @Field(() => Int)
  connectTimeoutMs: number;

  @Field(() => Int, { description: 'From a question to the end of its answer.' })
  answerTimeoutMs: number;

  @Field(() => Int, { description: 'Questions that one worker has under way at once.' })
  concurrency: number;

  @Field(() => Int, { description: 'Images in one question, at most.' })
  maxBatch: number;
}
