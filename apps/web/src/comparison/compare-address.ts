import type {
  CallChange,
  Clustering,
  ComparisonFilter,
  ComparisonInput,
  ConfusionCell,
  PValueCorrection,
  SubgroupAttribute,
  ThresholdRuleInput,
} from '@/gql/graphql';
import { taskTokens } from '@/images/filter-tokens';
import { seriesCount } from '@/theme/series';
import {
  isFilterKey,
  readImageList,
  versionWord,
  type AddressNames,
  type NamedVersion,
} from '@/images/image-list-address';

export interface NamedSnapshot {
  id: string;
  code: string;
}

/** What names in the address of a comparison can mean in this study. */
export interface CompareNames extends AddressNames {
  snapshots: readonly NamedSnapshot[];
}

/** The question an address asks. What it leaves open is chosen by the page or by the API. */
export interface CompareAddress {
  snapshot: NamedSnapshot | undefined;
  /** The baseline first. */
  versions: NamedVersion[];
  asked: Omit<ComparisonInput, 'snapshotId' | 'modelVersionIds'>;
  /** Parameters nobody understood, as `name=value`. They stay in the address and are reported. */
  notUnderstood: string[];
}

export const cellTokens = {
  tp: 'TRUE_POSITIVE',
  fp: 'FALSE_POSITIVE',
  fn: 'FALSE_NEGATIVE',
  tn: 'TRUE_NEGATIVE',
} as const satisfies Record<string, ConfusionCell>;

export const changeTokens = {
  found: 'FOUND',
  lost: 'LOST',
  cleared: 'CLEARED',
  called: 'CALLED',
} as const satisfies Record<string, CallChange>;

export const attributeTokens = {
  sex: 'SEX',
  age: 'AGE_GROUP',
  site: 'ANATOMIC_SITE',
  skin: 'SKIN_TYPE',
  modality: 'MODALITY',
} as const satisfies Record<string, SubgroupAttribute>;

export const clusteringTokens = { patient: 'PATIENT', none: 'NONE' } as const satisfies Record<
  string,
  Clustering
>;

export const correctionTokens = {
  holm: 'HOLM',
  bh: 'BENJAMINI_HOCHBERG',
  none: 'NONE',
} as const satisfies Record<string, PValueCorrection>;

/** Reads the address of a comparison. What cannot be read asks nothing and is named. */
export function readCompareAddress(params: URLSearchParams, names: CompareNames): CompareAddress {
  const address: CompareAddress = {
    snapshot: undefined,
    versions: [],
    asked: {},
    notUnderstood: [],
  };
  for (const [key, value] of params) {
    if (!read(address, key, value, names)) address.notUnderstood.push(`${key}=${value}`);
  }
  readImageFilter(address, params, names);
  readBaseline(address, params.get('base'), names);
  return address;
}

type Read = (address: CompareAddress, value: string, names: CompareNames) => boolean;

const readers: Record<string, Read> = {
  snapshot: (address, value, { snapshots }) => {
    address.snapshot = snapshots.find(({ id, code }) => id === value || code === value);
    return address.snapshot !== undefined;
  },
  v: (address, value, { versions }) => {
    const words = [...new Set(value.split(','))];
    const found = words.flatMap((word) => versions.find((v) => versionWord(v) === word) ?? []);
    address.versions = found.slice(0, seriesCount);
    return found.length === words.length && found.length <= seriesCount;
  },
  base: (_address, value, { versions }) => versions.some((v) => versionWord(v) === value),
  // How the page looks at the answer; the page reads them itself.
  task: (_address, value) => token(taskTokens, value) !== undefined,
  with: (_address, value, { versions }) => versions.some((v) => versionWord(v) === value),
  tasks: (address, value) => {
    const tasks = value.split(',').map((word) => token(taskTokens, word));
    if (!tasks.every((task) => task !== undefined)) return false;
    address.asked.tasks = tasks;
    return true;
  },
  threshold: (address, value, { snapshots }) => {
    const rule = readThreshold(value, snapshots);
    if (rule) address.asked.threshold = rule;
    return rule !== undefined;
  },
  clustering: (address, value) => {
    const clustering = token(clusteringTokens, value);
    if (clustering) address.asked.clustering = clustering;
    return clustering !== undefined;
  },
  correction: (address, value) => {
    const correction = token(correctionTokens, value);
    if (correction) address.asked.correction = correction;
    return correction !== undefined;
  },
  margin: (address, value) => {
    const margin = share(value);
    if (margin !== undefined) address.asked.margin = margin;
    return margin !== undefined;
  },
  alpha: (address, value) => {
    const alpha = share(value);
    if (alpha === undefined || alpha >= 0.5) return false;
    address.asked.alpha = alpha;
    return true;
  },
  cell: (address, value) => {
    if (!/^\d{1,4}$/.test(value) || Number(value) < 5) return false;
    address.asked.minimumCell = Number(value);
    return true;
  },
  overlap: (address, value) => {
    if (value === 'out') address.asked.withoutTrainingOverlap = true;
    return value === 'out' || value === 'in';
  },
  images: (address, value) => {
    if (value === 'common') address.asked.commonImagesOnly = true;
    return value === 'common' || value === 'all';
  },
};

