// What a worker's memory does over a long cohort: a few photographs under as many images as are asked for, each
// of them decoded from its original.
import { setTimeout } from 'node:timers/promises';
import { requestInference } from '../dist/inference/inference-run.service.js';
import { createStudy, startProcess } from './bench-world.mjs';
import { finished, rateOf, registerAgain } from './runs.mjs';

const quarters = 4;
const devices = { auto: 'AUTO', cpu: 'CPU', cuda: 'CUDA', webgpu: 'WEBGPU' };

/** At each quarter: the memory that the worker has resident, and the most that it ever had. */
export async function memoryOver(world, files, { packageFolder, memory, device }, tell) {
  tell(`Watching memory over ${memory} photographs`);
  const { db } = world.services;
  const { snapshotId } = await createStudy(world, files, memory);
  const { id: modelVersionId } = await registerAgain(world, packageFolder);
  const worker = startProcess(world, 'worker');
  try {
    const ask = { modelVersionId, snapshotId, device: devices[device] };
    const { id } = await requestInference(world.services, world.viewer, ask);
    const memoryByQuarter = [];
    while (memoryByQuarter.length < quarters) {
      await setTimeout(100);
      worker.requireAlive();
      const { scoredCount } = await db.inferenceRun.findUniqueOrThrow({ where: { id } });
      if (scoredCount < (memory * (memoryByQuarter.length + 1)) / quarters) continue;
      const at = {
        images: scoredCount,
        residentMb: worker.residentMb(),
        peakMb: worker.peakMemoryMb(),
      };
      memoryByQuarter.push(at);
      tell(`  ${at.images} images: ${at.residentMb} MB, at most ${at.peakMb} MB`);
    }
    const run = await finished(world, [worker], id);
    return {
      memoryImages: memory,
      memoryByQuarter,
      memoryPeakMb: worker.peakMemoryMb(),
      memoryWorkerStarts: worker.starts(),
      memoryImagesPerSecond: rateOf(run),
    };
  } finally {
    await worker.stop();
  }
}
