import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApiToken } from '../accounts/api-token.service.js';
import type { Viewer } from '../context.js';
import { createApiServer } from '../server.js';
import type { World } from './world.js';

/** The real HTTP server over a world. */
export interface Served {
  url: string;
  /** Fetches a path as the viewer, who signs in with a token of theirs; as nobody without one. */
  fetchAs: (viewer: Viewer | undefined, path: string, init?: RequestInit) => Promise<Response>;
  /** The header by which the viewer signs in; after a first `fetchAs`. */
  authorizationOf: (viewer: Viewer) => string;
  close: () => Promise<void>;
}

export async function serve(world: World): Promise<Served> {
  const server = await createApiServer(world.contextFor(undefined), {
    databaseUrl: world.databaseUrl,
    storageFolder: world.storage.folder,
    secret: 'x'.repeat(32),
    publicUrl: 'http://localhost:3000',
    apiHost: '127.0.0.1',
    apiPort: 0,
    logLevel: 'silent',
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secrets = new Map<string, string>();

  const keyOf = ({ id, mayWrite }: Viewer) => `${id} ${String(mayWrite)}`;

  async function secretOf(viewer: Viewer) {
    const key = keyOf(viewer);
    const known = secrets.get(key);
    if (known) return known;
    const scope = viewer.mayWrite ? 'WRITE' : 'READ';
    const input = { name: 'test', scope, expiresInDays: 1 } as const;
    const { secret } = await createApiToken(world.db, viewer, input);
    secrets.set(key, secret);
    return secret;
  }

  return {
    url,
    async fetchAs(viewer, path, init = {}) {
      const headers = new Headers(init.headers);
      if (viewer) headers.set('authorization', `Bearer ${await secretOf(viewer)}`);
      return fetch(url + path, { ...init, headers });
    },
    authorizationOf: (viewer) => `Bearer ${secrets.get(keyOf(viewer)) ?? ''}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
