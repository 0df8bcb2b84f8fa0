import { setTimeout } from 'node:timers/promises';
import { Repeater } from '@graphql-yoga/subscription';
import type { Services, Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { notFound } from '../errors.js';
import type { Signals } from '../signals.js';
import { findRun } from './inference-run.service.js';
import type { FailureReason } from './inference-run.type.js';
import { type InferenceRun, type RunFailure, type StageTime } from './inference-run.type.js';

export const stages = ['read', 'decode', 'infer', 'mask', 'write'] as const;
export type Stage = (typeof stages)[number];
/**
 * As stored in InferenceRun.stageMs: milliseconds summed over images, over how many images, and how many of
 * them came with their prepared pixels.
 */
export type StageSums = Partial<Record<Stage | 'images' | 'prepared', number>>;

/** Adds to one of the sums. */
export type StageClock = (stage: keyof StageSums, amount: number) => void;

/** Answers that the rate looks back on: eight chunks, so that one slow image does not shake it. */
const recentPredictions = 128;
const examplesPerFailure = 10;

type Run = Pick<
  InferenceRun,
  | 'state'
  | 'totalCount'
  | 'scoredCount'
  | 'failedCount'
  | 'skippedCount'
  | 'startedAt'
  | 'finishedAt'
>;

export const waitingCount = (run: Run) =>
  run.totalCount - run.scoredCount - run.failedCount - run.skippedCount;

export function elapsedSeconds({ startedAt, finishedAt }: Run): number | null {
  if (!startedAt) return null;
  return Math.max(0, (finishedAt ?? new Date()).getTime() - startedAt.getTime()) / 1000;
}

/** Time for what waits at the present rate; null while no rate is known, and once the run has ended. */
export function secondsLeft(run: Run, imagesPerSecond: number | null): number | null {
  if (run.state !== 'RUNNING' || imagesPerSecond === null) return null;
  return waitingCount(run) / imagesPerSecond;
}

export function stageTimes(run: Pick<InferenceRun, 'stageMs'>): StageTime[] {
  const sums = run.stageMs as StageSums;
  const images = sums.images ?? 0;
  if (images === 0) return [];
  const total = stages.reduce((sum, stage) => sum + (sums[stage] ?? 0), 0);
  return stages.map((stage) => {
    const ms = sums[stage] ?? 0;
    return { stage, meanMs: ms / images, share: total > 0 ? ms / total : 0 };
  });
}

/** Images of the run that came with their prepared pixels. */
export const preparedCount = (run: Pick<InferenceRun, 'stageMs'>): number =>
  (run.stageMs as StageSums).prepared ?? 0;

/** Images a second over each run's last answers, by run id; absent before the first. */
export async function recentRates(db: Db, runIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ runId: string; rate: number | null }[]>`
    SELECT r.id AS "runId",
      -- The oldest moment begins the measured time, so its own images are not counted in it;
      -- where all answers came at one moment, the time began when the run did.
      CASE WHEN s.last > s.first THEN s.later / extract(epoch FROM s.last - s.first)
        WHEN s.last > r."startedAt" THEN s.all / extract(epoch FROM s.last - r."startedAt")
      END::float8 AS rate
    FROM "InferenceRun" r
    CROSS JOIN LATERAL (
      SELECT min(p."createdAt") AS first, max(p."createdAt") AS last, count(*) AS all,
        count(*) FILTER (WHERE p."createdAt" > p.first) AS later
      FROM (
        SELECT q."createdAt", min(q."createdAt") OVER () AS first
        FROM (
          SELECT "createdAt" FROM "Prediction" WHERE "runId" = r.id
          ORDER BY "createdAt" DESC LIMIT ${recentPredictions}
        ) q
      ) p
    ) s
    WHERE r.id = ANY(${runIds}::uuid[])`;
  return new Map(rows.flatMap(({ runId, rate }) => (rate ? [[runId, rate] as const] : [])));
}

