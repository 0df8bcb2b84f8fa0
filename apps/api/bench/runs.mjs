// Cohort runs by real worker processes.
import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { spawnSync } from 'node:child_process';
import { requestInference } from '../dist/inference/inference-run.service.js';
import { stageTimes } from '../dist/inference/run-progress.service.js';
import { registerPackageFolder } from '../dist/models/register-model-version.service.js';
import { createStudy, startProcess } from './bench-world.mjs';

const devices = { auto: 'AUTO', cpu: 'CPU', cuda: 'CUDA', webgpu: 'WEBGPU' };

/** The package as a version of its own: the same network again, which has scored nothing yet. */
export function registerAgain(world, packageFolder) {
  const folder = join(world.folder, `package-${randomUUID()}`);
  mkdirSync(folder);
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'manifest.json'), 'utf8'));
  copyFileSync(join(packageFolder, manifest.file), join(folder, manifest.file));
  const version = `9.0.0-bench.${randomUUID().replaceAll('-', '')}`;
  const { training, ...rest } = manifest;
  const written = { ...rest, version, training: { data: training.data } };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(written));
  return registerPackageFolder(world.services, world.viewer, folder);
}

/** Asks and waits until it is done, with every image scored. */
export async function run(world, workers, input) {
  const { id } = await requestInference(world.services, world.viewer, input);
  return finished(world, workers, id);
}

export async function finished({ services: { db } }, workers, id) {
  for (;;) {
    const found = await db.inferenceRun.findUniqueOrThrow({ where: { id } });
    if (found.state === 'DONE' && found.failedCount === 0) return found;
    if (found.state === 'DONE' || found.state === 'FAILED') {
      throw new Error(found.failure ?? `${found.failedCount} images failed`);
    }
    for (const worker of workers) worker.requireAlive();
    await setTimeout(50);
  }
}

/** Images a second that the run scored. */
export const rateOf = ({ scoredCount, startedAt, finishedAt }) =>
  (1000 * scoredCount) / (finishedAt.getTime() - startedAt.getTime());

/** First over photographs that were never prepared, then by a second version over the same ones. */
export async function cohortRuns(world, files, { packageFolder, images, device }, tell) {
  tell(`Scoring ${images} photographs, first time`);
  const cohort = await createStudy(world, files, images);
  const warming = await createStudy(world, files.slice(0, 1), 2);
  const worker = startProcess(world, 'worker');
  const cores = availableParallelism();
  try {
    const score = async () => {
      const { id: modelVersionId } = await registerAgain(world, packageFolder);
      const ask = { modelVersionId, device: devices[device] };
      await run(world, [worker], { ...ask, snapshotId: warming.snapshotId });
      const before = worker.cpuMs();
      const found = await run(world, [worker], { ...ask, snapshotId: cohort.snapshotId });
      const cpuMs = worker.cpuMs() - before;
      // Of a worker that was started again in the middle, only a part is known.
      return { ...found, cpuMsPerImage: cpuMs > 0 ? cpuMs / images : undefined };
    };
    const first = await score();
    tell('Scoring them again by a second version');
    const second = await score();
    return {
      device: first.actualDevice,
      firstTimePerCore: rateOf(first) / cores,
      ingestedPerCore: rateOf(second) / cores,
      stageMsFirstTime: stagesOf(first),
      stageMsIngested: stagesOf(second),
      // Of the worker alone: what other work on the machine cannot slow down.
      cpuMsFirstTime: first.cpuMsPerImage,
      cpuMsIngested: second.cpuMsPerImage,
      peakMemoryMb: worker.peakMemoryMb(),
      workerStarts: worker.starts(),
    };
  } finally {
    await worker.stop();
  }
}

const stagesOf = (found) =>
  Object.fromEntries(stageTimes(found).map(({ stage, meanMs }) => [stage, meanMs]));

/** One worker on one core, then two on two: what a second worker is worth. */
export async function scaling(world, files, { packageFolder, images, device }, tell) {
  if (spawnSync('taskset', ['--version']).status !== 0 || availableParallelism() < 2) return {};
  const rates = [];
  for (const count of [1, 2]) {
    tell(`Scoring with ${count} worker${count > 1 ? 's' : ''} of one core`);
    const cohort = await createStudy(world, files, Math.min(images, 100 * count));
    const { id: modelVersionId } = await registerAgain(world, packageFolder);
    const workers = Array.from({ length: count }, (_, core) =>
      startProcess(world, 'worker', { core }),
    );
    try {
      const ask = { modelVersionId, device: devices[device] };
      const warming = await createStudy(world, files.slice(0, 1), 2 * count);
      await run(world, workers, { ...ask, snapshotId: warming.snapshotId });
      rates.push(rateOf(await run(world, workers, { ...ask, snapshotId: cohort.snapshotId })));
    } finally {
      for (const worker of workers) await worker.stop();
    }
  }
  return {
    oneWorkerPerSecond: rates[0],
    twoWorkersPerSecond: rates[1],
    scaling: rates[1] / rates[0],
  };
}
