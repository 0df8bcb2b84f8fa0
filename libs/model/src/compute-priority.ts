import { readdirSync, readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Below all that is asked and answered. Networks take every core for as long as there are images, while a
 * request takes the database, the API and the thread that hands images on some forty short turns: at equal
 * priority, each of them waits for a pass to use up its slice.
 */
const COMPUTE_PRIORITY = constants.priority.PRIORITY_BELOW_NORMAL;

/** Elsewhere a priority is that of the whole process, and who hands images on would sink with the rest. */
const hasPriorityByThread = process.platform === 'linux';

/** Lowers the calling thread, and all threads that it starts from now on. There is no way back. */
export function computeBehindOthers(): void {
  if (hasPriorityByThread) lower(0);
}

/**
 * Lowers the threads of this process that read files and decode photographs. They start together, with the
 * first such work; before that there is nothing to lower.
 */
export function decodeBehindOthers(): void {
  if (!hasPriorityByThread) return;
  for (const thread of readdirSync('/proc/self/task')) {
    if (nameOf(thread) === 'libuv-worker') lower(Number(thread));
  }
}

function lower(thread: number): void {
  try {
    setPriority(thread, COMPUTE_PRIORITY);
  } catch {
    // A sandbox may forbid it. Then requests wait longer, and all answers are the same.
  }
}

function nameOf(thread: string): string {
  try {
    return readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim();
  } catch {
    return ''; // it ended meanwhile
  }
}
