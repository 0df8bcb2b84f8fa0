import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal, invalid } from '../errors.js';
import type { Storage } from '../storage.js';
import { mostFileBytes } from './scan-folder.js';

/** A file that was uploaded for an import. */
export interface StagedFile {
  path: string;
  sizeBytes: number;
}

const deepestPath = 8;
const longestName = 200;

/** Where an import's uploaded files lie until it is applied or discarded. */
export const stagedFolder = (storage: Storage, importId: string) =>
  join(storage.folder, 'staging', importId, 'files');

export async function removeStaged(storage: Storage, importId: string): Promise<void> {
  await rm(join(storage.folder, 'staging', importId), { recursive: true, force: true });
}

/** The uploaded files by path. */
export async function listStaged(storage: Storage, importId: string): Promise<StagedFile[]> {
  const root = stagedFolder(storage, importId);
  // Before the first upload, and after the last use, there is no folder.
  if (!(await isThere(root))) return [];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const files = await Promise.all(
    paths.map(async (path) => ({
      path: relative(root, path).split(sep).join('/'),
      sizeBytes: (await stat(path)).size,
    })),
  );
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

export async function countStaged(storage: Storage, importId: string): Promise<number> {
  return (await listStaged(storage, importId)).length;
}

/** @throws INVALID_INPUT unless the segments name a file below the folder, and nothing else */
export function checkedPath(segments: string[]): string {
  const isFine =
    segments.length > 0 && segments.length <= deepestPath && segments.every(isPlainName);
  if (!isFine) {
    throw invalid(
      'path',
      `A path has at most ${deepestPath} plain names of at most ${longestName} characters; “..” is none.`,
    );
  }
  return segments.join('/');
}

/**
 * No separators or control characters, nothing that a disk of another system could mistake, and no dot or
 * blank at the end: so neither the place itself nor the way up.
 */
const isPlainName = (name: string) =>
  name !== '' && !/[\\/:*?"<>|]|\p{Cc}|[ .]$/u.test(name) && Buffer.byteLength(name) <= longestName;

/**
 * Streams a body to the disk and puts it in its place with `commit`, which may still refuse.
 * Of a broken or too large upload nothing remains.
 *
 * @param declaredBytes as the request says; checked again on what really comes
 */
export async function receiveFile(
  storage: Storage,
  importId: string,
  {
    path,
    body,
    declaredBytes,
  }: { path: string; body: Readable; declaredBytes: number | undefined },
  commit: (put: () => Promise<void>) => Promise<void>,
): Promise<void> {
  if (declaredBytes !== undefined && declaredBytes > mostFileBytes) throw tooLarge();
  const partial = join(storage.folder, 'staging', importId, 'partial', randomUUID());
  await mkdir(dirname(partial), { recursive: true });
  try {
    // The request is left whole, so that a refusal can still be answered.
    const parts = body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    await pipeline(upToLimit(parts), createWriteStream(partial, { flags: 'wx' }));
    await commit(async () => {
      const target = join(stagedFolder(storage, importId), path);
      await mkdir(dirname(target), { recursive: true });
      await rename(partial, target);
    });
  } catch (error) {
    // Whoever sent it is gone; there is nothing to look into.
    if (body.readableAborted) throw new Refusal('INVALID_INPUT', 'The upload broke off.');
    throw error;
  } finally {
    await rm(partial, { force: true });
  }
}

const tooLarge = () =>
  new Refusal('TOO_LARGE', `A file has at most ${mostFileBytes / 1024 / 1024} MB.`, {
    field: 'file',
  });

async function* upToLimit(body: AsyncIterable<Buffer>) {
  let received = 0;
  for await (const part of body) {
    received += part.length;
    if (received > mostFileBytes) throw tooLarge();
    yield part;
  }
}
