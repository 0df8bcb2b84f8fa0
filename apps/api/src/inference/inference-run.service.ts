import { randomUUID } from 'node:crypto';
import { inVisibleStudy, studyFor } from '../access.js';
import { decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Services, Viewer } from '../context.js';
import { type Db, inTransaction, Prisma } from '../db.js';
import { conflict, invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import { takesPart } from '../images/image-filter.service.js';
import { priorities } from '../queue.js';
import { requireInUse } from '../models/version-retirement.service.js';
import type { RequestInferenceInput } from './request-inference.input.js';

/** Images that one job carries: enough for a GPU's batch, few enough to lose when a worker dies. */
export const imagesPerChunk = 32;

/** A snapshot of a hundred thousand images takes seconds to write down. */
const requestTimeoutMs = 120_000;

export async function findRun(db: Db, viewer: Viewer, id: string) {
  if (!isId(id)) return null;
  return db.inferenceRun.findFirst({ where: { AND: [{ id }, inVisibleStudy(viewer)] } });
}

export const findRunByNumber = (db: Db, viewer: Viewer, studyId: string, number: number) =>
  db.inferenceRun.findFirst({ where: { AND: [{ studyId, number }, inVisibleStudy(viewer)] } });

/** Newest first. */
export async function listRuns(
  db: Db,
  viewer: Viewer,
  { studyId, first, after }: { studyId: string; first: number; after?: string | undefined },
) {
  const where = { AND: [{ studyId }, inVisibleStudy(viewer)] };
  const [before] = after ? decodeCursor(after, 1) : [];
  const rows = await db.inferenceRun.findMany({
    where: { AND: [where, typeof before === 'number' ? { number: { lt: before } } : {}] },
    orderBy: { number: 'desc' },
    take: pageSize(first) + 1,
  });
  return toConnection(
    rows,
    first,
    (run) => [run.number],
    () => db.inferenceRun.count({ where }),
  );
}

interface Target {
  studyId: string;
  snapshotId: string | null;
  imageId: string | null;
}

async function targetOf(
  db: Db,
  viewer: Viewer,
  { snapshotId, imageId }: RequestInferenceInput,
): Promise<Target> {
  if (snapshotId && !imageId) {
    const snapshot = isId(snapshotId)
      ? await db.cohortSnapshot.findFirst({
          where: { id: snapshotId, cohort: inVisibleStudy(viewer) },
          include: { cohort: true },
        })
      : null;
    if (!snapshot) throw notFound('snapshot', snapshotId);
    return { studyId: snapshot.cohort.studyId, snapshotId, imageId: null };
  }
  if (imageId && !snapshotId) {
    const image = isId(imageId)
      ? await db.image.findFirst({ where: { AND: [{ id: imageId }, inVisibleStudy(viewer)] } })
      : null;
    if (!image) throw notFound('image', imageId);
    return { studyId: image.studyId, snapshotId: null, imageId };
  }
  throw invalid('snapshotId', 'Name a snapshot or an image, one of them and not both.');
}

/** Records a run and hands its images to the workers; asking the same again is the run already there. */
export async function requestInference(
  { db, queue }: Pick<Services, 'db' | 'queue'>,
  viewer: Viewer,
  input: RequestInferenceInput,
) {
  const { modelVersionId, device } = input;
  // Side by side, here and below: while networks compute, each word to the database waits for its turn.
  const [target, version] = await Promise.all([
    targetOf(db, viewer, input),
    isId(modelVersionId) ? db.modelVersion.findUnique({ where: { id: modelVersionId } }) : null,
  ]);
  // The device is part of the question: who asks for a GPU after a run on the CPU means it.
  const requestKey = [modelVersionId, target.snapshotId ?? target.imageId, device].join(' ');
  const [known] = await Promise.all([
    db.inferenceRun.findUnique({ where: { requestKey } }),
    studyFor(db, viewer, target.studyId, 'runInference'),
  ]);
  if (!version) throw notFound('model version', modelVersionId);
  if (version.origin === 'REMOTE' && device !== 'AUTO') {
    throw invalid(
      'device',
      'An engine elsewhere runs this version on its own device; ask for AUTO.',
    );
  }
  if (known) return known;
  requireInUse(version);

  return inTransaction(
    db,
    async (tx) => {
      const number = await nextRunNumber(tx, target.studyId);
      const earlier = await tx.inferenceRun.findUnique({ where: { requestKey } });
      if (earlier) return earlier;
      await tx.study.update({ where: { id: target.studyId }, data: { nextRunNumber: number + 1 } });
      const run = await tx.inferenceRun.create({
        data: {
          ...{ id: randomUUID(), studyId: target.studyId, number, modelVersionId: version.id },
          ...{ snapshotId: target.snapshotId, requestKey, requestedDevice: device },
          ...{ totalCount: 0, requestedById: viewer.id },
        },
      });
      return fillRun({ tx, queue }, run, target);
    },
    { timeoutMs: requestTimeoutMs },
  );
}

/** Holds the study's counter until the transaction ends: two runs never share a number, and none is left out. */
async function nextRunNumber(tx: Db, studyId: string): Promise<number> {
  const [study] = await tx.$queryRaw<{ nextRunNumber: number }[]>`
    SELECT "nextRunNumber" FROM "Study" WHERE id = ${studyId}::uuid FOR NO KEY UPDATE`;
  if (!study) throw notFound('study', studyId);
  return study.nextRunNumber;
}

/** The images of the run, those already scored marked as such, the others as jobs. */
async function fillRun(
  { tx, queue }: { tx: Db; queue: Services['queue'] },
  run: { id: string; modelVersionId: string; snapshotId: string | null },
  target: Target,
) {
  const chosen = target.imageId
    ? Prisma.sql`(SELECT ${target.imageId}::uuid AS "imageId", 0 AS position)`
    : Prisma.sql`(SELECT "imageId", position FROM "SnapshotImage"
        WHERE "snapshotId" = ${target.snapshotId}::uuid)`;
  const images = await tx.$queryRaw<{ imageId: string; isWaiting: boolean }[]>`
    WITH filled AS (
      INSERT INTO "RunImage" ("runId", "imageId", position, state, "finishedAt")
      SELECT ${run.id}::uuid, c."imageId", row_number() OVER (ORDER BY c.position) - 1,
        (CASE WHEN r.id IS NULL THEN 'WAITING' ELSE 'SKIPPED' END)::"RunImageState",
        CASE WHEN r.id IS NULL THEN NULL ELSE now() END
      FROM ${chosen} c
      JOIN "Image" i ON i.id = c."imageId"
      LEFT JOIN "Prediction" r
        ON r."imageId" = i.id AND r."modelVersionId" = ${run.modelVersionId}::uuid
      WHERE ${takesPart}
      RETURNING "imageId", position, state
    )
    SELECT "imageId", state = 'WAITING' AS "isWaiting" FROM filled ORDER BY position`;
  const totalCount = images.length;
  if (totalCount === 0) {
    throw conflict(
      'No image may be scored: all are excluded, or their patients withdrew consent.',
      {
        field: target.imageId ? 'imageId' : 'snapshotId',
      },
    );
  }
  const waiting = images.filter(({ isWaiting }) => isWaiting).map(({ imageId }) => imageId);
  await enqueueChunks({ tx, queue }, run, waiting);
  return tx.inferenceRun.update({
    where: { id: run.id },
    data: {
      totalCount,
      skippedCount: totalCount - waiting.length,
      ...(waiting.length === 0 && { state: 'DONE', finishedAt: new Date() }),
    },
  });
}

/** The images of a run that no worker has attempted, in the order of the run. */
export async function waitingImages(tx: Db, runId: string): Promise<string[]> {
  const waiting = await tx.runImage.findMany({
    where: { runId, state: 'WAITING' },
    orderBy: { position: 'asc' },
    select: { imageId: true },
  });
  return waiting.map(({ imageId }) => imageId);
}

/** Hands images of a run to the workers, in chunks. */
export async function enqueueChunks(
  { tx, queue }: { tx: Db; queue: Services['queue'] },
  run: { id: string; snapshotId: string | null },
  imageIds: string[],
): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(imageIds.length / imagesPerChunk) }, (_, i) => ({
    runId: run.id,
    imageIds: imageIds.slice(i * imagesPerChunk, (i + 1) * imagesPerChunk),
  }));
  const priority = run.snapshotId ? priorities.cohort : priorities.interactive;
  await queue.enqueue(tx, 'inference-chunk', chunks, { priority });
}
