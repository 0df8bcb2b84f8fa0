import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerPackageFolder } from '../models/register-model-version.service.js';
import { writeToyPackage } from '../testing/toy-model.js';
import { createWorld, type World } from '../testing/world.js';
import {
  createModelSessions,
  type ModelSessions,
  type SessionKey,
} from './model-session.service.js';

describe('model sessions', () => {
  let world: World;
  let sessions: ModelSessions;
  let keys: SessionKey[];
  const image = new Uint8Array(16 * 16 * 3).fill(51);

  beforeAll(async () => {
    world = await createWorld();
    sessions = createModelSessions(world, { memoryMb: 600, answerWithinMs: 10_000 });
    keys = [];
    for (const version of ['1.0.0', '1.0.1', '1.0.2', '1.0.3', '1.0.4']) {
      const folder = await writeToyPackage(world.storage.folder, { version });
      const { id } = await registerPackageFolder(world, undefined, folder);
      keys.push({ modelVersionId: id, device: 'CPU' });
    }
  });
  afterAll(async () => {
    await sessions.close();
    await world.close();
  });

  const batchesOf = (key: SessionKey) =>
    sessions.use(key, ({ batches }) => Promise.resolve(batches));
  const melanoma = (key: SessionKey) =>
    sessions.use(key, async ({ batches }) => (await batches.ask(image)).answer.scores.melanoma);

  it('are kept between uses, and shared by uses at once', async () => {
    const [one, two] = await Promise.all([batchesOf(keys[0]!), batchesOf(keys[0]!)]);
    expect(one).toBe(two);
    expect(await batchesOf(keys[0]!)).toBe(one);
  });

  it('make room for others when idle, never while somebody uses them', async () => {
    await sessions.use(keys[0]!, async ({ batches }) => {
      for (const key of keys) expect(await melanoma(key)).toBeCloseTo(0.2, 6);
      expect((await batches.ask(image)).answer.scores.melanoma).toBeCloseTo(0.2, 6);
    });
    const first = await batchesOf(keys[1]!);
    for (const key of keys.slice(2)) await batchesOf(key);
    await expect(first.ask(image)).rejects.toThrow('closed');
    expect(await melanoma(keys[1]!)).toBeCloseTo(0.2, 6);
  });

  it('make room when they take more than their share of memory, and say what is open', async () => {
    const told: number[] = [];
    const small = createModelSessions(world, {
      ...{ memoryMb: 0, answerWithinMs: 10_000 },
      onChange: () => told.push(small.list().length),
    });
    for (const key of keys.slice(0, 2)) await small.use(key, () => Promise.resolve());
    // Opening a toy may happen to cost no memory at all; then both fit.
    const open = small.list();
    expect(open[0]).toMatchObject({ modelVersionId: keys[1]!.modelVersionId, device: 'cpu' });
    expect(open.slice(0, -1).reduce((sum, { memoryMb }) => sum + memoryMb, 0)).toBe(0);
    await small.closeIdle();
    expect(small.list()).toEqual([]);
    expect(told.at(-1)).toBe(0);
  });

  it('are opened anew after one was lost', async () => {
    const key = keys[2]!;
    const before = await batchesOf(key);
    // Another process on the machine may do that to a thread; here, its own `close` does.
    await sessions.use(key, async (model) => {
      await (model as unknown as { close: () => Promise<void> }).close();
      await expect(model.batches.ask(image)).rejects.toThrow('closed');
    });
    expect(await melanoma(key)).toBeCloseTo(0.2, 6);
    expect(await batchesOf(key)).not.toBe(before);
  });
});
