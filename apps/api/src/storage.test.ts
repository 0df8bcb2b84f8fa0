import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Of, Storage } from './storage.js';

describe('the store', () => {
  let storage: Storage;
  const bytes = Buffer.from('a photograph');
  const sha256 = sha256Of(bytes);

  beforeEach(async () => {
    storage = new Storage(await mkdtemp(join(tmpdir(), 'lesionwise-store-')));
  });
  afterEach(() => rm(storage.folder, { recursive: true }));

  it('gives twenty writers of the same bytes one file', async () => {
    await Promise.all(Array.from({ length: 20 }, () => storage.put('originals', sha256, bytes)));
    expect(await storage.read('originals', sha256)).toEqual(bytes);
    expect(await readdir(join(storage.folder, 'partial'))).toEqual([]);
  });

  it('takes no name that is not a hash', async () => {
    await expect(storage.put('originals', '../up', bytes)).rejects.toThrow(RangeError);
  });

  it('sweeps away what a killed process left half written, and nothing that is being written', async () => {
    await storage.put('originals', sha256, bytes);
    const partial = (name: string) => join(storage.folder, 'partial', name);
    await writeFile(partial('old'), 'half');
    await writeFile(partial('new'), 'half');
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(partial('old'), longAgo, longAgo);
    await storage.sweepPartials();
    expect(await readdir(join(storage.folder, 'partial'))).toEqual(['new']);
    expect(await storage.has('originals', sha256)).toBe(true);
  });
});
