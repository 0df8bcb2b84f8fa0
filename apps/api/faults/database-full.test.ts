import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, startPostgres } from '../../../tools/postgres.mjs';
import { prisma } from '../../../tools/prisma.mjs';
import { inTransaction } from '../src/db.js';
import { retryFailed } from '../src/inference/run-control.service.js';
import { accountsOf, createScene, type Scene, untilEnded } from '../src/testing/scene.js';
import { createToyStudy } from '../src/testing/toy-study.js';
import { startWorker, type WorkerProcess } from '../src/testing/worker-process.js';
import { createWorld, type World } from '../src/testing/world.js';

const imageCount = 48;
/** Postgres makes its log in whole files of this size, and must go on doing so. */
const logFileBytes = 16 * 2 ** 20;
/** Rows that make the table of predictions longer than such a file. */
const fillingRows = 160_000;

const isRoot = userInfo().uid === 0;
const hasLimits = spawnSync('prlimit', ['--version']).status === 0;

// A file that may not grow is what a disk without room is to who writes it, and needs no disk of its own. The
// server is stopped from growing while it runs, and let go on.
describe.runIf(hasLimits)('a database whose disk is full', { timeout: 300_000 }, () => {
  let folder: string;
  let world: World;
  let worker: WorkerProcess;
  let scene: Scene;
  let version: string;

  const postmaster = async () => {
    const lines = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8');
    return Number(lines.split('\n')[0]);
  };
  /** For the server and all its processes; new ones inherit it. Whose they are may do it, root may not. */
  const allowFiles = async (bytes: number | 'unlimited') => {
    const first = await postmaster();
    const list = await readFile(`/proc/${first}/task/${first}/children`, 'utf8');
    for (const pid of [String(first), ...list.trim().split(' ')]) {
      const order = ['prlimit', '--pid', pid, `--fsize=${bytes}:`];
      const [command = '', ...args] = isRoot
        ? ['runuser', '-u', 'postgres', '--', ...order]
        : order;
      execFileSync(command, args);
    }
  };
  /** Predictions of versions, images and runs that nobody has. */
  const fill = (rows: number) =>
    inTransaction(world.db, async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`
        INSERT INTO "Prediction" (id, "modelVersionId", "imageId", "runId", device)
        SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'cpu'
        FROM generate_series(1, ${rows}::int)`;
    });
  /** Makes Prediction the longest table by far, and leaves no room in it for a single row more. */
  const fillUp = async () => {
    await fill(fillingRows);
    const [size] = await world.db.$queryRaw<{ bytes: number }[]>`
      SELECT pg_relation_size('"Prediction"')::float8 AS bytes`;
    expect(size!.bytes).toBeGreaterThan(logFileBytes);
    await allowFiles(size!.bytes);
    for (const rows of [50, 1]) {
      const isRefused = () =>
        fill(rows).then(
          () => false,
          () => true,
        );
      while (!(await isRefused()));
    }
  };
  const expectAccounted = async (runId: string) => {
    const { counted, there } = await accountsOf(world, runId);
    expect(there).toEqual(counted);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lesionwise-full-'));
    // The server runs as a user of its own, who must be able to enter.
    await chmod(folder, 0o755);
    const { url } = await startPostgres(join(folder, 'postgres'));
    const templateName = 'migrated';
    await createDatabase(url('postgres'), templateName);
    prisma(['migrate', 'deploy'], url(templateName));
    world = await createWorld({ serverUrl: url('postgres'), templateName });
    const images = Array.from({ length: imageCount }, (_, i) => ({
      ...{ patient: 'P', red: 10 + i, green: 20 },
    }));
    scene = await createScene(world, await createToyStudy(world, images));
    version = await scene.register();
    worker = startWorker(world);
  }, 120_000);
  afterAll(async () => {
    await worker.stop();
    await world.close();
    process.kill(await postmaster(), 'SIGINT');
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }, 60_000);

  it('ends a run with the reason for every image, and has them all once there is room again', async () => {
    await fillUp();
    const run = await scene.request(version);
    const full = await untilEnded(world, run);
    expect(full).toMatchObject({ state: 'DONE', scoredCount: 0, failedCount: imageCount });
    await expectAccounted(run);
    const reasons = await world.db.runImage.groupBy({
      by: ['failureReason'],
      where: { runId: run },
    });
    expect(reasons).toEqual([{ failureReason: 'WRITE_FAILED' }]);

    await allowFiles('unlimited');
    await retryFailed(world, scene.engineer, { id: run });
    const ended = await untilEnded(world, run);
    expect(ended).toMatchObject({ state: 'DONE', scoredCount: imageCount, failedCount: 0 });
    await expectAccounted(run);
  });
});
