// What the machine can do when nothing else is asked of it. Run as a program, it prints one number:
// `decode <folder> <model folder> <seconds>` or `session <model folder> <device> <batch> <threads> <sessions> <seconds>`.
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const self = fileURLToPath(import.meta.url);

if (!isMainThread) await bareSession(workerData);
else await main(process.argv.slice(2));

async function main([what, ...rest]) {
  if (what === 'decode') console.log(await decodeRate(...rest));
  else if (what === 'session') console.log(await sessionRate(...rest));
  else throw new Error(`there is no limit ${what}`);
}

/** Images a second through `prepareImage` alone, one photograph for each core. */
async function decodeRate(folder, modelFolder, seconds) {
  process.env.UV_THREADPOOL_SIZE ??= String(availableParallelism() + 2);
  const { prepareImage, readModelPackage } = await import('@lesionwise/model');
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  const { manifest } = await readModelPackage(modelFolder);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  let done = 0;
  let next = 0;
  const until = performance.now() + 1000 * seconds;
  const lane = async () => {
    while (performance.now() < until) {
      await prepareImage(files[next++ % files.length], manifest.input);
      done += 1;
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  return (1000 * done) / (performance.now() - begun);
}

/** Images a second of `session.run` and nothing else, `sessions` of them side by side. */
async function sessionRate(modelFolder, device, batch, threads, sessions, seconds) {
  const order = { modelFolder, device, batch: Number(batch), threads: Number(threads), seconds };
  const rates = await Promise.all(
    Array.from(
      { length: Number(sessions) },
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker(self, { workerData: order });
          worker.once('message', resolve).once('error', reject);
        }),
    ),
  );
  return rates.reduce((sum, rate) => sum + rate, 0);
}

async function bareSession({ modelFolder, device, batch, threads, seconds }) {
  const { InferenceSession, Tensor, env } = await import('onnxruntime-node');
  env.logLevel = 'fatal';
  const manifest = JSON.parse(readFileSync(join(modelFolder, 'manifest.json'), 'utf8'));
  const { name, height, width } = manifest.input;
  const session = await InferenceSession.create(join(modelFolder, manifest.file), {
    executionProviders: [device],
    intraOpNumThreads: threads,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
  });
  const pixels = new Uint8Array(batch * height * width * 3).map((_, i) => (i * 37) % 256);
  const pass = () =>
    session.run({ [name]: new Tensor('uint8', pixels, [batch, height, width, 3]) });
  for (let i = 0; i < 3; i += 1) await pass();
  let done = 0;
  const begun = performance.now();
  while (performance.now() - begun < 1000 * seconds) {
    await pass();
    done += batch;
  }
  const rate = (1000 * done) / (performance.now() - begun);
  await session.release();
  parentPort.postMessage(rate);
}
