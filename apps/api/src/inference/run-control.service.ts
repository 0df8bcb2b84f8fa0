import { inVisibleStudy, studyFor } from '../access.js';
import type { Services, Viewer } from '../context.js';
import { type Db, inTransaction, type RunState } from '../db.js';
import { conflict, notFound } from '../errors.js';
import { isId } from '../ids.js';
import { signal } from '../signals.js';
import { enqueueChunks, waitingImages } from './inference-run.service.js';
import type { FailureReason } from './inference-run.type.js';

type Controls = Pick<Services, 'db' | 'queue'>;

/** Whether workers still have to do with it. */
export const isOpen = (state: RunState) => state === 'QUEUED' || state === 'RUNNING';

/**
 * The run, to be changed as a whole: it waits until workers have stored what they are storing, and they
 * wait until the transaction ends, so that answers are stored before or after and never between.
 *
 * By a lock of its own and not by the row's: taking a run's key away asks for the row alone, and each answer
 * that is being stored holds a part of the row that it refers to.
 */
export async function lockRun(tx: Db, id: string) {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${id}, 0))`;
  return tx.inferenceRun.findUniqueOrThrow({ where: { id } });
}

/** The run, to store answers of it beside other workers; nobody closes it until the transaction ends. */
export async function shareRun(tx: Db, id: string) {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtextextended(${id}, 0))`;
  return tx.inferenceRun.findUniqueOrThrow({ where: { id } });
}

async function requireControl(db: Db, viewer: Viewer, id: string) {
  const run = isId(id)
    ? await db.inferenceRun.findFirst({ where: { AND: [{ id }, inVisibleStudy(viewer)] } })
    : null;
  if (!run) throw notFound('run', id);
  await studyFor(db, viewer, run.studyId, 'runInference');
}

/** Stops the run before its next chunk. Answers that are stored stay; cancelling twice is harmless. */
export async function cancelRun({ db, queue }: Controls, viewer: Viewer, id: string) {
  await requireControl(db, viewer, id);
  return inTransaction(db, async (tx) => {
    const run = await lockRun(tx, id);
    if (run.state === 'CANCELLED') return run;
    if (!isOpen(run.state)) throw conflict('The run has ended; there is nothing to cancel.');
    await queue.withdraw(tx, 'inference-chunk', { runId: id });
    await signal(tx, 'lesionwise_run', id);
    return tx.inferenceRun.update({
      where: { id },
      // Without its key, so that the same request may be made again.
      data: { state: 'CANCELLED', requestKey: null, finishedAt: new Date() },
    });
  });
}

/** Sends the failed images again, all or those of one reason; for a run that failed as a whole, all that wait. */
export async function retryFailed(
  { db, queue }: Controls,
  viewer: Viewer,
  { id, reason }: { id: string; reason?: FailureReason | undefined },
) {
  await requireControl(db, viewer, id);
  return inTransaction(db, async (tx) => {
    const run = await lockRun(tx, id);
    if (run.state === 'CANCELLED') {
      throw conflict('The run was cancelled; request inference again instead.');
    }
    const failed = await tx.runImage.updateManyAndReturn({
      where: { runId: id, state: 'FAILED', ...(reason && { failureReason: reason }) },
      data: { state: 'WAITING', failureReason: null, failureDetail: null, finishedAt: null },
      select: { imageId: true, position: true },
    });
    const inOrder = failed.sort((a, b) => a.position - b.position).map(({ imageId }) => imageId);
    // The images of a run that failed as a whole still wait, and their jobs were taken back.
    const again = run.state === 'FAILED' ? await waitingImages(tx, id) : inOrder;
    if (again.length === 0) throw conflict('No image of the run failed for this reason.');
    await enqueueChunks({ tx, queue }, run, again);
    await signal(tx, 'lesionwise_run', id);
    return tx.inferenceRun.update({
      where: { id },
      data: {
        state: run.state === 'RUNNING' ? 'RUNNING' : 'QUEUED',
        failedCount: { decrement: failed.length },
        retryCount: { increment: 1 },
        failure: null,
        finishedAt: null,
      },
    });
  });
}
