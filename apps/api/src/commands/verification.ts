import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { prisma } from '../../../../tools/prisma.mjs';
import { createCohort } from '../cohorts/cohort.service.js';
import { createSnapshot } from '../cohorts/snapshot.service.js';
import type { Services, Viewer } from '../context.js';
import { openDatabase, type RequestedDevice } from '../db.js';
import { Refusal } from '../errors.js';
import { createEvaluation } from '../evaluation/evaluation.service.js';
import type { Estimate } from '../comparison/estimate.type.js';
import type { Split } from '../imports/challenge-folder.js';
import { importFolder } from '../imports/import-folder.service.js';
import { reportText } from '../imports/report-text.js';
import { requestInference } from '../inference/inference-run.service.js';
import { elapsedSeconds, failuresOf } from '../inference/run-progress.service.js';
import { createLogger } from '../logger.js';
import { registerPackageFolder } from '../models/register-model-version.service.js';
import { openQueue } from '../queue.js';
import { Storage } from '../storage.js';

export interface VerificationOrder {
  /** A server that may make databases; the one it names is left alone. */
  serverUrl: string;
  /** In the layout of the ISIC challenges. */
  data: string;
  split?: Split | undefined;
  /** A model package. */
  packageFolder: string;
  device: RequestedDevice;
  tell: (progress: string) => void;
  signal: AbortSignal;
}

/** A statistic as an evaluation has it, and nothing rounded. */
export interface VerifiedNumber {
  value: number | null;
  /** Ends of the 95 % interval. */
  low: number | null;
  high: number | null;
  standardError: number | null;
  method?: string;
  undefinedReason?: string;
}

export interface Verification {
  model: string;
  sha256: string;
  images: number;
  patients: number;
  /** Images with a reference mask. */
  masks: number;
  jaccard: VerifiedNumber;
  aucMelanoma: VerifiedNumber;
  aucSeborrheicKeratosis: VerifiedNumber;
  metricSet: string;
  metricsVersion: string;
  device: string;
  deviceNote: string;
  /** From import to result. */
  seconds: number;
  inferenceSeconds: number;
}

/**
 * What a user of the product would do by hand, in a database and a folder of its own: import, register,
 * score, evaluate. Whatever happens, both are gone afterwards.
 */
