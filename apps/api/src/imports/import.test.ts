import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context, Viewer } from '../context.js';
import {
  filesUnder,
  imageId,
  imagePath,
  soundFolder,
  type TestFolder,
} from '../testing/challenge-folder.js';
import { countOperations } from '../testing/count-operations.js';
import { serve, type Served } from '../testing/serve.js';
import { createWorld, type World } from '../testing/world.js';
import { runImport } from './import.service.js';

const fields = `id state duplicates doneCount totalCount uploadedFiles failure reason uploadUrl finishedAt
  createdBy { id } study { slug }
  report { imagesRead imagesToAdd masksToAdd withError isSynthetic
    problems { severity code subject message fix examples count } }`;
const createImport = `mutation ($input: CreateImportInput!) { createImport(input: $input) { ${fields} } }`;
const checkImport = `mutation ($id: ID!) { checkImport(id: $id) { ${fields} } }`;
const applyImport = `mutation ($input: ApplyImportInput!) { applyImport(input: $input) { ${fields} } }`;
const discardImport = `mutation ($id: ID!) { discardImport(id: $id) { ${fields} } }`;
const importById = `query ($id: ID!) { import(id: $id) { ${fields} } }`;
const listImports = `query ($first: Int, $after: String) { study(slug: "pigment") {
  imports(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { node { ${fields} } } } } }`;

