import { segmentationMetrics } from '@lesionwise/metrics';
import { type Connection, decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Services, Viewer } from '../context.js';
import { invalid } from '../errors.js';
import type { Task } from '../images/task.type.js';
import type {
  ComparedAnswer,
  ComparedImage,
  ComparedImageConnection,
  DisagreementOrder,
} from './compared-image.type.js';
import type { CallChange } from './comparison.input.js';
import type { Comparison } from './comparison.type.js';
import { snapshotToCompare } from './coverage.service.js';
import { factsOf, type LoadedFacts } from './facts-cache.service.js';
import { imageIdsAt } from './facts.service.js';
import { diagnosisPlace, notRecorded, type VersionFacts, vocabularies } from './facts.type.js';
import { changeOf, fromBitmap } from './image-set.service.js';
import { metricSet } from './method.service.js';

export interface ChangedImagesPage {
  task: Task;
  modelVersionId: string;
  changes: CallChange[] | undefined;
  first: number;
  after: string | undefined;
}

export interface DisagreementsPage {
  order: DisagreementOrder;
  task: Task | undefined;
  modelVersionId: string;
  first: number;
  after: string | undefined;
}

/** The images whose call changes from the baseline to a version, largest difference of scores first. */
export async function listChangedImages(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  comparison: Comparison,
  { task, modelVersionId, changes, first, after }: ChangedImagesPage,
): Promise<ComparedImageConnection> {
  const list = await listOf(services, viewer, comparison, { task, modelVersionId });
  const change = changeOf(list.place, modelVersionId, task);
  const isWanted = (made: CallChange | null) =>
    made !== null && (!changes || changes.length === 0 || changes.includes(made));
  const scoreGap = list.values('SCORE_DIFFERENCE');
  const page = pageOf(list.positions, { first, after }, (position) =>
    isWanted(change(position)) ? scoreGap(position) : null,
  );
  return shown(services, list, page, change);
}

/** The images on which a version differs most from the baseline or from the reference. */
export async function listDisagreements(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  comparison: Comparison,
  { order, task, modelVersionId, first, after }: DisagreementsPage,
): Promise<ComparedImageConnection> {
  if ((order === 'SCORE_DIFFERENCE' || order === 'REFERENCE_DIFFERENCE') && !task) {
    throw invalid('task', `The order ${order} needs a task.`);
  }
  const list = await listOf(services, viewer, comparison, { task, modelVersionId });
  const page = pageOf(list.positions, { first, after }, list.values(order));
  const change = task ? changeOf(list.place, modelVersionId, task) : () => null;
  return shown(services, list, page, change);
}

interface List {
  comparison: Comparison;
  loaded: LoadedFacts;
  place: Parameters<typeof changeOf>[0];
  positions: Int32Array;
  task: Task | undefined;
  /** What each order sorts by; null leaves the image out. */
  values: (order: DisagreementOrder) => (position: number) => number | null;
}

/** The facts behind a comparison, under the viewer's rights, and the images it stands on. */
async function listOf(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  comparison: Comparison,
  { task, modelVersionId }: { task: Task | undefined; modelVersionId: string },
): Promise<List> {
  const modelVersionIds = comparison.versions.map((version) => version.modelVersionId);
  const slot = modelVersionIds.indexOf(modelVersionId);
  if (slot < 0) throw invalid('modelVersionId', 'This model version is not compared here.');
  const snapshot = await snapshotToCompare(services.db, viewer, comparison.snapshotId);
  const loaded = await factsOf(services, {
    studyId: snapshot.cohort.studyId,
    snapshotId: snapshot.id,
    modelVersionIds,
  });
  const { facts, versions } = loaded;
  const [baseline, version] = [versions[0]!, versions[slot]!];
  const scoreOf = (of: VersionFacts, position: number) => {
    const score = task && of.scores[task][position];
    return score === undefined || Number.isNaN(score) ? null : score;
  };
  const byOrder: Record<DisagreementOrder, (position: number) => number | null> = {
    SCORE_DIFFERENCE: (position) => gap(scoreOf(version, position), scoreOf(baseline, position)),
    REFERENCE_DIFFERENCE: (position) =>
      gap(scoreOf(version, position), task ? labelAt(loaded, position, task) : null),
    JACCARD_DIFFERENCE: (position) =>
      gap(overlapAt(version, position).jaccard, overlapAt(baseline, position).jaccard),
    LOWEST_JACCARD: (position) => gap(overlapAt(version, position).jaccard, 1),
  };
  return {
    ...{ comparison, loaded, task },
    place: { facts, versions, thresholds: comparison.thresholds },
    positions: fromBitmap(comparison.places, facts.size),
    values: (order) => byOrder[order],
  };
}

