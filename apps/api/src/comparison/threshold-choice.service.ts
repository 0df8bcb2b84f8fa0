import type { Services, Viewer } from '../context.js';
import { type Task, tasks as allTasks } from '../images/task.type.js';
import type { Answers, JobSet, VersionThreshold } from './comparison-job.type.js';
import { snapshotToCompare } from './coverage.service.js';
import { factsOf, type LoadedFacts } from './facts-cache.service.js';
import { diagnosisPlace, shared, type VersionFacts } from './facts.type.js';
import { type BaseSet, commonImages, tasksOf, type Thresholds } from './image-set.service.js';
import type { ConfusionCounts } from './operating-point.type.js';
import type { Question } from './question.service.js';
import { computeOnThread } from './thread-pool.js';

/** Thresholds by task and version, and what they do where they were chosen, if that is elsewhere. */
export interface ChosenThresholds {
  thresholds: Thresholds;
  sourceCounts: Record<Task, Map<number, ConfusionCounts>>;
}

interface Choice {
  question: Question;
  loaded: LoadedFacts;
  base: BaseSet;
  isFresh: boolean | undefined;
}

/**
 * One threshold for each version and task: fixed, or chosen on the whole set, or on another snapshot
 * and applied here unchanged. A filter never changes it.
 */
export async function chooseThresholds(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  { question, loaded, base, isFresh }: Choice,
): Promise<ChosenThresholds> {
  const { threshold, modelVersionIds, snapshotId } = question;
  const isElsewhere = threshold.fromSnapshotId !== null && threshold.fromSnapshotId !== snapshotId;
  const source = isElsewhere
    ? await sourceOf(services, viewer, threshold.fromSnapshotId!, modelVersionIds, isFresh)
    : { loaded, base };
  const chosen: ChosenThresholds = {
    thresholds: { melanoma: [], seborrheic_keratosis: [] },
    sourceCounts: { melanoma: new Map(), seborrheic_keratosis: new Map() },
  };
  await Promise.all(
    allTasks.map(async (task) => {
      chosen.thresholds[task] = await ofTask(question, source, task);
      if (!isElsewhere) return;
      for (const { version, threshold: limit } of chosen.thresholds[task]) {
        if (limit === undefined) continue;
        const counts = countCalls(source, task, version, limit);
        chosen.sourceCounts[task].set(version, counts);
      }
    }),
  );
  return chosen;
}

interface Source {
  loaded: LoadedFacts;
  base: BaseSet;
}

async function sourceOf(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  snapshotId: string,
  modelVersionIds: readonly string[],
  isFresh: boolean | undefined,
): Promise<Source> {
  const snapshot = await snapshotToCompare(services.db, viewer, snapshotId);
  const loaded = await factsOf(services, {
    ...{ studyId: snapshot.cohort.studyId, snapshotId, modelVersionIds },
    ...(isFresh && { isFresh }),
  });
  const places = loaded.versions.map((version) => ({ version, title: 'a version' }));
  return { loaded, base: commonImages(loaded.facts, places, { commonImagesOnly: false }) };
}

async function ofTask(question: Question, source: Source, task: Task): Promise<VersionThreshold[]> {
  const { kind, value } = question.threshold;
  const { facts, versions } = source.loaded;
  const answering = versions.flatMap((version, k) => (tasksOf(version).includes(task) ? [k] : []));
  if (!question.tasks?.includes(task)) return [];
  if (kind === 'FIXED') return answering.map((version) => ({ version, threshold: value }));
  const { positions } = source.base;
  const set: JobSet = { facts, versions, positions: inSharedMemory(positions), rules: noRules };
  const isWhole = positions.length === facts.size;
  return Promise.all(
    answering.map(async (version) => {
      const rule = { kind, value };
      const choose = () => computeOnThread(set, { kind: 'threshold', task, version, rule });
      const chosen = isWhole
        ? await rememberedChoice(versions[version]!, `${task} ${kind} ${value}`, choose)
        : await choose();
      return { version, threshold: chosen?.threshold };
    }),
  );
}

function inSharedMemory(positions: Int32Array): Int32Array {
  const copy = shared.int32(positions.length);
  copy.set(positions);
  return copy;
}

type ThresholdChoice = Answers['threshold'];
/** What was chosen on whole snapshots, as long as the facts it was chosen by are in memory. */
const choices = new WeakMap<VersionFacts, Map<string, Promise<ThresholdChoice>>>();

/** Every filter of a page asks for the thresholds of the whole set once more. */
function rememberedChoice(
  version: VersionFacts,
  rule: string,
  choose: () => Promise<ThresholdChoice>,
): Promise<ThresholdChoice> {
  const known = choices.get(version) ?? new Map<string, Promise<ThresholdChoice>>();
  choices.set(version, known);
  const chosen = known.get(rule) ?? choose();
  known.set(rule, chosen);
  chosen.catch(() => known.delete(rule));
  return chosen;
}

/** Choosing a threshold makes no interval. */
const noRules: JobSet['rules'] = {
  ...{ level: 0.95, margin: null, isByPatient: true, minimumCell: 1, replicates: 2, seed: 1 },
};

function countCalls(
  { loaded: { facts, versions }, base }: Source,
  task: Task,
  version: number,
  threshold: number | null,
): ConfusionCounts {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  const scores = versions[version]!.scores[task];
  const disease = diagnosisPlace.of(task);
  for (const position of base.positions) {
    const diagnosis = facts.diagnosis[position]!;
    if (diagnosis === diagnosisPlace.none) continue;
    const isCalled = scores[position]! >= (threshold ?? Infinity);
    if (diagnosis === disease) counts[isCalled ? 'truePositives' : 'falseNegatives'] += 1;
    else counts[isCalled ? 'falsePositives' : 'trueNegatives'] += 1;
  }
  return counts;
}
