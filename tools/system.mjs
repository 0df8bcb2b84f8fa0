// Starts and stops the whole system: Postgres (unless DATABASE_URL says otherwise), api, worker, web.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { environment, root, run } from './install.mjs';
import { createDatabase, freePort, startPostgres } from './postgres.mjs';
import { prisma } from './prisma.mjs';

/** Builds the named projects and what they depend on; unchanged ones come from the cache. */
export function build(...projects) {
  run('nx', ['run-many', '-t', 'build', '-p', projects.join(','), '--outputStyle=static'], {
    quiet: true,
  });
}

/** Builds while other work goes on. */
export function buildInBackground(...projects) {
  return new Promise((resolve, reject) => {
    const output = [];
    const child = spawn(
      'nx',
      ['run-many', '-t', 'build', '-p', projects.join(','), '--outputStyle=static'],
      { cwd: root, env: environment(), shell: process.platform === 'win32' },
    );
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('exit', (status) =>
      status === 0 ? resolve() : reject(new Error(`the build failed:\n${output.join('')}`)),
    );
  });
}

/** The wanted port, or a free one when somebody has it. */
function portOr(wanted) {
  if (wanted === 0) return freePort();
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(freePort()));
    probe.listen(wanted, '127.0.0.1', () => probe.close(() => resolve(wanted)));
  });
}

/** A random text that stays the same between starts. */
export function keptSecret(file) {
  if (!existsSync(file)) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}

/**
 * A database that is migrated: the user's by DATABASE_URL, otherwise an embedded one under `folder`.
 *
 * @returns {Promise<{databaseUrl: string, stop: () => Promise<void>}>}
 */
export async function openMigratedDatabase(folder, { durable = true } = {}) {
  let databaseUrl = process.env.DATABASE_URL;
  let server;
  if (!databaseUrl) {
    server = await startPostgres(join(folder, 'postgres'), { durable });
    await createDatabase(server.url('postgres'), 'lesionwise');
    databaseUrl = server.url('lesionwise');
  }
  prisma(['migrate', 'deploy'], databaseUrl);
  return { databaseUrl, stop: async () => server?.stop() };
}

async function waitFor(url, child, name, logFile) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) break;
    try {
      const answer = await fetch(url);
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${name} did not start; its log is ${logFile}`);
}

/**
 * One running system. `startWeb` is apart, because the web may still be building when api and worker work.
 *
 * @param {string} folder for the database, the images, the secrets and the logs
 */
export async function startSystem(folder, { apiPort = 4000, webPort = 3000, durable = true } = {}) {
  mkdirSync(join(folder, 'logs'), { recursive: true });
  const database = await openMigratedDatabase(folder, { durable });
  const ports = { api: await portOr(apiPort), web: await portOr(webPort) };
  const url = process.env.LESIONWISE_URL ?? `http://localhost:${ports.web}`;
  const env = environment({
    NODE_ENV: 'production',
    DATABASE_URL: database.databaseUrl,
    LESIONWISE_STORAGE: process.env.LESIONWISE_STORAGE ?? join(folder, 'storage'),
    LESIONWISE_SECRET: process.env.LESIONWISE_SECRET ?? keptSecret(join(folder, 'secret')),
    LESIONWISE_URL: url,
    LESIONWISE_API_PORT: String(ports.api),
    LESIONWISE_API_URL: `http://127.0.0.1:${ports.api}`,
  });

  const children = new Map();
  let isStopping = false;
  const launch = (name, args) => {
    const logFile = join(folder, 'logs', `${name}.log`);
    const log = createWriteStream(logFile, { flags: 'a' });
    const child = spawn(process.execPath, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.on('exit', (code, signal) => {
      children.delete(name);
      if (isStopping) return;
      // A worker that has grown too large ends cleanly, to begin with fresh memory: no fault, no delay.
      const isDone = name === 'worker' && code === 0;
      if (!isDone) {
        console.error(
          `${name} ended (${signal ?? code}); its log is ${logFile}. Starting it again…`,
        );
      }
      setTimeout(() => isStopping || launch(name, args), isDone ? 0 : 1000);
    });
    children.set(name, child);
    return { child, logFile };
  };

  const api = launch('api', ['apps/api/dist/main.js']);
  launch('worker', ['apps/api/dist/worker.js']);
  await waitFor(`http://127.0.0.1:${ports.api}/ready`, api.child, 'api', api.logFile);

  return {
    url,
    env,
    async startWeb() {
      const next = join(root, 'node_modules/next/dist/bin/next');
      const web = launch('web', [
        next,
        'start',
        'apps/web',
        '-p',
        String(ports.web),
        '-H',
        '127.0.0.1',
      ]);
      await waitFor(`http://127.0.0.1:${ports.web}/sign-in`, web.child, 'web', web.logFile);
    },
    /** Runs one of the API's commands against the system; its output is shown. */
    command(name, args = []) {
      return new Promise((resolve, reject) => {
        const child = spawn(
          process.execPath,
          [join(root, `apps/api/dist/commands/${name}.js`), ...args],
          {
            cwd: root,
            env,
            stdio: 'inherit',
          },
        );
        child.on('error', reject);
        child.on('exit', (code) =>
          code === 0 ? resolve() : reject(new Error(`the command ${name} failed`)),
        );
      });
    },
    async stop() {
      isStopping = true;
      const ends = [...children.values()].map(
        (child) => new Promise((resolve) => child.once('exit', resolve)),
      );
      for (const child of children.values()) child.kill('SIGTERM');
      const deadline = setTimeout(() => {
        for (const child of children.values()) child.kill('SIGKILL');
      }, 8000);
      await Promise.all(ends);
      clearTimeout(deadline);
      await database.stop();
    },
  };
}
