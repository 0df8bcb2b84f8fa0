import { randomUUID } from 'node:crypto';
import type { Services } from '../context.js';
import { type Db, inTransaction, type RunState } from '../db.js';
import type { HeldJob } from '../queue.js';
import { signal } from '../signals.js';
import type { ChunkRun } from './chunk-facts.service.js';
import type { Failure } from './read-images.service.js';
import { isOpen, lockRun } from '../inference/run-control.service.js';
import type { Stage } from '../inference/run-progress.service.js';
import type { Answer } from './score-images.service.js';

export interface ChunkOutcome {
  answers: Answer[];
  failures: Failure[];
  /** Images that the version scored in another run meanwhile. */
  scoredElsewhere: string[];
  device: string | null;
  deviceNote: string | null;
  /** Sums over the chunk's images. */
  stageMs: Record<Exclude<Stage, 'write'>, number>;
}

/**
 * Stores what became of a chunk, counts it, and ends its job, all or nothing. Whatever of it is
 * stored already (a worker that was thought dead, another run) is left as it is and counted once.
 */
export async function commitChunk(
  { db, queue }: Pick<Services, 'db' | 'queue'>,
  job: HeldJob<'inference-chunk'>,
  run: ChunkRun,
  outcome: ChunkOutcome,
): Promise<void> {
  const begun = performance.now();
  await inTransaction(db, async (tx) => {
    const { state } = await lockRun(tx, run.id);
    if (isOpen(state)) {
      const counts = await storeOutcome(tx, run, outcome);
      const writeMs = performance.now() - begun;
      await countProgress(
        tx,
        run.id,
        { ...outcome, stageMs: { ...outcome.stageMs, write: writeMs } },
        counts,
      );
      await signal(tx, 'lesionwise_run', run.id);
    }
    await queue.complete(tx, job);
  });
}

interface Counts {
  scored: number;
  failed: number;
  skipped: number;
}

async function storeOutcome(tx: Db, run: ChunkRun, outcome: ChunkOutcome): Promise<Counts> {
  const attempted = [...outcome.answers, ...outcome.failures].map(({ image }) => image.id);
  const ids = [...attempted, ...outcome.scoredElsewhere];
  const rows = await tx.runImage.findMany({
    where: { runId: run.id, imageId: { in: ids }, state: 'WAITING' },
    select: { imageId: true },
  });
  const waiting = new Set(rows.map(({ imageId }) => imageId));
  const answers = outcome.answers.filter(({ image }) => waiting.has(image.id));
  const failures = outcome.failures.filter(({ image }) => waiting.has(image.id));

  const elsewhere = outcome.scoredElsewhere.filter((id) => waiting.has(id));

  const stored = await storeAnswers(tx, run, outcome.device, answers);
  const marks = [
    ...answers.map(({ image }) => ({
      ...{ id: image.id, state: stored.has(image.id) ? 'SCORED' : 'SKIPPED' },
      ...{ reason: null, detail: null },
    })),
    ...failures.map(({ image, reason, detail }) => ({
      ...{ id: image.id, state: 'FAILED', reason, detail },
    })),
    ...elsewhere.map((id) => ({ id, state: 'SKIPPED', reason: null, detail: null })),
  ];
  await tx.$executeRaw`
    UPDATE "RunImage" x SET state = m.state::"RunImageState", "failureReason" = m.reason,
      "failureDetail" = m.detail, "finishedAt" = now()
    FROM unnest(${marks.map(({ id }) => id)}::uuid[], ${marks.map(({ state }) => state)}::text[],
      ${marks.map(({ reason }) => reason)}::text[], ${marks.map(({ detail }) => detail)}::text[])
      AS m(id, state, reason, detail)
    WHERE x."runId" = ${run.id}::uuid AND x."imageId" = m.id`;
  return {
    scored: stored.size,
    failed: failures.length,
    skipped: answers.length - stored.size + elsewhere.length,
  };
}