const gap = (a: number | null, b: number | null) =>
  a === null || b === null ? null : Math.abs(a - b);

function labelAt({ facts }: LoadedFacts, position: number, task: Task): number | null {
  const diagnosis = facts.diagnosis[position];
  if (diagnosis === notRecorded) return null;
  return diagnosis === diagnosisPlace.of(task) ? 1 : 0;
}

/** Jaccard and Dice of one image; null without a mask on either side, or with both empty. */
function overlapAt(version: VersionFacts, position: number) {
  const tp = version.truePositivePx[position]!;
  if (tp < 0) return { jaccard: null, dice: null };
  const counts = {
    tp,
    fp: version.falsePositivePx[position]!,
    fn: version.falseNegativePx[position]!,
    tn: 0,
  };
  const { jaccard, dice } = segmentationMetrics(counts, metricSet);
  return {
    jaccard: typeof jaccard === 'number' ? jaccard : null,
    dice: typeof dice === 'number' ? dice : null,
  };
}

interface Row {
  position: number;
  value: number;
}

/** One pass over the set, keeping the first rows behind the cursor: a set is never sorted whole. */
function pageOf(
  positions: Int32Array,
  { first, after }: { first: number; after: string | undefined },
  valueOf: (position: number) => number | null,
): Connection<Row> {
  const most = pageSize(first) + 1;
  const start = after ? cursorRow(after) : null;
  let kept: Row[] = [];
  let total = 0;
  for (const position of positions) {
    const value = valueOf(position);
    if (value === null) continue;
    total += 1;
    const row = { position, value };
    if (start && !isBefore(start, row)) continue;
    kept.push(row);
    if (kept.length >= 4 * most) kept = kept.sort(byRank).slice(0, most);
  }
  return toConnection(
    kept.sort(byRank).slice(0, most),
    first,
    ({ value, position }) => [value, position],
    () => Promise.resolve(total),
  );
}

/** Largest first; equal ones in the order of the snapshot. */
const byRank = (a: Row, b: Row) => b.value - a.value || a.position - b.position;
const isBefore = (a: Row, b: Row) => byRank(a, b) < 0;

function cursorRow(after: string): Row {
  const [value, position] = decodeCursor(after, 2);
  if (typeof value === 'number' && typeof position === 'number') return { value, position };
  throw invalid('after', 'The cursor `after` does not belong to this list.');
}

/** The rows of a page with all that is known of their images. */
async function shown(
  { db }: Pick<Services, 'db'>,
  list: List,
  page: Connection<Row>,
  change: (position: number) => CallChange | null,
): Promise<ComparedImageConnection> {
  const positions = page.edges.map(({ node }) => node.position);
  const ids = await imageIdsAt(db, list.comparison.snapshotId, positions);
  return {
    ...page,
    edges: page.edges.map(({ cursor, node }, k) => ({
      cursor,
      node: {
        ...imageAt(list, node.position, ids[k]!),
        change: change(node.position),
        disagreement: node.value,
      },
    })),
  };
}

function imageAt(
  { loaded, place, task }: List,
  position: number,
  imageId: string,
): Omit<ComparedImage, 'change' | 'disagreement'> {
  return {
    ...{ imageId, position, task: task ?? null },
    diagnosis: vocabularies.diagnosis[loaded.facts.diagnosis[position]!] ?? null,
    referenceLabel: task ? labelAt(loaded, position, task) : null,
    answers: loaded.versions.map((version, k): ComparedAnswer => {
      const { modelVersionId } = version;
      const score = task ? version.scores[task][position]! : Number.NaN;
      const limit = task && place.thresholds[task].find((of) => of.version === k)?.threshold;
      return {
        ...{ modelVersionId, slot: k + 1, ...overlapAt(version, position) },
        score: Number.isNaN(score) ? null : score,
        threshold: limit ?? null,
        isCalled:
          task && limit !== undefined && !Number.isNaN(score) ? score >= (limit ?? Infinity) : null,
      };
    }),
  };
}
