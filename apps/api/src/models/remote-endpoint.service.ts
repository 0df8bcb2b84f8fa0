import { parseEndpoint, type RegisteredEngine, type RemoteEndpoint } from '@lesionwise/model';
import type { Prisma } from '../db.js';

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
