// Times cohort runs through the real worker, beside what the machine can do and beside the same work in
// Python: npm run bench:inference -- [options]. States the machine, never fails on time, leaves nothing behind.
//
//   --json                    one JSON object instead of lines
//   --images <n>              images of the first run (default 320)
//   --images-folder <folder>  JPEG photographs to score; synthetic ones of six megapixels otherwise
//   --package <folder>        model package (default models/multitask/0.1.0)
//   --device <device>         auto, cpu, cuda, webgpu (default auto)
//   --requests <n>            single images asked for while a cohort run goes on (default 40)
//   --only <parts>            of: limits,runs,requests,scaling,python (default all)
//   --memory <n>              besides, watch a worker's memory over so many images (20000 take some five minutes)
//
// PYTHON names a Python that has pillow, onnxruntime, numpy and psycopg (python3 unless set); without one,
// its figures are left out and the reason is given.
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createBenchWorld } from './bench-world.mjs';
import { gpuFigures } from './gpu.mjs';
import { memoryOver } from './memory.mjs';
import { photographs } from './photographs.mjs';
import { requestTimes } from './requests.mjs';
import { cohortRuns, scaling } from './runs.mjs';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    images: { type: 'string', default: '320' },
    'images-folder': { type: 'string' },
    package: { type: 'string', default: join(root, 'models/multitask/0.1.0') },
    device: { type: 'string', default: 'auto' },
    requests: { type: 'string', default: '40' },
    memory: { type: 'string', default: '0' },
    only: { type: 'string', default: 'limits,runs,requests,scaling,python' },
  },
});
const serverUrl = process.env.DATABASE_URL;
const images = Number(values.images);
const parts = new Set(values.only.split(','));
const order = {
  packageFolder: resolve(values.package),
  ...{ images, device: values.device },
  ...{ requests: Number(values.requests), memory: Number(values.memory) },
};
const isCount = (value) => Number.isInteger(value) && value >= 0;
if (!serverUrl || ![images, order.requests, order.memory].every(isCount) || images < 1) {
  console.error(
    'DATABASE_URL must name a Postgres server; --images, --requests and --memory are whole numbers.',
  );
  process.exit(2);
}
const cores = availableParallelism();
const perCore = (rate) => rate && rate / cores;
const rounded = (value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value);
const tell = (line) => process.stderr.write(`${line}\n`);

const { packageFolder } = order;
tell('Preparing the photographs');
const files = await photographs(values['images-folder']);
const world = await createBenchWorld(serverUrl);
const figures = {
  machine: {
    cpu: cpus()[0]?.model,
    cores,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  images,
  megapixels:
    files.reduce((sum, { widthPx, heightPx }) => sum + (widthPx * heightPx) / 1e6, 0) /
    files.length,
  photographs: values['images-folder']
    ? `${files.length} of a folder`
    : `${files.length} synthetic`,
};
try {
  const folder = writePhotographs();
  if (parts.has('limits')) Object.assign(figures, limits(folder));
  if (parts.has('runs')) Object.assign(figures, await cohortRuns(world, files, order, tell));
  if (parts.has('requests')) Object.assign(figures, await requestTimes(world, files, order, tell));
  if (parts.has('scaling')) Object.assign(figures, await scaling(world, files, order, tell));
  if (order.memory > 0) Object.assign(figures, await memoryOver(world, files, order, tell));
  if (parts.has('python')) Object.assign(figures, python(folder));
  Object.assign(figures, gpuFigures(packageFolder, figures.device));
} finally {
  await world.close();
}
print(withRatios(figures));

/** Where the other programs find the photographs and their masks, by number. */
function writePhotographs() {
  const folder = join(world.folder, 'photographs');
  const originals = join(world.folder, 'originals-by-number');
  for (const path of [folder, originals]) mkdirSync(path);
  for (const [i, { bytes, png }] of files.entries()) {
    writeFileSync(join(folder, `${i}.jpg`), bytes);
    writeFileSync(join(folder, `${i}.png`), png);
    writeFileSync(join(originals, `${i}.jpg`), bytes);
  }
  return folder;
}

function rateOf(...args) {
  const limit = fileURLToPath(new URL('limits.mjs', import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [limit, ...args.map(String)]);
  if (status !== 0) throw new Error(`${args[0]}: ${stderr.toString().slice(-1000)}`);
  return Number(stdout.toString());
}

/** The bare session in the way that is faster here: all cores in one pass, or a pass on each core. */
function limits() {
  tell('Measuring what the machine can do');
  const together = rateOf('session', packageFolder, 'cpu', 1, cores, 1, 6);
  const sideBySide = rateOf('session', packageFolder, 'cpu', 1, 1, cores, 6);
  const decode = rateOf('decode', join(world.folder, 'originals-by-number'), packageFolder, 8);
  return {
    decodeLimitPerCore: perCore(decode),
    sessionLimitPerCore: perCore(Math.max(together, sideBySide)),
    sessionTogetherPerCore: perCore(together),
    sessionSideBySidePerCore: perCore(sideBySide),
  };
}

function python(folder) {
  tell('The same work in Python');
  const script = fileURLToPath(new URL('pipeline.py', import.meta.url));
  const env = { ...process.env, DATABASE_URL: world.databaseUrl };
  const rates = {};
  for (const [key, processes] of [
    ['pythonFirstTimePerCore', cores],
    ['pythonOneProcessPerCore', 1],
  ]) {
    const count = Math.min(images, 30 * cores);
    const args = [script, folder, packageFolder, String(count), String(processes)];
    const done = spawnSync(process.env.PYTHON ?? 'python3', args, { env });
    if (done.status !== 0) {
      const reason = done.error?.message ?? done.stderr.toString().trim().split('\n').at(-1);
      return { pythonFirstTimePerCore: null, pythonMissing: reason };
    }
    rates[key] = perCore(JSON.parse(done.stdout.toString()).imagesPerSecond);
  }
  return rates;
}

function withRatios(all) {
  const { firstTimePerCore: first, ingestedPerCore: ingested, pythonFirstTimePerCore: plain } = all;
  const ratio = (a, b) => (a && b ? a / b : undefined);
  return {
    ...all,
    ratios: {
      firstTimeToDecodeLimit: ratio(first, all.decodeLimitPerCore),
      ingestedToSessionLimit: ratio(ingested, all.sessionLimitPerCore),
      firstTimeToPython: ratio(first, plain),
    },
  };
}

function print(all) {
  const text = JSON.stringify(all, (_, value) => rounded(value), 2);
  if (values.json) console.log(text);
  else console.log(text.replace(/[{}",]/g, '').replace(/^\s*\n/gm, ''));
}
