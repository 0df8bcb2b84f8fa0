// What a GPU does with larger batches, where the worker ran on one.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const batches = [1, 8, 32];

/** Images a second of the bare session at each batch size; nothing on a CPU, which gains nothing by batches. */
export function gpuFigures(packageFolder, device) {
  if (device === undefined || device === 'cpu') return {};
  const limit = fileURLToPath(new URL('limits.mjs', import.meta.url));
  const rates = batches.map((batch) => {
    const args = [limit, 'session', packageFolder, device, batch, 1, 1, 6].map(String);
    const { stdout, status } = spawnSync(process.execPath, args);
    return [batch, status === 0 ? Number(stdout.toString()) : null];
  });
  return { gpuSessionPerSecondByBatch: Object.fromEntries(rates) };
}
