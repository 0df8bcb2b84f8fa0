import {
  isDefined,
  subgroupVersions,
  type SubgroupVersions,
  type Value,
} from '@lesionwise/metrics';
import { intervalRules, type TaskColumns } from './columns.js';
import type { Job, JobSet } from './comparison-job.type.js';
import type { SubgroupAttribute } from './comparison.input.js';
import { estimateOf, type IntervalRules, tooSmallClass } from './estimates.js';
import { levelNames, levelsOf } from './levels.js';
import { notEstimatedSentence } from './sentences.js';
import type { InteractionTest, SubgroupComparison, SubgroupLevel } from './subgroup.type.js';

type TaskJob = Extract<Job, { kind: 'task' }>;

/** The AUCs and gains by each attribute that was asked for. */
export const subgroupsOf = (
  set: JobSet,
  job: TaskJob,
  columns: TaskColumns,
  scores: Float64Array[],
): SubgroupComparison[] =>
  job.subgroups.map((attribute) => byAttribute(set, job, { attribute, columns, scores }));

interface Parted {
  attribute: SubgroupAttribute;
  columns: TaskColumns;
  scores: Float64Array[];
}

function byAttribute(
  set: JobSet,
  { task, answering }: TaskJob,
  { attribute, columns, scores }: Parted,
): SubgroupComparison {
  const groups = levelsOf(set.facts, attribute, columns.positions);
  const parted = subgroupVersions(columns.labels, scores, groups, {
    level: set.rules.level,
    minCell: set.rules.minimumCell,
    ...(set.rules.isByPatient && { clusters: columns.patients }),
  });
  const rules = intervalRules(set.rules, columns);
  const names = levelNames(attribute);
  const nameOf = (level: string | number) => names[Number(level)] ?? 'NOT_RECORDED';
  const hasBaseline = answering[0] === 0;
  return {
    attribute,
    levels: parted.groups.map((group): SubgroupLevel => {
      const small = tooSmallClass(group, set.rules.minimumCell);
      return {
        level: nameOf(group.level),
        ...{ positives: group.positives, negatives: group.negatives, patients: group.units },
        notEstimated: small && notEstimatedSentence(task, group, set.rules.minimumCell),
        versions: small
          ? []
          : answering.map((version, k) =>
              inLevel(group.versions[k]!, { version, hasBaseline, rules, set }),
            ),
      };
    }),
    interactions: answering.map((version, k) => ({
      modelVersionId: set.versions[version]!.modelVersionId,
      slot: version + 1,
      auc: testOf(parted, parted.aucs[k]!.interaction, nameOf),
      difference:
        k > 0 && hasBaseline ? testOf(parted, parted.gains[k - 1]!.interaction, nameOf) : null,
    })),
  };
}

function inLevel(
  { auc, variance, logitCi, gain }: SubgroupVersions['groups'][number]['versions'][number],
  {
    version,
    hasBaseline,
    rules,
    set,
  }: { version: number; hasBaseline: boolean; rules: IntervalRules; set: JobSet },
) {
  const se: Value = isDefined(variance) ? Math.abs(variance) ** 0.5 : variance;
  return {
    modelVersionId: set.versions[version]!.modelVersionId,
    slot: version + 1,
    auc: estimateOf(auc, logitCi, rules, { method: 'logit', standardError: se }),
    difference:
      gain && hasBaseline
        ? estimateOf(gain.difference, gain.ci, rules, {
            method: 'Wald, paired',
            standardError: gain.se,
          })
        : null,
  };
}

function testOf(
  { crossed, tested }: SubgroupVersions,
  test: SubgroupVersions['aucs'][number]['interaction'],
  nameOf: (level: string | number) => string,
): InteractionTest {
  const method = crossed ? 'Wald over patients' : "Cochran's Q";
  const levels = tested.map(nameOf);
  return isDefined(test)
    ? { method, levels, chiSquare: test.chiSquare, df: test.df, p: test.p, undefinedReason: null }
    : { method, levels, chiSquare: null, df: null, p: null, undefinedReason: test.undefined };
}
