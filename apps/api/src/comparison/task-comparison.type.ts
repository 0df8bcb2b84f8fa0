import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Task } from '../images/task.type.js';
import { ComparedCalibration, DecisionCurvePoint } from './calibration.type.js';
import { ChangedCalls } from './changed-calls.type.js';
import { OmnibusTest, VersionDifference } from './difference.type.js';
import { Estimate, RocPoint } from './estimate.type.js';
import { ComparedOperatingPoint, SpecificityAtSensitivity } from './operating-point.type.js';
import { SubgroupComparison } from './subgroup.type.js';

@ObjectType({
  simpleResolvers: true,
  description: 'Confidence band of a ROC curve: it holds at each false positive rate by itself.',
})
export class RocBand {
  @Field(() => [Float], { description: 'Where it was computed, rising.' })
  falsePositiveRates: number[];

  @Field(() => [Float], { description: 'Lower limits of the sensitivity there.' })
  low: number[];

  @Field(() => [Float], { description: 'Upper limits of the sensitivity there.' })
  high: number[];

  @Field(() => String, { description: 'How it was made, with replicates and seed.' })
  method: string;
}

@ObjectType({ simpleResolvers: true, description: 'What the rule `score >= threshold` calls.' })
export class PrecisionRecallPoint {
  @Field(() => Float, { description: 'Share of the positives that are called.' })
  recall: number;

  @Field(() => Float, { description: 'Share of the called that are positive.' })
  precision: number;

  @Field(() => Float)
  threshold: number;
}

@ObjectType({ description: 'One version on one task.' })
export class VersionTaskComparison {
  modelVersionId: string;

  @Field(() => Int, {
    description: 'From 1, which is the baseline; says by which mark it is drawn.',
  })
  slot: number;

  @Field(() => Estimate)
  auc: Estimate;

  @Field(() => Float, {
    nullable: true,
    description: 'Variance over patients divided by that of independent images.',
  })
  designEffect: number | null;

  @Field(() => [RocPoint], {
    description:
      'By falling threshold, from (0, 0). Long curves are thinned to some 200 points for drawing; the area is computed from all.',
  })
  roc: RocPoint[];

  @Field(() => RocBand, {
    nullable: true,
    description: 'For at most two versions: see `bandVersionIds`.',
  })
  rocBand: RocBand | null;

  @Field(() => [PrecisionRecallPoint], { description: 'By falling threshold, thinned likewise.' })
  precisionRecall: PrecisionRecallPoint[];

  @Field(() => Estimate, { description: 'Step form, as scikit-learn has it since 0.19.' })
  averagePrecision: Estimate;

  @Field(() => [SpecificityAtSensitivity], { description: 'At 82, 89 and 95 % sensitivity.' })
  specificityAtSensitivity: SpecificityAtSensitivity[];

  @Field(() => ComparedOperatingPoint, {
    nullable: true,
    description: 'At the chosen threshold; null where none could be chosen or too little is there.',
  })
  operatingPoint: ComparedOperatingPoint | null;

  @Field(() => ComparedCalibration, {
    nullable: true,
    description: 'Null where too little is there.',
  })
  calibration: ComparedCalibration | null;

  @Field(() => [DecisionCurvePoint])
  decisionCurve: DecisionCurvePoint[];
}

@ObjectType({ description: 'All versions that answer one task, on the identical images.' })
export class TaskComparison {
  @Field(() => Task)
  task: Task;

  @Field(() => Int, { description: 'Images whose reference label is 1.' })
  positives: number;

  @Field(() => Int, { description: 'Images whose reference label is 0.' })
  negatives: number;

  @Field(() => Int, { description: 'Patients of those images.' })
  patients: number;

  @Field(() => Int)
  patientsWithPositive: number;

  @Field(() => Int)
  patientsWithNegative: number;

  @Field(() => Int, { description: 'Images without a reference diagnosis, left out here.' })
  withoutReference: number;

  @Field(() => String, {
    nullable: true,
    description: 'Why nothing is estimated, such as `not estimated: 4 melanomas`.',
  })
  notEstimated: string | null;

  withoutScoresIds: string[];

  @Field(() => [VersionTaskComparison], { description: 'Of the versions that answer the task.' })
  versions: VersionTaskComparison[];

  @Field(() => [VersionDifference], {
    description:
      'AUC of each other version minus that of the baseline; empty where the baseline does not answer the task.',
  })
  differences: VersionDifference[];

  @Field(() => OmnibusTest, {
    nullable: true,
    description: 'Are the AUCs of all versions alike? From three versions on.',
  })
  omnibus: OmnibusTest | null;

  @Field(() => [SubgroupComparison])
  subgroups: SubgroupComparison[];

  @Field(() => [ChangedCalls], { description: 'Of each other version against the baseline.' })
  changedCalls: ChangedCalls[];
}
