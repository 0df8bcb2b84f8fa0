import {
  Arg,
  type ClassType,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { snapshotLoader } from '../cohorts/cohort.loader.js';
import { CohortSnapshot } from '../cohorts/cohort.type.js';
import { trainingOverlap } from '../cohorts/training-overlap.service.js';
import { TrainingOverlap } from '../cohorts/training-overlap.type.js';
import type { Context } from '../context.js';
import { imageLoader } from '../images/image.loader.js';
import { Image, ImageConnection, type ImageRow } from '../images/image.type.js';
import { Task } from '../images/task.type.js';
import { modelVersionLoader } from '../models/model.loader.js';
import { ModelVersion } from '../models/model-version.type.js';
import { ChangedCalls } from './changed-calls.type.js';
import { listChangedImages, listDisagreements } from './compared-image.service.js';
import {
  ComparedAnswer,
  ComparedImage,
  ComparedImageConnection,
  DisagreementOrder,
} from './compared-image.type.js';
import { CallChange, ComparisonInput } from './comparison.input.js';
import { compare } from './comparison.service.js';
import {
  ComparedVersion,
  Comparison,
  ComparisonHeadline,
  ReferenceChanges,
  VersionCoverage,
} from './comparison.type.js';
import { coverageOf, listMissingImages } from './coverage.service.js';
import { SegmentationDifference, VersionSegmentation } from './segmentation-comparison.type.js';
import { VersionDifference } from './difference.type.js';
import { findReferenceChanges } from './reference-changes.service.js';
import { SubgroupVersionAuc, VersionInteraction } from './subgroup.type.js';
import { TaskComparison, VersionTaskComparison } from './task-comparison.type.js';

@Resolver(() => Comparison)
export class ComparisonResolver {
  @Query(() => Comparison, {
    description:
      'Compares model versions on the identical images of a snapshot, now. Nothing is kept; see createEvaluation. CONFLICT with `missing` when a version has not scored every image.',
  })
  comparison(
    @Arg('input', () => ComparisonInput) input: ComparisonInput,
    @Ctx() { db, viewer }: Context,
  ): Promise<Comparison> {
    return compare({ db }, viewer, input);
  }

  @Query(() => [VersionCoverage], {
    description: 'How much of a snapshot each version has scored, in the order asked.',
  })
  coverage(
    @Arg('snapshotId', () => ID) snapshotId: string,
    @Arg('modelVersionIds', () => [ID]) modelVersionIds: string[],
    @Ctx() { db, viewer }: Context,
  ): Promise<VersionCoverage[]> {
    return coverageOf(db, viewer, snapshotId, modelVersionIds);
  }

  @FieldResolver(() => CohortSnapshot)
  snapshot(@Root() { snapshotId }: Comparison, @Ctx() context: Context): Promise<CohortSnapshot> {
    return snapshotLoader(context).load(snapshotId);
  }

  @FieldResolver(() => [TrainingOverlap], {
    description: 'What the snapshot shares with the training list of each version.',
  })
  trainingOverlaps(
    @Root() { snapshotId, versions }: Comparison,
    @Ctx() { db, viewer }: Context,
  ): Promise<TrainingOverlap[]> {
    return trainingOverlap(
      db,
      viewer,
      snapshotId,
      versions.map(({ modelVersionId }) => modelVersionId),
    );
  }

  @FieldResolver(() => ReferenceChanges, {
    description: 'What changed in the references since the snapshot was taken.',
  })
  referenceChanges(
    @Root() { snapshotId }: Comparison,
    @Ctx() { db, viewer }: Context,
  ): Promise<ReferenceChanges> {
    return findReferenceChanges(db, viewer, snapshotId);
  }

  @FieldResolver(() => ComparedImageConnection, {
    description:
      'Images whose call differs between the baseline and a version, largest difference of scores first.',
  })
  changedImages(
    @Root() comparison: Comparison,
    @Arg('task', () => Task) task: Task,
    @Arg('modelVersionId', () => ID) modelVersionId: string,
    @Arg('changes', () => [CallChange], { nullable: true }) changes: CallChange[] | undefined,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<ComparedImageConnection> {
    return listChangedImages({ db }, viewer, comparison, {
      ...{ task, modelVersionId, changes, first, after },
    });
  }

  @FieldResolver(() => ComparedImageConnection, {
    description: 'Images on which versions differ most, from each other or from the reference.',
  })
  disagreements(
    @Root() comparison: Comparison,
    @Arg('order', () => DisagreementOrder) order: DisagreementOrder,
    @Arg('modelVersionId', () => ID) modelVersionId: string,
    @Arg('task', () => Task, { nullable: true, description: 'Required for orders by score.' })
    task: Task | undefined,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<ComparedImageConnection> {
    return listDisagreements({ db }, viewer, comparison, {
      ...{ order, task, modelVersionId, first, after },
    });
  }
}

@Resolver(() => TaskComparison)
class TaskComparisonResolver {
  @FieldResolver(() => [ModelVersion], { description: 'Versions that do not answer this task.' })
  withoutScores(
    @Root() { withoutScoresIds }: TaskComparison,
    @Ctx() context: Context,
  ): Promise<ModelVersion[]> {
    return Promise.all(withoutScoresIds.map((id) => modelVersionLoader(context).load(id)));
  }
}

@Resolver(() => ComparedImage)
class ComparedImageResolver {
  @FieldResolver(() => Image)
  image(@Root() { imageId }: ComparedImage, @Ctx() context: Context): Promise<ImageRow> {
    return imageLoader(context).load(imageId);
  }
}

@Resolver(() => VersionCoverage)
class VersionCoverageResolver {
  @FieldResolver(() => ImageConnection, {
    description: 'The images it has not scored, by their place in the snapshot.',
  })
  missingImages(
    @Root() coverage: VersionCoverage,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() { db, viewer }: Context,
  ): Promise<ImageConnection> {
    return listMissingImages(db, viewer, coverage, { first, after });
  }
}

/** Declares the field `modelVersion` of a type that carries `modelVersionId`. */
function ofModelVersion(type: () => ClassType<{ modelVersionId: string }>) {
  @Resolver(type)
  class ModelVersionOf {
    @FieldResolver(() => ModelVersion)
    modelVersion(
      @Root() { modelVersionId }: { modelVersionId: string },
      @Ctx() context: Context,
    ): Promise<ModelVersion> {
      return modelVersionLoader(context).load(modelVersionId);
    }
  }
  return ModelVersionOf;
}

export const comparisonResolvers = [
  ComparisonResolver,
  TaskComparisonResolver,
  ComparedImageResolver,
  VersionCoverageResolver,
  ofModelVersion(() => ComparedVersion),
  ofModelVersion(() => ComparisonHeadline),
  ofModelVersion(() => VersionTaskComparison),
  ofModelVersion(() => VersionDifference),
  ofModelVersion(() => SegmentationDifference),
  ofModelVersion(() => VersionSegmentation),
  ofModelVersion(() => ChangedCalls),
  ofModelVersion(() => SubgroupVersionAuc),
  ofModelVersion(() => VersionInteraction),
  ofModelVersion(() => ComparedAnswer),
  ofModelVersion(() => VersionCoverage),
];
