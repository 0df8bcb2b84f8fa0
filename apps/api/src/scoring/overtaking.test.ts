import { openIsolatedDecoder } from '@lesionwise/model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../logger.js';
import { type HeldJob, priorities } from '../queue.js';
import { Storage, type StoredKind } from '../storage.js';
import { createScene, type Scene, untilEnded } from '../testing/scene.js';
import { createToyStudy } from '../testing/toy-study.js';
import { createWorld, type World } from '../testing/world.js';
import { createModelSessions } from './model-session.service.js';
import { type ChunkServices, scoreChunk } from './score-chunk.service.js';

type Job = HeldJob<'inference-chunk'>;

const shades = (count: number, green: number) =>
  Array.from({ length: count }, (_, i) => ({ patient: 'P', red: 10 + i, green }));

class GatedStorage extends Storage {
  readonly gate = Promise.withResolvers<undefined>();
  readonly reached = Promise.withResolvers<undefined>();

  constructor(
    folder: string,
    private readonly isHeld: (kind: StoredKind, sha256: string) => boolean,
  ) {
    super(folder);
  }

  override async read(kind: StoredKind, sha256: string): Promise<Buffer<ArrayBuffer>> {
    if (this.isHeld(kind, sha256)) {
      this.reached.resolve(undefined);
      await this.gate.promise;
    }
    return super.read(kind, sha256);
  }
}

// No clock in here: the cohort stands still in a stage until somebody else's image is through, so that an
// image which had to wait for it would wait for ever.
describe('an image that somebody waits for', () => {
  let world: World;
  let services: ChunkServices;
  let cohort: Scene;
  let single: Scene;
  beforeAll(async () => {
    world = await createWorld();
    const sessions = createModelSessions(world, { memoryMb: 600, answerWithinMs: 60_000 });
    const logger = createLogger('test', 'silent');
    services = { ...world, logger, sessions, isolated: openIsolatedDecoder() };
    cohort = await createScene(world, await createToyStudy(world, shades(60, 20)));
    single = await createScene(world, await createToyStudy(world, shades(2, 200)));
  });
  afterAll(async () => {
    await services.sessions.close();
    await services.isolated.close();
    await world.close();
  });

  const take = async (minPriority: number): Promise<Job> => {
    const job = await world.queue.take('inference-chunk', { minPriority });
    if (!job) throw new Error('there is no job');
    return job;
  };
  /** The same store, from which nothing of the cohort comes in this stage before the gate opens. */
  const gatedIn = async (isStage: (kind: StoredKind) => boolean) => {
    const images = await world.db.image.findMany({ where: { studyId: cohort.study.id } });
    const held = new Set(images.map(({ sha256 }) => sha256));
    return new GatedStorage(
      world.storage.folder,
      (kind, sha256) => isStage(kind) && held.has(sha256),
    );
  };

  it.each([
    ['decoded', (kind: StoredKind) => kind === 'originals'],
    ['read', (kind: StoredKind) => kind.startsWith('prepared/')],
  ])('overtakes a cohort whose images are being %s, and the cohort ends', async (_, isStage) => {
    const version = await cohort.register();
    const storage = await gatedIn(isStage);
    const cohortRun = await cohort.request(version);
    const chunks = [await take(priorities.cohort), await take(priorities.cohort)];
    const cohortDone = chunks.map((job) => scoreChunk({ ...services, storage }, job));
    await storage.reached.promise;
    for (const imageId of single.study.imageIds) {
      const run = await single.request(version, imageId);
      await scoreChunk({ ...services, storage }, await take(priorities.interactive));
      expect(await untilEnded(world, run)).toMatchObject({ state: 'DONE', scoredCount: 1 });
    }
    const stood = await world.db.inferenceRun.findUniqueOrThrow({ where: { id: cohortRun } });
    expect(stood).toMatchObject({ state: 'RUNNING', scoredCount: 0 });
    storage.gate.resolve(undefined);
    await Promise.all(cohortDone);
    expect(await untilEnded(world, cohortRun)).toMatchObject({ state: 'DONE', scoredCount: 60 });
  });
});
