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
    sessions = createModelSessions(world);
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

  const sessionOf = (key: SessionKey) =>
    sessions.use(key, ({ session }) => Promise.resolve(session));
  const melanoma = (key: SessionKey) =>
    sessions.use(key, async ({ session }) => {
      const [answer] = await session.predict([image]);
      return answer?.scores.melanoma;
    });

  it('are kept between uses, and shared by uses at once', async () => {
    const [one, two] = await Promise.all([sessionOf(keys[0]!), sessionOf(keys[0]!)]);
    expect(one).toBe(two);
    expect(await sessionOf(keys[0]!)).toBe(one);
  });

  it('make room for others when idle, never while somebody uses them', async () => {
    await sessions.use(keys[0]!, async ({ session }) => {
      for (const key of keys) expect(await melanoma(key)).toBeCloseTo(0.2, 6);
      expect(await session.predict([image])).toHaveLength(1);
    });
    const first = await sessionOf(keys[1]!);
    for (const key of keys.slice(2)) await sessionOf(key);
    await expect(first.predict([image])).rejects.toThrow('closed');
    expect(await melanoma(keys[1]!)).toBeCloseTo(0.2, 6);
  });

  it('are opened anew after one was lost', async () => {
    const key = keys[2]!;
    await expect(
      sessions.use(key, async ({ session }) => {
        await session.close();
        return session.predict([image]);
      }),
    ).rejects.toThrow('closed');
    expect(await melanoma(key)).toBeCloseTo(0.2, 6);
  });
});
