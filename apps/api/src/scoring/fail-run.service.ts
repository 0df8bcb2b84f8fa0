import type { Services } from '../context.js';
import { inTransaction } from '../db.js';
import { isOpen, lockRun } from '../inference/run-control.service.js';
import type { HeldJob } from '../queue.js';
import { signal } from '../signals.js';

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
        data: { state: 'FAILED', finishedAt: new Date(), failure, requestKey: null },
      });
      await signal(tx, 'lesionwise_run', runId);
    }
    await queue.complete(tx, job);
  });
}
