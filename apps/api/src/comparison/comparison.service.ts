import { createHash } from 'node:crypto';
import { metricsVersion } from '@lesionwise/metrics';
import { trainingOverlap } from '../cohorts/training-overlap.service.js';
import type { Services, Viewer } from '../context.js';
import type { Db } from '../db.js';
import { type Task, tasks as allTasks } from '../images/task.type.js';
import { assembled, type Parts } from './assemble-comparison.js';
import type { JobSet } from './comparison-job.type.js';
import type { ComparisonInput } from './comparison.input.js';
import { titleOf, versionsInOrder } from './compared-versions.service.js';
import type { Comparison } from './comparison.type.js';
import { snapshotToCompare } from './coverage.service.js';
import { factsOf, type LoadedFacts } from './facts-cache.service.js';
import { shared } from './facts.type.js';
import {
  type BaseSet,
  commonImages,
  filtered,
  fromBitmap,
  hashOfSet,
  hasMasks,
  overlapPositions,
  tasksOf,
  toBitmap,
  withoutThese,
} from './image-set.service.js';
import { method, metricSet, replicatesFor, seed } from './method.service.js';
import type { Prepared } from './prepared.type.js';
import { checkedQuestion, inWordsOfSchema, type Question } from './question.service.js';
import { recentComparison, rememberComparison } from './recent-comparisons.js';
import { chosenInWords } from './sentences.js';
import { computeOnThread } from './thread-pool.js';
import { chooseThresholds } from './threshold-choice.service.js';

export interface CompareOptions {
  /** Looks at the rows themselves, whatever is in memory. */
  isFresh?: boolean;
  /** The images of a frozen evaluation, in place of what its filter would choose now. */
  places?: string;
}

/** Compares versions on identical images. Nothing is written. */
export async function compare(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  input: ComparisonInput,
  options: CompareOptions = {},
): Promise<Comparison> {
  return computed(await prepare(services, viewer, checkedQuestion(input), options), options);
}

/** The statistics of what was prepared; the same inputs again come from memory. */
export async function computed(
  prepared: Prepared,
  { isFresh }: CompareOptions = {},
): Promise<Comparison> {
  const known = isFresh ? undefined : recentComparison(prepared.inputsHash);
  if (known) return known;
  const comparison = assembled(prepared, await partsOf(prepared));
  // What a check computes may rest on rows that were tampered with: nobody else shall be shown it.
  if (!isFresh) rememberComparison(prepared.inputsHash, comparison);
  return comparison;
}

/** Looks everything up, chooses the thresholds and the images, and says by which hash the answer goes. */
export async function prepare(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  asked: Question,
  { isFresh, places }: CompareOptions = {},
): Promise<Prepared> {
  const { db } = services;
  const snapshot = await snapshotToCompare(db, viewer, asked.snapshotId);
  const rows = await versionsInOrder(db, asked.modelVersionIds);
  const { studyId } = snapshot.cohort;
  const loaded = await factsOf(services, {
    ...{ studyId, snapshotId: snapshot.id, modelVersionIds: asked.modelVersionIds },
    ...(isFresh && { isFresh }),
  });
  const question: Question = { ...asked, tasks: asked.tasks ?? answeredBy(loaded) };
  const common = commonImages(
    loaded.facts,
    loaded.versions.map((version, k) => ({ version, title: titleOf(rows[k]!) })),
    question,
  );
  const overlaps = await trainingOverlap(db, viewer, snapshot.id, question.modelVersionIds);
  const nearInSnapshot = await overlapPositions(db, snapshot.id, overlaps);
  const base = question.withoutTrainingOverlap
    ? withoutThese(common, nearInSnapshot, 'near to a training list')
    : common;
  const chosen = await chooseThresholds(services, viewer, { question, loaded, base, isFresh });
  const compared = await comparedImages(db, viewer, {
    ...{ question, loaded, base, chosen, studyId },
    ...(places !== undefined && { places }),
  });
  const isNear = new Set(nearInSnapshot);
  const near = compared.positions.filter((position) => isNear.has(position));
  const set = { snapshot, rows, question, loaded, base, chosen, compared, overlaps, near };
  return { ...set, inputsHash: hashOfInputs(set) };
}

