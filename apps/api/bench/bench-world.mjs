// A database, an image store and worker processes of the benchmark's own, and none of them afterwards.
import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { prisma } from '../../../tools/prisma.mjs';
import { createCohort } from '../dist/cohorts/cohort.service.js';
import { createSnapshot } from '../dist/cohorts/snapshot.service.js';
import { openDatabase } from '../dist/db.js';
import { createLogger } from '../dist/logger.js';
import { openQueue } from '../dist/queue.js';
import { sha256Of, Storage } from '../dist/storage.js';

/** Linux counts processor time in these, whatever its own clock does. */
const TICK_MS = 10;

const compiled = (name) => fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));

export async function createBenchWorld(serverUrl) {
  const name = `bench_${randomBytes(6).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const folder = mkdtempSync(join(tmpdir(), 'lesionwise-bench-'));
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  prisma(['migrate', 'deploy'], url.href);
  const db = openDatabase(url.href);
  const logger = createLogger('bench', 'silent');
  const queue = await openQueue(url.href, logger);
  const storage = new Storage(folder);
  const { id } = await db.user.create({
    data: { name: 'Benchmark', email: 'benchmark@localhost', isAdmin: true },
  });
  return {
    services: { db, queue, storage, logger },
    viewer: { id, isAdmin: true, mayWrite: true },
    folder,
    databaseUrl: url.href,
    async close() {
      await queue.stop();
      await db.$disconnect();
      await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function onServer(serverUrl, statement) {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A real process of the product. `core` keeps it on one core of a Linux machine. A worker that has grown too
 * large ends cleanly and is started again, as `npm start` does.
 */
export function startProcess(world, script, { core, variables = {} } = {}) {
  const logFile = join(world.folder, `${script}.log`);
  const log = openSync(logFile, 'a');
  const node = [process.execPath, compiled(script)];
  const [command, ...args] = core === undefined ? node : ['taskset', '-c', String(core), ...node];
  const env = {
    ...process.env,
    DATABASE_URL: world.databaseUrl,
    LESIONWISE_STORAGE: world.folder,
    LESIONWISE_SECRET: randomBytes(24).toString('hex'),
    LESIONWISE_URL: 'http://localhost',
    LESIONWISE_LOG_LEVEL: 'warn',
    ...variables,
  };
  let isStopping = false;
  let child;
  let ended;
  const past = { peakMemoryMb: 0, starts: 0 };
  const launch = () => {
    child = spawn(command, args, { env, stdio: ['ignore', log, log] });
    past.starts += 1;
    ended = once(child, 'exit').then(([code]) => {
      if (code === 0 && !isStopping) launch();
    });
  };
  launch();
  /** A line of Linux's own accounts of the process; undefined where there are none. */
  const read = (file) => {
    try {
      return readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
    } catch {
      return undefined;
    }
  };
  // What a process used is forgotten with it, so it is looked at while it lives.
  const look = setInterval(() => {
    const peak = /VmHWM:\s+(\d+)/.exec(read('status') ?? '')?.[1];
    past.peakMemoryMb = Math.max(past.peakMemoryMb, Math.round(Number(peak ?? 0) / 1024));
  }, 200);
  return {
    requireAlive() {
      if (child.exitCode === null && child.signalCode === null) return;
      if (child.exitCode === 0) return;
      throw new Error(`${script} ended by itself:\n${readFileSync(logFile, 'utf8').slice(-3000)}`);
    },
    async stop() {
      isStopping = true;
      clearInterval(look);
      child.kill('SIGTERM');
      const force = new AbortController();
      void setTimeout(15_000, undefined, { signal: force.signal }).then(
        () => child.kill('SIGKILL'),
        () => undefined,
      );
      await ended;
      force.abort();
    },
    /** Processor time that it has used since its last start, in ms; undefined where the system does not say. */
    cpuMs() {
      const fields = read('stat')?.split(') ')[1]?.split(' ');
      return fields && (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    /** Memory that it has resident now, in MB; 0 where the system does not say. */
    residentMb: () =>
      Math.round(Number(/VmRSS:\s+(\d+)/.exec(read('status') ?? '')?.[1] ?? 0) / 1024),
    /** Memory resident now, in MB; 0 where the system does not say. */
    memoryMb: () =>
      Math.round(Number(/VmRSS:\s+(\d+)/.exec(read('status') ?? '')?.[1] ?? 0) / 1024),
    /** The most memory that it ever had resident, in MB; 0 where the system does not say. */
    peakMemoryMb: () => past.peakMemoryMb,
    starts: () => past.starts,
  };
}

/** A study whose images are the photographs over and over, each with a reference mask, and a snapshot of it. */
export async function createStudy({ services, viewer }, photographs, count) {
  const { db, storage } = services;
  const slug = `bench-${randomUUID().slice(0, 8)}`;
  const { id: studyId } = await db.study.create({ data: { slug, name: slug } });
  const patient = await db.patient.create({ data: { studyId, code: 'P' } });
  const lesion = await db.lesion.create({ data: { studyId, patientId: patient.id, code: 'L' } });
  const hashes = photographs.map(({ bytes }) => sha256Of(bytes));
  for (const [i, { bytes }] of photographs.entries())
    await storage.put('originals', hashes[i], bytes);
  for (let first = 0; first < count; first += 200) {
    const numbers = Array.from({ length: Math.min(200, count - first) }, (_, i) => first + i);
    const images = numbers.map((number) => {
      const at = number % photographs.length;
      const { widthPx, heightPx, sizeBytes, png, packed, areaPx } = photographs[at];
      const code = `IMG_${String(number).padStart(6, '0')}`;
      const copyNumber = Math.floor(number / photographs.length);
      const row = { id: randomUUID(), studyId, lesionId: lesion.id, code, copyNumber };
      const file = { widthPx, heightPx, sha256: hashes[at], sizeBytes };
      const bytes = { png: new Uint8Array(png), packed };
      const mask = { imageId: row.id, version: 1, widthPx, heightPx, areaPx, ...bytes };
      return { image: { ...row, ...file }, mask };
    });
    await db.image.createMany({ data: images.map(({ image }) => image) });
    await db.referenceMask.createMany({ data: images.map(({ mask }) => mask) });
  }
  const cohort = await createCohort(db, viewer, { studyId, name: 'All', filter: {} });
  const snapshot = await createSnapshot(db, viewer, cohort.id);
  return { studyId, snapshotId: snapshot.id };
}
