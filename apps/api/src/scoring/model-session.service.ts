import { type ModelContract, ModelHungError } from '@lesionwise/model';
import type { EngineServices, Services } from '../context.js';
import type { RequestedDevice } from '../db.js';
import type { Batches } from './batches.service.js';
import {
  ModelNotOpenedError,
  type OpenedModel,
  type OpeningOptions,
  openModel,
} from './open-model.service.js';

/** An open model version, and what it says of itself. */
export interface OpenModel {
  batches: Batches;
  manifest: ModelContract;
  /** The device that really runs the graph, and why this one, in words. */
  device: string;
  deviceNote: string;
}

/** Model versions kept open at once on one device, however small they are. */
const mostOpen = 3;

export interface SessionOptions extends OpeningOptions {
  /** What the open sessions of one device may take together; the last one used always stays. */
  memoryMb: number;
  /** Told whenever a session has been opened or closed. */
  onChange?: () => void;
}

/** An open session as operators see it. */
export interface SessionFacts {
  modelVersionId: string;
  device: string;
  /** Memory that the process gained by opening it, about. */
  memoryMb: number;
  openedAt: string;
  lastUsedAt: string;
}

interface Slot {
  key: SessionKey;
  model: Promise<OpenedModel>;
  /** The same once it is there. */
  opened: OpenedModel | undefined;
  users: number;
  openedAt: Date;
  lastUsedAt: Date;
}

/** The open sessions of this process, by model version and device. Opening one takes seconds, so they are kept. */
export interface ModelSessions {
  /**
   * Runs `work` with the model, which stays open meanwhile. After one that was lost, the next use opens
   * another.
   *
   * @throws ModelNotOpenedError, and whatever `work` throws
   */
  use: <T>(key: SessionKey, work: (model: OpenModel) => Promise<T>) => Promise<T>;
  /** Most recently used first. */
  list: () => SessionFacts[];
  /** Closes what nobody uses, to give memory back. */
  closeIdle: () => Promise<void>;
  /** Whether a network hangs in one of them: then only the end of the process frees its thread. */
  readonly isHung: boolean;
  close: () => Promise<void>;
}

export interface SessionKey {
  modelVersionId: string;
  device: RequestedDevice;
}

export function createModelSessions(
  services: Pick<Services, 'db' | 'storage'> & EngineServices,
  { memoryMb: mostMemoryMb, onChange = () => undefined, ...opening }: SessionOptions,
): ModelSessions {
  // Least recently used first.
  const slots = new Map<string, Slot>();
  const nameOf = ({ modelVersionId, device }: SessionKey) => `${modelVersionId} ${device}`;
  let isHung = false;

  const shut = async (slot: Slot) => {
    slots.delete(nameOf(slot.key));
    const model = await slot.model.catch(() => undefined);
    if (model && !model.batches.isHung) await model.close();
    onChange();
  };
  /** Closes the least recently used of a device until the others fit. */
  const makeRoom = async (device: string) => {
    const all = [...slots.values()].filter(({ opened }) => opened?.device === device);
    let count = all.length;
    let memoryMb = all.reduce((sum, { opened }) => sum + opened!.memoryMb, 0);
    for (const slot of all.slice(0, -1)) {
      if (count <= mostOpen && memoryMb <= mostMemoryMb) return;
      if (slot.users > 0) continue;
      count -= 1;
      memoryMb -= slot.opened!.memoryMb;
      await shut(slot);
    }
  };
  const openSlot = (key: SessionKey): Slot => {
    const now = new Date();
    const model = openModel(services, key, opening);
    const slot: Slot = {
      ...{ key, model, opened: undefined, users: 0, openedAt: now, lastUsedAt: now },
    };
    model.then(
      (opened) => {
        slot.opened = opened;
        onChange();
      },
      () => undefined,
    );
    return slot;
  };
  const slotFor = (key: SessionKey): Slot => {
    const known = slots.get(nameOf(key));
    const isLost = known?.opened?.isLost ?? false;
    // What is left of one that lost a thread; who still asks it is told that it is gone.
    if (isLost) void known?.opened?.close();
    const slot = known && !isLost ? known : openSlot(key);
    slots.delete(nameOf(key));
    slots.set(nameOf(key), slot);
    slot.lastUsedAt = new Date();
    return slot;
  };
  const forget = (slot: Slot) => {
    if (slots.get(nameOf(slot.key)) === slot) slots.delete(nameOf(slot.key));
    onChange();
  };

  return {
    async use(key, work) {
      const slot = slotFor(key);
      slot.users += 1;
      try {
        const model = await slot.model.catch((error: unknown) => {
          forget(slot);
          isHung ||= error instanceof ModelNotOpenedError && error.cause instanceof ModelHungError;
          throw error;
        });
        await makeRoom(model.device);
        return await work(model);
      } finally {
        slot.users -= 1;
        slot.lastUsedAt = new Date();
        isHung ||= slot.opened?.batches.isHung ?? false;
      }
    },
    list: () =>
      [...slots.values()].reverse().flatMap(({ key, opened, openedAt, lastUsedAt }) =>
        opened
          ? [
              {
                ...{ modelVersionId: key.modelVersionId, device: opened.device },
                ...{ memoryMb: opened.memoryMb, openedAt: openedAt.toISOString() },
                lastUsedAt: lastUsedAt.toISOString(),
              },
            ]
          : [],
      ),
    closeIdle: async () => {
      for (const slot of [...slots.values()]) if (slot.users === 0) await shut(slot);
    },
    get isHung() {
      return isHung;
    },
    close: async () => {
      for (const slot of [...slots.values()]) await shut(slot);
    },
  };
}
