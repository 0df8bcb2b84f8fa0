import { invalid } from '../errors.js';
import { isId } from '../ids.js';
import type { ImageFilter } from '../images/image-filter.input.js';
import { type Task, tasks as allTasks } from '../images/task.type.js';
import {
  type CallFilter,
  type ChangedCallFilter,
  Clustering,
  type ComparisonInput,
  PValueCorrection,
  SubgroupAttribute,
  type SubgroupFilter,
  type ThresholdRuleInput,
  ThresholdRuleKind,
} from './comparison.input.js';

/** As many as there are marks, dashes and colours that everybody can tell apart. */
export const mostVersions = 6;
/** Below this many images of a class an AUC says next to nothing and may point at a person; a study may only raise it. */
export const smallestCell = 5;
/** A dermatologist's sensitivity for melanoma in the ISIC 2017 reading (arXiv:1710.05006). */
const usualSensitivity = 0.89;
/** More bands at once cannot be told apart. */
const mostBands = 2;

export interface ThresholdQuestion {
  kind: ThresholdRuleKind;
  value: number | null;
  fromSnapshotId: string | null;
}

export interface FilterQuestion {
  images: ImageFilter | null;
  calls: CallFilter[];
  changedCalls: ChangedCallFilter[];
  subgroups: SubgroupFilter[];
}

/** What was asked, with every default filled in and every word checked. */
export interface Question {
  snapshotId: string;
  modelVersionIds: string[];
  /** Null until it is known which tasks the versions answer. */
  tasks: Task[] | null;
  threshold: ThresholdQuestion;
  clustering: Clustering;
  correction: PValueCorrection;
  margin: number | null;
  alpha: number;
  minimumCell: number;
  subgroups: SubgroupAttribute[];
  bandVersionIds: string[];
  filter: FilterQuestion | null;
  withoutTrainingOverlap: boolean;
  commonImagesOnly: boolean;
}

/** @throws INVALID_INPUT with the field at fault */
export function checkedQuestion(input: ComparisonInput): Question {
  const modelVersionIds = checkedVersions(input.modelVersionIds);
  return {
    snapshotId: input.snapshotId,
    modelVersionIds,
    tasks: input.tasks ? checkedTasks(input.tasks) : null,
    threshold: checkedThreshold(input.threshold),
    clustering: input.clustering ?? Clustering.PATIENT,
    correction: input.correction ?? PValueCorrection.HOLM,
    margin: checkedMargin(input.margin),
    alpha: checkedAlpha(input.alpha),
    minimumCell: checkedCell(input.minimumCell),
    subgroups: input.subgroups ? inOrder(input.subgroups) : Object.values(SubgroupAttribute),
    bandVersionIds: checkedBands(input.bandVersionIds, modelVersionIds),
    filter: checkedFilter(input, modelVersionIds),
    withoutTrainingOverlap: input.withoutTrainingOverlap ?? false,
    commonImagesOnly: input.commonImagesOnly ?? false,
  };
}

function checkedVersions(ids: string[]): string[] {
  if (ids.length >= 1 && ids.length <= mostVersions && new Set(ids).size === ids.length) return ids;
  throw invalid('modelVersionIds', `Name from 1 to ${mostVersions} model versions, each once.`);
}

function checkedTasks(tasks: Task[]): Task[] {
  if (tasks.length > 0) return allTasks.filter((task) => tasks.includes(task));
  throw invalid('tasks', 'Name at least one task, or leave the list out for all.');
}

const inOrder = (attributes: SubgroupAttribute[]) =>
  Object.values(SubgroupAttribute).filter((attribute) => attributes.includes(attribute));

