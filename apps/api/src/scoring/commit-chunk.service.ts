import type { Services } from '../context.js';
import { type Db, inTransaction } from '../db.js';
import { recordPrepared } from '../images/prepared-image.service.js';
import { FailureReason } from '../inference/inference-run.type.js';
import { isOpen, shareRun } from '../inference/run-control.service.js';
import type { StageSums } from '../inference/run-progress.service.js';
import { type HeldJob, type Jobs, priorities } from '../queue.js';
import { signal } from '../signals.js';
import type { ChunkRun } from './chunk-facts.service.js';
import { failRun } from './fail-run.service.js';
import type { Outcome } from './score-image.service.js';
import { storeAnswers } from './store-answers.service.js';

export interface ChunkOutcome {
  outcomes: Outcome[];
  /** Images that the version scored in another run meanwhile. */
  scoredElsewhere: string[];
  device: string | null;
  deviceNote: string | null;
  begun: Date;
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
  if (outcome.device !== null) await endIfHanging(services, job, outcome);
}

async function commit(
  { db, queue }: Pick<Services, 'db' | 'queue'>,
  job: HeldJob<'inference-chunk'>,
  run: ChunkRun,
  outcome: ChunkOutcome,
): Promise<void> {
  const begun = performance.now();
  const { outcomes, device } = outcome;
  const made = outcomes.flatMap((one) => one.made ?? []);
  await inTransaction(db, async (tx) => {
    const { state } = await shareRun(tx, run.id);
    await queue.complete(tx, job);
    await recordPrepared(tx, made);
    // Cancelled, or failed as a whole: nobody asks for the answers, but pixels are pixels.
    if (!isOpen(state)) return;
    const answers = outcomes.filter((one) => one.kind === 'answer');
    const stored = await storeAnswers(tx, run, device, answers);
    await queue.enqueue(tx, 'inference-chunk', askAgain(run, outcomes), {
      priority: run.snapshotId ? priorities.cohort : priorities.interactive,
    });
    const sums = { ...outcome.sums, write: performance.now() - begun };
    // Last, since the run's row is locked from here on, and its other chunks wait.
    await countProgress(tx, run, { ...outcome, sums }, marksOf(outcome, stored));
    await signal(tx, 'lesionwise_run', run.id);
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
  services: Pick<Services, 'db' | 'queue'>,
  job: HeldJob<'inference-chunk'>,
  { outcomes }: ChunkOutcome,
): Promise<void> {
  const hasHung = outcomes.some(
    (one) => one.kind === 'failure' && one.failure.reason === FailureReason.TIMED_OUT,
  );
  if (!hasHung) return;
  const { runId } = job.data;
  const { scoredCount } = await services.db.inferenceRun.findUniqueOrThrow({
    where: { id: runId },
  });
  const hung = await services.db.runImage.count({
    where: { runId, state: 'FAILED', failureReason: FailureReason.TIMED_OUT },
  });
  if (scoredCount > 0 || hung < mostHangs) return;
  await failRun(services, job, `the network gave no answer on ${hung} images, and none on others`);
}

interface Mark {
  id: string;
  state: 'SCORED' | 'FAILED' | 'SKIPPED';
  reason: string | null;
  detail: string | null;
}

function marksOf({ outcomes, scoredElsewhere }: ChunkOutcome, stored: Set<string>): Mark[] {
  const skipped = (id: string): Mark => ({ id, state: 'SKIPPED', reason: null, detail: null });
  return [
    ...scoredElsewhere.map(skipped),
    ...outcomes.flatMap<Mark>((outcome) => {
      const { id } = outcome.image;
      if (outcome.kind === 'again') return [];
      if (outcome.kind === 'failure') return [{ id, state: 'FAILED', ...outcome.failure }];
      return [stored.has(id) ? { ...skipped(id), state: 'SCORED' } : skipped(id)];
    }),
  ];
}

/**
 * Says of each image what became of it, once, and counts that in the run; when none waits any more the run
 * is done.
 */
async function countProgress(
  tx: Db,
  run: ChunkRun,
  { device, deviceNote, sums, begun }: ChunkOutcome,
  marks: Mark[],
): Promise<void> {
  const [counted] = await tx.$queryRaw<{ scored: number }[]>`
    WITH marked AS (
      UPDATE "RunImage" x SET state = m.state::"RunImageState", "failureReason" = m.reason,
        "failureDetail" = m.detail, "finishedAt" = now()
      FROM unnest(${marks.map(({ id }) => id)}::uuid[], ${marks.map(({ state }) => state)}::text[],
        ${marks.map(({ reason }) => reason)}::text[], ${marks.map(({ detail }) => detail)}::text[])
        AS m(id, state, reason, detail)
      WHERE x."runId" = ${run.id}::uuid AND x."imageId" = m.id AND x.state = 'WAITING'
      RETURNING x.state
    ), counts AS (
      SELECT count(*) AS images, count(*) FILTER (WHERE state = 'SCORED') AS scored,
        count(*) FILTER (WHERE state = 'FAILED') AS failed,
        count(*) FILTER (WHERE state = 'SKIPPED') AS skipped
      FROM marked
    ), sums AS (
      SELECT key, value::float8 AS value FROM jsonb_each_text(${JSON.stringify(sums)}::jsonb)
      UNION ALL SELECT 'images', images FROM counts
    )
    UPDATE "InferenceRun" r SET
      "scoredCount" = r."scoredCount" + c.scored,
      "failedCount" = r."failedCount" + c.failed,
      "skippedCount" = r."skippedCount" + c.skipped,
      "actualDevice" = coalesce(${device}, r."actualDevice"),
      "deviceNote" = coalesce(${deviceNote}, r."deviceNote"),
      "startedAt" = coalesce(r."startedAt", ${begun}::timestamptz),
      "progressedAt" = now(),
      "stageMs" = r."stageMs" || (
        SELECT jsonb_object_agg(s.key, s.value + coalesce((r."stageMs"->>s.key)::float8, 0)) FROM sums s),
      state = CASE WHEN r."scoredCount" + r."failedCount" + r."skippedCount" + c.images
        >= r."totalCount" THEN 'DONE'::"RunState" ELSE 'RUNNING' END,
      "finishedAt" = CASE WHEN r."scoredCount" + r."failedCount" + r."skippedCount" + c.images
        >= r."totalCount" THEN now() END
    FROM counts c
    WHERE r.id = ${run.id}::uuid
    RETURNING c.scored::int`;
  if (counted?.scored !== marks.filter(({ state }) => state === 'SCORED').length) {
    // A worker that was taken for dead was faster with some of them: begin again with what is left.
    throw new Error('the images of the chunk were attempted elsewhere at the same time');
  }
}
