import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from '../db.js';
import { removePrepared } from '../images/prepared-image.service.js';
import type { Storage } from '../storage.js';

// On disk and not in memory: a killed process leaves bytes behind and takes its memory with it.
const list = (storage: Storage) => join(storage.folder, 'staging', 'brought');

/** Notes that an import is about to put these bytes into the store. */
export async function noteBrought(storage: Storage, sha256: string): Promise<void> {
  await mkdir(dirname(list(storage)), { recursive: true });
  await appendFile(list(storage), `${sha256}\n`);
}

/**
 * Removes from the store what an import brought and no image needs: after it failed, or after the process
 * that it ran in was killed. Only for who holds the lock on imports: nobody else may be bringing bytes.
 */
export async function takeAwayUnneeded(db: Database, storage: Storage): Promise<void> {
  const text = await readFile(list(storage), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
  // The last line may have been cut off with the process.
  const brought = text.split('\n').filter((line) => /^[0-9a-f]{64}$/.test(line));
  const images = await db.image.findMany({
    where: { sha256: { in: brought } },
    select: { sha256: true },
  });
  const needed = new Set(images.map(({ sha256 }) => sha256));
  for (const sha256 of brought.filter((one) => !needed.has(one))) {
    for (const kind of ['originals', 'display', 'thumbnails'] as const) {
      await storage.remove(kind, sha256);
    }
    await removePrepared(storage, sha256);
  }
  await rm(list(storage), { force: true });
}
