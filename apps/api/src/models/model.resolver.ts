import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import { findModel, findModelVersion, listModels } from './model-version.service.js';
import { Model, ModelVersion } from './model-version.type.js';
import { modelLoader, trainingListCountLoader, versionsOfModelLoader } from './model.loader.js';
import { RegisterModelVersionInput } from './register-model-version.input.js';
import { registerModelVersion } from './register-model-version.service.js';

@Resolver(() => Model)
export class ModelResolver {
  @Query(() => [Model], { description: 'All model families of this instance, by name.' })
  models(@Ctx() { db }: Context): Promise<Model[]> {
    return listModels(db);
  }

  @Query(() => Model, { nullable: true })
  model(@Arg('name', () => String) name: string, @Ctx() { db }: Context): Promise<Model | null> {
    return findModel(db, name);
  }

  @FieldResolver(() => [ModelVersion], { description: 'Newest first.' })
  versions(@Root() model: Model, @Ctx() context: Context): Promise<ModelVersion[]> {
    return versionsOfModelLoader(context).load(model.id);
  }
}

@Resolver(() => ModelVersion)
export class ModelVersionResolver {
  @Query(() => ModelVersion, { nullable: true })
  modelVersion(
    @Arg('name', () => String) name: string,
    @Arg('version', () => String) version: string,
    @Ctx() { db }: Context,
  ): Promise<ModelVersion | null> {
    return findModelVersion(db, name, version);
  }

  @Mutation(() => ModelVersion, {
    description:
      'Checks the uploaded package and registers it when every check has passed; otherwise INVALID_INPUT with `checks`, and nothing is kept.',
  })
  registerModelVersion(
    @Arg('input', () => RegisterModelVersionInput) input: RegisterModelVersionInput,
    @Ctx() context: Context,
  ): Promise<ModelVersion> {
    return registerModelVersion(context, context.viewer, input);
  }

  @FieldResolver(() => Int, {
    description:
      'Images on the list that its package declares as trained on; 0 where it declares none.',
  })
  trainingListCount(@Root() { id }: ModelVersion, @Ctx() context: Context): Promise<number> {
    return trainingListCountLoader(context).load(id);
  }

  @FieldResolver(() => Model)
  model(@Root() version: ModelVersion, @Ctx() context: Context): Promise<Model> {
    return modelLoader(context).load(version.modelId);
  }

  @FieldResolver(() => User, {
    nullable: true,
    description: 'Absent for one that came with the product.',
  })
  async registeredBy(@Root() version: ModelVersion, @Ctx() context: Context): Promise<User | null> {
    return version.registeredById ? userLoader(context).load(version.registeredById) : null;
  }
}
