import { correctionWords } from '@/comparison/comparison-words';
import type { PlanRulesFragment } from '@/gql/graphql';
import { formatProportion } from '@/ui/format';
import { sentence, taskWords } from '@/ui/words';

export interface PlanNames {
  cohorts: readonly { id: string; name: string }[];
  snapshots: readonly { id: string; code: string; cohort: { name: string } }[];
  versions: readonly { id: string; title: string }[];
}

/** What a plan fixes, as rows of name and words; what it leaves open is said too. */
export function ruleRows(rules: PlanRulesFragment, names: PlanNames): [string, string][] {
  const titleOf = (id: string) =>
    names.versions.find((version) => version.id === id)?.title ?? 'a version that is not listed';
  const { endpoint, primaryTask, baselineVersionId, candidateVersionIds, margin } = rules;
  return [
    [
      'Primary endpoint',
      endpoint === 'AUC' && primaryTask
        ? `difference in AUC, ${taskWords[primaryTask]}`
        : 'difference in mean Jaccard',
    ],
    ['Images', imagesWords(rules, names)],
    ['Baseline', baselineVersionId ? titleOf(baselineVersionId) : 'not fixed'],
    [
      'Compared with it',
      candidateVersionIds ? candidateVersionIds.map(titleOf).join(', ') : 'not fixed',
    ],
    [
      'Margin',
      typeof margin === 'number'
        ? `${formatProportion(margin)}: a loss up to it is called non-inferior`
        : 'none: nothing is called non-inferior',
    ],
    ['Threshold', thresholdWords(rules, names)],
    ['Two-sided level', String(rules.alpha)],
    ['Correction', correctionWords[rules.correction]],
    ['Independent are', rules.clustering === 'PATIENT' ? 'patients' : 'images'],
    ['Smallest class estimated', `${rules.minimumCell} images`],
  ];
}

function imagesWords(
  { snapshotId, cohortId }: PlanRulesFragment,
  { snapshots, cohorts }: PlanNames,
): string {
  const snapshot = snapshots.find(({ id }) => id === snapshotId);
  if (snapshot) return `snapshot ${snapshot.code} of ${snapshot.cohort.name}`;
  const cohort = cohorts.find(({ id }) => id === cohortId);
  return cohort ? `any snapshot of ${cohort.name}` : 'not fixed';
}

/** "first score that reaches a sensitivity of 0.89": also where it is chosen. */
export function thresholdWords(
  { threshold }: Pick<PlanRulesFragment, 'threshold'>,
  { snapshots }: Pick<PlanNames, 'snapshots'>,
): string {
  const source = snapshots.find(({ id }) => id === threshold.fromSnapshotId);
  const from = source
    ? `, chosen on ${source.cohort.name} ${source.code} and applied unchanged`
    : '';
  switch (threshold.kind) {
    case 'FIXED':
      return `score ${threshold.value ?? ''} for every version`;
    case 'YOUDEN':
      return `where sensitivity + specificity is largest${from}`;
    case 'AT_SENSITIVITY':
      return `first score that reaches a sensitivity of ${formatProportion(threshold.value ?? 0.89)}${from}`;
  }
}

export const endpointWords = (rules: PlanRulesFragment) =>
  rules.endpoint === 'AUC' && rules.primaryTask
    ? `${sentence(taskWords[rules.primaryTask])} AUC`
    : 'Mean Jaccard';
