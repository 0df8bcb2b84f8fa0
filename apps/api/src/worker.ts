import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { decodeBehindOthers, openIsolatedDecoder } from '@lesionwise/model';
import sharp from 'sharp';
import { readConfig, widenThreadPool } from './config.js';
import { openDatabase } from './db.js';
import { runImport } from './imports/import.service.js';
import { type Lane, lane, runLanes } from './lanes.js';
import { createLogger } from './logger.js';
import { removeStaleUploads } from './models/model-upload.service.js';
import { openQueue, priorities } from './queue.js';
import { fillAgreementsOfImages } from './scoring/mask-agreement.service.js';
import { untilSpent } from './scoring/memory-watch.service.js';
import { createModelSessions } from './scoring/model-session.service.js';
import { scoreChunk } from './scoring/score-chunk.service.js';
import { announceWorker } from './scoring/worker-presence.service.js';
import { Storage } from './storage.js';

// A photograph for each core, and the files and masks that are read and packed meanwhile.
widenThreadPool(availableParallelism() + 4);
// One thread for each photograph, and many photographs at once: threads inside one picture wait for each
// other. Nothing is decoded twice, so nothing is kept.
sharp.concurrency(1);
sharp.cache(false);

const config = readConfig();
const logger = createLogger('worker', config.logLevel);
const db = openDatabase(config.databaseUrl);
const queue = await openQueue(config.databaseUrl, logger, { supervise: true });
const storage = new Storage(config.storageFolder);
const sessions = createModelSessions(
  { db, storage, engines: config.engines },
  {
    memoryMb: config.sessionMemoryMb,
    answerWithinMs: config.answerSeconds * 1000,
    onChange: () => {
      presence.beat();
    },
  },
);
const presence = announceWorker({ db, logger, sessions });
const isolated = openIsolatedDecoder();
const services = { db, storage, queue, logger, sessions, isolated, engines: config.engines };

const stopping = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    stopping.abort();
  });
}

/**
 * Chunks in hand at once: some are fetched or read, some computed, some written. Their images meet in the
 * stages of `scoreImage`, and nothing else is held in memory.
 */
const chunksInHand = 6;

let hasWorked = false;
const cohortChunks = lane({
  name: 'inference-chunk',
  maxPriority: priorities.interactive - 1,
  work: async (job) => {
    try {
      await scoreChunk(services, job);
    } finally {
      hasWorked = true;
      // Whoever came next would get no answer here.
      if (sessions.isHung) stopping.abort();
    }
  },
});

const lanes = [
  ...Array<Lane>(chunksInHand).fill(cohortChunks),
  // Somebody who waits before the screen does not wait for a cohort's chunk to end, nor do many of them
  // stop it: whatever they ask goes through this one lane.
  { ...cohortChunks, maxPriority: undefined, minPriority: priorities.interactive },
  lane({
    name: 'import',
    work: async (job, stop) => {
      await runImport(services, job.data.importId, stop);
      await queue.complete(db, job);
    },
  }),
  lane({
    name: 'mask-agreement',
    work: async (job) => {
      await fillAgreementsOfImages(services, job.data.imageIds);
      await queue.complete(db, job);
    },
  }),
];

await removeStaleUploads(storage);
// The threads are there now.
decodeBehindOthers();
logger.info('worker ready');
const watched = { sessions, logger, memoryMb: config.workerMemoryMb, hasWorked: () => hasWorked };
void untilSpent(watched, stopping.signal).then(() => {
  stopping.abort();
});
await runLanes(services, lanes, stopping.signal);
await presence.end();
await isolated.close();
if (sessions.isHung) {
  logger.error('a network hangs; the worker ends, to be started again');
  // Nothing softer ends a thread inside the runtime, and `process.exit` would abort in it.
  process.kill(process.pid, 'SIGKILL');
}
await sessions.close();
await queue.stop();
await db.$disconnect();
process.exit(0);
