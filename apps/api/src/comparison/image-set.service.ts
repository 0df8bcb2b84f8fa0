import { createHash } from 'node:crypto';
import type { OverlapOfVersion } from '../cohorts/training-overlap.service.js';
import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { conflict, invalid } from '../errors.js';
import { imageSetSql } from '../images/image-filter.service.js';
import { type Task, tasks as allTasks } from '../images/task.type.js';
import type { VersionThreshold } from './comparison-job.type.js';
import type { CallChange, ConfusionCell } from './comparison.input.js';
import type { LeftOut } from './comparison.type.js';
import { positionsOfImages, positionsWhere } from './facts.service.js';
import {
  diagnosisPlace,
  notRecorded,
  type SnapshotFacts,
  type VersionFacts,
} from './facts.type.js';
import { levelNames, levelsOf } from './levels.js';
import type { FilterQuestion, Question } from './question.service.js';

/** Named when a version has not scored every image; the rest is paged by the query `coverage`. */
const mostExamples = 10;

/**
 * What was found out about facts, for as long as they are in memory: they never change, and to walk a
 * hundred thousand images for every question takes longer than a repeated question may.
 */
function remembered<Found>(find: (version: VersionFacts) => Found) {
  const found = new WeakMap<VersionFacts, Found>();
  return (version: VersionFacts): Found => {
    if (!found.has(version)) found.set(version, find(version));
    return found.get(version)!;
  };
}

/** The tasks that a version answers on this snapshot. */
export const tasksOf = remembered(({ scores }): Task[] =>
  allTasks.filter((task) => scores[task].some((score) => !Number.isNaN(score))),
);

/** Whether the version draws masks on any image that has a reference mask. */
export const hasMasks = remembered(({ truePositivePx }) =>
  truePositivePx.some((count) => count >= 0),
);

/** 1 where the version has an answer to everything that it answers at all. */
const coveredBy = remembered((version): Uint8Array => {
  const columns = tasksOf(version).map((task) => version.scores[task]);
  return version.isScored.map((isScored, k) =>
    isScored === 1 && columns.every((scores) => !Number.isNaN(scores[k]!)) ? 1 : 0,
  );
});

/** Whether it has an answer to everything on every image. */
const coversAll = remembered((version) => coveredBy(version).every((isCovered) => isCovered === 1));

export interface Place {
  title: string;
  version: VersionFacts;
}

/** Images of the snapshot that a comparison stands on, before any filter. */
export interface BaseSet {
  positions: Int32Array;
  leftOut: LeftOut[];
}

/**
 * The images that all versions have scored.
 *
 * @throws CONFLICT with `missing` where a version lacks images, unless only common ones were asked for
 */
export function commonImages(
  facts: SnapshotFacts,
  places: readonly Place[],
  { commonImagesOnly }: Pick<Question, 'commonImagesOnly'>,
): BaseSet {
  const all = new Int32Array(facts.size);
  for (let k = 0; k < all.length; k++) all[k] = k;
  if (places.every(({ version }) => coversAll(version))) return { positions: all, leftOut: [] };
  const covered = places.map(({ version }) => coveredBy(version));
  const common = all.filter((k) => covered.every((of) => of[k] === 1));
  if (commonImagesOnly) {
    const images = all.length - common.length;
    return { positions: common, leftOut: [{ reason: 'not scored by every version', images }] };
  }
  const missing = places.flatMap(({ title, version }, v) => {
    const lacking = all.filter((k) => covered[v]![k] === 0);
    return lacking.length === 0
      ? []
      : [
          {
            modelVersionId: version.modelVersionId,
            title,
            count: lacking.length,
            positions: Array.from(lacking.subarray(0, mostExamples)),
          },
        ];
  });
  const sentences = missing.map(({ title, count }) => `${title} has no score for ${count} images`);
  throw conflict(
    `Versions are compared on identical images only: ${sentences.join('; ')}. Score the rest, take the common images, or leave the version out.`,
    { field: 'modelVersionIds', missing },
  );
}

/** Places of the images near to the training list of any version. */
export async function overlapPositions(
  db: Db,
  snapshotId: string,
  overlaps: readonly OverlapOfVersion[],
): Promise<Int32Array> {
  const ids = new Set(overlaps.flatMap(({ images }) => images.map(({ imageId }) => imageId)));
  return ids.size === 0 ? new Int32Array(0) : positionsOfImages(db, snapshotId, [...ids]);
}

export function withoutThese(base: BaseSet, left: Int32Array, reason: string): BaseSet {
  const gone = new Set(left);
  const positions = base.positions.filter((position) => !gone.has(position));
  const images = base.positions.length - positions.length;
  return images === 0 ? base : { positions, leftOut: [...base.leftOut, { reason, images }] };
}

/** A threshold by task and version. */
export type Thresholds = Record<Task, VersionThreshold[]>;

export interface FilterPlace {
  studyId: string;
  facts: SnapshotFacts;
  versions: readonly VersionFacts[];
  thresholds: Thresholds;
}