/** The images whose predictions are new; another run may have been faster. */
async function storeAnswers(
  tx: Db,
  run: ChunkRun,
  device: string | null,
  answers: Answer[],
): Promise<Set<string>> {
  if (device === null || answers.length === 0) return new Set();
  const predictions = await tx.prediction.createManyAndReturn({
    data: answers.map(({ image }) => ({
      ...{ id: randomUUID(), modelVersionId: run.modelVersionId, imageId: image.id },
      ...{ runId: run.id, device },
    })),
    skipDuplicates: true,
    select: { id: true, imageId: true },
  });
  const idOf = new Map(predictions.map(({ id, imageId }) => [imageId, id]));
  const rows = answers.flatMap((answer) => {
    const predictionId = idOf.get(answer.image.id);
    return predictionId ? [{ predictionId, ...answer }] : [];
  });
  await tx.score.createMany({
    data: rows.flatMap(({ predictionId, scores }) =>
      scores.map((score) => ({ predictionId, ...score })),
    ),
  });
  await tx.predictedMask.createMany({
    data: rows.flatMap(({ predictionId, image, mask }) =>
      mask ? [maskRow(predictionId, image, mask)] : [],
    ),
  });
  await tx.maskAgreement.createMany({
    data: rows.flatMap(({ predictionId, agreements }) =>
      agreements.map((agreement) => ({ predictionId, ...agreement })),
    ),
  });
  return new Set(idOf.keys());
}

function maskRow(
  predictionId: string,
  { widthPx, heightPx }: Answer['image'],
  { areaPx, box, threshold, png }: NonNullable<Answer['mask']>,
) {
  return {
    ...{ predictionId, widthPx, heightPx, threshold, areaPx, png: new Uint8Array(png) },
    ...{ boxLeftPx: box?.leftPx ?? null, boxTopPx: box?.topPx ?? null },
    ...{ boxWidthPx: box?.widthPx ?? null, boxHeightPx: box?.heightPx ?? null },
  };
}

async function countProgress(
  tx: Db,
  runId: string,
  {
    device,
    deviceNote,
    stageMs,
  }: Omit<ChunkOutcome, 'stageMs'> & { stageMs: Record<Stage, number> },
  { scored, failed, skipped }: Counts,
): Promise<void> {
  const sums = JSON.stringify({ ...stageMs, images: scored + failed + skipped });
  await tx.$executeRaw`
    UPDATE "InferenceRun" r SET
      "scoredCount" = "scoredCount" + ${scored},
      "failedCount" = "failedCount" + ${failed},
      "skippedCount" = "skippedCount" + ${skipped},
      "actualDevice" = coalesce(${device}, "actualDevice"),
      "deviceNote" = coalesce(${deviceNote}, "deviceNote"), "progressedAt" = now(),
      "stageMs" = (
        SELECT jsonb_object_agg(s.key, s.value::float8 + coalesce((r."stageMs"->>s.key)::float8, 0))
        FROM jsonb_each_text(${sums}::jsonb) s)
    WHERE id = ${runId}::uuid`;
  await tx.$executeRaw`
    UPDATE "InferenceRun" SET state = 'DONE', "finishedAt" = now()
    WHERE id = ${runId}::uuid AND NOT EXISTS (
      SELECT FROM "RunImage" WHERE "runId" = ${runId}::uuid AND state = 'WAITING')`;
}

/** No image can be attempted: the run says why, and its other chunks are taken back. */
export async function failRun(
  { db, queue }: Pick<Services, 'db' | 'queue'>,
  job: HeldJob<'inference-chunk'>,
  failure: string,
): Promise<void> {
  const { runId } = job.data;
  await inTransaction(db, async (tx) => {
    const { state } = await lockRun(tx, runId);
    if (isOpen(state)) {
      await queue.withdraw(tx, 'inference-chunk', { runId });
      await tx.inferenceRun.update({
        where: { id: runId },
        // Without its key, so that the same request may be made again once the cause is gone.
        data: { ...ended('FAILED'), failure, requestKey: null },
      });
      await signal(tx, 'lesionwise_run', runId);
    }
    await queue.complete(tx, job);
  });
}

const ended = (state: RunState) => ({ state, finishedAt: new Date() });
