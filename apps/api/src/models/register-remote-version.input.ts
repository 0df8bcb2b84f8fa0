import { GraphQLJSON } from 'graphql-scalars';
import { Field, InputType, Int } from 'type-graphql';

@InputType({
  description: 'Where an inference engine serves a model by the Open Inference Protocol v2.',
})
export class RemoteEndpointInput {
  @Field(() => String, {
    description:
      'http or https, up to and without `/v2`, such as `http://triton.example.org:8000`.',
  })
  url: string;

  @Field(() => String, { description: 'The name under which the engine serves the model.' })
  model: string;

  @Field(() => String, {
    nullable: true,
    description:
      "The engine's own version of the model; needed only where it serves several. Never changes after registration.",
  })
  version?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The environment variable of API and workers that holds a bearer token: `LESIONWISE_REMOTE_TOKEN_` and a name of your own. Never the token itself. The host must stand in `LESIONWISE_REMOTE_HOSTS`.',
  })
  tokenVariable?: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds until a connection must be there; 2000 where absent.',
  })
  connectTimeoutMs?: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Milliseconds from a question to the end of its answer; 30000 where absent.',
  })
  answerTimeoutMs?: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Questions that one worker has under way at once; 2 where absent.',
  })
  concurrency?: number;

  @Field(() => Int, {
    nullable: true,
    description:
      "Images in one question; 16 where absent. The engine's own limit holds where it is lower.",
  })
  maxBatch?: number;
}

@InputType()
export class RegisterRemoteModelVersionInput {
  @Field(() => GraphQLJSON, {
    description:
      'The manifest, as for a package; `file` and `sha256` may be absent, because no file is kept here.',
  })
  manifest: unknown;

  @Field(() => String, { nullable: true, description: 'The model card, in Markdown.' })
  card?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The text of training-list.csv, where the manifest names one: the images the version was trained on.',
  })
  trainingList?: string | null;

  @Field(() => RemoteEndpointInput)
  endpoint: RemoteEndpointInput;
}