export async function verifyPackage(order: VerificationOrder): Promise<Verification> {
  const begun = performance.now();
  const name = `verify_${randomBytes(8).toString('hex')}`;
  const url = new URL(order.serverUrl);
  url.pathname = `/${name}`;
  const folder = await mkdtemp(join(tmpdir(), 'lesionwise-verify-'));
  // Prisma's command line leaves files in the temporary folder; ours is removed with them.
  process.env['TMPDIR'] = folder;
  try {
    order.tell('Preparing a database of its own');
    await onServer(order.serverUrl, `CREATE DATABASE ${name}`);
    prisma(['migrate', 'deploy'], url.href);
    const facts = await inOwnDatabase({ databaseUrl: url.href, folder }, order);
    return { ...facts, seconds: (performance.now() - begun) / 1000 };
  } finally {
    await onServer(order.serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Not by tools/postgres.mjs: the embedded server it can start takes SIGINT for itself, and ends the process. */
async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

interface Place {
  databaseUrl: string;
  folder: string;
}

async function inOwnDatabase(place: Place, order: VerificationOrder) {
  const logger = createLogger('verify', 'error');
  const db = openDatabase(place.databaseUrl);
  const queue = await openQueue(place.databaseUrl, logger);
  const services = { db, queue, logger, storage: new Storage(place.folder) };
  try {
    return await verifyWith(services, place, order);
  } finally {
    await queue.stop();
    await db.$disconnect();
  }
}

async function verifyWith(services: Services, place: Place, order: VerificationOrder) {
  const { db } = services;
  const viewer = await createViewer(services);
  const version = await registerPackageFolder(services, viewer, order.packageFolder);
  const studyId = await importStudy(services, viewer, order);
  const cohort = await createCohort(db, viewer, { studyId, name: 'All', filter: {} });
  const snapshot = await createSnapshot(db, viewer, cohort.id);
  const run = await score(services, viewer, place, {
    ...{ order, snapshotId: snapshot.id, modelVersionId: version.id },
  });
  order.signal.throwIfAborted();
  order.tell('Computing the statistics');
  const evaluation = await createEvaluation(services, viewer, {
    snapshotId: snapshot.id,
    modelVersionIds: [version.id],
  });
  const { tasks, segmentation } = evaluation.versions[0]!;
  const aucOf = (task: string) => tasks.find((one) => one.task === task)?.auc;
  const masks = await db.snapshotImage.count({
    where: { snapshotId: snapshot.id, referenceMaskId: { not: null } },
  });
  return {
    ...{ model: version.title, sha256: version.sha256 },
    ...{ images: snapshot.imageCount, patients: snapshot.patientCount, masks },
    jaccard: numberOf(segmentation?.meanJaccard, 'no-masks'),
    aucMelanoma: numberOf(aucOf('melanoma'), 'not-answered'),
    aucSeborrheicKeratosis: numberOf(aucOf('seborrheic_keratosis'), 'not-answered'),
    ...{ metricSet: evaluation.metricSet, metricsVersion: evaluation.metricsVersion },
    ...{ device: run.actualDevice ?? '', deviceNote: run.deviceNote ?? '' },
    inferenceSeconds: elapsedSeconds(run) ?? 0,
  };
}

function numberOf(estimate: Estimate | undefined, ifAbsent: string): VerifiedNumber {
  if (!estimate) {
    return { value: null, low: null, high: null, standardError: null, undefinedReason: ifAbsent };
  }
  const { value, low, high, standardError, method, undefinedReason } = estimate;
  return {
    ...{ value: value ?? null, low: low ?? null, high: high ?? null },
    ...{ standardError: standardError ?? null, method },
    ...(undefinedReason && { undefinedReason }),
  };
}

async function createViewer({ db }: Services): Promise<Viewer> {
  const { id } = await db.user.create({
    data: { name: 'Verification', email: `${randomUUID()}@localhost`, isAdmin: true },
  });
  return { id, isAdmin: true, mayWrite: true };
}

async function importStudy(services: Services, viewer: Viewer, order: VerificationOrder) {
  const request = {
    ...{ folder: order.data, slug: 'verification', create: 'Verification', split: order.split },
    // As the official scorer does: an image that is there twice counts twice.
    duplicates: 'KEEP' as const,
  };
  const { isApplied, report } = await importFolder(services, viewer, request, {
    signal: order.signal,
    progress: (done, total) => {
      order.tell(`Reading ${done} of ${total} images`);
    },
  });
  if (!isApplied) {
    throw new Refusal('INVALID_INPUT', `The data cannot be used.\n${reportText(report, false)}`);
  }
  const study = await services.db.study.findUniqueOrThrow({ where: { slug: request.slug } });
  return study.id;
}

/** Scores the snapshot by a real worker process; every image must have its answer. */
async function score(
  services: Services,
  viewer: Viewer,
  place: Place,
  what: { order: VerificationOrder; snapshotId: string; modelVersionId: string },
) {
  const { db } = services;
  const { order, snapshotId, modelVersionId } = what;
  const { id } = await requestInference(services, viewer, {
    ...{ snapshotId, modelVersionId, device: order.device },
  });
  let worker = startWorker(place);
  try {
    for (;;) {
      const run = await db.inferenceRun.findUniqueOrThrow({ where: { id } });
      order.tell(`Scored ${run.scoredCount} of ${run.totalCount} images`);
      if (run.state === 'FAILED')
        throw new Refusal('UNAVAILABLE', run.failure ?? 'The run failed.');
      if (run.state === 'DONE' && run.failedCount === 0) return run;
      if (run.state === 'DONE') throw await incomplete(services, run);
      // One that has grown too large ends cleanly, for another to go on with fresh memory.
      if (worker.hasEndedWell()) worker = startWorker(place);
      worker.requireAlive();
      await setTimeout(200, undefined, { signal: order.signal });
    }
  } finally {
    await worker.stop();
  }
}

async function incomplete(
  { db }: Services,
  { id, failedCount }: { id: string; failedCount: number },
) {
  const failures = (await failuresOf(db, [id])).get(id) ?? [];
  const reasons = failures.map(
    ({ title, count, examples }) =>
      `  ${title}: ${count}, such as ${examples.slice(0, 3).join(', ')}`,
  );
  return new Refusal(
    'CONFLICT',
    `${failedCount} images have no answer, so nothing is evaluated.\n${reasons.join('\n')}`,
  );
}

/** A worker that finishes what it has in hand gets this long, then it is ended. */
const stopMs = 10_000;

function startWorker({ databaseUrl, folder }: Place) {
  const logFile = join(folder, 'worker.log');
  const log = openSync(logFile, 'a');
  // By way of dist, so that it is the same compiled process whoever starts it.
  const script = fileURLToPath(new URL('../../dist/worker.js', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      LESIONWISE_STORAGE: folder,
      LESIONWISE_SECRET: randomBytes(24).toString('hex'),
      LESIONWISE_URL: 'http://localhost',
      LESIONWISE_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = once(child, 'exit');
  return {
    hasEndedWell: () => child.exitCode === 0,
    requireAlive() {
      if (child.exitCode === null && child.signalCode === null) return;
      throw new Error(`The worker ended by itself.\n${readFileSync(logFile, 'utf8').slice(-4000)}`);
    },
    async stop() {
      child.kill('SIGTERM');
      const patience = new AbortController();
      const force = setTimeout(stopMs, undefined, { signal: patience.signal }).then(
        () => child.kill('SIGKILL'),
        () => false,
      );
      if (child.exitCode === null && child.signalCode === null) await ended;
      patience.abort();
      await force;
    },
  };
}
