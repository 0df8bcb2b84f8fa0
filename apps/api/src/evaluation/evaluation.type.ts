import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Comparison } from '../comparison/comparison.type.js';
import { Estimate, HistogramBin, RocPoint } from '../comparison/estimate.type.js';
import { type Connection, connectionOf } from '../connection.js';
import { EvaluationPurpose } from '../db.js';
import { Task } from '../images/task.type.js';

registerEnumType(EvaluationPurpose, {
  name: 'EvaluationPurpose',
  description: 'What may be claimed from an evaluation.',
  valuesConfig: {
    EXPLORATORY: { description: 'Looked at without a plan made beforehand, or not as it says.' },
    CONFIRMATORY: { description: "Exactly as the study's locked analysis plan says." },
  },
});

@ObjectType({ description: 'How well a version tells one task on the images of the snapshot.' })
export class TaskEvaluation {
  @Field(() => Task)
  task: Task;

  @Field(() => Int, { description: 'Images whose reference label is 1.' })
  positives: number;

  @Field(() => Int, { description: 'Images whose reference label is 0.' })
  negatives: number;

  @Field(() => Int, { description: 'Patients of those images.' })
  patients: number;

  @Field(() => Int, {
    description: 'Images of the snapshot without a reference diagnosis, left out here.',
  })
  withoutReference: number;

  @Field(() => Estimate)
  auc: Estimate;

  @Field(() => [RocPoint], {
    description:
      'By falling threshold, from (0, 0). Points inside a straight piece of the curve are left out. Empty where a class is absent.',
  })
  roc: RocPoint[];
}

@ObjectType({ description: "How well a version's masks agree with the frozen reference masks." })
export class SegmentationEvaluation {
  @Field(() => Int, { description: 'Images with both masks.' })
  images: number;

  @Field(() => Int)
  patients: number;

  @Field(() => Int, { description: 'Images of the snapshot without a reference mask, left out.' })
  withoutReference: number;

  @Field(() => Int, {
    description: 'Images whose masks are both empty: Jaccard does not exist, they are left out.',
  })
  undefinedCount: number;

  @Field(() => Estimate)
  meanJaccard: Estimate;

  @Field(() => Estimate)
  meanDice: Estimate;

  @Field(() => Float, { nullable: true, description: 'Null where no image has a Jaccard index.' })
  medianJaccard: number | null;

  @Field(() => Int, {
    description: 'Images below 0.65, under which the ISIC 2018 rules call a mask failed.',
  })
  below065: number;

  @Field(() => [HistogramBin], { description: 'Jaccard in 20 bins from 0 to 1.' })
  histogram: HistogramBin[];
}

@ObjectType()
export class VersionEvaluation {
  modelVersionId: string;

  @Field(() => Int, {
    description: 'From 1, which is the baseline; says by which mark it is drawn.',
  })
  slot: number;

  @Field(() => [TaskEvaluation], { description: 'Empty for a version without scores.' })
  tasks: TaskEvaluation[];

  @Field(() => SegmentationEvaluation, {
    nullable: true,
    description: 'Null for a version without masks.',
  })
  segmentation: SegmentationEvaluation | null;
}

@ObjectType({
  description:
    'Statistics of one or more model versions over one snapshot, with the hash of all that went in. Never changes.',
})
export class Evaluation {
  @Field(() => ID)
  id: string;

  studyId: string;

  snapshotId: string;

  createdById: string | null;

  planId: string | null;

  @Field(() => EvaluationPurpose)
  purpose: EvaluationPurpose;

  @Field(() => GraphQLJSON, {
    description:
      'What was asked, in the words of CreateEvaluationInput, with every default filled in.',
  })
  question: unknown;

  @Field(() => String, { description: 'The named definitions that were used.' })
  metricSet: string;

  @Field(() => String, { description: 'Version of @lesionwise/metrics that computed it.' })
  metricsVersion: string;

  @Field(() => String, {
    description:
      'SHA-256 over snapshot, model files, metric set and method: equal inputs, equal hash.',
  })
  inputsHash: string;

  @Field(() => Date)
  createdAt: Date;

  @Field(() => [VersionEvaluation], { description: 'The baseline first.' })
  versions: VersionEvaluation[];

  @Field(() => Comparison, {
    nullable: true,
    description: 'As it was frozen. Null in evaluations made before comparisons were kept.',
  })
  comparison: Comparison | null;
}

export const EvaluationConnection = connectionOf(() => Evaluation, 'Evaluation');
export type EvaluationConnection = Connection<Evaluation>;