async function comparedImages(
  db: Db,
  viewer: Viewer,
  {
    question: { filter },
    loaded: { facts, versions },
    base,
    chosen,
    studyId,
    places,
  }: Pick<Prepared, 'question' | 'loaded' | 'base' | 'chosen'> & {
    studyId: string;
    places?: string;
  },
): Promise<BaseSet> {
  if (!filter) return base;
  if (places === undefined) {
    const { thresholds } = chosen;
    return filtered(db, viewer, base, filter, { studyId, facts, versions, thresholds });
  }
  const positions = fromBitmap(places, facts.size);
  const images = base.positions.length - positions.length;
  return { positions, leftOut: [...base.leftOut, { reason: 'outside the filter', images }] };
}

const answeredBy = ({ versions }: LoadedFacts): Task[] =>
  allTasks.filter((task) => versions.some((version) => tasksOf(version).includes(task)));

/** Equal inputs, equal hash: question, snapshot, images, records, model files, definitions. */
function hashOfInputs({
  snapshot,
  rows,
  question,
  loaded: { facts },
  compared,
  near,
}: Omit<Prepared, 'inputsHash'>): string {
  const hash = createHash('sha256');
  const bitmap = toBitmap(compared.positions, facts.size);
  hash.update(
    JSON.stringify({
      snapshot: { id: snapshot.id, contentHash: snapshot.contentHash },
      versions: rows.map(({ id, sha256 }) => ({ id, sha256 })),
      question: inWordsOfSchema(question),
      set: hashOfSet(snapshot.contentHash, bitmap),
      ...{ metricSet, metricsVersion, method },
    }),
  );
  hash.update(near);
  const { sex, skinType, anatomicSite, modality, ageYears } = facts;
  if (question.subgroups.length > 0) {
    for (const column of [sex, skinType, anatomicSite, modality, ageYears]) hash.update(column);
  }
  return hash.digest('hex');
}

/** Has the threads compute every part; they share the facts. */
async function partsOf(prepared: Prepared): Promise<Parts> {
  const { question, loaded, compared, chosen, near } = prepared;
  const { facts, versions } = loaded;
  const set: JobSet = {
    ...{ facts, versions },
    positions: inSharedMemory(compared.positions),
    rules: {
      level: 1 - question.alpha,
      margin: question.margin,
      isByPatient: question.clustering === 'PATIENT',
      minimumCell: question.minimumCell,
      replicates: replicatesFor(compared.positions.length),
      seed,
    },
  };
  const answering = (task: Task) =>
    versions.flatMap((version, k) => (tasksOf(version).includes(task) ? [k] : []));
  const overlap = near.length > 0 && !question.withoutTrainingOverlap ? inSharedMemory(near) : null;
  const drawing = versions.flatMap((version, k) => (hasMasks(version) ? [k] : []));
  const asked = question.tasks ?? [];
  // The longest parts first, so that no thread is still at one of them when the others have ended.
  const segmentation = computeOnThread(set, { kind: 'segmentation', drawing });
  const counts = asked.map((task) =>
    computeOnThread(set, {
      ...{ kind: 'task', task, overlap, subgroups: question.subgroups },
      answering: answering(task),
      thresholds: chosen.thresholds[task],
    }),
  );
  const tasks = asked.map((task, t) => ({
    task,
    answering: answering(task),
    counts: counts[t]!,
    versions: answering(task).map((version) =>
      computeOnThread(set, {
        ...{ kind: 'version-task', task, version },
        threshold: chosen.thresholds[task].find((of) => of.version === version)?.threshold,
        chosen: chosenInWords(question.threshold),
        hasBand: question.bandVersionIds.includes(versions[version]!.modelVersionId),
      }),
    ),
  }));
  // All at once, so that a fault in one leaves no other rejection unheard.
  const [ofTasks, ofMasks] = await Promise.all([
    Promise.all(
      tasks.map(async ({ task, answering: versionsOfTask, counts, versions: curves }) => ({
        ...{ task, answering: versionsOfTask },
        ...(await Promise.all([counts, Promise.all(curves)]).then(([answer, ofVersions]) => ({
          answer,
          ofVersions,
        }))),
      })),
    ),
    segmentation,
  ]);
  return { tasks: ofTasks, segmentation: ofMasks };
}

function inSharedMemory(positions: Int32Array): Int32Array {
  const copy = shared.int32(positions.length);
  copy.set(positions);
  return copy;
}
