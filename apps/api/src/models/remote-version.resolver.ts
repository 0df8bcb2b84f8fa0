import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../context.js';
import { ModelVersion } from './model-version.type.js';
import { RegisterRemoteModelVersionInput } from './register-remote-version.input.js';
import { registerRemoteVersion } from './register-remote-version.service.js';
import { endpointFor } from './remote-endpoint.service.js';
import { RemoteEndpoint } from './remote-endpoint.type.js';

@Resolver(() => ModelVersion)
export class RemoteVersionResolver {
  @Mutation(() => ModelVersion, {
    description:
      'Asks an inference engine elsewhere (Triton, KServe; Open Inference Protocol v2) what it serves, tries it on a made-up image, and registers it when every check has passed; otherwise INVALID_INPUT with `checks`, and nothing is kept.',
  })
  registerRemoteModelVersion(
    @Arg('input', () => RegisterRemoteModelVersionInput) input: RegisterRemoteModelVersionInput,
    @Ctx() context: Context,
  ): Promise<ModelVersion> {
    return registerRemoteVersion(context, context.viewer, input);
  }

  @FieldResolver(() => RemoteEndpoint, {
    nullable: true,
    description:
      'Where a remote version is served. Null for the others, and for who may not register versions.',
  })
  endpoint(@Root() version: ModelVersion, @Ctx() context: Context): Promise<RemoteEndpoint | null> {
    return endpointFor(context, version);
  }
}
