import { setTimeout } from 'node:timers/promises';
import type { Logger } from './logger.js';
import { type HeldJob, heartbeatMs, type JobName, type Queue } from './queue.js';

/** One thread of work: takes jobs of one kind, one after another. */
export interface Lane<Name extends JobName = JobName> {
  name: Name;
  /** Leaves less urgent jobs to the other lanes. */
  minPriority?: number;
  /** Leaves more urgent ones to the others, so that a flood of them cannot stop all else. */
  maxPriority?: number;
  /** Must end the job itself where that belongs to its transaction; a job that is not ended is ended after it. */
  work: (job: HeldJob<Name>, stopping: AbortSignal) => Promise<void>;
}

/** A job that a dead worker gave back comes without a signal; this is how long it may lie unseen. */
const usualPollMs = 1000;

export const lane = <Name extends JobName>(one: Lane<Name>): Lane => one as unknown as Lane;

/**
 * Works until `stopping`, then finishes what is in hand. Each held job shows a sign of life, so that
 * the jobs of a process that dies go to another one within seconds.
 */
export async function runLanes(
  { queue, logger }: { queue: Queue; logger: Logger },
  lanes: Lane[],
  stopping: AbortSignal,
  { pollMs = usualPollMs } = {},
): Promise<void> {
  const held = new Set<HeldJob>();
  const wakeUps = new Map<() => void, JobName>();
  /** Signals so far: one that comes while a lane still asks is not for that lane's sleep to miss. */
  let heard = 0;
  /** Those that wait for such jobs, or all: the others would ask the queue for nothing. */
  const wakeUp = (name?: string) => {
    heard += 1;
    for (const [wake, wakesFor] of wakeUps) if (name === undefined || name === wakesFor) wake();
  };
  const rest = async (name: JobName) => {
    const nap = new AbortController();
    const wake = () => {
      nap.abort();
    };
    wakeUps.set(wake, name);
    await setTimeout(stopping.aborted ? 0 : pollMs, undefined, { signal: nap.signal }).catch(
      () => undefined,
    );
    wakeUps.delete(wake);
  };
  const silence = await queue.signals.listen('lesionwise_work', wakeUp);
  stopping.addEventListener('abort', () => {
    wakeUp();
  });
  const heart = setInterval(() => {
    for (const job of held) {
      queue.touch(job).catch((error: unknown) => {
        logger.warn({ err: error, job: job.id }, 'a sign of life did not arrive');
      });
    }
  }, heartbeatMs);

  await Promise.all(
    lanes.map(async (one) => {
      while (!stopping.aborted) {
        const before = heard;
        const isBusy = await takeOne({ queue, logger, held, stopping }, one);
        if (!isBusy && heard === before) await rest(one.name);
      }
    }),
  );
  clearInterval(heart);
  silence();
}

interface Hands {
  queue: Queue;
  logger: Logger;
  held: Set<HeldJob>;
  stopping: AbortSignal;
}

/** False when there was nothing to do, or no way of doing it for now. */
async function takeOne({ queue, logger, held, stopping }: Hands, one: Lane): Promise<boolean> {
  let job: HeldJob | undefined;
  try {
    const { minPriority, maxPriority } = one;
    job = await queue.take(one.name, { minPriority, maxPriority });
    if (!job) return false;
    held.add(job);
    await one.work(job, stopping);
    return true;
  } catch (error) {
    // Repeated on purpose: the next attempt is the recovery, and the database counts the attempts.
    logger.error({ err: error, queue: one.name, job: job?.id }, 'a job failed');
    if (job) await giveBack({ queue, logger }, job, error);
    return false;
  } finally {
    if (job) held.delete(job);
  }
}

async function giveBack(
  { queue, logger }: Pick<Hands, 'queue' | 'logger'>,
  job: HeldJob,
  cause: unknown,
): Promise<void> {
  try {
    await queue.giveBack(job, cause instanceof Error ? cause : new Error(String(cause)));
  } catch (error) {
    logger.error(
      { err: error, job: job.id },
      'a job could not be given back; it returns by itself',
    );
  }
}
