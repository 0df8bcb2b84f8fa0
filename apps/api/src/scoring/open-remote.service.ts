import { openRemoteSession, parseContract, type RemoteAccess } from '@lesionwise/model';
import type { ModelVersionModel } from '../db.js';
import { readStoredEndpoint } from '../models/remote-endpoint.service.js';
import { createBatches } from './batches.service.js';

/**
 * Never, in milliseconds that a timer can hold: the session bounds its own questions, and an engine that
 * hangs holds no thread of ours, so that nothing is gained by ending the worker.
 */
const never = 2 ** 31 - 1;

/**
 * Opens a version that an engine elsewhere serves, once the engine is known to be the one registered.
 * Its questions share one session, as many at once as the endpoint allows.
 *
 * @throws RemoteEngineError
 */
export async function openRemote(
  access: RemoteAccess,
  version: Pick<ModelVersionModel, 'manifest' | 'endpoint'>,
) {
  const manifest = parseContract(version.manifest);
  const { endpoint, registered } = readStoredEndpoint(version.endpoint);
  const session = await openRemoteSession({ endpoint, manifest, access, registered });
  const places = Array.from({ length: endpoint.concurrency }, () => session);
  return {
    ...{ manifest, device: session.device, deviceNote: session.deviceNote },
    batches: createBatches(places, { size: endpoint.maxBatch, answerWithinMs: never }),
    memoryMb: 0,
    // The session finds an engine that was away again by itself.
    isLost: false,
    close: () => session.close(),
  };
}
