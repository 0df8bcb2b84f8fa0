import {
  type BaselineComparison,
  type BaselineDifference,
  compareWithBaseline,
  isDefined,
  studentTSf,
  type Value,
} from '@lesionwise/metrics';
import { changedCallsOf } from './changed-calls.js';
import {
  clustersOf,
  countDistinct,
  intervalRules,
  placesOf,
  scoresAt,
  type TaskColumns,
  taskColumns,
} from './columns.js';
import type { Job, JobRules, JobSet, RawDifference, TaskAnswer } from './comparison-job.type.js';
import type { OmnibusTest } from './difference.type.js';
import {
  aucEstimate,
  estimateOf,
  fewPatients,
  type IntervalRules,
  tooFewEstimate,
  tooSmallClass,
} from './estimates.js';
import { subgroupsOf } from './subgroup-statistics.js';

type TaskJob = Extract<Job, { kind: 'task' }>;

/** Counts of one task, the AUCs, their differences to the baseline, subgroups and changed calls. */
export function taskStatistics(set: JobSet, job: TaskJob): TaskAnswer {
  const columns = taskColumns(set.facts, placesOf(set), job.task);
  const counts = countsOf(columns);
  const rules = intervalRules(set.rules, columns);
  const small = tooSmallClass(counts, set.rules.minimumCell);
  const base = { ...counts, withoutReference: columns.withoutReference };
  if (small) {
    return {
      ...base,
      aucs: job.answering.map((version) => ({
        ...{ version, auc: tooFewEstimate(rules, small), designEffect: null },
      })),
      ...{ differences: [], omnibus: null, subgroups: [], changedCalls: [], withoutOverlap: null },
    };
  }
  const scores = job.answering.map((v) => scoresAt(set.versions[v]!, job.task, columns.positions));
  const compared = compareWithBaseline(columns.labels, scores, {
    level: rules.level,
    clusters: clustersOf(set.rules, columns),
    margin: set.rules.margin ?? undefined,
  });
  const hasBaseline = job.answering[0] === 0;
  return {
    ...base,
    aucs: job.answering.map((version, k) => ({
      version,
      auc: aucEstimate(compared.versions[k]!, rules),
      designEffect: numberOf(compared.versions[k]!.designEffect),
    })),
    differences: hasBaseline ? differencesOf(compared, job.answering, rules, set.rules) : [],
    omnibus: job.answering.length >= 3 ? omnibusOf(compared) : null,
    subgroups: subgroupsOf(set, job, columns, scores),
    changedCalls: hasBaseline ? changedCallsOf(set, job, columns, scores, rules) : [],
    withoutOverlap: hasBaseline && job.overlap ? withoutOverlapOf(set, job, job.overlap) : null,
  };
}

const numberOf = (value: Value) => (isDefined(value) ? value : null);

function countsOf({ labels, patients }: TaskColumns) {
  const [withPositive, withNegative] = [new Set<number>(), new Set<number>()];
  let positives = 0;
  for (let k = 0; k < labels.length; k++) {
    positives += labels[k]!;
    (labels[k] === 1 ? withPositive : withNegative).add(patients[k]!);
  }
  return {
    positives,
    negatives: labels.length - positives,
    patients: countDistinct(patients),
    patientsWithPositive: withPositive.size,
    patientsWithNegative: withNegative.size,
  };
}

/** Each other version minus the baseline, by Student's t below 50 units. */
function differencesOf(
  compared: BaselineComparison,
  answering: readonly number[],
  interval: IntervalRules,
  rules: JobRules,
): RawDifference[] {
  const isSmall = compared.units < fewPatients;
  return compared.differences.map((of, k) => ({
    version: answering[k + 1]!,
    difference: estimateOf(of.difference, isSmall ? of.tCi : of.ci, interval, {
      method: isSmall ? "Wald with Student's t, paired" : 'Wald, paired',
      standardError: of.se,
    }),
    p: numberOf(isSmall ? of.tP : of.p),
    nonInferiorityP: isSmall
      ? nonInferiorityByT(of, compared.units - 1, rules.margin)
      : of.nonInferiority
        ? numberOf(of.nonInferiority.p)
        : null,
    units: compared.units,
    patientsAtStake: compared.unitsWithPositive,
  }));
}

function nonInferiorityByT(
  { difference, se }: BaselineDifference,
  df: number,
  margin: number | null,
) {
  if (margin === null || !isDefined(difference) || !isDefined(se) || se === 0) return null;
  return studentTSf((difference + margin) / se, df);
}

function omnibusOf({ omnibus }: BaselineComparison): OmnibusTest {
  return isDefined(omnibus)
    ? { ...omnibus, undefinedReason: null }
    : { chiSquare: null, df: null, p: null, undefinedReason: omnibus.undefined };
}

/** The differences once more, without the images near to a training list. */
function withoutOverlapOf(set: JobSet, job: TaskJob, overlap: Int32Array) {
  const near = new Set(overlap);
  const places = placesOf(set).filter((place) => !near.has(place));
  const columns = taskColumns(set.facts, places, job.task);
  const { positives, negatives } = countsOf(columns);
  if (tooSmallClass({ positives, negatives }, set.rules.minimumCell)) {
    return { positives, negatives, differences: [] };
  }
  const scores = job.answering.map((v) => scoresAt(set.versions[v]!, job.task, columns.positions));
  const compared = compareWithBaseline(columns.labels, scores, {
    level: set.rules.level,
    clusters: clustersOf(set.rules, columns),
    margin: set.rules.margin ?? undefined,
  });
  const rules = intervalRules(set.rules, columns);
  return {
    ...{ positives, negatives },
    differences: differencesOf(compared, job.answering, rules, set.rules),
  };
}
