import type { IsolatedDecoder } from '@lesionwise/model';
import type { Services } from '../context.js';
import { inTransaction } from '../db.js';
import { FailureReason } from '../inference/inference-run.type.js';
import { isOpen } from '../inference/run-control.service.js';
import { type StageSums } from '../inference/run-progress.service.js';
import { mapLimited } from '../limit.js';
import { type HeldJob, priorities } from '../queue.js';
import { signal } from '../signals.js';
import {
  type ChunkImages,
  type ChunkRun,
  findChunkImages,
  findChunkRun,
} from './chunk-facts.service.js';
import { AnswersNotStoredError, type ChunkOutcome, commitChunk } from './commit-chunk.service.js';
import { failRun } from './fail-run.service.js';
import type { ModelSessions, OpenModel } from './model-session.service.js';
import { ModelNotOpenedError } from './open-model.service.js';
import { type Outcome, scoreImage } from './score-image.service.js';

export type ChunkServices = Pick<Services, 'db' | 'storage' | 'queue' | 'logger'> & {
  sessions: ModelSessions;
  isolated: IsolatedDecoder;
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
  if (job.attempt >= mostAttempts) return isolate(services, job, run);
  const begun = new Date();
  // A run of one image has begun and ended before anybody could read that it has begun.
  if (run.snapshotId) await beginRun(services, run);

  const key = { modelVersionId: run.modelVersionId, device: run.requestedDevice };
  try {
    await sessions.use(key, async (model) => {
      const chunk = await findChunkImages(db, run, job.data, model.manifest.input);
      const outcome = await outcomeOf(services, model, { run, job, chunk });
      await commitChunk(services, job, run, { ...outcome, begun });
    });
  } catch (error) {
    if (error instanceof ModelNotOpenedError) return failRun(services, job, error.message);
    throw error;
  }
}

async function outcomeOf(
  services: ChunkServices,
  model: OpenModel,
  { run, job, chunk }: { run: ChunkRun; job: ChunkJob; chunk: ChunkImages },
): Promise<Omit<ChunkOutcome, 'begun'>> {
  const { images, scoredElsewhere } = chunk;
  const sums: StageSums = {};
  const clock = (stage: keyof StageSums, amount: number) => {
    sums[stage] = (sums[stage] ?? 0) + amount;
  };
  const { isAlone = false } = job.data;
  // A worker died over these images without a word: whatever in them did that shall not take this one too.
  const isSuspect = job.attempt > 0 && !job.lastFault;
  const isolated = isSuspect ? services.isolated : undefined;
  const isUrgent = run.snapshotId === null;
  const scoring = { ...services, model, clock, isAlone, isUrgent, isolated };
  // All at once: each stage has its own bound, and a chunk is short.
  const outcomes = await mapLimited(images, images.length, (image) => scoreImage(scoring, image));
  clock('prepared', outcomes.filter(({ made }) => !made).length);
  const { device, deviceNote } = model;
  return { outcomes, scoredElsewhere, device, deviceNote, sums };
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
async function isolate(services: ChunkServices, job: ChunkJob, run: ChunkRun): Promise<void> {
  const { db, queue } = services;
  const { images, scoredElsewhere } = await findChunkImages(db, run, job.data);
  if (job.data.imageIds.length > 1) {
    const single = images.map(({ id }) => ({ runId: run.id, imageIds: [id] }));
    const priority = run.snapshotId ? priorities.cohort : priorities.interactive;
    return inTransaction(db, async (tx) => {
      await queue.enqueue(tx, 'inference-chunk', single, { priority });
      await queue.complete(tx, job);
    });
  }
  const outcomes = images.map<Outcome>((image) => ({
    ...{ image, made: undefined, kind: 'failure', failure: lastFailureOf(job) },
  }));
  return commitChunk(services, job, run, {
    ...{ outcomes, scoredElsewhere, device: null, deviceNote: null, sums: {}, begun: new Date() },
  });
}

function lastFailureOf({ lastFault }: ChunkJob) {
  if (!lastFault) {
    const detail = `the worker ended ${mostAttempts} times while it worked on it`;
    return { reason: FailureReason.TIMED_OUT, detail };
  }
  const isWriting = lastFault.name === AnswersNotStoredError.name;
  const reason = isWriting ? FailureReason.WRITE_FAILED : FailureReason.INTERNAL;
  return { reason, detail: lastFault.message };
}
