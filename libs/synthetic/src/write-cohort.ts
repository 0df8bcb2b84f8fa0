import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { checkedSize, syntheticCohort, type CohortSize } from './cohort.js';
import type { DrawOrder } from './draw-thread.js';
import { diagnosesCsv, LAYOUT, metadataCsv } from './layout.js';
import { syntheticVersion } from './version.js';

export interface WriteOptions extends CohortSize {
  /** Called after each image with how many are done, of how many. */
  onProgress?: (done: number, total: number) => void;
  /** Drawing threads; one for each processor, up to 8, when left out. */
  concurrency?: number;
}

/** The folder holds files that are not a synthetic cohort's: they are left as they are. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
  constructor(readonly folder: string) {
    super(`${folder} holds files that are not a synthetic cohort; name a new or empty folder`);
  }
}

/** More threads than this wait on the disk rather than draw. */
const MOST_THREADS = 8;

/**
 * Writes the cohort of `size` in the layout of the ISIC 2017 challenge: JPEG images, 8-bit masks of
 * 0 and 255, labels and metadata, and a marker saying which seed, size and version it is of. Drawn in a
 * folder beside the one named and renamed at the end, so that a half-written cohort is never taken
 * for a whole one. A folder that already holds this very cohort is left alone; one that holds another
 * synthetic cohort is replaced. Linear in the images; drawing runs off the calling thread.
 *
 * @throws RangeError on sizes that cannot be (see `syntheticCohort`) or a concurrency below 1.
 * @throws FolderInUseError when the folder holds anything else.
 */
export async function writeSyntheticCohort(
  folder: string,
  { onProgress, concurrency, ...given }: WriteOptions = {},
): Promise<void> {
  const size = checkedSize(given);
  const threads = checkedThreads(concurrency, size.images);
  const marker = markerOf(size);
  const target = resolve(folder);
  const found = await contentsOf(target);
  if (found === marker) return;
  if (found === 'foreign') throw new FolderInUseError(target);

  await mkdir(dirname(target), { recursive: true });
  const drawing = await mkdtemp(`${target}.drawing-`);
  try {
    await writeTables(drawing, size);
    await drawAll({ folder: drawing, size }, threads, onProgress);
    // Last, so that it vouches for everything else.
    await writeFile(join(drawing, LAYOUT.marker), marker);
    await replace(target, drawing);
  } finally {
    await rm(drawing, { recursive: true, force: true });
  }
}

function checkedThreads(concurrency: number | undefined, images: number): number {
  const threads = concurrency ?? Math.min(MOST_THREADS, availableParallelism());
  if (!Number.isSafeInteger(threads) || threads < 1) {
    throw new RangeError(`concurrency must be a positive whole number, got ${threads}`);
  }
  return Math.min(threads, images);
}

const markerOf = (size: Required<CohortSize>) =>
  `${JSON.stringify(
    {
      notice: 'Synthetic images, drawn by a program. They show no patient.',
      generator: '@lesionwise/synthetic',
      version: syntheticVersion,
      ...size,
    },
    undefined,
    2,
  )}\n`;

/** The marker of the cohort in the folder; `empty` for none, `foreign` for files without a marker. */
async function contentsOf(target: string): Promise<string> {
  const names = await readdir(target).catch(ignoring('ENOENT', [] as string[]));
  if (names.includes(LAYOUT.marker)) return readFile(join(target, LAYOUT.marker), 'utf8');
  return names.length === 0 ? 'empty' : 'foreign';
}

async function writeTables(folder: string, size: Required<CohortSize>): Promise<void> {
  const images = syntheticCohort(size);
  await mkdir(join(folder, LAYOUT.images));
  await mkdir(join(folder, LAYOUT.masks));
  await writeFile(join(folder, LAYOUT.diagnoses), diagnosesCsv(images));
  await writeFile(join(folder, LAYOUT.metadata), metadataCsv(images));
}

/** Renames cannot replace a folder with files in it: the old one steps aside first, and is then removed. */
async function replace(target: string, drawing: string): Promise<void> {
  const aside = `${drawing}-replaced`;
  await rename(target, aside).catch(ignoring('ENOENT', undefined));
  await rename(drawing, target);
  await rm(aside, { recursive: true, force: true });
}

/** Takes one kind of failure for an answer, and passes all others on. */
function ignoring<T>(code: string, answer: T): (cause: unknown) => T {
  return (cause) => {
    if (cause instanceof Error && 'code' in cause && cause.code === code) return answer;
    throw cause;
  };
}

async function drawAll(
  { folder, size }: Pick<DrawOrder, 'folder' | 'size'>,
  threads: number,
  onProgress: WriteOptions['onProgress'],
): Promise<void> {
  let done = 0;
  const workers = Array.from({ length: threads }, (_, first) => {
    const order: DrawOrder = { folder, size, first, threads };
    // By way of dist, so that tests running from src start the same compiled thread as the product.
    return new Worker(new URL('../dist/draw-thread.js', import.meta.url), { workerData: order });
  });
  try {
    await Promise.all(
      workers.map((worker) => ended(worker, () => onProgress?.(++done, size.images))),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

/** Settles when the thread has ended; fails with it, or with what the caller's `onImage` throws. */
function ended(worker: Worker, onImage: () => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  worker.on('message', () => {
    try {
      onImage();
    } catch (cause) {
      reject(cause);
    }
  });
  worker.once('error', (cause) => {
    reject(new Error('a drawing thread failed', { cause }));
  });
  worker.once('exit', (code) => {
    if (code === 0) resolve(undefined);
    else reject(new Error(`a drawing thread ended with code ${code}`));
  });
  return promise;
}
