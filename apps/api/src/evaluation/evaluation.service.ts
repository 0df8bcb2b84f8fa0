import { createHash, randomUUID } from 'node:crypto';
import { metricsVersion } from '@lesionwise/metrics';
import { inVisibleStudy, studyFor } from '../access.js';
import { decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Comparison } from '../comparison/comparison.type.js';
import type { Services, Viewer } from '../context.js';
import { type Db, type EvaluationModel, inTransaction, type Prisma } from '../db.js';
import { conflict, invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import { fillAgreementsOfSnapshot } from '../scoring/mask-agreement.service.js';
import { findMissingScores, readFacts } from './evaluation-facts.service.js';
import type { CreateEvaluationInput } from './evaluation.input.js';
import type { Evaluation, EvaluationConnection, VersionEvaluation } from './evaluation.type.js';
import { evaluateSegmentation, evaluateTasks, method, metricSet } from './statistics.service.js';

/** As many as there are marks, dashes and colours that everybody can tell apart. */
const mostVersions = 4;

export async function findEvaluation(db: Db, viewer: Viewer, id: string) {
  if (!isId(id)) return null;
  const row = await db.evaluation.findFirst({ where: { AND: [{ id }, inVisibleStudy(viewer)] } });
  return row && toEvaluation(row);
}

interface EvaluationPage {
  studyId: string;
  first: number;
  after?: string | null | undefined;
  /** Only those that have this version in them. */
  modelVersionId?: string | undefined;
}

/** Newest first. */
export async function listEvaluations(
  db: Db,
  viewer: Viewer,
  { studyId, first, after, modelVersionId }: EvaluationPage,
): Promise<EvaluationConnection> {
  if (modelVersionId !== undefined && !isId(modelVersionId)) {
    throw notFound('model version', modelVersionId);
  }
  const withVersion =
    modelVersionId === undefined ? {} : { versions: { some: { modelVersionId } } };
  const where: Prisma.EvaluationWhereInput = {
    AND: [{ studyId, ...withVersion }, inVisibleStudy(viewer)],
  };
  const rows = await db.evaluation.findMany({
    where: !after ? where : { AND: [where, olderThan(after)] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize(first) + 1,
  });
  return toConnection(
    rows.map(toEvaluation),
    first,
    ({ createdAt, id }) => [createdAt.toISOString(), id],
    () => db.evaluation.count({ where }),
  );
}

function olderThan(after: string): Prisma.EvaluationWhereInput {
  const [time, id] = decodeCursor(after, 2).map(String);
  const createdAt = new Date(time!);
  if (Number.isNaN(createdAt.getTime()) || !isId(id!)) {
    throw invalid('after', 'The cursor `after` does not belong to this list.');
  }
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id! } }] };
}

export const toEvaluation = ({ results, comparison, ...row }: EvaluationModel): Evaluation => ({
  ...row,
  versions: results as unknown as VersionEvaluation[],
  comparison: comparison as unknown as Comparison | null,
});

/**
 * Computes and freezes the statistics of versions over the identical images of one snapshot. The same
 * question on the same data is the evaluation that is there.
 *
 * @throws CONFLICT with `missing` when a version has not scored every image: nothing is left out silently
 */
export async function createEvaluation(
  services: Pick<Services, 'db'>,
  viewer: Viewer,
  input: CreateEvaluationInput,
): Promise<Evaluation> {
  const { db } = services;
  const snapshot = await snapshotToEvaluate(db, viewer, input.snapshotId);
  const versions = await versionsInOrder(db, input.modelVersionIds);
  const inputsHash = hashOf({
    snapshot: { id: snapshot.id, contentHash: snapshot.contentHash },
    versions: versions.map(({ id, sha256 }) => ({ id, sha256 })),
    ...{ metricSet, metricsVersion, method },
  });
  const known = await db.evaluation.findUnique({ where: { inputsHash } });
  if (known) return toEvaluation(known);

  await requireAllScored(db, snapshot.id, versions);
  const versionIds = versions.map(({ id }) => id);
  await fillAgreementsOfSnapshot(services, snapshot.id, versionIds);
  const results: VersionEvaluation[] = [];
  for (const [index, modelVersionId] of versionIds.entries()) {
    const facts = await readFacts(db, snapshot.id, modelVersionId);
    const [tasks, segmentation] = [evaluateTasks(facts), evaluateSegmentation(facts)];
    results.push({ modelVersionId, slot: index + 1, tasks, segmentation });
  }
  return freeze(db, {
    id: randomUUID(),
    studyId: snapshot.cohort.studyId,
    snapshotId: snapshot.id,
    ...{ metricSet, metricsVersion, inputsHash },
    results: results as unknown as Prisma.InputJsonValue,
    createdById: viewer.id,
  });
}

async function snapshotToEvaluate(db: Db, viewer: Viewer, id: string) {
  const snapshot = isId(id)
    ? await db.cohortSnapshot.findFirst({
        where: { id, cohort: inVisibleStudy(viewer) },
        include: { cohort: true },
      })
    : null;
  if (!snapshot) throw notFound('snapshot', id);
  await studyFor(db, viewer, snapshot.cohort.studyId, 'evaluate');
  return snapshot;
}

async function versionsInOrder(db: Db, ids: string[]) {
  if (ids.length < 1 || ids.length > mostVersions || new Set(ids).size < ids.length) {
    throw invalid('modelVersionIds', `Name from 1 to ${mostVersions} model versions, each once.`);
  }
  const rows = await db.modelVersion.findMany({
    where: { id: { in: ids.filter(isId) } },
    include: { model: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const version = byId.get(id);
    if (!version) throw notFound('model version', id);
    return version;
  });
}

type Version = Awaited<ReturnType<typeof versionsInOrder>>[number];

async function requireAllScored(db: Db, snapshotId: string, versions: Version[]) {
  const missing = await findMissingScores(
    db,
    snapshotId,
    versions.map(({ id }) => id),
  );
  if (missing.length === 0) return;
  const sentences = missing.map(({ modelVersionId, count }) => {
    const version = versions.find(({ id }) => id === modelVersionId)!;
    return `${version.model.name} ${version.version} has no score for ${count} images`;
  });
  throw conflict(
    `Versions are compared on identical images only: ${sentences.join('; ')}. Score the rest first.`,
    { field: 'modelVersionIds', missing },
  );
}

const hashOf = (inputs: object) =>
  createHash('sha256').update(JSON.stringify(inputs)).digest('hex');

/** Of callers at once one writes; all get what was written. */
async function freeze(db: Db, evaluation: Prisma.EvaluationCreateManyInput & { id: string }) {
  const versions = evaluation.results as unknown as VersionEvaluation[];
  return inTransaction(db, async (tx) => {
    const { count } = await tx.evaluation.createMany({ data: evaluation, skipDuplicates: true });
    if (count > 0) {
      await tx.evaluationVersion.createMany({
        data: versions.map(({ modelVersionId, slot }) => ({
          evaluationId: evaluation.id,
          modelVersionId,
          slot,
        })),
      });
    }
    const { inputsHash } = evaluation;
    return toEvaluation(await tx.evaluation.findUniqueOrThrow({ where: { inputsHash } }));
  });
}
