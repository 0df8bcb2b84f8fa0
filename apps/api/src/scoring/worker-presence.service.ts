import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Services, Viewer } from '../context.js';
import { type Db, type Prisma } from '../db.js';
import { mayInAnyStudy } from '../access.js';
import type { ModelSessions, SessionFacts } from './model-session.service.js';
import type { Worker } from './worker.type.js';

/** How often a worker says what it holds, besides each time a session opens or closes. */
const beatMs = 5000;
/** Without a word for this long, a worker is no longer shown. */
const silentMs = 30_000;
/** Then its row goes. Well above what a busy or a stopped machine may miss. */
const deadMs = 300_000;

/** The row of this worker while it lives. */
export interface Presence {
  /** Says now what has changed. */
  beat: () => void;
  /** Takes the row away. */
  end: () => Promise<void>;
}

/**
 * Shows this process in the table Worker, and takes the rows of dead ones out of it. It is for people to
 * look at: the queue tells by itself who lives, and no word missed here costs a job.
 */
export function announceWorker({
  db,
  logger,
  sessions,
}: Pick<Services, 'db' | 'logger'> & { sessions: ModelSessions }): Presence {
  const id = randomUUID();
  const startedAt = new Date();
  let last: Promise<void> = Promise.resolve();
  let isEnded = false;
  const beat = () => {
    // Closing the sessions at the end is no news: the row would come back and outlive the process.
    if (isEnded) return;
    last = last.then(async () => {
      try {
        await say(db, { id, startedAt }, sessions.list());
      } catch (error) {
        // The database may be away for a while; the next word says all there is to say.
        logger.warn({ err: error }, 'the worker could not show itself');
      }
    });
  };
  beat();
  const heart = setInterval(beat, beatMs);
  return {
    beat,
    end: async () => {
      isEnded = true;
      clearInterval(heart);
      await last;
      await db.worker.deleteMany({ where: { id } });
    },
  };
}

async function say(
  db: Db,
  { id, startedAt }: { id: string; startedAt: Date },
  open: SessionFacts[],
): Promise<void> {
  const now = {
    lastSeenAt: new Date(),
    memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    devices: [...new Set(open.map(({ device }) => device))],
    sessions: open as unknown as Prisma.InputJsonValue,
  };
  const { count } = await db.worker.updateMany({ where: { id }, data: now });
  if (count === 0) {
    const process_ = { host: hostname(), processId: process.pid, startedAt };
    await db.worker.createMany({ data: { id, ...process_, ...now }, skipDuplicates: true });
  }
  await db.worker.deleteMany({ where: { lastSeenAt: { lt: new Date(Date.now() - deadMs) } } });
}

/** The workers that live, for who may use them; the oldest first. */
export async function listWorkers(db: Db, viewer: Viewer): Promise<Worker[]> {
  if (!(await mayInAnyStudy(db, viewer, 'runInference'))) return [];
  const rows = await db.worker.findMany({
    where: { lastSeenAt: { gte: new Date(Date.now() - silentMs) } },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ host, devices, sessions, ...row }) => ({
    ...row,
    // The name of a machine tells of a network's inside, which only its administrators need.
    host: viewer.isAdmin ? host : null,
    devices: devices as string[],
    sessions: (sessions as unknown as SessionFacts[]).map(
      ({ openedAt, lastUsedAt, ...session }) => ({
        ...session,
        openedAt: new Date(openedAt),
        lastUsedAt: new Date(lastUsedAt),
      }),
    ),
  }));
}
