import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, freePort, startPostgres } from '../../../tools/postgres.mjs';
import { prisma } from '../../../tools/prisma.mjs';
import { createApiToken } from '../src/accounts/api-token.service.js';
import { createCohort } from '../src/cohorts/cohort.service.js';
import { createSnapshot } from '../src/cohorts/snapshot.service.js';
import { type Database, openDatabase } from '../src/db.js';
import { registerPackageFolder } from '../src/models/register-model-version.service.js';
import { sha256Of, Storage } from '../src/storage.js';
import { accountsOf } from '../src/testing/scene.js';
import { writeToyPackage } from '../src/testing/toy-model.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const runs = Number(process.env['FAULTS_RUNS'] ?? 30);
const imagesPerRun = 192;
/** Kills in each run; which process and when is drawn, by a seed that is printed where it fails. */
const killsPerRun = 3;
const seed = Number(process.env['FAULTS_SEED'] ?? 1);
const victims = ['worker', 'api', 'database'] as const;

/** Equal seeds give equal draws. */
function drawing(from: number) {
  let state = from;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a system whose processes are killed at random moments', () => {
  const draw = drawing(seed);
  let folder: string;
  let storage: Storage;
  let databaseUrl: string;
  let apiUrl: string;
  let secret: string;
  let snapshotId: string;
  let isOver = false;
  const processes = new Map<string, ChildProcess>();

  /** As tools/system.mjs does: what ends is started again. */
  const keep = (name: 'worker' | 'main', port: number) => {
    if (isOver) return;
    const child = spawn(process.execPath, [`dist/${name}.js`], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: databaseUrl,
        LESIONWISE_STORAGE: folder,
        LESIONWISE_SECRET: 'x'.repeat(32),
        LESIONWISE_URL: 'http://localhost:3000',
        LESIONWISE_API_PORT: String(port),
        LESIONWISE_LOG_LEVEL: 'silent',
      },
      stdio: 'ignore',
    });
    processes.set(name === 'main' ? 'api' : name, child);
    child.once('exit', () => {
      setTimeout(() => {
        keep(name, port);
      }, 200);
    });
  };

  const postgresFolder = () => join(folder, 'postgres');
  const postmaster = async () => {
    const lines = await readFile(join(postgresFolder(), 'postmaster.pid'), 'utf8');
    return Number(lines.split('\n')[0]);
  };
  /** Back on the same port, where the others look for it; its own children may need a moment to go. */
  const killDatabase = async () => {
    process.kill(await postmaster(), 'SIGKILL');
    const port = Number(new URL(databaseUrl).port);
    for (let attempt = 1; ; attempt += 1) {
      await pause(300);
      try {
        await startPostgres(postgresFolder(), { port });
        return;
      } catch (error) {
        if (attempt === 20) throw error;
      }
    }
  };

  const withDatabase = async <T>(ask: (db: Database) => Promise<T>): Promise<T> => {
    for (let attempt = 0; ; attempt += 1) {
      const db = openDatabase(databaseUrl, { connections: 2 });
      try {
        return await ask(db);
      } catch (error) {
        // The database may be down just now.
        if (attempt > 100) throw error;
        await pause(200);
      } finally {
        await db.$disconnect().catch(() => undefined);
      }
    }
  };
  /** A mutation over HTTP, as often as it takes; asking again is the same run. */
  const request = async (modelVersionId: string): Promise<string> => {
    for (;;) {
      try {
        const answer = await fetch(`${apiUrl}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
          body: JSON.stringify({
            query:
              'mutation ($input: RequestInferenceInput!) { requestInference(input: $input) { id } }',
            variables: { input: { modelVersionId, snapshotId, device: 'CPU' } },
          }),
        });
        const { data } = (await answer.json()) as { data?: { requestInference: { id: string } } };
        if (data) return data.requestInference.id;
      } catch {
        // Killed just now.
      }
      await pause(200);
    }
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lesionwise-faults-'));
    // The server runs as a user of its own, who must be able to enter.
    await chmod(folder, 0o755);
    storage = new Storage(folder);
    // Durable, unlike in other tests: a killed server must have kept what it said it had.
    const { url } = await startPostgres(postgresFolder());
    await createDatabase(url('postgres'), 'lesionwise');
    databaseUrl = url('lesionwise');
    prisma(['migrate', 'deploy'], databaseUrl);
    await withDatabase(async (db) => {
      const user = await db.user.create({
        data: { name: 'Test person', email: `${randomUUID()}@example.org`, isAdmin: true },
      });
      const viewer = { id: user.id, isAdmin: true, mayWrite: true };
      const token = { name: 'faults', scope: 'WRITE', expiresInDays: 1 } as const;
      ({ secret } = await createApiToken(db, viewer, token));
      const study = await db.study.create({ data: { slug: 'faults', name: 'Faults' } });
      await fillStudy(db, storage, study.id);
      const filter = { studyId: study.id, name: 'All', filter: {} };
      const cohort = await createCohort(db, viewer, filter);
      snapshotId = (await createSnapshot(db, viewer, cohort.id)).id;
    });
    const port = await freePort();
    apiUrl = `http://127.0.0.1:${port}`;
    keep('main', port);
    keep('worker', port);
  }, 120_000);
  afterAll(async () => {
    isOver = true;
    await Promise.all(
      [...processes.values()].map(async (child) => {
        const ended = once(child, 'exit');
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGKILL');
          await ended;
        }
      }),
    );
    process.kill(await postmaster(), 'SIGINT');
    await pause(1000);
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it(`accounts for every image exactly once in ${runs} runs (seed ${seed})`, async () => {
    const killed = { worker: 0, api: 0, database: 0 };
    for (let number = 1; number <= runs; number += 1) {
      const modelVersionId = await withDatabase(async (db) => {
        const packageFolder = await writeToyPackage(folder, { name: `toy-${number}` });
        return (await registerPackageFolder({ db, storage }, undefined, packageFolder)).id;
      });
      const kills = (async () => {
        for (let k = 0; k < killsPerRun; k += 1) {
          await pause(100 + draw(2500));
          const victim = victims[draw(victims.length)]!;
          killed[victim] += 1;
          if (victim === 'database') await killDatabase();
          else processes.get(victim)!.kill('SIGKILL');
        }
      })();
      const id = await request(modelVersionId);
      await kills;
      const state = async () =>
        withDatabase(
          async (db) => (await db.inferenceRun.findUniqueOrThrow({ where: { id } })).state,
        );
      while (!['DONE', 'FAILED'].includes(await state())) await pause(250);
      const { counted, there } = await withDatabase((db) => accountsOf({ db }, id));
      expect(there).toEqual(counted);
      expect(there).toMatchObject({ scored: imagesPerRun, failed: 0, skipped: 0 });
    }
    console.log(`killed in ${runs} runs of ${imagesPerRun} images:`, killed);
  });
});

/** Photographs that take a worker some seconds in all. */
async function fillStudy(db: Database, storage: Storage, studyId: string): Promise<void> {
  const [widthPx, heightPx] = [1200, 900];
  const noise = { type: 'gaussian', mean: 120, sigma: 30 } as const;
  const bytes = await sharp({
    create: { width: widthPx, height: heightPx, channels: 3, background: 'red', noise },
  })
    .jpeg()
    .toBuffer();
  const sha256 = sha256Of(bytes);
  await storage.put('originals', sha256, bytes);
  const patient = await db.patient.create({ data: { studyId, code: 'P' } });
  const lesion = await db.lesion.create({ data: { studyId, patientId: patient.id, code: 'L' } });
  await db.image.createMany({
    data: Array.from({ length: imagesPerRun }, (_, copyNumber) => ({
      ...{ studyId, lesionId: lesion.id, code: `IMG_${copyNumber}`, copyNumber, widthPx, heightPx },
      ...{ sha256, sizeBytes: bytes.length },
    })),
  });
}
