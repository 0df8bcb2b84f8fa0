import {
  clusteredAuc,
  type ClusteredAuc,
  distribution,
  type Interval,
  isDefined,
  macroMean,
  type MacroMean,
  rocCurve,
  rocRates,
  segmentationMetrics,
  type Value,
} from '@lesionwise/metrics';
import { type Task, tasks } from '../images/task.type.js';
import type { ImageFacts } from './evaluation-facts.service.js';
import type { Estimate, RocPoint } from '../comparison/estimate.type.js';
import type { SegmentationEvaluation, TaskEvaluation } from './evaluation.type.js';

/** The named definitions by which everything here is computed (docs/statistics.md). */
export const metricSet = 'study-v1';

const level = 0.95;
/** Below this many patients Student's t takes the place of the normal distribution. */
const fewPatients = 50;
/** Resampling of patients for the mean Jaccard; both are part of an evaluation's inputs. */
const resampling = { replicates: 2000, seed: 1 };

/** Whatever changes a result is said here, so that it goes into the hash of the inputs. */
export const method = { level, fewPatients, ...resampling, roc: 'drop-intermediate' };

/** The reference label of a task: 1 where the diagnosis has the task's name. Never typed in. */
export const referenceLabel = (facts: Pick<ImageFacts, 'diagnosis'>, task: Task): 0 | 1 | null =>
  facts.diagnosis === null ? null : facts.diagnosis.toLowerCase() === task ? 1 : 0;

/** Patients as whole numbers in the order of their codes, so that resampling does not hang on random ids. */
function patientNumbers(facts: ImageFacts[]): Int32Array {
  const codes = [...new Set(facts.map(({ patientCode }) => patientCode))].sort();
  const numbers = new Map(codes.map((code, i) => [code, i]));
  return Int32Array.from(facts, ({ patientCode }) => numbers.get(patientCode)!);
}

/** One entry for each task that the version answers. */
export const evaluateTasks = (facts: ImageFacts[]): TaskEvaluation[] =>
  tasks
    .filter((task) => facts.some((row) => row[task] !== null))
    .map((task) => ofTask(facts, task));

function ofTask(facts: ImageFacts[], task: Task): TaskEvaluation {
  const known = facts.filter(({ diagnosis }) => diagnosis !== null);
  const labels = Uint8Array.from(known, (row) => referenceLabel(row, task)!);
  const scores = Float64Array.from(known, (row) => scoreOf(row, task));
  const auc = clusteredAuc(labels, scores, patientNumbers(known), { level });
  return {
    task,
    positives: auc.positives,
    negatives: auc.negatives,
    patients: auc.clusters,
    withoutReference: facts.length - known.length,
    auc: aucEstimate(auc, known.length),
    roc: isDefined(auc.auc) ? rocPoints(labels, scores, auc) : [],
  };
}

/** Both classes are there, so that every rate exists. */
const rocPoints = (labels: Uint8Array, scores: Float64Array, cohort: ClusteredAuc): RocPoint[] =>
  rocCurve(labels, scores, { variant: 'drop-intermediate' }).map((point) => {
    const { falsePositiveRate, truePositiveRate } = rocRates(point, cohort);
    if (isDefined(falsePositiveRate) && isDefined(truePositiveRate)) {
      return { ...point, falsePositiveRate, truePositiveRate };
    }
    throw new Error('a ROC curve without one of its classes');
  });

function scoreOf(row: ImageFacts, task: Task): number {
  const score = row[task];
  if (score !== null) return score;
  // A version answers a task on every image or on none: its manifest says which.
  throw new Error(`image ${row.imageId} has no score for ${task}`);
}

function aucEstimate(auc: ClusteredAuc, images: number): Estimate {
  const base = estimate(auc.auc, auc.se);
  const isSmall = auc.clusters < fewPatients;
  const ci = isSmall ? auc.logitTCi : auc.logitCi;
  const distributionName = isSmall ? "logit with Student's t" : 'logit';
  const independence = auc.clusters === images ? 'DeLong' : 'clustered by patient';
  if (isDefined(ci)) return withInterval(base, ci, `${distributionName}, ${independence}`);
  // At an AUC of 0 or 1 no log odds exist; Newcombe's interval does, and says less.
  const isAtTheEdge = isDefined(auc.auc) && 'undefined' in ci && ci.undefined === 'zero-variance';
  return isAtTheEdge
    ? withInterval(base, auc.newcombeCi, 'Newcombe, approximate, by number of patients')
    : withInterval(base, ci, `${distributionName}, ${independence}`);
}

/** Null for a version without masks. */
export function evaluateSegmentation(facts: ImageFacts[]): SegmentationEvaluation | null {
  const measured = facts.filter(({ truePositivePx }) => truePositivePx !== null);
  const withReference = facts.filter(({ hasReferenceMask }) => hasReferenceMask);
  if (measured.length === 0) return null;
  const indices = measured.map(indicesOf);
  const jaccards = indices.map(({ jaccard }) => jaccard);
  const patients = patientNumbers(measured);
  const spread = distribution(jaccards, { bins: 20, threshold: 0.65 });
  return {
    images: measured.length,
    patients: new Set(patients).size,
    withoutReference: facts.length - withReference.length,
    undefinedCount: spread.excluded,
    meanJaccard: meanEstimate(macroMean(jaccards, patients, { level, ...resampling })),
    meanDice: meanEstimate(
      macroMean(
        indices.map(({ dice }) => dice),
        patients,
        { level, ...resampling },
      ),
    ),
    medianJaccard: isDefined(spread.median) ? spread.median : null,
    below065: spread.below,
    histogram: spread.bins,
  };
}

/** Jaccard and Dice of one image's pixel counts. */
export const indicesOf = (row: ImageFacts) =>
  segmentationMetrics(
    {
      tp: row.truePositivePx!,
      fp: row.falsePositivePx!,
      fn: row.falseNegativePx!,
      tn: row.trueNegativePx!,
    },
    metricSet,
  );

const meanEstimate = (mean: MacroMean): Estimate =>
  withInterval(
    estimate(mean.mean, mean.clusterSe ?? mean.se),
    mean.ci,
    `percentile bootstrap of patients, ${resampling.replicates} replicates, seed ${resampling.seed}`,
  );

const estimate = (value: Value, standardError: Value) => ({
  value: isDefined(value) ? value : null,
  standardError: isDefined(standardError) ? standardError : null,
  level,
  undefinedReason: isDefined(value) ? null : value.undefined,
});

function withInterval(
  base: ReturnType<typeof estimate>,
  ci: Value<Interval>,
  intervalMethod: string,
): Estimate {
  const [low, high] = isDefined(ci) ? ci : [null, null];
  const isMissing = base.value !== null && !isDefined(ci);
  return {
    ...base,
    low,
    high,
    method: intervalMethod,
    intervalUndefinedReason: isMissing ? ci.undefined : null,
  };
}
