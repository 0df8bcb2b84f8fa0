import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import { ModelVersion } from '../models/model-version.type.js';
import { certificatesLoader } from './certificate.loader.js';
import { Certificate } from './certificate.type.js';

@Resolver(() => ModelVersion)
export class ModelVersionCertificatesResolver {
  @FieldResolver(() => [Certificate], {
    description: 'How far its answers differ between devices, as measured; newest first.',
  })
  certificates(@Root() { id }: ModelVersion, @Ctx() context: Context): Promise<Certificate[]> {
    return certificatesLoader(context).load(id);
  }
}

@Resolver(() => Certificate)
export class CertificateResolver {
  @FieldResolver(() => User, { nullable: true, description: 'For whom the command acted.' })
  async issuedBy(
    @Root() { issuedById }: Certificate,
    @Ctx() context: Context,
  ): Promise<User | null> {
    return issuedById ? userLoader(context).load(issuedById) : null;
  }
}
