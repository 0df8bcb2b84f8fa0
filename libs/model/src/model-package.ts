import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseManifest, type ModelManifest } from './manifest.js';
import { ModelPackageError } from './model-package-error.js';

export const MANIFEST_FILE = 'manifest.json';
const CARD_FILE = 'MODEL_CARD.md';
/** A manifest is about 1 kB; what is a thousand times that is some other file. */
const LARGEST_MANIFEST_BYTES = 1_000_000;

/** A model package on disk whose file is the one its manifest names, by hash. */
export interface ModelPackage {
  folder: string;
  manifest: ModelManifest;
  /** Path of the ONNX file. */
  modelFile: string;
  sizeBytes: number;
  sha256: string;
  /** The text of MODEL_CARD.md, undefined where the package has none. */
  card: string | undefined;
}

/**
 * Reads `<folder>/manifest.json` and proves that the ONNX file beside it has the hash written there.
 * The graph itself is not opened; `checkModelPackage` does that.
 *
 * Throws ModelPackageError: `MANIFEST_MISSING`, `MANIFEST_INVALID`, `FILE_MISSING`, `HASH_MISMATCH`.
 */
export async function readModelPackage(folder: string): Promise<ModelPackage> {
  const manifest = await readManifest(folder);
  const modelFile = join(folder, manifest.file);
  const { sizeBytes, sha256 } = await hashFile(modelFile, manifest.file);
  if (sha256 !== manifest.sha256) {
    throw new ModelPackageError(
      'HASH_MISMATCH',
      manifest.file,
      `${manifest.file} has sha256 ${sha256}, but the manifest names ${manifest.sha256}`,
    );
  }
  return { folder, manifest, modelFile, sizeBytes, sha256, card: await readCard(folder) };
}

/** The manifest alone; throws `MANIFEST_MISSING` or `MANIFEST_INVALID`. */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const file = join(folder, MANIFEST_FILE);
  const size = await regularFileSize(file);
  if (size === undefined) {
    throw new ModelPackageError('MANIFEST_MISSING', MANIFEST_FILE, `there is no ${MANIFEST_FILE}`);
  }
  if (size > LARGEST_MANIFEST_BYTES) {
    const message = `${MANIFEST_FILE} is ${size} bytes, and no manifest is above ${LARGEST_MANIFEST_BYTES}`;
    throw new ModelPackageError('MANIFEST_INVALID', MANIFEST_FILE, message);
  }
  return parseManifest(parseJson(await readFile(file, 'utf8')));
}

/** Size and sha256 of the ONNX file, read as a stream; throws `FILE_MISSING`. */
export async function hashFile(
  file: string,
  name: string,
): Promise<{ sizeBytes: number; sha256: string }> {
  const sizeBytes = await regularFileSize(file);
  if (sizeBytes === undefined) {
    const message = `the manifest names ${name}, and the package has no such file`;
    throw new ModelPackageError('FILE_MISSING', name, message);
  }
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { sizeBytes, sha256: hash.digest('hex') };
}

async function readCard(folder: string): Promise<string | undefined> {
  const file = join(folder, CARD_FILE);
  return (await regularFileSize(file)) === undefined ? undefined : readFile(file, 'utf8');
}

/** Undefined where there is no such file, or where the name is that of a folder. */
async function regularFileSize(file: string): Promise<number | undefined> {
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : undefined;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw cause;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `${MANIFEST_FILE} is not JSON: ${reason}`;
    throw new ModelPackageError('MANIFEST_INVALID', MANIFEST_FILE, message, { cause });
  }
}
