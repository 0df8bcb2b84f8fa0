import { createReadStream } from 'node:fs';
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import {
  type ModelManifest,
  type ModelSession,
  openSession,
  parseManifest,
  SessionLostError,
} from '@lesionwise/model';
import type { Services } from '../context.js';
import type { RequestedDevice } from '../db.js';

/** An open model version, and what it says of itself. */
export interface OpenModel {
  session: ModelSession;
  manifest: ModelManifest;
}

/** Model versions kept open at once; the one that has waited longest makes room. */
const mostOpen = 3;

const deviceRequests = {
  AUTO: 'auto',
  CPU: 'cpu',
  CUDA: 'cuda',
  WEBGPU: 'webgpu',
} as const satisfies Record<RequestedDevice, string>;

interface Slot {
  model: Promise<OpenModel>;
  users: number;
}

/** The open sessions of this process, by model version and device. Opening one takes seconds, so they are kept. */
export interface ModelSessions {
  /**
   * Runs `work` with the session, which stays open meanwhile. After one that was lost, the next use opens
   * another.
   *
   * @throws ModelNotOpenedError, and whatever `work` throws
   */
  use: <T>(key: SessionKey, work: (model: OpenModel) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}

export interface SessionKey {
  modelVersionId: string;
  device: RequestedDevice;
}

/** The model could not be opened: no image can be attempted, whoever asks. */
export class ModelNotOpenedError extends Error {
  override readonly name = 'ModelNotOpenedError';
}

export function createModelSessions(services: Pick<Services, 'db' | 'storage'>): ModelSessions {
  const slots = new Map<string, Slot>();
  const name = ({ modelVersionId, device }: SessionKey) => `${modelVersionId} ${device}`;

  const shut = async (key: string, slot: Slot) => {
    slots.delete(key);
    const model = await slot.model.catch(() => undefined);
    await model?.session.close();
  };
  const makeRoom = async () => {
    const idle = [...slots].filter(([, slot]) => slot.users === 0);
    for (const [key, slot] of idle.slice(0, Math.max(0, slots.size - mostOpen))) {
      await shut(key, slot);
    }
  };
  const slotFor = (key: SessionKey): Slot => {
    const slot = slots.get(name(key)) ?? { model: open(services, key), users: 0 };
    // Last in the order again: the first one is the one that makes room.
    slots.delete(name(key));
    slots.set(name(key), slot);
    return slot;
  };
  const forget = (key: SessionKey, slot: Slot) => {
    if (slots.get(name(key)) === slot) slots.delete(name(key));
  };

  return {
    async use(key, work) {
      const slot = slotFor(key);
      slot.users += 1;
      try {
        await makeRoom();
        return await work(await slot.model);
      } catch (error) {
        // Whoever comes next opens another one.
        if (error instanceof ModelNotOpenedError || error instanceof SessionLostError) {
          forget(key, slot);
        }
        throw error;
      } finally {
        slot.users -= 1;
      }
    },
    close: async () => {
      for (const [key, slot] of [...slots]) await shut(key, slot);
    },
  };
}

async function open(
  { db, storage }: Pick<Services, 'db' | 'storage'>,
  { modelVersionId, device }: SessionKey,
): Promise<OpenModel> {
  const version = await db.modelVersion.findUniqueOrThrow({ where: { id: modelVersionId } });
  const modelFile = storage.path('models', version.sha256);
  try {
    await checkFile(modelFile, version.sha256);
    const manifest = parseManifest(version.manifest);
    const session = await openSession({ modelFile, manifest, device: deviceRequests[device] });
    return { session, manifest };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelNotOpenedError(reason, { cause });
  }
}

async function checkFile(path: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (cause) {
    throw new Error('the model store does not have the file of this version', { cause });
  }
  if (hash.digest('hex') !== sha256) {
    throw new Error('the file in the model store is not the one that was registered (SHA-256)');
  }
}
