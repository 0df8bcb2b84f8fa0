import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { createApiServer } from '../server.js';
import { createApiToken } from './api-token.service.js';
import { createWorld, type World } from '../testing/world.js';
import { createAdministrator } from './administrator.service.js';
import { createAuthentication } from './authentication.js';
import { createUser, replacePassword } from './user-account.service.js';

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
  // Each call from an address of its own: three attempts in ten seconds are all that one address gets.
  let caller = 0;
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: 'http://localhost:3000',
        'x-forwarded-for': `192.0.2.${(caller += 1)}`,
        ...headers,
      },
      body: JSON.stringify(body),
    });
  const whoAmI = async (headers: Record<string, string>) => {
    const answer = await post('/graphql', { query: '{ viewer { email isAdmin } }' }, headers);
    return ((await answer.json()) as { data: { viewer: unknown } }).data.viewer;
  };
  const cookieOf = (answer: Response) =>
    answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
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
    const cookie = cookieOf(answer);
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

  it('opens nothing with a one-time password until its owner has chosen one of their own', async () => {
    const { id } = await world.db.user.findUniqueOrThrow({ where: { email } });
    const admin = { id, isAdmin: true, mayWrite: true };
    const person = { name: 'New person', email: 'New@Example.org ' };
    const created = await createUser(world.db, admin, person);
    const { oneTimePassword } = created;
    expect([created.email, oneTimePassword]).toEqual([
      'new@example.org',
      expect.stringMatching(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/),
    ]);
    expect(JSON.stringify(await world.db.account.findMany())).not.toContain(oneTimePassword);

    const answer = await signIn({ email: 'new@example.org', password: oneTimePassword });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ user: { passwordIsTemporary: true } });
    const cookie = cookieOf(answer);
    expect(await whoAmI({ cookie })).toBeNull();

    const choose = (newPassword: string) =>
      post(
        '/api/auth/change-password',
        { currentPassword: oneTimePassword, newPassword, revokeOtherSessions: true },
        { cookie },
      );
    expect((await choose(oneTimePassword)).status).toBe(400);
    expect((await choose('short')).status).toBe(400);
    const { passwordIsTemporary } = await world.db.user.findUniqueOrThrow({
      where: { email: 'new@example.org' },
    });
    expect(passwordIsTemporary).toBe(true);
    const chosen = await choose('words of my very own');
    expect(chosen.status).toBe(200);
    const own = { email: 'new@example.org', isAdmin: false };
    expect(await whoAmI({ cookie: cookieOf(chosen) })).toEqual(own);
    expect((await signIn({ email: own.email, password: oneTimePassword })).status).toBe(401);
  });

  it('ends every session of who gets a new one-time password', async () => {
    const { id } = await world.db.user.findUniqueOrThrow({ where: { email } });
    const admin = { id, isAdmin: true, mayWrite: true };
    const lost = { name: 'Forgetful', email: 'lost@example.org' };
    const { oneTimePassword } = await createUser(world.db, admin, lost);
    const cookie = cookieOf(await signIn({ email: lost.email, password: oneTimePassword }));
    await world.db.user.update({
      where: { email: lost.email },
      data: { passwordIsTemporary: false },
    });
    expect(await whoAmI({ cookie })).not.toBeNull();
    const again = await replacePassword(world.db, admin, lost.email);
    expect(await whoAmI({ cookie })).toBeNull();
    expect((await signIn({ email: lost.email, password: oneTimePassword })).status).toBe(401);
    const { status } = await signIn({ email: lost.email, password: again.oneTimePassword });
    expect(status).toBe(200);
  });

  it('makes accounts for administrators only, one for each address, each with a name', async () => {
    const create = (viewer: Viewer, input: { name: string; email: string }) =>
      world.ask(
        viewer,
        'mutation ($input: CreateUserInput!) { createUser(input: $input) { email user { name } } }',
        { input },
      );
    const { id } = await world.db.user.findUniqueOrThrow({ where: { email } });
    const admin = { id, isAdmin: true, mayWrite: true };
    const study = await world.db.study.create({ data: { slug: 'any', name: 'Any' } });
    const coordinator = await world.member(study.id, 'COORDINATOR');
    const input = { name: ' Ada ', email: 'ada@example.org' };
    expect((await create(coordinator, input)).codes).toEqual(['FORBIDDEN']);
    const { data } = await create(admin, input);
    expect(data['createUser']).toEqual({ email: input.email, user: { name: 'Ada' } });
    for (const [wrong, code, field] of [
      [{ ...input, email: 'ADA@example.org' }, 'CONFLICT', 'email'],
      [{ ...input, email: 'ada at example' }, 'INVALID_INPUT', 'email'],
      [{ name: ' ', email: 'bea@example.org' }, 'INVALID_INPUT', 'name'],
    ] as const) {
      const { codes, errors } = await create(admin, wrong);
      expect([codes, errors[0]?.extensions['field']]).toEqual([[code], field]);
    }
    expect(await world.db.user.count({ where: { email: 'bea@example.org' } })).toBe(0);
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

  it('writes down once a minute that a token is used, not at each question', async () => {
    const { id } = await world.db.user.findUniqueOrThrow({ where: { email } });
    const order = { name: 'R script', scope: 'READ', expiresInDays: 1 } as const;
    const viewer = { id, isAdmin: true, mayWrite: true };
    const { secret, token } = await createApiToken(world.db, viewer, order);
    const lastUsedAfter = async (secondsAgo: number | null) => {
      const lastUsedAt = secondsAgo === null ? null : new Date(Date.now() - 1000 * secondsAgo);
      await world.db.apiToken.update({ where: { id: token.id }, data: { lastUsedAt } });
      expect(await whoAmI({ authorization: `Bearer ${secret}` })).not.toBeNull();
      const after = await world.db.apiToken.findUniqueOrThrow({ where: { id: token.id } });
      return after.lastUsedAt?.getTime() === lastUsedAt?.getTime() ? 'unchanged' : 'now';
    };
    expect(await lastUsedAfter(null)).toBe('now');
    expect(await lastUsedAfter(61)).toBe('now');
    expect(await lastUsedAfter(5)).toBe('unchanged');
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
