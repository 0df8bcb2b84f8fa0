import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '../accounts/api-token.service.js';
import type { Viewer } from '../context.js';
import { serve, type Served } from '../testing/serve.js';
import { type ToyPackage, toyPackage, writeToyPackage } from '../testing/toy-model.js';
import { createWorld, type World } from '../testing/world.js';
import { registerPackageFolder } from './register-model-version.service.js';

const register = /* GraphQL */ `
  mutation ($input: RegisterModelVersionInput!) {
    registerModelVersion(input: $input) {
      id
      title
      sha256
      tasks
      hasMask
      fit
      inputWidthPx
      trainingData
      card
      trainingListCount
      registeredBy {
        id
      }
      model {
        name
        versions {
          version
        }
      }
      checks {
        name
        passed
      }
    }
  }
`;

describe('model versions', () => {
  let world: World;
  let served: Served;
  let engineer: Viewer;
  let reader: Viewer;

  beforeAll(async () => {
    world = await createWorld();
    served = await serve(world);
    const study = await world.db.study.create({ data: { slug: 'pigment', name: 'Pigment' } });
    engineer = await world.member(study.id, 'ML_ENGINEER');
    reader = await world.member(study.id, 'READER');
  });
  afterAll(async () => {
    await served.close();
    await world.close();
  });

  async function upload(viewer: Viewer, options: ToyPackage) {
    const uploadId = randomUUID();
    for (const [file, body] of Object.entries(toyPackage(options))) {
      const path = `/model-uploads/${uploadId}/${file}`;
      const { status } = await served.fetchAs(viewer, path, {
        method: 'PUT',
        body: body as RequestInit['body'],
      });
      expect(status).toBe(204);
    }
    return uploadId;
  }
  /** Announces more than a package may have, and sends none of it. */
  async function statusOfLarge(uploadId: string): Promise<number | undefined> {
    const token = { name: 'test', scope: 'WRITE', expiresInDays: 1 } as const;
    const { secret } = await createApiToken(world.db, engineer, token);
    const put = request(`${served.url}/model-uploads/${uploadId}/model.onnx`, {
      method: 'PUT',
      headers: {
        'content-length': String(501 * 1024 * 1024),
        authorization: `Bearer ${secret}`,
      },
    });
    put.flushHeaders();
    const [response] = (await once(put, 'response')) as [IncomingMessage];
    put.destroy();
    return response.statusCode;
  }
  const staged = () => {
    const folder = join(world.storage.folder, 'staging', 'models', engineer.id);
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  it('are registered from an upload once every check has passed', async () => {
    const uploadId = await upload(engineer, { name: 'toy', version: '1.0.0' });
    const { data, codes } = await world.ask(engineer, register, { input: { uploadId } });
    expect(codes).toEqual([]);
    const version = data['registerModelVersion'];
    expect(version).toMatchObject({
      title: 'toy 1.0.0',
      tasks: ['MELANOMA', 'SEBORRHEIC_KERATOSIS'],
      hasMask: true,
      fit: 'squash',
      inputWidthPx: 16,
      trainingData: 'nothing: it looks at how dark a pixel is',
      card: '# Toy',
      registeredBy: { id: engineer.id },
      model: { name: 'toy', versions: [{ version: '1.0.0' }] },
    });
    expect(version.checks).toHaveLength(11);
    expect(version.checks.every(({ passed }: { passed: boolean }) => passed)).toBe(true);
    expect(await world.storage.has('models', version.sha256)).toBe(true);
    expect(staged()).toEqual([]);
  });

  it('are the one that is there when the same package comes again, and a conflict when another file has the name', async () => {
    const [first, again] = [
      await upload(engineer, { name: 'same' }),
      await upload(engineer, { name: 'same' }),
    ];
    const one = await world.ask(engineer, register, { input: { uploadId: first } });
    const two = await world.ask(engineer, register, { input: { uploadId: again } });
    expect(two.data['registerModelVersion'].id).toBe(one.data['registerModelVersion'].id);

    const sha256 = one.data['registerModelVersion'].sha256 as string;
    await world.db.modelVersion.updateMany({
      where: { sha256, model: { name: 'same' } },
      data: { sha256: '0'.repeat(64) },
    });
    const other = await upload(engineer, { name: 'same' });
    const { codes } = await world.ask(engineer, register, { input: { uploadId: other } });
    expect(codes).toEqual(['CONFLICT']);
  });

  it('are registered once by twenty callers at once', async () => {
    const folder = await writeToyPackage(world.storage.folder, { name: 'race' });
    const versions = await Promise.all(
      Array.from({ length: 20 }, () => registerPackageFolder(world, engineer, folder)),
    );
    expect(new Set(versions.map(({ id }) => id)).size).toBe(1);
    expect(await world.db.model.count({ where: { name: 'race' } })).toBe(1);
  });

  it.each([
    ['file_hash', { name: 'hash', sha256: 'a'.repeat(64) }],
    ['onnx_valid', { name: 'noise', bytes: new Uint8Array(64).fill(7) }],
    ['manifest', { name: 'Not A Name' }],
  ])('are refused with the check that failed (%s), and nothing is kept', async (check, options) => {
    const uploadId = await upload(engineer, options);
    const { errors } = await world.ask(engineer, register, { input: { uploadId } });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      checks: [{ name: check, passed: false }],
    });
    expect(await world.db.model.count({ where: { name: options.name } })).toBe(0);
    expect(staged()).toEqual([]);
  });

  it('keep the list of images that the package says they were trained on', async () => {
    const sha256 = 'ab'.repeat(32);
    const trainingList = `\uFEFFImage_ID,SHA256\r\nISIC_1.jpg,${sha256.toUpperCase()}\r\n"ISIC_2",\r\n`;
    const uploadId = await upload(engineer, { name: 'listed', trainingList });
    const { data, codes } = await world.ask(engineer, register, { input: { uploadId } });
    expect(codes).toEqual([]);
    const { id, checks, trainingListCount } = data['registerModelVersion'];
    expect(trainingListCount).toBe(2);
    expect(checks.at(-1)).toEqual({ name: 'training_list', passed: true });
    const rows = await world.db.trainingImage.findMany({
      where: { modelVersionId: id },
      orderBy: { code: 'asc' },
    });
    expect(rows.map(({ code, sha256 }) => [code, sha256])).toEqual([
      ['ISIC_1', sha256],
      ['ISIC_2', null],
    ]);
    // By command and demo the same function runs, over the same folder.
    const folder = await writeToyPackage(world.storage.folder, { name: 'listed', trainingList });
    expect((await registerPackageFolder(world, engineer, folder)).id).toBe(id);
    const without = await writeToyPackage(world.storage.folder, { name: 'listed' });
    await expect(registerPackageFolder(world, engineer, without)).rejects.toMatchObject({
      code: 'CONFLICT',
      extensions: { field: 'training.list', found: null },
    });
  });

  it('get their list once, from twenty callers at once', async () => {
    const trainingList = `image_id\n${Array.from({ length: 30 }, (_, at) => `A_${at}\n`).join('')}`;
    const folder = await writeToyPackage(world.storage.folder, { name: 'listrace', trainingList });
    const versions = await Promise.all(
      Array.from({ length: 20 }, () => registerPackageFolder(world, engineer, folder)),
    );
    const where = { modelVersionId: versions[0]!.id };
    expect(await world.db.trainingImage.count({ where })).toBe(30);
  });

  it.each<[string, Partial<ToyPackage>, RegExp]>([
    ['another file', { trainingListSha256: 'a'.repeat(64) }, /not the file the manifest names/],
    ['no word in the manifest', { trainingListSha256: null }, /does not name it/],
    ['no such column', { trainingList: 'image\nISIC_1\n' }, /no column image_id/],
    ['no image', { trainingList: 'image_id,sha256\n' }, /lists no image/],
    ['no name', { trainingList: 'image_id,sha256\nA,\n,\n' }, /row 3, image_id/],
    ['an image twice', { trainingList: 'image_id\nA\nB\nA\n' }, /row 4, image_id/],
    ['a hash that is none', { trainingList: 'image_id,sha256\nA,12\n' }, /row 2, sha256/],
    ['a ragged table', { trainingList: 'image_id,sha256\nA,,3\n' }, /no table from row 2/],
  ])('are refused with a training list of %s, and nothing is kept', async (_, options, detail) => {
    const trainingList = 'image_id\nISIC_1\n';
    const uploadId = await upload(engineer, { name: 'badlist', trainingList, ...options });
    const { errors } = await world.ask(engineer, register, { input: { uploadId } });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      checks: [{ name: 'training_list', passed: false, detail: expect.stringMatching(detail) }],
    });
    expect(await world.db.model.count({ where: { name: 'badlist' } })).toBe(0);
  });

  it('are refused when the manifest names a training list that is not there', async () => {
    const trainingListSha256 = 'a'.repeat(64);
    const uploadId = await upload(engineer, { name: 'badlist', trainingListSha256 });
    const { messages } = await world.ask(engineer, register, { input: { uploadId } });
    expect(messages[0]).toMatch(/the manifest names training-list.csv, and there is none/);
  });

  it('are uploaded and registered by engineers only, each by their own upload id', async () => {
    const uploadId = await upload(engineer, { name: 'mine' });
    const path = `/model-uploads/${uploadId}/manifest.json`;
    const put = { method: 'PUT', body: '{}' };
    expect((await served.fetchAs(reader, path, put)).status).toBe(403);
    expect((await served.fetchAs(undefined, path, put)).status).toBe(401);
    expect((await world.ask(reader, register, { input: { uploadId } })).codes).toEqual([
      'FORBIDDEN',
    ]);
    const admin = await world.admin();
    // The administrator's upload of that id is another folder: an empty one.
    expect((await world.ask(admin, register, { input: { uploadId } })).codes).toEqual([
      'INVALID_INPUT',
    ]);
    expect((await world.ask(engineer, register, { input: { uploadId } })).codes).toEqual([]);
  });

  it('take the files of a package and no other, and no path', async () => {
    const uploadId = randomUUID();
    for (const file of ['evil.sh', '..%2Fmodel.onnx', '.onnx', 'a%00.onnx']) {
      const path = `/model-uploads/${uploadId}/${file}`;
      const { status } = await served.fetchAs(engineer, path, { method: 'PUT', body: 'x' });
      expect([file, status]).toEqual([file, 400]);
    }
    const nowhere = await served.fetchAs(engineer, '/model-uploads/..%2F..%2Fx/manifest.json', {
      ...{ method: 'PUT', body: 'x' },
    });
    expect(nowhere.status).toBe(400);
    expect(await statusOfLarge(uploadId)).toBe(413);
  });

  it('are listed for everybody who signs in, with their versions', async () => {
    const { data } = await world.ask(
      reader,
      '{ models { name versions { title model { name } } } model(name: "none") { id } modelVersion(name: "toy", version: "1.0.0") { title } }',
    );
    expect(data['models'].map(({ name }: { name: string }) => name)).toContain('toy');
    expect(data['model']).toBeNull();
    expect(data['modelVersion']).toEqual({ title: 'toy 1.0.0' });
    expect((await world.ask(undefined, '{ models { name } }')).codes).toEqual(['UNAUTHENTICATED']);
  });
});
