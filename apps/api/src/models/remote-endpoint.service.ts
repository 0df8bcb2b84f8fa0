import { parseEndpoint, type RegisteredEngine, type RemoteEndpoint } from '@lesionwise/model';
import { requireInAnyStudy } from '../access.js';
import type { Prisma } from '../db.js';
import { Refusal } from '../errors.js';
import { perRequest } from '../per-request.js';
import type { Context } from '../context.js';
import type { ModelVersion } from './model-version.type.js';

/** What is kept of a remote version's engine: where it is asked, and what it served at registration. */
export interface StoredEndpoint {
  endpoint: RemoteEndpoint;
  registered: RegisteredEngine;
}

export const storedEndpoint = ({ endpoint, registered }: StoredEndpoint): Prisma.InputJsonObject =>
  ({ ...endpoint, registered }) as unknown as Prisma.InputJsonObject;

/** As `storedEndpoint` wrote it. */
export function readStoredEndpoint(stored: Prisma.JsonValue): StoredEndpoint {
  const { registered, ...endpoint } = stored as unknown as RemoteEndpoint & {
    registered: RegisteredEngine;
  };
  return { endpoint: parseEndpoint(endpoint), registered };
}

/** Addresses inside a hospital's network are for those who work with them. */
const mayKnow = perRequest(async ({ db, viewer }) => {
  try {
    await requireInAnyStudy(db, viewer, 'registerModels');
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
});

/** Where a remote version is served; null for the others, and for who may not register versions. */
export async function endpointFor(context: Context, { endpoint }: Pick<ModelVersion, 'endpoint'>) {
  if (!endpoint || !(await mayKnow(context))) return null;
  return readStoredEndpoint(endpoint).endpoint;
}
