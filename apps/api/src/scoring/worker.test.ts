import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../errors.js';
import { cancelRun } from '../inference/run-control.service.js';
import { sha256Of } from '../storage.js';
import { accountsOf, createScene, untilEnded } from '../testing/scene.js';
import { createToyStudy, type ToyImage } from '../testing/toy-study.js';
import {
  startWorker,
  type WorkerProcess,
  type WorkerSurroundings,
} from '../testing/worker-process.js';
import { createWorld, type World } from '../testing/world.js';

const crashingDecoder = fileURLToPath(new URL('../testing/crashing-decoder.mjs', import.meta.url));
const workers = /* GraphQL */ `
  {
    workers {
      host
      memoryMb
      devices
      sessions {
        device
        memoryMb
        modelVersion {
          id
        }
      }
    }
  }
`;

const plain = (count: number): ToyImage[] =>
  Array.from({ length: count }, (_, i) => ({
    patient: 'P',
    red: 10 + i,
    green: 20,
    maskShare: 0.5,
  }));
/** On which a network that hangs on red hangs. */
const red: ToyImage = { patient: 'P', red: 255, green: 0 };

describe('the worker', { timeout: 180_000 }, () => {
  let world: World;
  const running: WorkerProcess[] = [];
  const work = (surroundings?: WorkerSurroundings) => {
    const worker = startWorker(world, surroundings);
    running.push(worker);
    return worker;
  };
  /** As tools/system.mjs does: a worker that ended is started again. */
  const keepWorking = (surroundings?: WorkerSurroundings) => {
    let ends = 0;
    let isOver = false;
    const start = () => {
      if (isOver) return;
      work(surroundings).process.once('exit', () => {
        ends += 1;
        setTimeout(start, 100);
      });
    };
    start();
    return {
      ends: () => ends,
      stop: () => {
        isOver = true;
      },
    };
  };

  beforeAll(async () => {
    world = await createWorld();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((worker) => worker.kill()));
  });
  afterAll(() => world.close());

  const failedOf = (runId: string) =>
    world.db.runImage.findMany({
      where: { runId, state: 'FAILED' },
      select: { failureReason: true, failureDetail: true, image: { select: { code: true } } },
    });
  const expectConsistent = async (runId: string) => {
    const { counted, there } = await accountsOf(world, runId);
    expect(there).toEqual(counted);
  };

  it('names the image that a network hangs on, and scores the others', async () => {
    const images = [...plain(20), red, ...plain(20)];
    const scene = await createScene(world, await createToyStudy(world, images));
    const version = await scene.register({ hangsOnRed: true });
    const keeper = keepWorking({ variables: { LESIONWISE_ANSWER_SECONDS: '2' } });
    const run = await untilEnded(world, await scene.request(version));
    // The hung network is still in its process, which ends once its last work is stored.
    await vi.waitFor(() => {
      expect(keeper.ends()).toBeGreaterThan(0);
    }, 60_000);
    keeper.stop();
    expect(run).toMatchObject({ state: 'DONE', scoredCount: 40, failedCount: 1 });
    expect(await failedOf(run.id)).toEqual([
      {
        failureReason: 'TIMED_OUT',
        failureDetail: 'the network gave no answer within 2 s',
        image: { code: 'TOY_0021' },
      },
    ]);
    await expectConsistent(run.id);
  });

  it('gives a run up whose network hangs on all it is asked', async () => {
    const scene = await createScene(
      world,
      await createToyStudy(world, Array<ToyImage>(5).fill(red)),
    );
    const version = await scene.register({ hangsOnRed: true });
    const keeper = keepWorking({ variables: { LESIONWISE_ANSWER_SECONDS: '1' } });
    const run = await untilEnded(world, await scene.request(version));
    keeper.stop();
    expect(run).toMatchObject({
      ...{ state: 'FAILED', scoredCount: 0, failedCount: 3 },
      failure: 'the network gave no answer on 3 images, and none on others',
    });
    await expectConsistent(run.id);
  });

  it('names the photograph that crashes the decoder, and scores the others', async () => {
    const study = await createToyStudy(world, plain(12));
    const poisoned = await sharp({
      create: { width: 40, height: 20, channels: 3, background: 'red' },
    })
      .png()
      .withExif({ IFD0: { ImageDescription: 'crashes the decoder' } })
      .toBuffer();
    const sha256 = sha256Of(poisoned);
    await world.storage.put('originals', sha256, poisoned);
    await world.db.image.update({ where: { id: study.imageIds[5]! }, data: { sha256 } });
    const scene = await createScene(world, study);
    const version = await scene.register();
    const keeper = keepWorking({ preload: crashingDecoder });
    const run = await untilEnded(world, await scene.request(version));
    keeper.stop();
    expect(run).toMatchObject({ state: 'DONE', scoredCount: 11, failedCount: 1 });
    expect(await failedOf(run.id)).toEqual([
      {
        failureReason: 'IMAGE_UNREADABLE',
        failureDetail: 'decoding the image ended its process (SIGSEGV)',
        image: { code: 'TOY_0006' },
      },
    ]);
    // It killed one worker, and after that none.
    expect(keeper.ends()).toBe(1);
    await expectConsistent(run.id);
  });

  it('ends by itself when it has grown too large, between two chunks, and loses nothing', async () => {
    const scene = await createScene(world, await createToyStudy(world, plain(100)));
    const version = await scene.register();
    // No worker fits into this, so each ends after the chunks it has in hand.
    const keeper = keepWorking({ variables: { LESIONWISE_WORKER_MEMORY_MB: '16' } });
    const [first] = running;
    const ended = new Promise((resolve) => first!.process.once('exit', resolve));
    const run = await untilEnded(world, await scene.request(version));
    expect(run).toMatchObject({ state: 'DONE', scoredCount: 100, failedCount: 0 });
    expect(await ended).toBe(0);
    keeper.stop();
    expect(first!.log()).toContain('ends to give its memory back');
    await expectConsistent(run.id);
  });

  it('is seen with what it holds open while it lives, by who may run inference', async () => {
    const scene = await createScene(world, await createToyStudy(world, plain(1)));
    const auditor = await world.member(scene.study.id, 'AUDITOR');
    const admin = await world.admin();
    const worker = work();
    const version = await scene.register();
    await untilEnded(world, await scene.request(version));
    const seenBy = async (viewer: typeof auditor) =>
      (await world.ask(viewer, workers)).data['workers'];
    const holdsIt = ({ sessions }: any) => sessions[0]?.modelVersion.id === version;
    let one: any;
    while (!one) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      one = (await seenBy(scene.engineer)).find(holdsIt);
    }
    expect(one).toMatchObject({
      ...{ host: null, devices: ['cpu'] },
      sessions: [{ device: 'cpu', modelVersion: { id: version } }],
    });
    expect(one.memoryMb).toBeGreaterThan(0);
    const hosts = (await seenBy(admin)).map(({ host }: any) => host);
    expect(hosts.every((host: unknown) => typeof host === 'string' && host.length > 0)).toBe(true);
    expect(await seenBy(auditor)).toEqual([]);
    expect(await worker.stop()).toBe(0);
    const row = { processId: worker.process.pid! };
    expect(await world.db.worker.count({ where: row })).toBe(0);
  });

  it('answers one image while a cohort run goes on, and neither stops the other', async () => {
    const cohort = await createScene(world, await createToyStudy(world, plain(200)));
    const single = await createScene(world, await createToyStudy(world, plain(3)));
    const version = await cohort.register();
    const run = await cohort.request(version);
    work();
    for (const imageId of single.study.imageIds) {
      const one = await untilEnded(world, await single.request(version, imageId));
      expect(one).toMatchObject({ state: 'DONE', scoredCount: 1 });
    }
    expect(await untilEnded(world, run)).toMatchObject({ state: 'DONE', scoredCount: 200 });
    await expectConsistent(run);
  });

  it('lets a run be cancelled at any moment, also while several chunks of it are being stored', async () => {
    const scene = await createScene(world, await createToyStudy(world, plain(240)));
    work();
    for (let moment = 0; moment < 6; moment += 1) {
      const run = await scene.request(await scene.register());
      const scored = async () =>
        (await world.db.inferenceRun.findUniqueOrThrow({ where: { id: run } })).scoredCount;
      while ((await scored()) < 32) await new Promise((resolve) => setTimeout(resolve, 7 * moment));
      const { state } = await cancelRun(world, scene.engineer, run).catch((error: unknown) => {
        // The run was faster.
        if (error instanceof Refusal) return untilEnded(world, run);
        throw error;
      });
      expect(['CANCELLED', 'DONE']).toContain(state);
      // What was being stored is stored or not, as a whole.
      await expectConsistent(run);
    }
  });
});
