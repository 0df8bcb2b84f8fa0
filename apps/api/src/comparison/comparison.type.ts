import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Task } from '../images/task.type.js';
import { Clustering, PValueCorrection } from './comparison.input.js';
import { VersionDifference, Verdict } from './difference.type.js';
import type { Thresholds } from './image-set.service.js';
import { SegmentationComparison } from './segmentation-comparison.type.js';
import { TaskComparison } from './task-comparison.type.js';

@ObjectType({ simpleResolvers: true, description: 'Images of the snapshot that take no part.' })
export class LeftOut {
  @Field(() => String, { description: 'Why, in words.' })
  reason: string;

  @Field(() => Int)
  images: number;
}

@ObjectType({
  description: 'The images that every version is judged on: the same for all.',
})
export class ComparisonImageSet {
  @Field(() => Int, { description: 'Images of the snapshot.' })
  snapshotImages: number;

  @Field(() => Int, { description: 'Images compared.' })
  images: number;

  @Field(() => Int, { description: 'Patients of those.' })
  patients: number;

  @Field(() => Int, { description: 'Most images that one patient has among them.' })
  mostImagesPerPatient: number;

  @Field(() => [LeftOut])
  leftOut: LeftOut[];

  @Field(() => Boolean, { description: 'Narrowed by a filter.' })
  isFiltered: boolean;

  @Field(() => String, {
    description:
      'SHA-256 over the content hash of the snapshot and the places of the images in it.',
  })
  sha256: string;

  @Field(() => String, { description: 'As a sentence, with what was left out.' })
  sentence: string;
}

@ObjectType({ description: 'A version and what it takes part in.' })
export class ComparedVersion {
  modelVersionId: string;

  @Field(() => Int, { description: 'From 1, which is the baseline.' })
  slot: number;

  @Field(() => Boolean)
  isBaseline: boolean;

  @Field(() => [Task], {
    description: 'Without scores it takes no part in the comparison of AUCs.',
  })
  tasks: Task[];

  @Field(() => Boolean, {
    description: 'Without masks it takes no part in the comparison of segmentation.',
  })
  hasMasks: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'What it takes no part in, as a sentence; null where it takes part in all.',
  })
  absence: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'By which rules everything was computed.' })
export class ComparisonMethod {
  @Field(() => String, { description: 'The named definitions: see docs/statistics.md.' })
  metricSet: string;

  @Field(() => String, { description: 'Version of @lesionwise/metrics.' })
  metricsVersion: string;

  @Field(() => Clustering)
  clustering: Clustering;

  @Field(() => PValueCorrection)
  correction: PValueCorrection;

  @Field(() => Float)
  level: number;

  @Field(() => Float)
  alpha: number;

  @Field(() => Float, { nullable: true })
  margin: number | null;

  @Field(() => Int)
  minimumCell: number;

  @Field(() => Int, { description: 'Resamples of patients where intervals are bootstrapped.' })
  replicates: number;

  @Field(() => Int, { description: 'Seed of the resampling.' })
  seed: number;

  @Field(() => String, { description: 'As one sentence for a report.' })
  sentence: string;
}

@ObjectType({ description: 'What to read first.' })
export class ComparisonHeadline {
  @Field(() => Verdict)
  verdict: Verdict;

  @Field(() => Task, { nullable: true, description: 'Null where the masks are the endpoint.' })
  task: Task | null;

  modelVersionId: string;

  @Field(() => String)
  sentence: string;
}

@ObjectType({ description: 'One task without the images near to a training list.' })
export class TaskWithoutOverlap {
  @Field(() => Task)
  task: Task;

  @Field(() => Int)
  positives: number;

  @Field(() => Int)
  negatives: number;

  @Field(() => [VersionDifference])
  differences: VersionDifference[];
}

@ObjectType({
  description: 'The AUC differences once more, without the images near to any training list.',
})
export class ComparisonWithoutOverlap {
  @Field(() => Int, { description: 'Images near to the training list of at least one version.' })
  leftOut: number;

  @Field(() => Int, { description: 'Images that remain.' })
  images: number;

  @Field(() => [TaskWithoutOverlap])
  tasks: TaskWithoutOverlap[];
}

@ObjectType({ description: 'References that were changed after the snapshot was taken.' })
export class ReferenceChanges {
  @Field(() => Int, { description: 'Images whose diagnosis is another version now.' })
  diagnoses: number;

  @Field(() => Int, { description: 'Images whose reference mask is another version now.' })
  masks: number;

  @Field(() => [ID], { description: 'Those images, in the order of the snapshot; at most 50.' })
  imageIds: string[];
}

@ObjectType({
  description:
    'Model versions compared on identical images. Computed when asked for and not kept: always exploratory, unless an Evaluation froze it.',
})
export class Comparison {
  snapshotId: string;

  /** One bit for each image of the snapshot: whether it is compared. */
  places: string;

  /** By task and version: what the lists of images call by. */
  thresholds: Thresholds;

  @Field(() => String, {
    description:
      'SHA-256 over question, snapshot, model files and method: equal inputs, equal hash.',
  })
  inputsHash: string;

  @Field(() => GraphQLJSON, {
    description: 'What was asked, in the words of ComparisonInput, with every default filled in.',
  })
  question: object;

  @Field(() => ComparisonMethod)
  method: ComparisonMethod;

  @Field(() => ComparisonImageSet)
  imageSet: ComparisonImageSet;

  @Field(() => [ComparedVersion], { description: 'The baseline first.' })
  versions: ComparedVersion[];

  @Field(() => ComparisonHeadline, {
    nullable: true,
    description:
      'The first other version against the baseline on the first task; null for one version.',
  })
  headline: ComparisonHeadline | null;

  @Field(() => [TaskComparison])
  tasks: TaskComparison[];

  @Field(() => SegmentationComparison, {
    nullable: true,
    description: 'Null where no version draws masks or no image has a reference mask.',
  })
  segmentation: SegmentationComparison | null;

  @Field(() => ComparisonWithoutOverlap, {
    nullable: true,
    description: 'Null where no image is near to a training list, or they are left out already.',
  })
  withoutTrainingOverlap: ComparisonWithoutOverlap | null;
}

@ObjectType({ description: 'How much of a snapshot a version has scored.' })
export class VersionCoverage {
  snapshotId: string;
  modelVersionId: string;

  @Field(() => Int)
  scored: number;

  @Field(() => Int)
  missing: number;
}
