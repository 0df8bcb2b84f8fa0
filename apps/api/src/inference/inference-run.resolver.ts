import {
  Arg,
  Ctx,
  FieldResolver,
  Float,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { userLoader } from '../accounts/user.loader.js';
import { User } from '../accounts/user.type.js';
import { snapshotLoader } from '../cohorts/cohort.loader.js';
import { CohortSnapshot } from '../cohorts/cohort.type.js';
import type { Context } from '../context.js';
import { RunImageState } from '../db.js';
import { imageLoader } from '../images/image.loader.js';
import { Image, type ImageRow } from '../images/image.type.js';
import { modelVersionLoader } from '../models/model.loader.js';
import { ModelVersion } from '../models/model-version.type.js';
import { studyLoader } from '../studies/study.loader.js';
import { Study } from '../studies/study.type.js';
import {
  latestPredictionsLoader,
  predictionLoader,
  runFailuresLoader,
  runRateLoader,
} from './inference.loader.js';
import { findRun, requestInference } from './inference-run.service.js';
import {
  FailureReason,
  InferenceRun,
  RunFailure,
  RunImage,
  RunImageConnection,
  StageTime,
} from './inference-run.type.js';
import { Prediction } from './prediction.type.js';
import { RequestInferenceInput } from './request-inference.input.js';
import { cancelRun, retryFailed } from './run-control.service.js';
import { listRunImages } from './run-image.service.js';
import {
  elapsedSeconds,
  preparedCount,
  secondsLeft,
  stageTimes,
  waitingCount,
  watchRun,
} from './run-progress.service.js';

@Resolver(() => InferenceRun)
export class InferenceRunResolver {
  @Query(() => InferenceRun, {
    nullable: true,
    description: 'Null when absent or not yours to see.',
  })
  inferenceRun(
    @Arg('id', () => ID) id: string,
    @Ctx() { db, viewer }: Context,
  ): Promise<InferenceRun | null> {
    return findRun(db, viewer, id);
  }

  @Mutation(() => InferenceRun, {
    description: 'Scores a snapshot or one image. Asking the same again is the same run.',
  })
  requestInference(
    @Arg('input', () => RequestInferenceInput) input: RequestInferenceInput,
    @Ctx() context: Context,
  ): Promise<InferenceRun> {
    return requestInference(context, context.viewer, input);
  }

  @Mutation(() => InferenceRun, {
    description:
      'Stops the run within one chunk; what is scored is kept. Then the same may be asked again.',
  })
  cancelRun(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<InferenceRun> {
    return cancelRun(context, context.viewer, id);
  }

  @Mutation(() => InferenceRun, {
    description: 'Sends the failed images again, all of them or those of one reason.',
  })
  retryFailed(
    @Arg('id', () => ID) id: string,
    @Arg('reason', () => FailureReason, { nullable: true }) reason: FailureReason | undefined,
    @Ctx() context: Context,
  ): Promise<InferenceRun> {
    return retryFailed(context, context.viewer, { id, reason });
  }

  @Subscription(() => InferenceRun, {
    description: 'Emits the run now, then whenever a chunk is committed.',
    subscribe: ({ args, context }: { args: { id: string }; context: Context }) =>
      watchRun(context, context.viewer, args.id),
  })
  runProgress(@Root() run: InferenceRun, @Arg('id', () => ID) _id: string): InferenceRun {
    return run;
  }

  @FieldResolver(() => Study)
  study(@Root() run: InferenceRun, @Ctx() context: Context): Promise<Study> {
    return studyLoader(context).load(run.studyId);
  }

  @FieldResolver(() => ModelVersion)
  modelVersion(@Root() run: InferenceRun, @Ctx() context: Context): Promise<ModelVersion> {
    return modelVersionLoader(context).load(run.modelVersionId);
  }

  @FieldResolver(() => CohortSnapshot, {
    nullable: true,
    description: 'Absent for a run over a single image.',
  })
  async snapshot(
    @Root() run: InferenceRun,
    @Ctx() context: Context,
  ): Promise<CohortSnapshot | null> {
    return run.snapshotId ? snapshotLoader(context).load(run.snapshotId) : null;
  }

  @FieldResolver(() => User, { nullable: true })
  async requestedBy(@Root() run: InferenceRun, @Ctx() context: Context): Promise<User | null> {
    return run.requestedById ? userLoader(context).load(run.requestedById) : null;
  }

  @FieldResolver(() => Int, { description: 'Images not yet attempted.' })
  waitingCount(@Root() run: InferenceRun): number {
    return waitingCount(run);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Images a second over the last chunks; absent before the first.',
  })
  imagesPerSecond(@Root() run: InferenceRun, @Ctx() context: Context): Promise<number | null> {
    return runRateLoader(context).load(run.id);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'For what waits, at the present rate; absent while no rate is known and at the end.',
  })
  async secondsLeft(@Root() run: InferenceRun, @Ctx() context: Context): Promise<number | null> {
    return secondsLeft(run, await runRateLoader(context).load(run.id));
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Since a worker began, until now or the end.',
  })
  elapsedSeconds(@Root() run: InferenceRun): number | null {
    return elapsedSeconds(run);
  }

  @FieldResolver(() => [StageTime], { description: 'Where the time per image goes.' })
  stageTimes(@Root() run: InferenceRun): StageTime[] {
    return stageTimes(run);
  }

  @FieldResolver(() => Int, {
    description:
      'Attempted images whose prepared pixels were there, so that no photograph was decoded.',
  })
  preparedCount(@Root() run: InferenceRun): number {
    return preparedCount(run);
  }

  @FieldResolver(() => [RunFailure], { description: 'By reason, most frequent first.' })
  failures(@Root() run: InferenceRun, @Ctx() context: Context): Promise<RunFailure[]> {
    return runFailuresLoader(context).load(run.id);
  }

  @FieldResolver(() => RunImageConnection, { description: "In the run's order." })
  images(
    @Root() run: InferenceRun,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Arg('state', () => [RunImageState], { nullable: true }) states: RunImageState[] | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<RunImageConnection> {
    return listRunImages(db, viewer, { run, first, after, states });
  }

  @FieldResolver(() => [Prediction], { description: 'Scored images, newest first, at most 50.' })
  latest(
    @Root() run: InferenceRun,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
    @Ctx() context: Context,
  ): Promise<Prediction[]> {
    return latestPredictionsLoader(context, first).load(run.id);
  }
}

@Resolver(() => RunImage)
export class RunImageResolver {
  @FieldResolver(() => Image)
  image(@Root() { imageId }: RunImage, @Ctx() context: Context): Promise<ImageRow> {
    return imageLoader(context).load(imageId);
  }

  @FieldResolver(() => Prediction, { nullable: true })
  prediction(@Root() runImage: RunImage, @Ctx() context: Context): Promise<Prediction | null> {
    return predictionLoader(context).load(runImage);
  }
}
