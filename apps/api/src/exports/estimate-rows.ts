import type { Comparison } from '../comparison/comparison.type.js';
import type { Evaluation } from '../evaluation/evaluation.type.js';

/** One number of an evaluation or comparison, with its interval where it has one. */
export interface NumberRow {
  statistic: string;
  task: string | null;
  modelVersionId: string | null;
  at: string;
  positives: number | null;
  negatives: number | null;
  images: number | null;
  patients: number | null;
  value: number | null;
  low: number | null;
  high: number | null;
  standardError: number | null;
  level: number | null;
  method: string | null;
  undefinedReason: string | null;
}

type Place = Omit<
  NumberRow,
  'statistic' | 'value' | 'low' | 'high' | 'standardError' | 'level' | 'method' | 'undefinedReason'
>;
type Branch = Record<string, unknown>;

/** Said of what has no place of its own, such as a threshold or a subgroup. */
export const nowhere = 'none';

const start: Place = {
  ...{ task: null, modelVersionId: null, at: nowhere },
  ...{ positives: null, negatives: null, images: null, patients: null },
};

/** Points of curves and bars are drawn, not read one by one; what was asked is no number. */
const leftOut = new Set([
  ...['roc', 'rocBand', 'precisionRecall', 'histogram', 'jaccardBins', 'diceBins'],
  ...['question', 'method', 'withoutScoresIds', 'headline', 'slot'],
]);
/** What says how many stands beside each number instead of being one. */
const counts = ['positives', 'negatives', 'images', 'patients'] as const;
/** Lists that only hold one branch for each version, task or level: no part of a statistic's name. */
const holders = new Set(['versions', 'tasks', 'levels', 'segmentation', 'differences']);
/** Where on its axis an entry of a list stands. */
const axes: Partial<Record<string, string>> = {
  decisionCurve: 'threshold',
  specificityAtSensitivity: 'target',
  bins: 'from',
};

/**
 * Every number of an evaluation: of its comparison where it has one, which says all that the versions
 * say by themselves and more.
 */
export const evaluationNumbers = ({ comparison, versions }: Evaluation): NumberRow[] =>
  comparison === null ? [...walk({ versions }, [], start)] : comparisonNumbers(comparison);

export const comparisonNumbers = (comparison: Comparison): NumberRow[] => [
  ...walk(Object.fromEntries(Object.entries(comparison)), [], start),
];

/** By shape and not by name, so that a number that is added to a comparison is in the export at once. */
function* walk(branch: Branch, path: string[], place: Place): Generator<NumberRow> {
  const here = placeOf(branch, place);
  if ('value' in branch && 'undefinedReason' in branch) {
    yield { ...here, statistic: path.join('.'), ...asEstimate(branch) };
    return;
  }
  for (const [key, value] of Object.entries(branch)) {
    if (!leftOut.has(key) && !isCount(key)) yield* walkInto(key, value, path, here);
  }
}

function* walkInto(key: string, value: unknown, path: string[], place: Place) {
  const inner = pathInto(key, path, place);
  if (typeof value === 'number') {
    yield { ...place, statistic: inner.join('.'), ...plain, value };
  } else if (Array.isArray(value)) {
    for (const entry of value.filter(isBranch)) {
      yield* walk(entry, inner, placeAt(entry, axes[key], place));
    }
  } else if (isBranch(value)) {
    yield* walk(value, inner, place);
  }
}

function pathInto(key: string, path: string[], { task }: Place): string[] {
  if (key === 'differences')
    return [...path, task === null ? 'mean_jaccard_difference' : 'auc_difference'];
  // The difference itself has the name of its list.
  if (key === 'difference' && path.at(-1)?.endsWith('_difference')) return path;
  return holders.has(key) ? path : [...path, snakeCase(key)];
}

const snakeCase = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null;
const isCount = (key: string) => (counts as readonly string[]).includes(key);

function placeOf(branch: Branch, place: Place): Place {
  const { task, modelVersionId, attribute, level } = branch;
  return {
    ...place,
    ...(typeof task === 'string' && { task: task.toLowerCase() }),
    ...(typeof modelVersionId === 'string' && { modelVersionId }),
    // A subgroup is told by attribute and level: `SEX=FEMALE`.
    ...(typeof attribute === 'string' && { at: attribute }),
    ...(typeof level === 'string' && { at: `${place.at}=${level}` }),
    ...Object.fromEntries(
      counts.filter((key) => typeof branch[key] === 'number').map((key) => [key, branch[key]]),
    ),
  };
}

const placeAt = (entry: Branch, axis: string | undefined, place: Place): Place =>
  axis === undefined ? place : { ...place, at: String(entry[axis]) };

const plain = {
  ...{ low: null, high: null, standardError: null, level: null },
  ...{ method: null, undefinedReason: null },
};

function asEstimate(branch: Branch) {
  const { value, low, high, standardError, level, method, undefinedReason } = branch;
  const { intervalUndefinedReason } = branch;
  return {
    value,
    low,
    high,
    standardError,
    level,
    method,
    undefinedReason: undefinedReason ?? intervalUndefinedReason ?? null,
  } as Omit<NumberRow, keyof Place | 'statistic'>;
}