/** What to tell people of each reason, and whether trying again may help by itself. */
const words: Record<FailureReason, { title: string; hint: string; retryable: boolean }> = {
  IMAGE_UNREADABLE: {
    title: 'The stored image is damaged',
    hint: 'The file is not the one that was imported, or cannot be decoded. Restore it from a backup, then retry.',
    retryable: false,
  },
  IMAGE_MISSING: {
    title: 'The stored image is missing',
    hint: 'The image store does not have the file. Check that the store is mounted, then retry.',
    retryable: true,
  },
  MODEL_ERROR: {
    title: 'The model gave no usable answer',
    hint: 'The network failed on these images, or answered with something that is no probability. Nothing is wrong with the images.',
    retryable: false,
  },
  ENGINE_UNAVAILABLE: {
    title: 'The inference engine could not be asked',
    hint: 'It was not reachable, not ready or overloaded, and was left alone after some attempts. Retry once it is well.',
    retryable: true,
  },
  TIMED_OUT: {
    title: 'The network hung, or the worker stopped, on the image',
    hint: 'There was no answer in time, or the worker ended three times over it, most often for lack of memory. Retry on a larger machine.',
    retryable: true,
  },
  OUT_OF_MEMORY: {
    title: 'The device had no memory for the image',
    hint: 'Not even for this image alone. Close what else uses the device, or ask for another one, then retry.',
    retryable: true,
  },
  WRITE_FAILED: {
    title: 'The answer could not be stored',
    hint: 'The database refused it. No half answer is kept. Retry once the database is well.',
    retryable: true,
  },
  INTERNAL: {
    title: 'A fault of ours',
    hint: 'The log of the worker has the details. Retry, and report it if it stays.',
    retryable: true,
  },
};

/** Failed images grouped by reason, most frequent first, by run id. */
export async function failuresOf(
  db: Db,
  runIds: readonly string[],
): Promise<Map<string, RunFailure[]>> {
  const rows = await db.$queryRaw<
    { runId: string; reason: FailureReason; count: number; examples: string[] }[]
  >`
    SELECT x."runId", x."failureReason" AS reason, count(*)::int AS count,
      (array_agg(i.code ORDER BY x.position))[1:${Prisma.raw(String(examplesPerFailure))}] AS examples
    FROM "RunImage" x JOIN "Image" i ON i.id = x."imageId"
    WHERE x."runId" = ANY(${runIds}::uuid[]) AND x.state = 'FAILED'
    GROUP BY x."runId", x."failureReason"
    ORDER BY count(*) DESC, x."failureReason"`;
  const byRun = new Map<string, RunFailure[]>(runIds.map((id) => [id, []]));
  for (const { runId, reason, count, examples } of rows) {
    byRun.get(runId)?.push({ reason, ...words[reason], count, examples });
  }
  return byRun;
}

/** Between two words about one run: faster than this, numbers only flicker. */
const pauseMs = 200;

/**
 * The run now, then again whenever a worker has stored answers, wherever that worker is. Who loses
 * sight of the study gets no further word.
 *
 * @throws NOT_FOUND, before anything is sent
 */
export async function watchRun(
  { db, queue: { signals } }: Pick<Services, 'db' | 'queue'>,
  viewer: Viewer,
  id: string,
): Promise<AsyncIterable<InferenceRun>> {
  if (!(await findRun(db, viewer, id))) throw notFound('run', id);
  // Not an async generator: one that awaits the next signal cannot be ended by its reader.
  return new Repeater<InferenceRun>(async (push, stop) => {
    const moves = await movesOf(signals, id);
    void stop.then(moves.end);
    try {
      while (!moves.hasEnded()) {
        const run = await findRun(db, viewer, id);
        if (!run) break;
        await push(run);
        await moves.next();
      }
    } finally {
      moves.end();
      stop();
    }
  });
}

/** Waits for signals about one run. Those that come while nobody waits are remembered as one. */
async function movesOf(signals: Signals, id: string) {
  let isDue = false;
  let isOver = false;
  let wake: (() => void) | undefined;
  const move = () => {
    isDue = true;
    wake?.();
  };
  const silence = await signals.listen('lesionwise_run', (payload) => {
    if (payload === undefined || payload === id) move();
  });
  return {
    hasEnded: () => isOver,
    end: () => {
      isOver = true;
      silence();
      move();
    },
    next: async () => {
      await setTimeout(isOver ? 0 : pauseMs);
      if (!isDue) await new Promise<void>((resolve) => (wake = resolve));
      isDue = false;
    },
  };
}
