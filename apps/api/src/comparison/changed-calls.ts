import {
  clusteredProportionDifference,
  flipList,
  type Interval,
  isDefined,
  mcnemarExact,
  type Value,
} from '@lesionwise/metrics';
import type { TaskColumns } from './columns.js';
import type { Job, JobSet } from './comparison-job.type.js';
import type { ChangedCalls } from './changed-calls.type.js';
import { estimateOf, type IntervalRules } from './estimates.js';

type TaskJob = Extract<Job, { kind: 'task' }>;

/** Of each other version against the baseline, where both have a threshold. */
export function changedCallsOf(
  set: JobSet,
  { answering, thresholds }: TaskJob,
  columns: TaskColumns,
  scores: Float64Array[],
  rules: IntervalRules,
): ChangedCalls[] {
  const thresholdOf = (version: number) =>
    thresholds.find((chosen) => chosen.version === version)?.threshold;
  const baseline = thresholdOf(0);
  if (baseline === undefined) return [];
  return answering.slice(1).flatMap((version, k) => {
    const threshold = thresholdOf(version);
    if (threshold === undefined) return [];
    const flips = flipList(columns.labels, scores[0]!, scores[k + 1]!, baseline, threshold);
    const [found, lost] = [flips.malignantFixed.length, flips.malignantBroken.length];
    const [cleared, called] = [flips.benignFixed.length, flips.benignBroken.length];
    const right = (own: Float64Array, limit: number | null) => rightCalls(columns, own, limit);
    const pair = { a: right(scores[k + 1]!, threshold), b: right(scores[0]!, baseline) };
    const ofPositives = differenceAmong(1, columns, pair, rules);
    const ofNegatives = differenceAmong(0, columns, pair, rules);
    return [
      {
        modelVersionId: set.versions[version]!.modelVersionId,
        slot: version + 1,
        ...{ found, lost, cleared, called },
        sensitivityDifference: ofPositives.estimate,
        sensitivityP: rules.isClustered ? ofPositives.p : mcnemarExact(lost, found).p,
        specificityDifference: ofNegatives.estimate,
        specificityP: rules.isClustered ? ofNegatives.p : mcnemarExact(called, cleared).p,
        test: rules.isClustered ? 'paired difference over patients' : 'McNemar, exact',
      },
    ];
  });
}

/** 1 where the call is right. */
function rightCalls({ labels }: TaskColumns, scores: Float64Array, threshold: number | null) {
  const limit = threshold ?? Infinity;
  const right = new Uint8Array(labels.length);
  for (let k = 0; k < right.length; k++) {
    right[k] = scores[k]! >= limit === (labels[k] === 1) ? 1 : 0;
  }
  return right;
}

function differenceAmong(
  label: number,
  { labels, patients }: TaskColumns,
  { a, b }: { a: Uint8Array; b: Uint8Array },
  rules: IntervalRules,
) {
  const size = labels.reduce((sum, of) => sum + (of === label ? 1 : 0), 0);
  const [ownA, ownB] = [new Uint8Array(size), new Uint8Array(size)];
  const units = new Int32Array(size);
  for (let k = 0, next = 0; k < labels.length; k++) {
    if (labels[k] !== label) continue;
    ownA[next] = a[k]!;
    ownB[next] = b[k]!;
    units[next] = rules.isClustered ? patients[k]! : next;
    next += 1;
  }
  const test = clusteredProportionDifference(ownA, ownB, units, { level: rules.level });
  const ci: Value<Interval> = test.ci;
  return {
    estimate: estimateOf(test.difference, ci, rules, {
      method: 'Wald, paired',
      standardError: test.se,
    }),
    p: isDefined(test.p) ? test.p : null,
  };
}