describe('an import', () => {
  let world: World;
  let served: Served;
  let services: Context;
  let coordinator: Viewer;
  let engineer: Viewer;
  let auditor: Viewer;
  let stranger: Viewer;
  let studyId: string;
  let folder: TestFolder;
  let faulty: TestFolder;

  beforeAll(async () => {
    world = await createWorld();
    served = await serve(world);
    services = world.contextFor(undefined);
    const study = await world.db.study.create({ data: { slug: 'pigment', name: 'Pigment' } });
    const other = await world.db.study.create({ data: { slug: 'other', name: 'Other' } });
    studyId = study.id;
    coordinator = await world.member(studyId, 'COORDINATOR');
    engineer = await world.member(studyId, 'ML_ENGINEER');
    auditor = await world.member(studyId, 'AUDITOR');
    stranger = await world.member(other.id, 'COORDINATOR');
    folder = await soundFolder(4);
    faulty = await soundFolder(3, 100);
    await faulty.put(imagePath(imageId(101)), 'no image');
  });
  afterAll(async () => {
    await folder.close();
    await faulty.close();
    await served.close();
    await world.close();
  });

  const create = async (viewer = coordinator): Promise<string> => {
    const input = { studyId, reason: 'November' };
    return (await world.ask(viewer, createImport, { input })).data['createImport'].id;
  };
  const put = (viewer: Viewer | undefined, id: string, path: string, body: Buffer | string = 'x') =>
    served.fetchAs(viewer, `/imports/${id}/files/${path}`, {
      method: 'PUT',
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
  const upload = async (id: string, from: TestFolder) => {
    for (const file of await filesUnder(from.root)) {
      const path = relative(from.root, file);
      const answer = await put(coordinator, id, `my data/${path}`, await readFile(file));
      expect(answer.status).toBe(204);
    }
  };
  const ask = async (query: string, variables: Record<string, unknown>, viewer = coordinator) => {
    const answer = await world.ask(viewer, query, variables);
    return { ...answer, entry: Object.values(answer.data)[0] };
  };
  const jobsOf = async (id: string) => {
    const rows = await world.db.$queryRaw<unknown[]>`
      SELECT FROM pgboss.job WHERE name = 'import' AND data->>'importId' = ${id}`;
    return rows.length;
  };
  const staged = async (id: string) =>
    (await filesUnder(world.storage.folder)).filter((path) => path.includes(id));
  const images = () => world.db.image.count({ where: { studyId } });
  /** Uploaded and looked at. */
  const checked = async (from: TestFolder) => {
    const id = await create();
    await upload(id, from);
    await ask(checkImport, { id });
    await runImport(services, id);
    return id;
  };

  it('goes from upload over check to images, and its files are forgotten', async () => {
    const id = await create(engineer);
    expect((await ask(importById, { id })).entry).toMatchObject({
      ...{ state: 'UPLOADING', report: null, uploadedFiles: 0, reason: 'November' },
      ...{ uploadUrl: `/imports/${id}/files`, createdBy: { id: engineer.id } },
      study: { slug: 'pigment' },
    });
    await upload(id, folder);
    const list = await served.fetchAs(auditor, `/imports/${id}/files`);
    const first = await readFile(join(folder.root, imagePath(imageId(0))));
    expect(await list.json()).toContainEqual({
      path: `my data/${imagePath(imageId(0))}`,
      sizeBytes: first.length,
    });

    expect((await ask(checkImport, { id })).entry).toMatchObject({ state: 'CHECKING' });
    expect((await ask(checkImport, { id })).entry).toMatchObject({ state: 'CHECKING' });
    expect(await jobsOf(id)).toBe(1);
    await runImport(services, id);
    expect((await ask(importById, { id })).entry).toMatchObject({
      ...{ state: 'CHECKED', doneCount: 4, totalCount: 4, uploadedFiles: 10, finishedAt: null },
      report: { imagesRead: 4, imagesToAdd: 4, masksToAdd: 4, withError: 0 },
    });
    expect(await images()).toBe(0);

    const { entry } = await ask(applyImport, {
      input: { id, duplicates: 'KEEP', reason: 'Later' },
    });
    expect(entry).toMatchObject({ state: 'APPLYING', duplicates: 'KEEP', reason: 'Later' });
    await runImport(services, id);
    const { entry: applied } = await ask(importById, { id });
    expect(applied).toMatchObject({ state: 'APPLIED', uploadedFiles: 8, failure: null });
    expect(applied.doneCount).toBe(applied.totalCount);
    expect(applied.finishedAt).not.toBeNull();
    expect(await images()).toBe(4);
    expect(await staged(id)).toEqual([]);
    expect(await world.db.image.count({ where: { importId: id } })).toBe(4);
  });

  it('is written once when twenty ask and twenty workers run at once', async () => {
    const before = await images();
    const more = await soundFolder(3, 300);
    const id = await checked(more);
    await more.close();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(applyImport, { input: { id } })),
    );
    expect(answers.flatMap(({ codes }) => codes)).toEqual([]);
    expect(new Set(answers.map(({ entry }) => entry.state))).toEqual(new Set(['APPLYING']));
    // One job for the check and one for the application.
    expect(await jobsOf(id)).toBe(2);
    await Promise.all(Array.from({ length: 20 }, () => runImport(services, id)));
    expect((await ask(importById, { id })).entry).toMatchObject({
      state: 'APPLIED',
      failure: null,
    });
    expect(await images()).toBe(before + 3);
    expect((await ask(applyImport, { input: { id } })).entry).toMatchObject({ state: 'APPLIED' });
    expect(await jobsOf(id)).toBe(2);
  });

  it('with errors is applied only when they are left out', async () => {
    const before = await images();
    const id = await checked(faulty);
    const { entry } = await ask(importById, { id });
    expect(entry).toMatchObject({ state: 'CHECKED', report: { withError: 1 } });
    expect(entry.report.problems.map(({ code }: any) => code)).toContain('UNSUPPORTED_FORMAT');
    const refused = await ask(applyImport, { input: { id } });
    expect(refused.codes).toEqual(['INVALID_INPUT']);
    expect(refused.errors[0]!.extensions).toMatchObject({ field: 'leaveOutErrors' });
    expect((await ask(importById, { id })).entry).toMatchObject({ state: 'CHECKED' });
    expect(await jobsOf(id)).toBe(1);
    expect(await images()).toBe(before);
    await ask(discardImport, { id });
  });

  it('goes back to its owner when the study came to contradict it after the check', async () => {
    const late = await soundFolder(1, 500);
    const id = await checked(late);
    await late.close();
    const image = await world.db.image.findFirstOrThrow({ where: { studyId } });
    const row = { ...image, id: crypto.randomUUID(), importId: null };
    await world.db.image.create({ data: { ...row, code: imageId(500), sha256: 'f'.repeat(64) } });
    const before = await images();
    await ask(applyImport, { input: { id } });
    await runImport(services, id);
    const { entry } = await ask(importById, { id });
    expect(entry).toMatchObject({ state: 'CHECKED', failure: null });
    expect(entry.report.problems[0]).toMatchObject({ code: 'CODE_TAKEN', severity: 'ERROR' });
    expect(await images()).toBe(before);
    await ask(discardImport, { id });
  });

  it('fails with a reference and without a trace when the disk breaks, and can be checked again', async () => {
    const lost = await soundFolder(2, 600);
    const id = await checked(lost);
    const stored = async () =>
      (await filesUnder(world.storage.folder)).filter((path) => !path.endsWith('brought')).length;
    const before = await stored();
    await ask(applyImport, { input: { id } });
    const put = world.storage.put.bind(world.storage);
    world.storage.put = () => Promise.reject(new Error('the disk is broken'));
    try {
      await runImport(services, id);
    } finally {
      world.storage.put = put;
    }
    const { entry } = await ask(importById, { id });
    expect(entry.state).toBe('FAILED');
    expect(entry.failure).toMatch(/Reference [0-9a-f]{8}\.$/);
    expect(entry.failure).not.toContain('broken');
    expect(await world.db.image.count({ where: { importId: id } })).toBe(0);
    expect(await stored()).toBe(before);
    await ask(checkImport, { id });
    await runImport(services, id);
    expect((await ask(importById, { id })).entry).toMatchObject({
      state: 'CHECKED',
      failure: null,
    });
    await ask(discardImport, { id });
    await lost.close();
  });

  it('is taken up again by the next worker when one was stopped', async () => {
    const stopped = await soundFolder(3, 700);
    const id = await create();
    await upload(id, stopped);
    await stopped.close();
    await ask(checkImport, { id });
    const signal = AbortSignal.abort(new Error('stopping'));
    await expect(runImport(services, id, signal)).rejects.toThrow('stopping');
    expect((await ask(importById, { id })).entry).toMatchObject({ state: 'CHECKING' });
    await runImport(services, id);
    await ask(applyImport, { input: { id } });
    await expect(runImport(services, id, signal)).rejects.toThrow('stopping');
    expect(await world.db.image.count({ where: { importId: id } })).toBe(0);
    await runImport(services, id);
    // The job may come once more, after the worker died between its last word and the queue's.
    await runImport(services, id);
    expect((await ask(importById, { id })).entry).toMatchObject({ state: 'APPLIED' });
    expect(await world.db.image.count({ where: { importId: id } })).toBe(3);
  });

  it('is checked anew after a file was added', async () => {
    const id = await checked(faulty);
    expect((await put(coordinator, id, 'more.txt')).status).toBe(204);
    expect((await ask(importById, { id })).entry).toMatchObject({
      state: 'UPLOADING',
      report: null,
    });
    expect((await ask(applyImport, { input: { id } })).codes).toEqual(['CONFLICT']);
    await ask(discardImport, { id });
  });

  it('forgets its files when it is discarded, and then takes no more', async () => {
    const id = await create();
    await put(coordinator, id, 'a.txt');
    expect((await ask(discardImport, { id })).entry).toMatchObject({ state: 'DISCARDED' });
    expect((await ask(discardImport, { id })).codes).toEqual([]);
    expect(await staged(id)).toEqual([]);
    expect((await put(coordinator, id, 'b.txt')).status).toBe(409);
    expect((await ask(checkImport, { id })).codes).toEqual(['INVALID_INPUT']);
    expect((await ask(applyImport, { input: { id } })).codes).toEqual(['CONFLICT']);
    expect(await staged(id)).toEqual([]);
  });

  it('refuses paths that lead out of its folder, whatever way they are written', async () => {
    const id = await create();
    const before = await filesUnder(world.storage.folder);
    // Sent raw: fetch would tidy the path up by itself.
    const raw = (path: string) =>
      new Promise<number>((resolve, reject) => {
        void served.fetchAs(coordinator, '/health').then(() => {
          const { port } = new URL(served.url);
          const headers = { authorization: served.authorizationOf(coordinator) };
          const sent = httpRequest({ port, path, method: 'PUT', headers }, (answer) => {
            answer.resume();
            resolve(answer.statusCode!);
          });
          sent.on('error', reject);
          sent.end('x');
        });
      });
    for (const path of [
      '../../../escape',
      '%2e%2e/%2e%2e/escape',
      '..%2f..%2fescape',
      'a/..%5c..%5cescape',
      'a/%00b',
      'a//b',
      '.',
      'a/./b',
      'C%3A%5Cescape',
      'x'.repeat(201),
      Array.from({ length: 9 }, () => 'deep').join('/'),
    ]) {
      expect([path, await raw(`/imports/${id}/files/${path}`)]).toEqual([path, 400]);
    }
    expect(await filesUnder(world.storage.folder)).toEqual(before);
  });

  it('refuses files that are too large, by what is said and by what comes', async () => {
    const id = await create();
    const answer = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      const { port } = new URL(served.url);
      const headers = {
        authorization: served.authorizationOf(coordinator),
        'content-length': String(201 * 1024 * 1024),
      };
      const path = `/imports/${id}/files/large.jpg`;
      const sent = httpRequest({ port, path, method: 'PUT', headers }, (response) => {
        let body = '';
        response.on('data', (part) => (body += String(part)));
        response.on('end', () => {
          sent.destroy();
          resolve({ status: response.statusCode!, body });
        });
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
    expect(answer.status).toBe(413);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'TOO_LARGE', field: 'file' } });
    expect(await staged(id)).toEqual([]);
  });

  it('keeps nothing of an upload that broke off', async () => {
    const id = await create();
    await new Promise<void>((resolve) => {
      const { port } = new URL(served.url);
      const headers = {
        authorization: served.authorizationOf(coordinator),
        'content-length': '100000',
      };
      const path = `/imports/${id}/files/half.jpg`;
      const sent = httpRequest({ port, path, method: 'PUT', headers });
      sent.on('error', () => {
        resolve();
      });
      sent.write(Buffer.alloc(50_000), () =>
        setTimeout(() => sent.destroy(new Error('gone')), 100),
      );
    });
    await expect.poll(() => staged(id), { timeout: 5000 }).toEqual([]);
    expect(await (await served.fetchAs(coordinator, `/imports/${id}/files`)).json()).toEqual([]);
  });

  it('is absent for strangers in every query, mutation and route', async () => {
    const id = await create();
    await put(coordinator, id, 'a.txt');
    expect((await ask(importById, { id }, stranger)).data).toEqual({ import: null });
    expect((await ask(importById, { id: 'no-id' }, coordinator)).data).toEqual({ import: null });
    for (const [query, variables] of [
      [checkImport, { id }],
      [discardImport, { id }],
      [applyImport, { input: { id } }],
      [createImport, { input: { studyId } }],
    ] as const) {
      expect((await ask(query, variables, stranger)).codes).toEqual(['NOT_FOUND']);
      expect((await ask(query, variables, auditor)).codes).toEqual(['FORBIDDEN']);
    }
    const list = `/imports/${id}/files`;
    expect((await served.fetchAs(stranger, list)).status).toBe(404);
    expect((await served.fetchAs(stranger, '/imports/no-id/files')).status).toBe(404);
    expect((await served.fetchAs(undefined, list)).status).toBe(401);
    expect((await put(stranger, id, 'b.txt')).status).toBe(404);
    expect((await put(auditor, id, 'b.txt')).status).toBe(403);
    expect((await put({ ...coordinator, mayWrite: false }, id, 'b.txt')).status).toBe(403);
    expect((await put(undefined, id, 'b.txt')).status).toBe(401);
    expect((await staged(id)).length).toBe(1);
    const other = await world.ask(stranger, '{ study(slug: "other") { imports { totalCount } } }');
    expect(other.data['study'].imports.totalCount).toBe(0);
  });

  it('is listed newest first, page by page, for as many questions whatever the size', async () => {
    const total = await world.db.import.count({ where: { studyId } });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Record<string, any> } = await world.ask(auditor, listImports, {
        first: 3,
        after,
      });
      const page = data['study'].imports;
      expect(page.totalCount).toBe(total);
      seen.push(...page.edges.map((edge: any) => edge.node.id as string));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    const rows = await world.db.import.findMany({
      where: { studyId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    expect(seen).toEqual(rows.map(({ id }) => id));
    const operations = (first: number) => countOperations(world, auditor, listImports, { first });
    expect(await operations(8)).toBe(await operations(2));
  });
});
