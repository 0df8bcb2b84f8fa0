import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import type { Context } from '../context.js';
import { evaluationLoader } from '../evaluation/evaluation.loader.js';
import { Evaluation } from '../evaluation/evaluation.type.js';
import { modelVersionLoader } from '../models/model.loader.js';
import { ModelVersion } from '../models/model-version.type.js';
import { Study } from '../studies/study.type.js';
import { listAliasChanges } from './alias-change.service.js';
import { RemoveModelAliasInput, SetModelAliasInput } from './model-alias.input.js';
import { aliasesOfStudyLoader, lastAliasChangeLoader } from './model-alias.loader.js';
import { removeModelAlias, setModelAlias } from './model-alias.service.js';
import { AliasChange, AliasChangeConnection, ModelAlias } from './model-alias.type.js';

@Resolver(() => ModelAlias)
export class ModelAliasResolver {
  @Mutation(() => ModelAlias, {
    description:
      'Gives a name to a model version in one study, with a reason and the evaluation that justifies it. CONFLICT with `stored` when somebody changed it meanwhile.',
  })
  setModelAlias(
    @Arg('input', () => SetModelAliasInput) input: SetModelAliasInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<ModelAlias> {
    return setModelAlias(db, viewer, input);
  }

  @Mutation(() => AliasChange, {
    description: 'Takes a name away, with a reason and the evaluation that justifies it.',
  })
  removeModelAlias(
    @Arg('input', () => RemoveModelAliasInput) input: RemoveModelAliasInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<AliasChange> {
    return removeModelAlias(db, viewer, input);
  }

  @FieldResolver(() => ModelVersion)
  modelVersion(@Root() alias: ModelAlias, @Ctx() context: Context): Promise<ModelVersion> {
    return modelVersionLoader(context).load(alias.modelVersionId);
  }

  @FieldResolver(() => AliasChange, {
    description: 'The change by which the version got the name: by whom, when, why.',
  })
  lastChange(@Root() alias: ModelAlias, @Ctx() context: Context): Promise<AliasChange> {
    return lastAliasChangeLoader(context).load(alias);
  }
}

@Resolver(() => AliasChange)
export class AliasChangeResolver {
  @FieldResolver(() => ModelVersion, {
    nullable: true,
    description: 'Who had the name before; absent when nobody had.',
  })
  async fromVersion(
    @Root() { fromVersionId }: AliasChange,
    @Ctx() context: Context,
  ): Promise<ModelVersion | null> {
    return fromVersionId === null ? null : modelVersionLoader(context).load(fromVersionId);
  }

  @FieldResolver(() => ModelVersion, {
    nullable: true,
    description: 'Who got the name; absent when it was taken away.',
  })
  async toVersion(
    @Root() { toVersionId }: AliasChange,
    @Ctx() context: Context,
  ): Promise<ModelVersion | null> {
    return toVersionId === null ? null : modelVersionLoader(context).load(toVersionId);
  }

  @FieldResolver(() => Evaluation, {
    nullable: true,
    description: 'The evaluation that justifies the change.',
  })
  async evaluation(
    @Root() { evaluationId }: AliasChange,
    @Ctx() context: Context,
  ): Promise<Evaluation | null> {
    return evaluationId === null ? null : evaluationLoader(context).load(evaluationId);
  }

  @FieldResolver(() => User, { nullable: true })
  async changedBy(
    @Root() { changedById }: AliasChange,
    @Ctx() context: Context,
  ): Promise<User | null> {
    return changedById === null ? null : userLoader(context).load(changedById);
  }
}

@Resolver(() => Study)
export class StudyAliasesResolver {
  @FieldResolver(() => [ModelAlias], {
    description: 'The names the study has given: champion, candidate, then the others.',
  })
  aliases(@Root() study: Study, @Ctx() context: Context): Promise<ModelAlias[]> {
    return aliasesOfStudyLoader(context).load(study.id);
  }

  @FieldResolver(() => AliasChangeConnection, {
    description: 'The full history of the names, newest first.',
  })
  aliasChanges(
    @Root() study: Study,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Arg('name', () => String, { nullable: true }) name: string | undefined,
    @Arg('modelVersionId', () => ID, {
      nullable: true,
      description: 'Only changes in which this version got or lost a name.',
    })
    modelVersionId: string | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<AliasChangeConnection> {
    return listAliasChanges(db, viewer, { studyId: study.id, first, after, name, modelVersionId });
  }
}

@Resolver(() => ModelVersion)
export class ModelVersionAliasesResolver {
  @FieldResolver(() => [ModelAlias], {
    description: 'What a study calls this version; empty for a study you may not see.',
  })
  async aliases(
    @Root() { id }: ModelVersion,
    @Arg('studyId', () => ID) studyId: string,
    @Ctx() context: Context,
  ): Promise<ModelAlias[]> {
    return (await aliasesOfStudyLoader(context).load(studyId)).filter(
      ({ modelVersionId }) => modelVersionId === id,
    );
  }
}
