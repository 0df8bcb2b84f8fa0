import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import { retirementsLoader } from './model.loader.js';
import { ModelVersion } from './model-version.type.js';
import { RetireModelVersionInput } from './retire-model-version.input.js';
import { setRetired } from './version-retirement.service.js';
import { VersionRetirement } from './version-retirement.type.js';

@Resolver(() => ModelVersion)
class RetirementOfVersionResolver {
  @Mutation(() => ModelVersion, {
    description:
      'Retires a version: it keeps its predictions, evaluations and names, but no new run and no new name may take it. CONFLICT where it is retired already.',
  })
  retireModelVersion(
    @Arg('input', () => RetireModelVersionInput) input: RetireModelVersionInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<ModelVersion> {
    return setRetired(db, viewer, input, true);
  }

  @Mutation(() => ModelVersion, {
    description: 'Takes a retired version back into use. CONFLICT where it is in use already.',
  })
  restoreModelVersion(
    @Arg('input', () => RetireModelVersionInput) input: RetireModelVersionInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<ModelVersion> {
    return setRetired(db, viewer, input, false);
  }

  @FieldResolver(() => [VersionRetirement], {
    description: 'When it was retired and taken back into use, newest first.',
  })
  retirements(@Root() { id }: ModelVersion, @Ctx() context: Context): Promise<VersionRetirement[]> {
    return retirementsLoader(context).load(id);
  }
}

@Resolver(() => VersionRetirement)
class VersionRetirementResolver {
  @FieldResolver(() => User, { nullable: true })
  async changedBy(
    @Root() { changedById }: VersionRetirement,
    @Ctx() context: Context,
  ): Promise<User | null> {
    return changedById ? userLoader(context).load(changedById) : null;
  }
}

export const versionRetirementResolvers = [RetirementOfVersionResolver, VersionRetirementResolver];
