import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import { snapshotLoader } from '../cohorts/cohort.loader.js';
import { CohortSnapshot } from '../cohorts/cohort.type.js';
import type { Context } from '../context.js';
import { imageLoader } from '../images/image.loader.js';
import { Image, type ImageRow } from '../images/image.type.js';
import { modelVersionLoader } from '../models/model.loader.js';
import { ModelVersion } from '../models/model-version.type.js';
import { studyLoader } from '../studies/study.loader.js';
import { Study } from '../studies/study.type.js';
import { listEvaluationImages } from './evaluation-image.service.js';
import { EvaluationImage, EvaluationImageConnection } from './evaluation-image.type.js';
import { AnalysisPlan } from './analysis-plan.type.js';
import { findPlan } from './analysis-plan.service.js';
import { checkEvaluation } from './evaluation-check.service.js';
import { EvaluationCheck } from './evaluation-check.type.js';
import { CreateEvaluationInput, EvaluationImageSort } from './evaluation.input.js';
import { createEvaluation, findEvaluation, listEvaluations } from './evaluation.service.js';
import { Evaluation, EvaluationConnection, VersionEvaluation } from './evaluation.type.js';

@Resolver(() => Evaluation)
export class EvaluationResolver {
  @Query(() => Evaluation, { nullable: true, description: 'Null when absent or not yours to see.' })
  evaluation(
    @Arg('id', () => ID) id: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<Evaluation | null> {
    return findEvaluation(db, viewer, id);
  }

  @Mutation(() => Evaluation, {
    description:
      'Computes and freezes the statistics of model versions over a snapshot. Asking the same again is the same evaluation. CONFLICT with `missing` when a version has not scored every image.',
  })
  createEvaluation(
    @Arg('input', () => CreateEvaluationInput) input: CreateEvaluationInput,
    @Ctx() context: Context,
  ): Promise<Evaluation> {
    return createEvaluation(context, context.viewer, input);
  }

  @Query(() => EvaluationCheck, {
    nullable: true,
    description:
      'Computes a frozen evaluation once more from the facts and says whether every number is equal. Null when absent or not yours to see.',
  })
  checkEvaluation(
    @Arg('id', () => ID) id: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<EvaluationCheck | null> {
    return checkEvaluation({ db }, viewer, id);
  }

  @FieldResolver(() => AnalysisPlan, {
    nullable: true,
    description: 'The locked plan that a confirmatory evaluation follows.',
  })
  async plan(
    @Root() { planId }: Evaluation,
    @Ctx() { db, viewer }: Context,
  ): Promise<AnalysisPlan | null> {
    return planId === null ? null : findPlan(db, viewer, planId);
  }

  @FieldResolver(() => Study)
  study(@Root() { studyId }: Evaluation, @Ctx() context: Context): Promise<Study> {
    return studyLoader(context).load(studyId);
  }

  @FieldResolver(() => CohortSnapshot)
  snapshot(@Root() { snapshotId }: Evaluation, @Ctx() context: Context): Promise<CohortSnapshot> {
    return snapshotLoader(context).load(snapshotId);
  }

  @FieldResolver(() => User, { nullable: true })
  async createdBy(
    @Root() { createdById }: Evaluation,
    @Ctx() context: Context,
  ): Promise<User | null> {
    return createdById === null ? null : userLoader(context).load(createdById);
  }

  @FieldResolver(() => EvaluationImageConnection, {
    description: 'Every image of the snapshot with the facts of one version.',
  })
  images(
    @Root() evaluation: Evaluation,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Arg('modelVersionId', () => ID) modelVersionId: string,
    @Arg('sort', () => EvaluationImageSort, { nullable: true })
    sort: EvaluationImageSort | undefined,
    @Ctx() { db }: Context,
  ): Promise<EvaluationImageConnection> {
    return listEvaluationImages(db, evaluation, { first, after, modelVersionId, sort });
  }
}

@Resolver(() => VersionEvaluation)
export class VersionEvaluationResolver {
  @FieldResolver(() => ModelVersion)
  modelVersion(
    @Root() { modelVersionId }: VersionEvaluation,
    @Ctx() context: Context,
  ): Promise<ModelVersion> {
    return modelVersionLoader(context).load(modelVersionId);
  }
}

@Resolver(() => EvaluationImage)
export class EvaluationImageResolver {
  @FieldResolver(() => Image)
  image(@Root() { imageId }: EvaluationImage, @Ctx() context: Context): Promise<ImageRow> {
    return imageLoader(context).load(imageId);
  }
}

@Resolver(() => Study)
export class StudyEvaluationsResolver {
  @FieldResolver(() => EvaluationConnection, { description: 'Newest first.' })
  evaluations(
    @Root() study: Study,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Arg('modelVersionId', () => ID, {
      nullable: true,
      description: 'Only evaluations that have this version in them.',
    })
    modelVersionId: string | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<EvaluationConnection> {
    return listEvaluations(db, viewer, { studyId: study.id, first, after, modelVersionId });
  }
}
