import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiServer } from '../server.js';
import { createWorld, type World } from '../testing/world.js';
import { createAdministrator } from './administrator.service.js';
import { createAuthentication } from './authentication.js';

const password = 'a long enough password';
const email = 'admin@example.org';

describe('signing in', () => {
  let world: World;
  let server: Server;
  let url: string;

  const config = (databaseUrl: string) => ({
    databaseUrl,
    storageFolder: '',
    secret: 'x'.repeat(32),
    publicUrl: 'http://localhost:3000',
    apiHost: '127.0.0.1',
    apiPort: 0,
    logLevel: 'silent' as const,
  });
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:3000', ...headers },
      body: JSON.stringify(body),
    });
  const whoAmI = async (headers: Record<string, string>) => {
    const answer = await post('/graphql', { query: '{ viewer { email isAdmin } }' }, headers);
    return ((await answer.json()) as { data: { viewer: unknown } }).data.viewer;
  };
  const signIn = (body: { email: string; password: string }) =>
    post('/api/auth/sign-in/email', body);

  beforeAll(async () => {
    world = await createWorld();
    const settings = config(world.databaseUrl);
    const authentication = createAuthentication(world.db, settings);
    await createAdministrator(world.db, authentication, { email, name: 'Admin', password });
    server = await createApiServer(world.contextFor(undefined), settings);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await world.close();
  });

  it('gives a cookie that stands for the person', async () => {
    const answer = await signIn({ email, password });
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    expect(answer.status).toBe(200);
    expect(await whoAmI({ cookie })).toEqual({ email, isAdmin: true });
    expect(await whoAmI({})).toBeNull();
  });

  it('answers a wrong password and an unknown address alike', async () => {
    const wrong = await signIn({ email, password: 'not the password' });
    const unknown = await signIn({ email: 'nobody@example.org', password });
    expect([wrong.status, await wrong.text()]).toEqual([401, await unknown.text()]);
    expect(unknown.status).toBe(401);
  });

  it('lets nobody make an account by themselves', async () => {
    const answer = await post('/api/auth/sign-up/email', { email: 'x@y.org', password, name: 'X' });
    expect(answer.ok).toBe(false);
    expect(await world.db.user.count({ where: { email: 'x@y.org' } })).toBe(0);
  });

  it('keeps no token in clear, and stops one that is revoked or expired', async () => {
    const admin = await world.db.user.findUniqueOrThrow({ where: { email } });
    const viewer = { id: admin.id, isAdmin: true, mayWrite: true };
    const { data } = await world.ask(
      viewer,
      'mutation { createApiToken(input: { name: "R script" }) { secret token { id scope } } }',
    );
    const { secret, token } = data['createApiToken'];
    const bearer = { authorization: `Bearer ${secret}` };
    expect(token.scope).toBe('READ');
    expect(await whoAmI(bearer)).toEqual({ email, isAdmin: true });
    const write = await post(
      '/graphql',
      { query: 'mutation { createStudy(input: { name: "A", slug: "aa" }) { id } }' },
      bearer,
    );
    expect(await write.json()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    const stored = JSON.stringify(await world.db.apiToken.findMany());
    expect(stored).not.toContain(secret);

    await world.db.apiToken.update({ where: { id: token.id }, data: { expiresAt: new Date(0) } });
    expect(await whoAmI(bearer)).toBeNull();
    await world.db.apiToken.update({
      where: { id: token.id },
      data: { expiresAt: new Date(Date.now() + 60_000) },
    });
    expect(await whoAmI(bearer)).not.toBeNull();
    await world.ask(viewer, `mutation { revokeApiToken(id: "${token.id}") { id } }`);
    expect(await whoAmI(bearer)).toBeNull();
  });

  it('refuses queries that are too deep or too wide', async () => {
    const deep = `{ ${'a { '.repeat(20)} b ${'}'.repeat(20)} }`;
    const wide = `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: viewer { id }`).join(' ')} }`;
    const long = `{ ${'viewer { id } '.repeat(2000)} }`;
    for (const [query, limit] of [
      [deep, /depth limit of 12/],
      [wide, /aliases limit of 30/i],
      [long, /4000 tokens/],
    ] as const) {
      const { errors } = (await (await post('/graphql', { query })).json()) as {
        errors: { message: string; extensions: { code: string } }[];
      };
      expect(errors[0]).toMatchObject({
        message: expect.stringMatching(limit),
        extensions: { code: 'INVALID_INPUT' },
      });
    }
  });
});
