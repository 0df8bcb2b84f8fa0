import type { Services } from '../context.js';
import { type Db, inTransaction } from '../db.js';
import { recordPrepared } from '../images/prepared-image.service.js';
import { isOpen, lockRun } from '../inference/run-control.service.js';
import { FailureReason } from '../inference/inference-run.type.js';
import type { StageSums } from '../inference/run-progress.service.js';
import { type HeldJob, type Jobs, priorities } from '../queue.js';
import { signal } from '../signals.js';
import type { ChunkRun } from './chunk-facts.service.js';
import { endRun } from './fail-run.service.js';
import type { Outcome } from './score-image.service.js';
import { storeAnswers } from './store-answers.service.js';

export interface ChunkOutcome {
  outcomes: Outcome[];
  /** Images that the version scored in another run meanwhile. */
  scoredElsewhere: string[];
  device: string | null;
  deviceNote: string | null;
  /** Sums over the chunk's images. */
  sums: StageSums;
}

/** The database did not take the answers. Nothing of the chunk is stored, and it is tried again. */
export class AnswersNotStoredError extends Error {
  override readonly name = 'AnswersNotStoredError';
}

/** Images on which a network may hang, with nothing scored between, before its run is given up. */
const mostHangs = 3;

/**
 * Stores what became of a chunk, counts it, and ends its job, all or nothing. Whatever of it is
 * stored already (a worker that was thought dead, another run) is left as it is and counted once.
 */
export async function commitChunk(
  services: Pick<Services, 'db' | 'queue'>,
  job: HeldJob<'inference-chunk'>,
  run: ChunkRun,
  outcome: ChunkOutcome,
): Promise<void> {
  try {
    await commit(services, job, run, outcome);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message.trim().split('\n').at(-1) : String(cause);
    throw new AnswersNotStoredError(`the database did not take the answers: ${words}`, { cause });
  }
}

async function commit(
  { db, queue }: Pick<Services, 'db' | 'queue'>,
  job: HeldJob<'inference-chunk'>,
  run: ChunkRun,
  outcome: ChunkOutcome,
): Promise<void> {
  const begun = performance.now();
  await inTransaction(db, async (tx) => {
    const { state } = await lockRun(tx, run.id);
    await recordPrepared(
      tx,
      outcome.outcomes.flatMap(({ made }) => made ?? []),
    );
    if (isOpen(state)) {
      const counts = await storeOutcome(tx, run, outcome);
      const sums = { ...outcome.sums, write: performance.now() - begun };
      await countProgress(tx, run.id, { ...outcome, sums }, counts);
      await queue.enqueue(tx, 'inference-chunk', askAgain(run, outcome.outcomes), {
        priority: run.snapshotId ? priorities.cohort : priorities.interactive,
      });
      await endIfHanging({ tx, queue }, run, outcome);
      await signal(tx, 'lesionwise_run', run.id);
    }
    await queue.complete(tx, job);
  });
}

/** Jobs for those that a hanging network left without an answer: suspects each by itself, the others together. */
function askAgain({ id: runId }: ChunkRun, outcomes: Outcome[]): Jobs['inference-chunk'][] {
  const again = outcomes.filter((outcome) => outcome.kind === 'again');
  const together = again.filter(({ isAlone }) => !isAlone).map(({ image }) => image.id);
  return [
    ...again
      .filter(({ isAlone }) => isAlone)
      .map(({ image }) => ({ runId, imageIds: [image.id], isAlone: true })),
    ...(together.length > 0 ? [{ runId, imageIds: together }] : []),
  ];
}

/** A network that hangs on every image would cost each of them its time-out and a worker. */
async function endIfHanging(
  { tx, queue }: { tx: Db; queue: Services['queue'] },
  { id: runId }: ChunkRun,
  { outcomes, device }: ChunkOutcome,
): Promise<void> {
  const hasHung = outcomes.some(
    (one) => one.kind === 'failure' && one.failure.reason === FailureReason.TIMED_OUT,
  );
  if (!hasHung || device === null) return;
  const { scoredCount } = await tx.inferenceRun.findUniqueOrThrow({ where: { id: runId } });
  const hung = await tx.runImage.count({
    where: { runId, state: 'FAILED', failureReason: FailureReason.TIMED_OUT },
  });
  if (scoredCount > 0 || hung < mostHangs) return;
  await endRun(
    { tx, queue },
    runId,
    `the network gave no answer on ${hung} images, and none on others`,
  );
}

interface Counts {
  scored: number;
  failed: number;
  skipped: number;
}

async function storeOutcome(
  tx: Db,
  run: ChunkRun,
  { outcomes, scoredElsewhere, device }: ChunkOutcome,
): Promise<Counts> {
  const ids = [...outcomes.map(({ image }) => image.id), ...scoredElsewhere];
  const rows = await tx.runImage.findMany({
    where: { runId: run.id, imageId: { in: ids }, state: 'WAITING' },
    select: { imageId: true },
  });
  const waiting = new Set(rows.map(({ imageId }) => imageId));
  const due = outcomes.filter(({ image }) => waiting.has(image.id));
  const answers = due.filter((outcome) => outcome.kind === 'answer');
  const failures = due.filter((outcome) => outcome.kind === 'failure');
  const elsewhere = scoredElsewhere.filter((id) => waiting.has(id));

  const stored = await storeAnswers(tx, run, device, answers);
  const marks = [
    ...answers.map(({ image }) => ({
      ...{ id: image.id, state: stored.has(image.id) ? 'SCORED' : 'SKIPPED' },
      ...{ reason: null, detail: null },
    })),
    ...failures.map(({ image, failure }) => ({ id: image.id, state: 'FAILED', ...failure })),
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

async function countProgress(
  tx: Db,
  runId: string,
  { device, deviceNote, sums }: ChunkOutcome,
  { scored, failed, skipped }: Counts,
): Promise<void> {
  const added = JSON.stringify({ ...sums, images: scored + failed + skipped });
  await tx.$executeRaw`
    UPDATE "InferenceRun" r SET
      "scoredCount" = "scoredCount" + ${scored},
      "failedCount" = "failedCount" + ${failed},
      "skippedCount" = "skippedCount" + ${skipped},
      "actualDevice" = coalesce(${device}, "actualDevice"),
      "deviceNote" = coalesce(${deviceNote}, "deviceNote"), "progressedAt" = now(),
      "stageMs" = r."stageMs" || (
        SELECT jsonb_object_agg(s.key, s.value::float8 + coalesce((r."stageMs"->>s.key)::float8, 0))
        FROM jsonb_each_text(${added}::jsonb) s)
    WHERE id = ${runId}::uuid`;
  await tx.$executeRaw`
    UPDATE "InferenceRun" SET state = 'DONE', "finishedAt" = now()
    WHERE id = ${runId}::uuid AND NOT EXISTS (
      SELECT FROM "RunImage" WHERE "runId" = ${runId}::uuid AND state = 'WAITING')`;
}
