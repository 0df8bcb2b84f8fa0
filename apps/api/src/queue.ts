import { fromPrisma, PgBoss } from 'pg-boss';
import type { Db } from './db.js';
import type { Logger } from './logger.js';

/** Work for the worker process. Jobs carry ids only: the tables say what there is to do. */
export interface Jobs {
  /** Some images of one run. */
  'inference-chunk': { runId: string; imageIds: string[] };
  /** Look at, or take in, an uploaded folder. */
  import: { importId: string };
  /** Count agreements of predictions with reference masks that came after them. */
  'mask-agreement': { imageIds: string[] };
}
export type JobName = keyof Jobs;

/** Seconds without a sign of life after which a worker counts as dead and its jobs go back. */
const heartbeatSeconds = 10;

const queues: Record<JobName, { retryLimit: number; expireInSeconds: number }> = {
  'inference-chunk': { retryLimit: 5, expireInSeconds: 900 },
  import: { retryLimit: 2, expireInSeconds: 6 * 3600 },
  'mask-agreement': { retryLimit: 5, expireInSeconds: 900 },
};

/** Higher goes first: somebody who waits before the screen goes before a cohort. */
export const priorities = { cohort: 0, interactive: 10 } as const;

export class Queue {
  constructor(readonly boss: PgBoss) {}

  /** Adds jobs in the caller's transaction: they exist if and only if it commits. */
  async enqueue<Name extends JobName>(
    tx: Db,
    name: Name,
    jobs: Jobs[Name][],
    { priority = 0 }: { priority?: number } = {},
  ): Promise<void> {
    if (jobs.length === 0) return;
    await this.boss.insert(
      name,
      jobs.map((data) => ({ data, priority })),
      { db: fromPrisma(tx) },
    );
  }

  stop(): Promise<void> {
    return this.boss.stop({ graceful: true, timeout: 10_000 });
  }
}

/** Connects to the queue, which lives in its own schema of the same Postgres, and creates what is missing. */
export async function openQueue(databaseUrl: string, logger: Logger): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    useListenNotify: true,
    max: 4,
    application_name: 'lesionwise-queue',
  });
  boss.on('error', (error) => {
    logger.error({ err: error }, 'queue error');
  });
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, { notify: true, heartbeatSeconds, ...options });
  }
  return new Queue(boss);
}
