import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Viewer } from '../context.js';
import { startToyEngine, type ToyEngine, tritonOrReason } from '../testing/toy-engine.js';
import { createWorld, type World } from '../testing/world.js';
import { registerRemoteVersion } from './register-remote-version.service.js';

const register = /* GraphQL */ `
  mutation ($input: RegisterRemoteModelVersionInput!) {
    registerRemoteModelVersion(input: $input) {
      id
      title
      origin
      sha256
      sizeBytes
      tasks
      hasMask
      card
      registeredBy {
        id
      }
      endpoint {
        url
        model
        version
        tokenVariable
        connectTimeoutMs
        answerTimeoutMs
        concurrency
        maxBatch
      }
      checks {
        name
        passed
        detail
      }
    }
  }
`;
const triton = tritonOrReason();

describe.skipIf(!triton)('remote versions', () => {
  let world: World;
  let engine: ToyEngine;
  let engineer: Viewer;
  let reader: Viewer;

  beforeAll(async () => {
    world = await createWorld();
    engine = await startToyEngine(triton!);
    const study = await world.db.study.create({ data: { slug: 'pigment', name: 'Pigment' } });
    engineer = await world.member(study.id, 'ML_ENGINEER');
    reader = await world.member(study.id, 'READER');
  });
  afterAll(async () => {
    await engine.close();
    await world.close();
  });

  const input = (
    manifest: Record<string, unknown> = {},
    endpoint: Record<string, unknown> = {},
    rest: Record<string, unknown> = {},
  ) => ({
    manifest: engine.manifest(manifest),
    endpoint: { url: engine.url, model: 'toy', ...endpoint },
    ...rest,
  });
  const count = () => world.db.modelVersion.count();

  it('are registered once the engine has passed every check', async () => {
    const given = input(
      { name: 'first' },
      { url: `${engine.url}/`, concurrency: 3 },
      { card: '# Toy' },
    );
    const { data, codes } = await world.ask(engineer, register, { input: given });
    expect(codes).toEqual([]);
    const version = data['registerRemoteModelVersion'];
    expect(version).toMatchObject({
      ...{ title: 'first 1.0.0', origin: 'REMOTE', sizeBytes: 0, hasMask: true, card: '# Toy' },
      tasks: ['MELANOMA', 'SEBORRHEIC_KERATOSIS'],
      registeredBy: { id: engineer.id },
      endpoint: {
        ...{ url: engine.url, model: 'toy', version: '1', tokenVariable: null },
        ...{ connectTimeoutMs: 2000, answerTimeoutMs: 30_000, concurrency: 3, maxBatch: 16 },
      },
    });
    expect(version.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(version.checks.map(({ name }: { name: string }) => name)).toEqual([
      ...['manifest', 'address', 'ready', 'signature'],
      ...['runs', 'probabilities', 'repeatable', 'batch_independent'],
    ]);
    expect(version.checks.every(({ passed }: { passed: boolean }) => passed)).toBe(true);
    // What members of every study see names no host.
    expect(JSON.stringify(version.checks)).not.toContain('127.0.0.1');
  });

  it('show where they are served to those who may register, and to nobody else', async () => {
    await registerRemoteVersion(world, engineer, input({ name: 'shown' }));
    const query =
      '{ modelVersion(name: "shown", version: "1.0.0") { title origin endpoint { url } } }';
    const url = (viewer: Viewer) =>
      world.ask(viewer, query).then(({ data }) => data['modelVersion'].endpoint?.url as unknown);
    expect(await url(engineer)).toBe(engine.url);
    expect(await url(await world.admin())).toBe(engine.url);
    expect(await url(reader)).toBeUndefined();
  });

  it('are the one that is there when the same comes again, and a conflict when anything of it differs', async () => {
    const one = await registerRemoteVersion(world, engineer, input({ name: 'same' }));
    const again = input({ name: 'same' }, { version: '1', answerTimeoutMs: 500 });
    const two = await registerRemoteVersion(world, engineer, again);
    expect(two.id).toBe(one.id);
    const others = [
      input({ name: 'same', maskThreshold: 0.4 }),
      input({ name: 'same' }, { url: engine.url.replace('127.0.0.1', 'localhost') }),
    ];
    for (const other of others) {
      expect((await world.ask(engineer, register, { input: other })).codes).toEqual(['CONFLICT']);
    }
  });

  it('are registered once by twenty callers at once', async () => {
    const patient = input({ name: 'race' }, { connectTimeoutMs: 30_000 });
    const versions = await Promise.all(
      Array.from({ length: 20 }, () => registerRemoteVersion(world, engineer, patient as never)),
    );
    expect(new Set(versions.map(({ id }) => id)).size).toBe(1);
  });

  it('keep the training list that the manifest names', async () => {
    const list = 'image_id\nISIC_0000001\nISIC_0000002\n';
    const sha256 = createHash('sha256').update(list).digest('hex');
    const training = { data: 'two images', list: { file: 'training-list.csv', sha256 } };
    const manifest = { name: 'trained', training };
    const missing = await world.ask(engineer, register, { input: input(manifest) });
    expect(missing.errors[0]?.extensions).toMatchObject({ field: 'trainingList' });
    const given = input(manifest, {}, { trainingList: list });
    const { id } = await registerRemoteVersion(world, engineer, given);
    expect(await world.db.trainingImage.count({ where: { modelVersionId: id } })).toBe(2);
  });

  it.each<[string, string, () => object]>([
    ['manifest.version', 'manifest', () => input({ version: 'one' })],
    ['endpoint.url', 'address', () => input({}, { url: 'ftp://example.org' })],
    ['endpoint.url', 'address', () => input({}, { url: 'http://169.254.169.254' })],
    ['endpoint.url', 'address', () => input({}, { url: 'http://me:secret@127.0.0.1' })],
    ['endpoint.tokenVariable', 'address', () => input({}, { tokenVariable: 'DATABASE_URL' })],
    [
      'endpoint.tokenVariable',
      'address',
      () => input({}, { tokenVariable: 'LESIONWISE_REMOTE_TOKEN_A' }),
    ],
    ['endpoint', 'ready', () => input({}, { model: 'nevus' })],
    ['endpoint', 'ready', () => input({}, { version: '7' })],
    ['endpoint', 'ready', () => input({}, { url: 'http://127.0.0.1:9' })],
    [
      'endpoint',
      'signature',
      () => input({ input: { ...(engine.manifest()['input'] as object), height: 32 } }),
    ],
  ])(
    'are refused naming %s where the check %s fails, and nothing is kept',
    async (field, check, given) => {
      const before = await count();
      const { errors, codes, messages } = await world.ask(engineer, register, { input: given() });
      expect(codes).toEqual(['INVALID_INPUT']);
      expect(errors[0]?.extensions).toMatchObject({
        field,
        checks: [{ name: check, passed: false }],
      });
      expect(messages[0]).not.toContain('secret');
      expect(await count()).toBe(before);
    },
  );

  it('ask no host that the operator does not list', async () => {
    const engines = { allowedHosts: ['triton.example.org'], tokenOf: () => undefined };
    const refused = registerRemoteVersion({ ...world, engines }, engineer, input());
    await expect(refused).rejects.toMatchObject({ extensions: { field: 'endpoint.url' } });
    const { host } = new URL(engine.url);
    const listed = { ...engines, allowedHosts: [host] };
    const manifest = { name: 'listed' };
    await registerRemoteVersion({ ...world, engines: listed }, engineer, input(manifest));
  });

  it('are registered from the command line, with the card that lies beside the manifest', async () => {
    await world.admin();
    const folder = await mkdtemp(join(tmpdir(), 'lesionwise-manifest-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'MODEL_CARD.md'), '# Beside');
    const file = join(folder, 'manifest.json');
    await writeFile(file, JSON.stringify(engine.manifest({ name: 'by-command' })));
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['dist/commands/register-model.js', file, ...args], {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        env: {
          ...{ PATH: process.env['PATH'], DATABASE_URL: world.databaseUrl },
          ...{ LESIONWISE_STORAGE: world.storage.folder, LESIONWISE_SECRET: 'x'.repeat(32) },
          ...{ LESIONWISE_URL: 'http://localhost:3000', LESIONWISE_REMOTE_HOSTS: '127.0.0.1' },
        },
        encoding: 'utf8',
      });
    const done = run('--remote', engine.url, '--model', 'toy');
    expect([done.status, done.stdout]).toEqual([0, expect.stringContaining('by-command 1.0.0')]);
    const where = { version: '1.0.0', model: { name: 'by-command' } };
    expect((await world.db.modelVersion.findFirstOrThrow({ where })).card).toBe('# Beside');

    const unlisted = run('--remote', 'http://localhost:8000', '--model', 'toy');
    expect([unlisted.status, unlisted.stderr]).toEqual([
      ...[1, expect.stringContaining('LESIONWISE_REMOTE_HOSTS')],
    ]);
    expect(run('--remote', engine.url).status).toBe(2);
  });

  it('are registered by engineers and administrators only', async () => {
    const before = await count();
    const given = { input: input({ name: 'mine' }) };
    expect((await world.ask(reader, register, given)).codes).toEqual(['FORBIDDEN']);
    expect((await world.ask(undefined, register, given)).codes).toEqual(['UNAUTHENTICATED']);
    expect(await count()).toBe(before);
    expect((await world.ask(await world.admin(), register, given)).codes).toEqual([]);
  });
});
