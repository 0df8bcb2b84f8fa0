import type {
  Clustering,
  ComparisonFilter,
  PValueCorrection,
  Task,
  ThresholdRuleKind,
} from '@/gql/graphql';
import { taskTokens, tokenOf } from '@/images/filter-tokens';
import { versionWord } from '@/images/image-list-address';
import { clusteringTokens, correctionTokens, type CompareNames } from './compare-address';
import { filterParameters } from './write-filter';

/** A question by its ids, as plans and frozen evaluations keep it. */
export interface AskedQuestion {
  snapshotId?: string | null;
  /** The baseline first. */
  modelVersionIds: readonly string[];
  tasks?: readonly Task[] | null;
  threshold?: {
    kind: ThresholdRuleKind;
    value?: number | null;
    fromSnapshotId?: string | null;
  } | null;
  margin?: number | null;
  alpha?: number;
  correction?: PValueCorrection;
  clustering?: Clustering;
  minimumCell?: number;
  withoutTrainingOverlap?: boolean;
  commonImagesOnly?: boolean;
  filter?: ComparisonFilter | null;
}

/** The address that asks a question; what is as usual is left out of it. */
export function questionAddress(question: AskedQuestion, names: CompareNames): URLSearchParams {
  const words = question.modelVersionIds.flatMap((id) => {
    const version = names.versions.find((one) => one.id === id);
    return version ? [versionWord(version)] : [];
  });
  const { snapshotId, tasks, threshold, margin, alpha, correction, clustering, minimumCell } =
    question;
  const codeOf = (id: string | null | undefined) =>
    names.snapshots.find((snapshot) => snapshot.id === id)?.code ?? id ?? undefined;
  const parts: [key: string, value: string | undefined][] = [
    ['snapshot', codeOf(snapshotId)],
    ['v', words.length > 0 ? words.join(',') : undefined],
    ['base', words[0]],
    ['tasks', tasks?.map((task) => tokenOf(taskTokens, task)).join(',')],
    ['threshold', threshold ? thresholdWord(threshold, codeOf) : undefined],
    ['margin', typeof margin === 'number' ? String(margin) : undefined],
    ['alpha', alpha === undefined || alpha === 0.05 ? undefined : String(alpha)],
    ['correction', unlessUsual(correction, 'HOLM', correctionTokens)],
    ['clustering', unlessUsual(clustering, 'PATIENT', clusteringTokens)],
    ['cell', minimumCell === undefined || minimumCell === 5 ? undefined : String(minimumCell)],
    ['overlap', question.withoutTrainingOverlap ? 'out' : undefined],
    ['images', question.commonImagesOnly ? 'common' : undefined],
  ];
  const given = parts.flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as [string, string]],
  );
  return new URLSearchParams([...given, ...filterParameters(question.filter ?? {}, names)]);
}

function unlessUsual<Value extends string>(
  value: Value | undefined,
  usual: Value,
  tokens: Record<string, Value>,
) {
  return value === undefined || value === usual ? undefined : tokenOf(tokens, value);
}

/** `0.5`, `sensitivity:0.82@9f3c-a71e`, `youden`; nothing for the usual rule. */
export function thresholdWord(
  { kind, value, fromSnapshotId }: NonNullable<AskedQuestion['threshold']>,
  codeOf: (snapshotId: string) => string | undefined,
): string | undefined {
  const code = fromSnapshotId ? codeOf(fromSnapshotId) : undefined;
  const from = code === undefined ? '' : `@${code}`;
  switch (kind) {
    case 'FIXED':
      return String(value ?? 0.5);
    case 'YOUDEN':
      return `youden${from}`;
    case 'AT_SENSITIVITY':
      return value === 0.89 && from === '' ? undefined : `sensitivity:${value ?? 0.89}${from}`;
  }
}

/** A copy of the address with other versions, the baseline first. A baseline that is gone is not kept. */
export function withVersions(params: URLSearchParams, words: readonly string[]): URLSearchParams {
  const changed = new URLSearchParams(params);
  const [baseline] = words;
  if (baseline === undefined) {
    changed.delete('v');
    changed.delete('base');
    return changed;
  }
  changed.set('v', words.join(','));
  changed.set('base', baseline);
  // Conditions on the calls of a version that is not compared any more mean nothing.
  for (const key of [...changed.keys()]) {
    const [kind, , ...rest] = key.split('.');
    const word = rest.join('.');
    if (kind === 'call' && !words.includes(word)) changed.delete(key);
    if (kind === 'changed' && !words.slice(1).includes(word)) changed.delete(key);
  }
  if (!words.slice(1).includes(changed.get('with') ?? '')) changed.delete('with');
  return changed;
}
