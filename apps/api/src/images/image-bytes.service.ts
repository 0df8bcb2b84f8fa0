import { displayImage, thumbnail } from '@lesionwise/model';
import { Refusal } from '../errors.js';
import { createLimit } from '../limit.js';
import type { Storage } from '../storage.js';

/** What is served of a photograph: never the original, which may tell where and by whom it was taken. */
export type Derivative = 'display' | 'thumbnails';

const makers: Record<Derivative, (original: Buffer) => Promise<Buffer>> = {
  display: displayImage,
  thumbnails: thumbnail,
};

/** A decoded photograph may take 300 MB; two at once keep both cores of a small machine busy. */
const limit = createLimit(2);
const beingMade = new Map<string, Promise<void>>();

/** Keeps the original with what is served of it. Harmless to repeat. */
export async function storeImage(
  storage: Storage,
  sha256: string,
  original: Buffer,
): Promise<void> {
  await storage.put('originals', sha256, original);
  for (const derivative of ['display', 'thumbnails'] as const) {
    if (await storage.has(derivative, sha256)) continue;
    await storage.put(derivative, sha256, await makers[derivative](original));
  }
}

/** Where the bytes to be served lie; they are made again when they are missing. */
export async function derivativePath(
  storage: Storage,
  derivative: Derivative,
  sha256: string,
): Promise<string> {
  const path = storage.path(derivative, sha256);
  if (await storage.has(derivative, sha256)) return path;
  const made =
    beingMade.get(path) ??
    limit(() => remake(storage, derivative, sha256)).finally(() => beingMade.delete(path));
  beingMade.set(path, made);
  await made;
  return path;
}

async function remake(storage: Storage, derivative: Derivative, sha256: string): Promise<void> {
  if (!(await storage.has('originals', sha256))) {
    throw new Refusal(
      'UNAVAILABLE',
      "The image's bytes are not in the store; an operator must restore them.",
    );
  }
  const original = await storage.read('originals', sha256);
  await storage.put(derivative, sha256, await makers[derivative](original));
}

/**
 * For bytes that never change under their address: kept by the viewer's own browser for a day, run as
 * nothing but a picture, and shown on our own pages only.
 */
export const pictureHeaders = (etag: string) => ({
  'Cache-Control': 'private, max-age=86400, immutable',
  ETag: `"${etag}"`,
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
});
