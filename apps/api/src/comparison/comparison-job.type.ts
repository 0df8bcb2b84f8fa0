import type { Task } from '../images/task.type.js';
import type {
  CalibrationBin,
  ComparedCalibration,
  DecisionCurvePoint,
} from './calibration.type.js';
import type { ChangedCalls } from './changed-calls.type.js';
import type { SubgroupAttribute, ThresholdRuleKind } from './comparison.input.js';
import type { OmnibusTest } from './difference.type.js';
import type { ComparedOperatingPoint } from './operating-point.type.js';
import type { Estimate } from './estimate.type.js';
import type { SnapshotFacts, VersionFacts } from './facts.type.js';
import type { VersionSegmentation } from './segmentation-comparison.type.js';
import type { SubgroupComparison } from './subgroup.type.js';
import type { VersionTaskComparison } from './task-comparison.type.js';

export type { CalibrationBin, ComparedCalibration, DecisionCurvePoint };

/** Images and rules that every job of one comparison shares. */
export interface JobSet {
  facts: SnapshotFacts;
  /** The versions of the comparison, the baseline first. */
  versions: VersionFacts[];
  /** Places in the snapshot of the images compared, rising; null for all. */
  positions: Int32Array | null;
  rules: JobRules;
}

export interface JobRules {
  level: number;
  margin: number | null;
  isByPatient: boolean;
  minimumCell: number;
  replicates: number;
  seed: number;
}

/** A version and its threshold in one task; null is +infinity, undefined where none could be chosen. */
export interface VersionThreshold {
  version: number;
  threshold: number | null | undefined;
}

/** What a thread is asked for. */
export type Job =
  | {
      kind: 'threshold';
      task: Task;
      version: number;
      rule: { kind: ThresholdRuleKind; value: number | null };
    }
  | {
      kind: 'task';
      task: Task;
      /** Places in `versions` of those that answer the task. */
      answering: number[];
      thresholds: VersionThreshold[];
      subgroups: SubgroupAttribute[];
      /** Images near to a training list, for the differences once more without them; null for none. */
      overlap: Int32Array | null;
    }
  | {
      kind: 'version-task';
      task: Task;
      version: number;
      threshold: number | null | undefined;
      chosen: string;
      hasBand: boolean;
    }
  | { kind: 'segmentation'; drawing: number[] };

/** A difference before the tests of all tasks and versions are corrected together. */
export interface RawDifference {
  version: number;
  difference: Estimate;
  p: number | null;
  nonInferiorityP: number | null;
  units: number;
  /** Patients with a positive; for masks the patients. */
  patientsAtStake: number;
}

export interface TaskAnswer {
  positives: number;
  negatives: number;
  patients: number;
  patientsWithPositive: number;
  patientsWithNegative: number;
  withoutReference: number;
  aucs: { version: number; auc: Estimate; designEffect: number | null }[];
  differences: RawDifference[];
  omnibus: OmnibusTest | null;
  subgroups: SubgroupComparison[];
  changedCalls: ChangedCalls[];
  withoutOverlap: {
    positives: number;
    negatives: number;
    differences: RawDifference[];
  } | null;
}

/** The fields of a class of the schema, for plain objects. */
export type Plain<T> = { [Key in keyof T]: T[Key] };

export type VersionTaskAnswer = Omit<
  VersionTaskComparison,
  'modelVersionId' | 'slot' | 'auc' | 'designEffect' | 'operatingPoint'
> & { operatingPoint: Plain<ComparedOperatingPoint> | null };

export interface SegmentationAnswer {
  images: number;
  patients: number;
  withoutReference: number;
  versions: VersionSegmentation[];
  differences: (RawDifference & { images: number; wilcoxonP: number | null })[];
}

/** What each kind of job answers. */
export interface Answers {
  threshold: { threshold: number | null } | null;
  task: TaskAnswer;
  'version-task': VersionTaskAnswer;
  segmentation: SegmentationAnswer | null;
}

export type AnswerTo<J extends Job> = Answers[J['kind']];
