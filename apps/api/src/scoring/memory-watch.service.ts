import { setTimeout } from 'node:timers/promises';
import type { Logger } from '../logger.js';
import type { ModelSessions } from './model-session.service.js';

/** How often a worker looks at its memory. */
const lookMs = 1000;
const megabyte = 2 ** 20;

interface Watched {
  sessions: ModelSessions;
  logger: Logger;
  /** What the process may take. */
  memoryMb: number;
  hasWorked: () => boolean;
}

/**
 * Resolves when the process takes more memory than it may even after it closed the sessions that nobody
 * uses: the allocators under libvips and onnxruntime do not give back what they have broken into pieces,
 * and only a new process begins with whole ones. Resolves once `stopping`, too.
 */
export async function untilSpent(
  { sessions, logger, memoryMb, hasWorked }: Watched,
  stopping: AbortSignal,
): Promise<void> {
  while (!stopping.aborted) {
    // One that ends before its first job would begin and end for ever.
    if (hasWorked() && process.memoryUsage.rss() > memoryMb * megabyte) {
      await sessions.closeIdle();
      const residentMb = Math.round(process.memoryUsage.rss() / megabyte);
      if (residentMb > memoryMb) {
        logger.warn({ residentMb, memoryMb }, 'the worker ends to give its memory back');
        return;
      }
    }
    await setTimeout(lookMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}
