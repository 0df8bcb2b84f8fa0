import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { availableParallelism } from 'node:os';
import { pipeline } from 'node:stream/promises';
import {
  type ModelContract,
  type ModelManifest,
  type ModelSession,
  openSession,
  parseManifest,
  SessionLostError,
} from '@lesionwise/model';
import type { EngineServices, Services } from '../context.js';
import type { ModelVersionModel, RequestedDevice } from '../db.js';
import { type Batches, createBatches } from './batches.service.js';
import { openRemote } from './open-remote.service.js';

const deviceRequests = {
  AUTO: 'auto',
  CPU: 'cpu',
  CUDA: 'cuda',
  WEBGPU: 'webgpu',
} as const satisfies Record<RequestedDevice, string>;

/** Images of one pass. A GPU gains by them (14 to 27 times from 1 to 32), a processor's caches lose by them. */
const batchSizes: Record<string, number> = { cpu: 1, webgpu: 8, cuda: 32 };
const otherBatchSize = 8;

/** More than these, each with the network's weights of its own, would take memory and give nothing. */
const mostSessionsOnCpu = 4;

/**
 * Sessions side by side, and threads for each, on this many cores: one thread each, as far as memory lets
 * them. Threads of one pass wait for each other at each operator, passes side by side do not.
 */
export function cpuSessions(cores: number): { sessions: number; threads: number } {
  const sessions = Math.min(cores, mostSessionsOnCpu);
  return { sessions, threads: Math.floor(cores / sessions) };
}

export interface OpeningOptions {
  answerWithinMs: number;
}

export interface OpenedModel {
  manifest: ModelContract;
  batches: Batches;
  device: string;
  deviceNote: string;
  memoryMb: number;
  /** A thread of it is gone: to be opened again. */
  readonly isLost: boolean;
  close: () => Promise<void>;
}

/** The model could not be opened: no image can be attempted, whoever asks. */
export class ModelNotOpenedError extends Error {
  override readonly name = 'ModelNotOpenedError';
}

/** Opens a registered version and asks it once, so that whoever comes first does not wait for its memory. */
export async function openModel(
  { db, storage, engines }: Pick<Services, 'db' | 'storage'> & EngineServices,
  { modelVersionId, device }: { modelVersionId: string; device: RequestedDevice },
  { answerWithinMs }: OpeningOptions,
): Promise<OpenedModel> {
  const version = await db.modelVersion.findUniqueOrThrow({ where: { id: modelVersionId } });
  if (version.origin === 'REMOTE') return openRemoteVersion(engines, version);
  const modelFile = storage.path('models', version.sha256);
  const before = process.memoryUsage.rss();
  let sessions: ModelSession[] = [];
  let batches: Batches | undefined;
  try {
    await checkFile(modelFile, version.sha256);
    const manifest = parseManifest(version.manifest);
    sessions = await openSessions({ modelFile, manifest }, deviceRequests[device]);
    const watched = watchLoss(sessions);
    const { device: ran, deviceNote } = sessions[0]!;
    batches = createBatches(watched.sessions, {
      size: batchSizes[ran] ?? otherBatchSize,
      answerWithinMs,
    });
    await warm(batches, manifest, sessions.length);
    return {
      ...{ manifest, batches, device: ran, deviceNote: noteOf(ran, deviceNote, sessions.length) },
      memoryMb: Math.max(0, Math.round((process.memoryUsage.rss() - before) / 2 ** 20)),
      get isLost() {
        return watched.isLost();
      },
      close: () => closeAll(sessions),
    };
  } catch (cause) {
    // A thread that hangs never closes.
    if (!batches?.isHung) await closeAll(sessions);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelNotOpenedError(reason, { cause });
  }
}

async function openRemoteVersion(
  engines: EngineServices['engines'],
  version: ModelVersionModel,
): Promise<OpenedModel> {
  try {
    return await openRemote(engines, version);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelNotOpenedError(reason, { cause });
  }
}

const closeAll = async (sessions: ModelSession[]) => {
  await Promise.all(sessions.map((session) => session.close()));
};

/** A black image for each session: the runtime takes its memory at the first pass. */
async function warm(batches: Batches, { input }: ModelManifest, count: number): Promise<void> {
  const black = new Uint8Array(input.height * input.width * 3);
  await Promise.all(Array.from({ length: count }, () => batches.ask(black, { isUrgent: true })));
}

async function openSessions(
  file: { modelFile: string; manifest: ModelManifest },
  device: 'auto' | 'cpu' | 'cuda' | 'webgpu',
): Promise<ModelSession[]> {
  const { sessions: count, threads } = cpuSessions(availableParallelism());
  const first = await openSession({ ...file, device, threads });
  if (first.device !== 'cpu') return [first];
  const sessions = [first];
  try {
    // One after another: a machine without memory for all of them says so before it has none left.
    while (sessions.length < count) {
      sessions.push(await openSession({ ...file, device: 'cpu', threads }));
    }
    return sessions;
  } catch (error) {
    await closeAll(sessions);
    throw error;
  }
}

const noteOf = (device: string, note: string, count: number) =>
  device === 'cpu' && count > 1 ? `${count} sessions of ${note}` : note;

/** Notices when a session's thread is gone, whoever asked it. */
function watchLoss(sessions: ModelSession[]) {
  let isLost = false;
  const watched = sessions.map<ModelSession>((session) => ({
    ...{ device: session.device, deviceNote: session.deviceNote },
    predict: async (images) => {
      try {
        return await session.predict(images);
      } catch (error) {
        isLost ||= error instanceof SessionLostError;
        throw error;
      }
    },
    close: () => session.close(),
  }));
  return { sessions: watched, isLost: () => isLost };
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
