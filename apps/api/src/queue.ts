import { fromPrisma, PgBoss } from 'pg-boss';
import type { Db } from './db.js';
import type { Logger } from './logger.js';
import { signal, Signals } from './signals.js';

/** Work for the worker process. Jobs carry ids only: the tables say what there is to do. */
export interface Jobs {
  /** Some images of one run; alone, when a network hung on them in company. */
  'inference-chunk': { runId: string; imageIds: string[]; isAlone?: boolean };
  /** Look at, or take in, an uploaded folder. */
  import: { importId: string };
  /** Count agreements of predictions with reference masks that came after them. */
  'mask-agreement': { imageIds: string[] };
}
export type JobName = keyof Jobs;

/** A job in a worker's hands. `attempt` is 0 at first and rises each time a worker gave up or died over it. */
export interface HeldJob<Name extends JobName = JobName> {
  name: Name;
  id: string;
  attempt: number;
  /** Why the attempt before this one was given back; undefined when its worker died without a word. */
  lastFault: { name: string; message: string } | undefined;
  data: Jobs[Name];
}

/** Seconds without a sign of life after which a worker counts as dead and its jobs go back; pg-boss takes no less. */
const heartbeatSeconds = 10;
/** How often a worker shows that it lives: three signs may be lost before it counts as dead. */
export const heartbeatMs = 2500;
/** How often dead workers are looked for. */
const superviseSeconds = 1;
/** A job may wait long for a machine with the right device. */
const retentionSeconds = 90 * 24 * 3600;
/** What became of a job stands in the tables; its own record is for the curious. */
const deleteAfterSeconds = 3600;

const queues: Record<JobName, { retryLimit: number; expireInSeconds: number }> = {
  // Practically without end: whoever works on a chunk decides when to give its images up, and says so in the run.
  'inference-chunk': { retryLimit: 1000, expireInSeconds: 900 },
  import: { retryLimit: 2, expireInSeconds: 6 * 3600 },
  'mask-agreement': { retryLimit: 5, expireInSeconds: 900 },
};

/** Higher goes first: somebody who waits before the screen goes before a cohort. */
export const priorities = { cohort: 0, interactive: 10 } as const;

export class Queue {
  constructor(
    readonly boss: PgBoss,
    readonly signals: Signals,
  ) {}

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
    await signal(tx, 'lesionwise_work', name);
  }

  /** Takes the first job that waits; undefined when none does. It must be touched, and settled in the end. */
  async take<Name extends JobName>(
    name: Name,
    { minPriority, maxPriority }: { minPriority?: number; maxPriority?: number } = {},
  ): Promise<HeldJob<Name> | undefined> {
    const [job] = await this.boss.fetch<Jobs[Name]>(name, {
      ...{ includeMetadata: true, minPriority, maxPriority },
    });
    if (!job) return undefined;
    const output = job.output as { name?: string; message?: string } | null;
    return {
      name,
      id: job.id,
      attempt: job.retryCount,
      lastFault: output?.message
        ? { name: output.name ?? 'Error', message: output.message }
        : undefined,
      data: job.data,
    };
  }

  /** A sign of life. */
  async touch({ name, id, attempt }: HeldJob): Promise<void> {
    await this.boss.touch(name, { id, retryCount: attempt });
  }

  /** Ends the job in the caller's transaction, so that what it did and that it is done are one fact. */
  async complete(tx: Db, { name, id, attempt }: HeldJob): Promise<void> {
    await this.boss.complete(name, { id, retryCount: attempt }, null, { db: fromPrisma(tx) });
  }

  /** Puts the job back for another attempt, or lets it fail when its attempts are used up. */
  async giveBack({ name, id, attempt }: HeldJob, reason: Error): Promise<void> {
    const { name: kind, message } = reason;
    await this.boss.fail(name, { id, retryCount: attempt }, { name: kind, message });
  }

  /** Takes back what no worker has begun. */
  async withdraw<Name extends JobName>(
    tx: Db,
    name: Name,
    about: Partial<Jobs[Name]>,
  ): Promise<void> {
    const db = fromPrisma(tx);
    const waiting = await this.boss.findJobs(name, {
      data: about,
      queued: true,
      limit: 100_000,
      db,
    });
    const ids = waiting.map(({ id }) => id);
    if (ids.length > 0) await this.boss.deleteJob(name, ids, { db });
  }

  async stop(): Promise<void> {
    await this.signals.stop();
    await this.boss.stop({ graceful: true, timeout: 10_000 });
  }
}

/**
 * Connects to the queue, which lives in its own schema of the same Postgres, and creates what is
 * missing.
 *
 * @param supervise also look for dead workers: for the worker process, since a dead one's jobs are of
 *   use to a living one only
 */
export async function openQueue(
  databaseUrl: string,
  logger: Logger,
  { supervise = false }: { supervise?: boolean } = {},
): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    max: 4,
    application_name: 'lesionwise-queue',
    schedule: false,
    supervise,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  boss.on('error', (error) => {
    logger.error({ err: error }, 'queue error');
  });
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, {
      heartbeatSeconds,
      retentionSeconds,
      deleteAfterSeconds,
      ...options,
    });
  }
  return new Queue(boss, new Signals(databaseUrl, logger));
}
