import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import type { Viewer } from '../context.js';
import { invalid, Refusal } from '../errors.js';
import type { Storage } from '../storage.js';

/** Ten times the largest dermoscopy network in the literature. */
export const largestFileBytes = 500 * 1024 * 1024;
/** A package has three or four. */
const mostFiles = 5;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const packageFile =
  /^(manifest\.json|MODEL_CARD\.md|training-list\.csv|[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.onnx)$/;

/** Under the uploader's own id: nobody else's upload can be named, guessed or not. */
export function uploadFolder(storage: Storage, viewer: Viewer, uploadId: string): string {
  if (!uuid.test(uploadId)) throw invalid('uploadId', 'The upload id is a UUID in lower case.');
  return join(storage.folder, 'staging', 'models', viewer.id, uploadId);
}

/** Takes one file of a package in; sending it again replaces it. */
export async function receivePackageFile(
  folder: string,
  name: string,
  bytes: Readable,
): Promise<void> {
  if (!packageFile.test(name)) {
    throw invalid(
      'file',
      'A package has manifest.json, MODEL_CARD.md, one <name>.onnx and perhaps training-list.csv, no folders.',
    );
  }
  await mkdir(folder, { recursive: true });
  const present = await readdir(folder);
  if (!present.includes(name) && present.length >= mostFiles) {
    throw invalid('file', `A package has at most ${mostFiles} files.`);
  }
  const partial = join(folder, `.${randomUUID()}`);
  try {
    await pipeline(bytes, atMost(largestFileBytes), createWriteStream(partial, { flags: 'wx' }));
    await rename(partial, join(folder, name));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

export const tooLarge = () =>
  new Refusal('TOO_LARGE', `A file of a package has at most ${largestFileBytes} bytes.`);

function atMost(limit: number): Transform {
  let sizeBytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      if (sizeBytes <= limit) done(null, chunk);
      else done(tooLarge());
    },
  });
}

/** An upload that nobody registered within a day is not going to be. */
const staleMs = 24 * 3600 * 1000;

/** Removes what was uploaded and left. */
export async function removeStaleUploads(storage: Storage, now = Date.now()): Promise<void> {
  const root = join(storage.folder, 'staging', 'models');
  for (const owner of await readdir(root).catch(() => [])) {
    for (const upload of await readdir(join(root, owner))) {
      const folder = join(root, owner, upload);
      const { mtimeMs } = await stat(folder);
      if (now - mtimeMs > staleMs) await rm(folder, { recursive: true, force: true });
    }
  }
}