/** The part of the base set for which every condition holds. */
export async function filtered(
  db: Db,
  viewer: Viewer,
  base: BaseSet,
  filter: FilterQuestion,
  place: FilterPlace,
): Promise<BaseSet> {
  const conditions = [
    ...filter.calls.map((call) => isInCell(place, call)),
    ...filter.changedCalls.map((changed) => isChanged(place, changed)),
    ...filter.subgroups.map((subgroup) => isInLevel(place, subgroup)),
  ];
  if (filter.images) {
    const set = await imageSetSql(db, viewer, place.studyId, filter.images);
    const chosen = new Set(await positionsWhere(db, place.facts.snapshotId, set));
    conditions.push((position) => chosen.has(position));
  }
  const positions = base.positions.filter((position) =>
    conditions.every((holds) => holds(position)),
  );
  const images = base.positions.length - positions.length;
  return { positions, leftOut: [...base.leftOut, { reason: 'outside the filter', images }] };
}

type Condition = (position: number) => boolean;

/** The call of a version on an image, and the truth; null without a reference or a threshold. */
export function callOf(
  { facts, versions, thresholds }: Pick<FilterPlace, 'facts' | 'versions' | 'thresholds'>,
  modelVersionId: string,
  task: Task,
): (position: number) => { isCalled: boolean; isPositive: boolean } | null {
  const version = versions.findIndex((one) => one.modelVersionId === modelVersionId);
  const chosen = thresholds[task].find((of) => of.version === version)?.threshold;
  const scores = versions[version]?.scores[task];
  const disease = diagnosisPlace.of(task);
  return (position) => {
    const diagnosis = facts.diagnosis[position];
    const score = scores?.[position];
    if (chosen === undefined || score === undefined || Number.isNaN(score)) return null;
    if (diagnosis === notRecorded) return null;
    return { isCalled: score >= (chosen ?? Infinity), isPositive: diagnosis === disease };
  };
}

const cellOf = (isCalled: boolean, isPositive: boolean): ConfusionCell =>
  isPositive
    ? isCalled
      ? 'TRUE_POSITIVE'
      : 'FALSE_NEGATIVE'
    : isCalled
      ? 'FALSE_POSITIVE'
      : 'TRUE_NEGATIVE';

function isInCell(
  place: FilterPlace,
  { modelVersionId, task, cell }: FilterQuestion['calls'][number],
): Condition {
  const call = callOf(place, modelVersionId, task);
  return (position) => {
    const made = call(position);
    return made !== null && cellOf(made.isCalled, made.isPositive) === cell;
  };
}

/** How the call of an image changes from the baseline to a version; null where it does not. */
export function changeOf(
  place: Pick<FilterPlace, 'facts' | 'versions' | 'thresholds'>,
  modelVersionId: string,
  task: Task,
): (position: number) => CallChange | null {
  const before = callOf(place, place.versions[0]!.modelVersionId, task);
  const after = callOf(place, modelVersionId, task);
  return (position) => {
    const [old, now] = [before(position), after(position)];
    if (!old || !now || old.isCalled === now.isCalled) return null;
    if (now.isPositive) return now.isCalled ? 'FOUND' : 'LOST';
    return now.isCalled ? 'CALLED' : 'CLEARED';
  };
}

function isChanged(
  place: FilterPlace,
  { modelVersionId, task, changes }: FilterQuestion['changedCalls'][number],
): Condition {
  const change = changeOf(place, modelVersionId, task);
  return (position) => {
    const made = change(position);
    return made !== null && changes.includes(made);
  };
}

function isInLevel(
  { facts }: FilterPlace,
  { attribute, level }: FilterQuestion['subgroups'][number],
): Condition {
  const names = levelNames(attribute);
  const wanted = level === 'NOT_RECORDED' ? notRecorded : names.indexOf(level);
  if (wanted < 0) {
    throw invalid('filter.subgroups.level', `${attribute} has no level ${level}.`);
  }
  const levels = levelsOf(
    facts,
    attribute,
    Int32Array.from({ length: facts.size }, (_, k) => k),
  );
  return (position) => levels[position] === wanted;
}

/** The places as one bit each, so that a set can be kept with what was computed on it. */
export function toBitmap(positions: Int32Array, size: number): string {
  const bits = new Uint8Array(Math.ceil(size / 8));
  for (const position of positions) bits[position >> 3]! |= 1 << (position & 7);
  return Buffer.from(bits).toString('base64');
}

export function fromBitmap(bitmap: string, size: number): Int32Array {
  const bits = Buffer.from(bitmap, 'base64');
  const isIn = (position: number) => ((bits[position >> 3] ?? 0) >> (position & 7)) & 1;
  return Int32Array.from({ length: size }, (_, position) => position).filter(isIn);
}

export const hashOfSet = (contentHash: string, bitmap: string) =>
  createHash('sha256').update(`${contentHash} ${bitmap}`).digest('hex');
