import 'reflect-metadata';
import { readConfig } from './config.js';
import { openDatabase } from './db.js';
import { createLogger } from './logger.js';
import { openQueue } from './queue.js';
import { createApiServer } from './server.js';
import { Storage } from './storage.js';

const config = readConfig();
const logger = createLogger('api', config.logLevel);
const db = openDatabase(config.databaseUrl);
const queue = await openQueue(config.databaseUrl, logger);
const storage = new Storage(config.storageFolder);
const server = await createApiServer(
  { db, queue, storage, logger, engines: config.engines },
  config,
);

server.listen(config.apiPort, config.apiHost, () => {
  logger.info({ port: config.apiPort }, 'api ready');
});

async function stop() {
  server.close();
  server.closeAllConnections();
  await queue.stop();
  await db.$disconnect();
  process.exit(0);
}
process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
