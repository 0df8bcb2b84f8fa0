import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelManifest, parseContract, preparationOf, prepareImage } from '@lesionwise/model';
import type { Db } from '../db.js';
import { sha256Of, type Storage } from '../storage.js';

/** The part of a manifest that says how an image is laid out for the network. */
export type NetworkInput = ModelManifest['input'];

const sizeBytesOf = ({ width, height }: NetworkInput) => width * height * 3;

/** In the store, prepared pixels lie under the hash of the original that they were made from. */
const kindOf = (specification: string) => `prepared/${specification.replaceAll(' ', '-')}` as const;

/** Which prepared pixels: those of one original for one input. */
export interface PreparedKey {
  /** Of the original. */
  sha256: string;
  input: NetworkInput;
}

/**
 * The prepared pixels that were kept, if they still are what they were; undefined where they are missing,
 * damaged or cannot be read, and must be made from the original again.
 *
 * @param pixelsSha256 what the table PreparedImage says of them
 */
export async function readPrepared(
  storage: Storage,
  { sha256, input }: PreparedKey,
  pixelsSha256: string,
): Promise<Uint8Array | undefined> {
  // Whatever is wrong with the file, the original is the recovery.
  const pixels = await storage.read(kindOf(preparationOf(input)), sha256).catch(() => undefined);
  if (pixels?.length !== sizeBytesOf(input)) return undefined;
  return sha256Of(pixels) === pixelsSha256 ? pixels : undefined;
}

/**
 * Keeps prepared pixels in place of whatever lies there. They can be made again at any time, so they are
 * not forced to disk.
 *
 * @returns the hash for the table PreparedImage
 */
export async function keepPrepared(
  storage: Storage,
  { sha256, input }: PreparedKey,
  pixels: Uint8Array,
): Promise<string> {
  await storage.replace(kindOf(preparationOf(input)), sha256, pixels);
  return sha256Of(pixels);
}

/** Removes all that was prepared from an original. */
export async function removePrepared(storage: Storage, sha256: string): Promise<void> {
  const folder = join(storage.folder, 'prepared');
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) await storage.remove(`prepared/${name}`, sha256);
}

/** Prepares a photograph for each of the inputs, so that no run over it has to decode it. */
export async function prepareForInputs(
  storage: Storage,
  { imageId, sha256 }: { imageId: string; sha256: string },
  original: Buffer,
  inputs: NetworkInput[],
): Promise<PreparedRow[]> {
  const rows: PreparedRow[] = [];
  for (const input of inputs) {
    const pixels = await prepareImage(original, input);
    const kept = await keepPrepared(storage, { sha256, input }, pixels);
    rows.push({ imageId, specification: preparationOf(input), sha256: kept });
  }
  return rows;
}

/** What the registered model versions take, each input once. */
export async function registeredInputs(db: Db): Promise<NetworkInput[]> {
  const versions = await db.modelVersion.findMany({
    // Versions of imported scores have no network, and so no input.
    where: { origin: { not: 'IMPORTED_SCORES' } },
    select: { manifest: true },
  });
  const inputs = new Map<string, NetworkInput>();
  for (const { manifest } of versions) {
    const { input } = parseContract(manifest);
    inputs.set(preparationOf(input), input);
  }
  return [...inputs.values()];
}

/** A row of the table PreparedImage. */
export interface PreparedRow {
  imageId: string;
  specification: string;
  /** Of the prepared pixels. */
  sha256: string;
}

/** Writes down what was kept. What is there already is written over: the newest pixels are those in the store. */
export async function recordPrepared(tx: Db, rows: PreparedRow[]): Promise<void> {
  if (rows.length === 0) return;
  // In one order everywhere, so that two transactions never wait for each other.
  const sorted = rows.toSorted((a, b) => (a.imageId < b.imageId ? -1 : 1));
  await tx.$executeRaw`
    INSERT INTO "PreparedImage" ("imageId", specification, sha256)
    SELECT * FROM unnest(${sorted.map(({ imageId }) => imageId)}::uuid[],
      ${sorted.map(({ specification }) => specification)}::text[],
      ${sorted.map(({ sha256 }) => sha256)}::text[])
    ON CONFLICT ("imageId", specification) DO UPDATE SET sha256 = excluded.sha256`;
}
