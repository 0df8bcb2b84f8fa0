import 'reflect-metadata';
import { readConfig } from './config.js';
import { openDatabase } from './db.js';
import { runImport } from './imports/import.service.js';
import { fillAgreementsOfImages } from './scoring/mask-agreement.service.js';
import { createModelSessions } from './scoring/model-session.service.js';
import { scoreChunk } from './scoring/score-chunk.service.js';
import { lane, runLanes } from './lanes.js';
import { createLogger } from './logger.js';
import { removeStaleUploads } from './models/model-upload.service.js';
import { openQueue, priorities } from './queue.js';
import { Storage } from './storage.js';

const config = readConfig();
const logger = createLogger('worker', config.logLevel);
const db = openDatabase(config.databaseUrl);
const queue = await openQueue(config.databaseUrl, logger, { supervise: true });
const storage = new Storage(config.storageFolder);
const sessions = createModelSessions({ db, storage });
const services = { db, storage, queue, logger, sessions };

const stopping = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => {
    stopping.abort();
  });
}

const chunks = lane({
  name: 'inference-chunk',
  work: (job) => scoreChunk(services, job),
});

const lanes = [
  // Two, so that one chunk is read and decoded while the other computes.
  chunks,
  chunks,
  // Somebody who waits before the screen does not wait for a cohort's chunk to end.
  { ...chunks, minPriority: priorities.interactive },
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
logger.info('worker ready');
await runLanes(services, lanes, stopping.signal);
await sessions.close();
await queue.stop();
await db.$disconnect();
process.exit(0);