function read(address: CompareAddress, key: string, value: string, names: CompareNames): boolean {
  if (Object.hasOwn(readers, key)) return readers[key]!(address, value, names);
  // Read together below: several may fall on the same condition of the API.
  if (isFilterKey(key)) return key !== 'cohort' && isReadable(key, value, names);
  const [kind, ...rest] = key.split('.');
  const filter: ComparisonFilter = address.asked.filter ?? {};
  const part = readPart(kind, rest, value, names);
  if (!part) return false;
  address.asked.filter = {
    ...filter,
    ...(part.calls && { calls: [...(filter.calls ?? []), ...part.calls] }),
    ...(part.changedCalls && {
      changedCalls: [...(filter.changedCalls ?? []), ...part.changedCalls],
    }),
    ...(part.subgroups && { subgroups: [...(filter.subgroups ?? []), ...part.subgroups] }),
  };
  return true;
}

/** `group.sex=FEMALE`, `call.melanoma.multitask@0.2.0=fn`, `changed.sk.multitask@0.2.0=lost,called`. */
function readPart(
  kind: string | undefined,
  rest: string[],
  value: string,
  { versions }: CompareNames,
): ComparisonFilter | undefined {
  if (kind === 'group') {
    const attribute = token(attributeTokens, rest.join('.'));
    return attribute && /^[A-Z0-9_]+$/.test(value)
      ? { subgroups: [{ attribute, level: value }] }
      : undefined;
  }
  const [taskWord, ...versionWords] = rest;
  const task = token(taskTokens, taskWord ?? '');
  const version = versions.find((v) => versionWord(v) === versionWords.join('.'));
  if (!task || !version) return undefined;
  if (kind === 'call') {
    const cell = token(cellTokens, value);
    return cell && { calls: [{ modelVersionId: version.id, task, cell }] };
  }
  if (kind !== 'changed') return undefined;
  const changes = value.split(',').map((word) => token(changeTokens, word));
  return changes.every((change) => change !== undefined)
    ? { changedCalls: [{ modelVersionId: version.id, task, changes }] }
    : undefined;
}

const isReadable = (key: string, value: string, names: CompareNames) =>
  readImageList(new URLSearchParams([[key, value]]), names).notUnderstood.length === 0;

function readImageFilter(address: CompareAddress, params: URLSearchParams, names: CompareNames) {
  const own = [...params].filter(([key]) => isFilterKey(key) && key !== 'cohort');
  const { filter } = readImageList(new URLSearchParams(own), names);
  if (Object.keys(filter).length > 0)
    address.asked.filter = { ...address.asked.filter, images: filter };
}

/** A baseline that is not among the versions joins them. */
function readBaseline(address: CompareAddress, word: string | null, { versions }: CompareNames) {
  const baseline = versions.find((version) => versionWord(version) === word);
  if (!baseline) return;
  const others = address.versions.filter(({ id }) => id !== baseline.id);
  address.versions = [baseline, ...others].slice(0, seriesCount);
}

/** `0.5`, `sensitivity`, `sensitivity:0.82`, `youden`; with `@9f3c-a71e` chosen on that snapshot. */
function readThreshold(
  text: string,
  snapshots: readonly NamedSnapshot[],
): ThresholdRuleInput | undefined {
  const [rule = '', ...from] = text.split('@');
  const snapshot = snapshots.find(({ id, code }) => [id, code].includes(from.join('@')));
  if (from.length > 0 && !snapshot) return undefined;
  const source = snapshot ? { fromSnapshotId: snapshot.id } : {};
  if (rule === 'youden') return { kind: 'YOUDEN', ...source };
  const [, sensitivity] = /^sensitivity:(.+)$/.exec(rule) ?? [];
  if (rule === 'sensitivity') return { kind: 'AT_SENSITIVITY', ...source };
  if (sensitivity !== undefined) {
    const value = share(sensitivity, 1);
    return value === undefined ? undefined : { kind: 'AT_SENSITIVITY', value, ...source };
  }
  const value = share(rule, 1);
  return value === undefined || snapshot ? undefined : { kind: 'FIXED', value };
}

/** A number above 0 and below 1, or up to `most`. */
function share(text: string, most?: number): number | undefined {
  if (!/^\d*\.?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value > 0 && (value < 1 || value === most) ? value : undefined;
}

const token = <Value>(tokens: Record<string, Value>, word: string): Value | undefined =>
  Object.hasOwn(tokens, word) ? tokens[word] : undefined;

/** Parameters that narrow the images; all of them can be taken away by their chips. */
export const isNarrowing = (key: string) =>
  (isFilterKey(key) && key !== 'cohort') || /^(group|call|changed)\./.test(key);
