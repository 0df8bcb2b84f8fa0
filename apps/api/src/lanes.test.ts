import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lane, runLanes } from './lanes.js';
import { createLogger } from './logger.js';
import type { Queue } from './queue.js';
import { createWorld, type World } from './testing/world.js';

/** Longer than any test: a job that is not heard of is never seen. */
const never = { pollMs: 2 ** 30 };
const logger = createLogger('test', 'silent');

describe('lanes', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  const enqueue = (imageId: string) =>
    world.queue.enqueue(world.db, 'mask-agreement', [{ imageIds: [imageId] }]);
  /** Works until it has seen so many jobs; says which. */
  const workUntil = async (count: number, queue: Queue, begin: () => Promise<void>) => {
    const stopping = new AbortController();
    const seen: string[] = [];
    const agreements = lane({
      name: 'mask-agreement',
      work: async (job) => {
        seen.push(...job.data.imageIds);
        await world.queue.complete(world.db, job);
        if (seen.length === count) stopping.abort();
      },
    });
    const ended = runLanes({ queue, logger }, [agreements], stopping.signal, never);
    await begin();
    await ended;
    return seen;
  };

  it('are woken by a job that comes while they sleep', async () => {
    const asleep = Promise.withResolvers<undefined>();
    const queue = Object.assign(Object.create(world.queue) as Queue, {
      take: async (...asked: Parameters<Queue['take']>) => {
        const job = await world.queue.take(...asked);
        if (!job)
          setImmediate(() => {
            asleep.resolve(undefined);
          });
        return job;
      },
    });
    const seen = await workUntil(1, queue, async () => {
      await asleep.promise;
      await enqueue('first');
    });
    expect(seen).toEqual(['first']);
  });

  it('miss no job that comes between their question and their sleep', async () => {
    let hasCome = false;
    const queue = Object.assign(Object.create(world.queue) as Queue, {
      take: async (...asked: Parameters<Queue['take']>) => {
        const job = await world.queue.take(...asked);
        if (job || hasCome) return job;
        hasCome = true;
        const heard = Promise.withResolvers<undefined>();
        const silence = await world.queue.signals.listen('lesionwise_work', () => {
          heard.resolve(undefined);
        });
        await enqueue('second');
        await heard.promise;
        silence();
        return undefined;
      },
    });
    expect(await workUntil(1, queue, () => Promise.resolve())).toEqual(['second']);
  });
});
