import type { Services } from '../context.js';
import { inTransaction } from '../db.js';
import { type HeldJob, priorities } from '../queue.js';
import { signal } from '../signals.js';
import {
  type ChunkImages,
  type ChunkRun,
  findChunkImages,
  findChunkRun,
} from './chunk-facts.service.js';
import { type ChunkOutcome, commitChunk, failRun } from './commit-chunk.service.js';
import { FailureReason } from '../inference/inference-run.type.js';
import {
  ModelNotOpenedError,
  type ModelSessions,
  type OpenModel,
} from './model-session.service.js';
import { prepareImages } from './read-images.service.js';
import { isOpen } from '../inference/run-control.service.js';
import { scoreImages } from './score-images.service.js';

export type ChunkServices = Pick<Services, 'db' | 'storage' | 'queue'> & {
  sessions: ModelSessions;
};
type ChunkJob = HeldJob<'inference-chunk'>;

/**
 * Attempts after which a chunk is suspected of killing its workers. It is then cut into single
 * images, and an image that fails as often by itself is given up.
 */
const mostAttempts = 3;

/** One job, from the stored photographs to the stored answers. Any part of it may be repeated. */
export async function scoreChunk(services: ChunkServices, job: ChunkJob): Promise<void> {
  const { db, queue, sessions } = services;
  const run = await findChunkRun(db, job.data.runId);
  if (!run || !isOpen(run.state)) return queue.complete(db, job);
  const chunk = await findChunkImages(db, run, job.data);
  if (job.attempt >= mostAttempts) return isolate(services, job, run, chunk);
  await beginRun(services, run);

  const key = { modelVersionId: run.modelVersionId, device: run.requestedDevice };
  try {
    await sessions.use(key, async (model) => {
      const outcome = await outcomeOf(services, model, chunk);
      await commitChunk(services, job, run, outcome);
    });
  } catch (error) {
    if (error instanceof ModelNotOpenedError) return failRun(services, job, error.message);
    throw error;
  }
}

async function outcomeOf(
  { storage }: ChunkServices,
  model: OpenModel,
  { images, scoredElsewhere }: ChunkImages,
): Promise<ChunkOutcome> {
  const stageMs = { read: 0, decode: 0, infer: 0, mask: 0 };
  const clock = (stage: keyof typeof stageMs, ms: number) => void (stageMs[stage] += ms);
  const read = await prepareImages({ storage, clock }, images, model.manifest.input);
  const scored = await scoreImages(model, read.prepared, clock);
  const { device, deviceNote } = model.session;
  const failures = [...read.failures, ...scored.failures];
  return { answers: scored.answers, failures, scoredElsewhere, device, deviceNote, stageMs };
}

async function beginRun({ db }: ChunkServices, run: ChunkRun): Promise<void> {
  if (run.state !== 'QUEUED') return;
  await inTransaction(db, async (tx) => {
    await tx.$executeRaw`
      UPDATE "InferenceRun" SET state = 'RUNNING', "startedAt" = coalesce("startedAt", now())
      WHERE id = ${run.id}::uuid AND state = 'QUEUED'`;
    await signal(tx, 'lesionwise_run', run.id);
  });
}

/** For a chunk whose workers died again and again: finds the image at fault, so that the others get their answers. */
async function isolate(
  services: ChunkServices,
  job: ChunkJob,
  run: ChunkRun,
  { images, scoredElsewhere }: ChunkImages,
): Promise<void> {
  const { db, queue } = services;
  if (job.data.imageIds.length > 1) {
    const single = images.map(({ id }) => ({ runId: run.id, imageIds: [id] }));
    const priority = run.snapshotId ? priorities.cohort : priorities.interactive;
    return inTransaction(db, async (tx) => {
      await queue.enqueue(tx, 'inference-chunk', single, { priority });
      await queue.complete(tx, job);
    });
  }
  const reason = job.lastFault === undefined ? FailureReason.TIMED_OUT : FailureReason.INTERNAL;
  const detail = job.lastFault ?? `the worker ended ${mostAttempts} times while it worked on it`;
  const failures = images.map((image) => ({ image, reason, detail }));
  return commitChunk(services, job, run, {
    ...{ answers: [], failures, scoredElsewhere, device: null, deviceNote: null },
    stageMs: { read: 0, decode: 0, infer: 0, mask: 0 },
  });
}