/** @throws INVALID_INPUT for a rule that cannot be applied */
export function checkedThreshold(
  rule: ThresholdRuleInput | null | undefined,
  field = 'threshold',
): ThresholdQuestion {
  const { kind, value, fromSnapshotId } = rule ?? { kind: ThresholdRuleKind.AT_SENSITIVITY };
  const from = fromSnapshotId ?? null;
  switch (kind) {
    case ThresholdRuleKind.FIXED:
      if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
        throw invalid(`${field}.value`, 'A fixed threshold is a score from 0 to 1.');
      }
      if (from !== null) {
        throw invalid(`${field}.fromSnapshotId`, 'A fixed threshold is chosen on no snapshot.');
      }
      return { kind, value, fromSnapshotId: null };
    case ThresholdRuleKind.AT_SENSITIVITY: {
      const sensitivity = value ?? usualSensitivity;
      if (sensitivity > 0 && sensitivity <= 1) {
        return { kind, value: sensitivity, fromSnapshotId: from };
      }
      throw invalid(`${field}.value`, 'A sensitivity lies above 0 and is at most 1.');
    }
    case ThresholdRuleKind.YOUDEN:
      if (value === null || value === undefined) return { kind, value: null, fromSnapshotId: from };
      throw invalid(`${field}.value`, 'The rule YOUDEN takes no value.');
  }
}

/** @throws INVALID_INPUT unless it lies between 0 and 1 */
export function checkedMargin(margin: number | null | undefined, field = 'margin'): number | null {
  if (margin === null || margin === undefined) return null;
  if (margin > 0 && margin < 1) return margin;
  throw invalid(field, 'A non-inferiority margin lies between 0 and 1.');
}

/** @throws INVALID_INPUT unless it lies between 0 and one half */
export function checkedAlpha(alpha = 0.05, field = 'alpha'): number {
  if (alpha > 0 && alpha < 0.5) return alpha;
  throw invalid(field, 'The level of the tests lies above 0 and below 0.5.');
}

/** @throws INVALID_INPUT below the floor */
export function checkedCell(cell = smallestCell, field = 'minimumCell'): number {
  if (cell >= smallestCell) return cell;
  throw invalid(
    field,
    `Nothing is estimated from fewer than ${smallestCell} images of a class; a study can only raise that.`,
  );
}

function checkedBands(ids: string[] | null | undefined, versions: string[]): string[] {
  if (!ids) return versions.slice(0, mostBands);
  const isOfThese = ids.every((id) => versions.includes(id));
  if (ids.length <= mostBands && isOfThese) return versions.filter((id) => ids.includes(id));
  throw invalid('bandVersionIds', `Name at most ${mostBands} of the versions compared.`);
}

function checkedFilter({ filter }: ComparisonInput, versions: string[]): FilterQuestion | null {
  if (!filter) return null;
  const checked: FilterQuestion = {
    images: filter.images ?? null,
    calls: filter.calls ?? [],
    changedCalls: filter.changedCalls ?? [],
    subgroups: filter.subgroups ?? [],
  };
  for (const { modelVersionId } of checked.calls) {
    if (!versions.includes(modelVersionId)) {
      throw invalid('filter.calls.modelVersionId', 'This version is not compared.');
    }
  }
  for (const { modelVersionId, changes } of checked.changedCalls) {
    if (!versions.slice(1).includes(modelVersionId)) {
      throw invalid(
        'filter.changedCalls.modelVersionId',
        'Calls change from the baseline to another version of the comparison.',
      );
    }
    if (changes.length === 0) {
      throw invalid('filter.changedCalls.changes', 'Name at least one change.');
    }
  }
  const { images, calls, changedCalls, subgroups } = checked;
  const asksNothing = !images && calls.length + changedCalls.length + subgroups.length === 0;
  return asksNothing ? null : checked;
}

/** @throws INVALID_INPUT for an id that is none */
export function requireId(id: string, field: string, what: string): void {
  if (!isId(id)) throw invalid(field, `${id} is not the id of a ${what}.`);
}

/** The question in the words of ComparisonInput, so that a script can send it again. */
export const inWordsOfSchema = (question: Question): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(question, (key, value: unknown) =>
      key === 'task' && typeof value === 'string'
        ? value.toUpperCase()
        : key === 'tasks' && Array.isArray(value)
          ? value.map((task) => String(task).toUpperCase())
          : value,
    ),
  ) as Record<string, unknown>;

/** A question that was kept, as it would come in again. */
export function fromWordsOfSchema(words: unknown): ComparisonInput {
  const lowered = JSON.stringify(words, (key, value: unknown) =>
    key === 'task' && typeof value === 'string'
      ? value.toLowerCase()
      : key === 'tasks' && Array.isArray(value)
        ? value.map((task) => String(task).toLowerCase())
        : value,
  );
  // Was a Question when it was written down, and evaluations never change.
  return JSON.parse(lowered) as ComparisonInput;
}
