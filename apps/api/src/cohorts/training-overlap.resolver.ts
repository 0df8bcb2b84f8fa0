import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import type { Connection } from '../connection.js';
import type { Context } from '../context.js';
import { imageLoader } from '../images/image.loader.js';
import { Image } from '../images/image.type.js';
import { modelVersionLoader } from '../models/model.loader.js';
import { ModelVersion } from '../models/model-version.type.js';
import { trainingOverlapLoader } from './cohort.loader.js';
import { CohortSnapshot } from './cohort.type.js';
import {
  askOverlap,
  countOverlap,
  type OverlapImage,
  type OverlapOfVersion,
  pageOfOverlap,
} from './training-overlap.service.js';
import {
  TrainingOverlap,
  TrainingOverlapCounts,
  TrainingOverlapImage,
  TrainingOverlapImageConnection,
} from './training-overlap.type.js';

@Resolver(() => CohortSnapshot)
export class SnapshotTrainingOverlapResolver {
  @FieldResolver(() => [TrainingOverlap], {
    description:
      'What the snapshot shares with the images each version was trained on, in the order asked: by file, public name, lesion or patient, anywhere in the study.',
  })
  trainingOverlap(
    @Root() { id }: CohortSnapshot,
    @Arg('modelVersionIds', () => [ID]) modelVersionIds: string[],
    @Ctx() context: Context,
  ): Promise<OverlapOfVersion[]> {
    return Promise.all(
      askOverlap(id, modelVersionIds).map((asked) => trainingOverlapLoader(context).load(asked)),
    );
  }
}

@Resolver(() => TrainingOverlap)
export class TrainingOverlapResolver {
  @FieldResolver(() => ModelVersion)
  modelVersion(@Root() overlap: TrainingOverlap, @Ctx() context: Context): Promise<ModelVersion> {
    return modelVersionLoader(context).load(overlap.modelVersionId);
  }

  @FieldResolver(() => Boolean, {
    description:
      'Whether the package of the version lists what it was trained on. False: overlap with training was not checked.',
  })
  isDeclared(@Root() { listedCount }: TrainingOverlap): boolean {
    return listedCount > 0;
  }

  @FieldResolver(() => TrainingOverlapCounts)
  counts(@Root() overlap: TrainingOverlap): TrainingOverlapCounts {
    return countOverlap(overlap);
  }

  @FieldResolver(() => TrainingOverlapImageConnection, {
    description: 'The shared images, in the order of the snapshot.',
  })
  images(
    @Root() overlap: TrainingOverlap,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
  ): Connection<OverlapImage> {
    return pageOfOverlap(overlap, { first, after });
  }
}

@Resolver(() => TrainingOverlapImage)
export class TrainingOverlapImageResolver {
  @FieldResolver(() => Image)
  image(@Root() { imageId }: TrainingOverlapImage, @Ctx() context: Context) {
    return imageLoader(context).load(imageId);
  }
}
