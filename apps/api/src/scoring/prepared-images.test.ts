import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packMaskRuns, decodeMask, prepareImage } from '@lesionwise/model';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { importFolder } from '../imports/import-folder.service.js';
import { soundFolder } from '../testing/challenge-folder.js';
import { accountsOf, createScene, type Scene, untilEnded } from '../testing/scene.js';
import { createToyStudy, type ToyImage } from '../testing/toy-study.js';
import { startWorker, type WorkerProcess } from '../testing/worker-process.js';
import { createWorld, type World } from '../testing/world.js';

const images: ToyImage[] = [
  { patient: 'P1', red: 204, green: 51, maskShare: 0.5 },
  { patient: 'P1', red: 51, green: 0, maskShare: 0.25 },
  { patient: 'P2', red: 0, green: 255 },
];
const words = '16x16 squash 1';

describe('prepared images', { timeout: 120_000 }, () => {
  let world: World;
  const workers: WorkerProcess[] = [];
  const work = (surroundings?: Parameters<typeof startWorker>[1]) => {
    workers.push(startWorker(world, surroundings));
  };

  beforeAll(async () => {
    world = await createWorld();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill()));
  });
  afterAll(() => world.close());

  const rowsOf = ({ study }: Scene) =>
    world.db.preparedImage.findMany({
      where: { imageId: { in: study.imageIds } },
      include: { image: true },
      orderBy: { image: { code: 'asc' } },
    });
  const fileOf = (original: string) =>
    join(world.storage.folder, 'prepared', '16x16-squash-1', original.slice(0, 2), original);
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const scoresOf = (runId: string) =>
    world.db.score.findMany({
      where: { prediction: { runId } },
      orderBy: [{ prediction: { image: { code: 'asc' } } }, { task: 'asc' }],
      select: { task: true, probability: true },
    });

  it('are made by the first version, and let the second do without a single photograph', async () => {
    const scene = await createScene(world, await createToyStudy(world, images));
    work();
    const first = await untilEnded(world, await scene.request(await scene.register()));
    expect(first).toMatchObject({ scoredCount: 3, stageMs: { images: 3, prepared: 0 } });
    const rows = await rowsOf(scene);
    expect(rows.map(({ specification }) => specification)).toEqual([words, words, words]);
    for (const { sha256, image } of rows) {
      const original = await world.storage.read('originals', image.sha256);
      const pixels = await prepareImage(original, { ...input, width: 16, height: 16 });
      expect(sha256).toBe(hash(pixels));
      expect((await readFile(fileOf(image.sha256))).equals(Buffer.from(pixels))).toBe(true);
      await rm(world.storage.path('originals', image.sha256));
    }
    const second = await untilEnded(world, await scene.request(await scene.register()));
    expect(second).toMatchObject({ scoredCount: 3, failedCount: 0, stageMs: { prepared: 3 } });
    expect(await scoresOf(second.id)).toEqual(await scoresOf(first.id));
  });

  it('are made again when their file is damaged, cut or gone', async () => {
    const scene = await createScene(world, await createToyStudy(world, images));
    work();
    const first = await untilEnded(world, await scene.request(await scene.register()));
    const rows = await rowsOf(scene);
    const [damaged, cut, gone] = rows.map(({ image }) => fileOf(image.sha256)) as [
      ...[string, string, string],
    ];
    const before = await Promise.all([damaged, cut, gone].map((path) => readFile(path)));
    const changed = Buffer.from(before[0]!);
    changed[17]! ^= 1;
    await writeFile(damaged, changed);
    await writeFile(cut, before[1]!.subarray(0, 100));
    await rm(gone);
    const second = await untilEnded(world, await scene.request(await scene.register()));
    expect(second).toMatchObject({ scoredCount: 3, failedCount: 0, stageMs: { prepared: 0 } });
    expect(await scoresOf(second.id)).toEqual(await scoresOf(first.id));
    const after = await Promise.all([damaged, cut, gone].map((path) => readFile(path)));
    expect(after).toEqual(before);
    expect(await rowsOf(scene)).toEqual(rows);
  });

  it('cost the next run its time and no image its answer when the disk is full', async () => {
    const scene = await createScene(world, await createToyStudy(world, images));
    work({ mostFileBytes: 512 }); // 16 x 16 x 3 bytes are 768
    const run = await untilEnded(world, await scene.request(await scene.register()));
    expect(run).toMatchObject({ scoredCount: 3, failedCount: 0 });
    expect(await rowsOf(scene)).toEqual([]);
    expect(workers[0]!.log()).toContain('prepared pixels could not be kept');
    const accounts = await accountsOf(world, run.id);
    expect(accounts.there).toEqual(accounts.counted);
  });

  it('come with an import for every registered input, and masks come packed', async () => {
    const scene = await createScene(world, await createToyStudy(world, images));
    await scene.register();
    const folder = await soundFolder(3, 700);
    const request = { folder: folder.root, slug: 'prepared', create: 'Prepared' };
    await importFolder(world.contextFor(undefined), await world.admin(), request);
    const prepared = await world.db.preparedImage.findMany({
      where: { image: { study: { slug: 'prepared' } } },
      include: { image: true },
    });
    expect(prepared.map(({ specification }) => specification)).toEqual([words, words, words]);
    for (const { sha256, image } of prepared) {
      expect(hash(await readFile(fileOf(image.sha256)))).toBe(sha256);
    }
    const masks = await world.db.referenceMask.findMany({
      where: { image: { study: { slug: 'prepared' } } },
    });
    expect(masks).toHaveLength(3);
    for (const { png, packed } of masks) {
      const mask = await decodeMask(Buffer.from(png));
      expect(Buffer.from(packed!).equals(Buffer.from(packMaskRuns(mask)))).toBe(true);
    }
    await folder.close();
  });

  it('go when the import that brought them fails', async () => {
    const scene = await createScene(world, await createToyStudy(world, images));
    await scene.register();
    const folder = await soundFolder(2, 800);
    const request = { folder: folder.root, slug: 'broken', create: 'Broken' };
    // Gone between the look and the writing: the import fails as a whole.
    const scanned = importFolder(world.contextFor(undefined), await world.admin(), request, {
      progress: async (done, total) => {
        if (done === total) await folder.remove('Test-2026_Training_Data/ISIC_0000801.jpg');
      },
    });
    await expect(scanned).rejects.toThrow('changed or went missing');
    const left = await world.db.preparedImage.count({
      where: { image: { study: { slug: 'broken' } } },
    });
    expect(left).toBe(0);
    const originals = await Promise.all(
      [800, 801].map((seed) => readFile(join(folder.root, imageFile(seed))).catch(() => undefined)),
    );
    for (const original of originals) {
      if (!original) continue;
      await expect(readFile(fileOf(hash(original)))).rejects.toThrow('ENOENT');
    }
    await folder.close();
  });
});

const imageFile = (seed: number) =>
  `Test-2026_Training_Data/ISIC_${String(seed).padStart(7, '0')}.jpg`;
const input = {
  ...({ name: 'image', dtype: 'uint8', layout: 'NHWC', colour: 'RGB', fit: 'squash' } as const),
};
