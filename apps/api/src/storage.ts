import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type ReadStream } from 'node:fs';
import { access, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The kinds of bytes that are kept; each lies under the hash of what it was made from. */
export type StoredKind = 'originals' | 'display' | 'thumbnails' | 'models' | `prepared/${string}`;

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/**
 * Bytes on disk by kind and hash. Writing is atomic (a killed process leaves no half file) and
 * harmless to repeat, because equal names hold equal bytes.
 */
export class Storage {
  constructor(readonly folder: string) {}

  /** Where the bytes lie; two letters of the hash keep folders small. */
  path(kind: StoredKind, sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256 in hexadecimal');
    return join(this.folder, kind, sha256.slice(0, 2), sha256);
  }

  async has(kind: StoredKind, sha256: string): Promise<boolean> {
    return access(this.path(kind, sha256)).then(
      () => true,
      () => false,
    );
  }

  /** Does nothing when the bytes are there. */
  async put(kind: StoredKind, sha256: string, bytes: Uint8Array): Promise<void> {
    if (await this.has(kind, sha256)) return;
    // The row that points here may commit a moment later; the bytes must survive a power cut first.
    await this.#write(kind, sha256, bytes, { isForcedToDisk: true });
  }

  /** Writes over what is there; for bytes that can be made again, so a power cut may take them. */
  async replace(kind: StoredKind, sha256: string, bytes: Uint8Array): Promise<void> {
    await this.#write(kind, sha256, bytes, { isForcedToDisk: false });
  }

  async #write(
    kind: StoredKind,
    sha256: string,
    bytes: Uint8Array,
    { isForcedToDisk }: { isForcedToDisk: boolean },
  ): Promise<void> {
    const path = this.path(kind, sha256);
    await mkdir(dirname(path), { recursive: true });
    const partial = join(this.folder, 'partial', randomUUID());
    await mkdir(dirname(partial), { recursive: true });
    try {
      const file = await open(partial, 'wx');
      try {
        await file.writeFile(bytes);
        if (isForcedToDisk) await file.sync();
      } finally {
        await file.close();
      }
      await rename(partial, path);
    } catch (cause) {
      await rm(partial, { force: true });
      throw new Error(`could not store ${kind}/${sha256}`, { cause });
    }
  }

  /** Removes what killed processes left half written. Nothing takes an hour to write. */
  async sweepPartials(olderThanMs = 3_600_000): Promise<void> {
    const folder = join(this.folder, 'partial');
    await mkdir(folder, { recursive: true });
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      const entry = await stat(path).catch(() => undefined);
      // Whoever wrote it may have put it in its place just now.
      if (entry && entry.mtimeMs < Date.now() - olderThanMs) await rm(path, { force: true });
    }
  }

  read(kind: StoredKind, sha256: string): Promise<Buffer<ArrayBuffer>> {
    return readFile(this.path(kind, sha256));
  }

  stream(kind: StoredKind, sha256: string): ReadStream {
    return createReadStream(this.path(kind, sha256));
  }

  async remove(kind: StoredKind, sha256: string): Promise<void> {
    await rm(this.path(kind, sha256), { force: true });
  }
}
