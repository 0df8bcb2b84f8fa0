import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { decodeMask } from '@lesionwise/model';
import { createClient } from 'graphql-ws';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createApiToken } from '../accounts/api-token.service.js';
import { createCohort } from '../cohorts/cohort.service.js';
import { createSnapshot } from '../cohorts/snapshot.service.js';
import type { Viewer } from '../context.js';
import type { RunState } from '../db.js';
import { registerPackageFolder } from '../models/register-model-version.service.js';
import { sha256Of } from '../storage.js';
import { countOperations } from '../testing/count-operations.js';
import { serve, type Served } from '../testing/serve.js';
import { type ToyPackage, writeToyPackage } from '../testing/toy-model.js';
import { createToyStudy, leftMask, type ToyImage, type ToyStudy } from '../testing/toy-study.js';
import { startWorker, type WorkerProcess } from '../testing/worker-process.js';
import { createWorld, type World } from '../testing/world.js';
import { requestInference } from './inference-run.service.js';
import { enqueueMissingAgreements } from '../scoring/mask-agreement.service.js';

const runFields = /* GraphQL */ `
  fragment Run on InferenceRun {
    id
    number
    state
    requestedDevice
    actualDevice
    deviceNote
    totalCount
    scoredCount
    failedCount
    skippedCount
    waitingCount
    retryCount
    imagesPerSecond
    secondsLeft
    elapsedSeconds
    failure
    stageTimes {
      stage
      meanMs
      share
    }
    failures {
      reason
      title
      hint
      retryable
      count
      examples
    }
    snapshot {
      code
    }
    modelVersion {
      title
    }
    requestedBy {
      name
    }
  }
`;
const request = `mutation ($input: RequestInferenceInput!) { requestInference(input: $input) { ...Run } } ${runFields}`;
const cancel = `mutation ($id: ID!) { cancelRun(id: $id) { ...Run } } ${runFields}`;
const retry = `mutation ($id: ID!, $reason: FailureReason) { retryFailed(id: $id, reason: $reason) { ...Run } } ${runFields}`;
const runById = `query ($id: ID!) { inferenceRun(id: $id) { ...Run } } ${runFields}`;
const progress = `subscription ($id: ID!) { runProgress(id: $id) { state scoredCount waitingCount } }`;

describe('inference', { timeout: 180_000 }, () => {
  let world: World;
  let served: Served;
  const workers: WorkerProcess[] = [];

  beforeAll(async () => {
    world = await createWorld();
    served = await serve(world);
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill()));
  });
  afterAll(async () => {
    await served.close();
    await world.close();
  });

  const work = () => {
    const worker = startWorker(world);
    workers.push(worker);
    return worker;
  };

  interface Scene {
    study: ToyStudy;
    engineer: Viewer;
    auditor: Viewer;
    stranger: Viewer;
    snapshotId: string;
    modelVersionId: string;
    input: { snapshotId: string; modelVersionId: string };
  }

  async function scene(images: ToyImage[], options: ToyPackage = {}): Promise<Scene> {
    return sceneOf(await createToyStudy(world, images), options);
  }

  async function sceneOf(study: ToyStudy, options: ToyPackage = {}): Promise<Scene> {
    const other = await world.db.study.create({
      data: { slug: randomUUID().slice(0, 18), name: 'Other' },
    });
    const engineer = await world.member(study.id, 'ML_ENGINEER');
    const cohort = await createCohort(world.db, engineer, {
      ...{ studyId: study.id, name: 'All', filter: {} },
    });
    const snapshot = await createSnapshot(world.db, engineer, cohort.id);
    const folder = await writeToyPackage(world.storage.folder, {
      ...{ name: `toy-${randomUUID().slice(0, 8)}`, ...options },
    });
    const version = await registerPackageFolder(world, engineer, folder);
    return {
      ...{ study, engineer, snapshotId: snapshot.id, modelVersionId: version.id },
      auditor: await world.member(study.id, 'AUDITOR'),
      stranger: await world.member(other.id, 'COORDINATOR'),
      input: { snapshotId: snapshot.id, modelVersionId: version.id },
    };
  }

  /** A study of many large photographs, so that a run takes seconds. */
  async function largeScene(count: number): Promise<Scene> {
    const slug = `large-${randomUUID().slice(0, 8)}`;
    const { id: studyId } = await world.db.study.create({ data: { slug, name: slug } });
    const patient = await world.db.patient.create({ data: { studyId, code: 'P' } });
    const lesion = await world.db.lesion.create({
      data: { studyId, patientId: patient.id, code: 'L' },
    });
    const [widthPx, heightPx] = [2400, 1600];
    const noise = { type: 'gaussian', mean: 120, sigma: 30 } as const;
    const bytes = await sharp({
      create: { width: widthPx, height: heightPx, channels: 3, background: 'red', noise },
    })
      .jpeg()
      .toBuffer();
    const sha256 = sha256Of(bytes);
    await world.storage.put('originals', sha256, bytes);
    const codes = Array.from({ length: count }, (_, i) => `BIG_${String(i).padStart(4, '0')}`);
    await world.db.image.createMany({
      data: codes.map((code, copyNumber) => ({
        ...{ studyId, lesionId: lesion.id, code, copyNumber, widthPx, heightPx, sha256 },
        sizeBytes: bytes.length,
      })),
    });
    const rows = await world.db.image.findMany({ where: { studyId }, orderBy: { code: 'asc' } });
    return sceneOf({ id: studyId, slug, codes, imageIds: rows.map(({ id }) => id) });
  }

  async function ask(viewer: Viewer, input: Record<string, unknown>) {
    const { data, messages } = await world.ask(viewer, request, { input });
    expect(messages).toEqual([]);
    return data['requestInference'];
  }

  /** Waits until the run has ended, or is in one of the states. */
  async function until(id: string, states: RunState[] = ['DONE', 'FAILED', 'CANCELLED']) {
    for (;;) {
      const { state } = await world.db.inferenceRun.findUniqueOrThrow({ where: { id } });
      if (states.includes(state)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  async function untilScored(id: string, count: number) {
    for (;;) {
      const { scoredCount } = await world.db.inferenceRun.findUniqueOrThrow({ where: { id } });
      if (scoredCount >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  const runOf = async (viewer: Viewer, id: string) =>
    (await world.ask(viewer, runById, { id })).data['inferenceRun'];

  /** What was counted must be what is there. */
  async function expectConsistent(id: string) {
    const run = await world.db.inferenceRun.findUniqueOrThrow({ where: { id } });
    const states = await world.db.runImage.groupBy({
      by: ['state'],
      where: { runId: id },
      _count: true,
    });
    const count = (state: string) => states.find((row) => row.state === state)?._count ?? 0;
    expect({
      scored: run.scoredCount,
      failed: run.failedCount,
      skipped: run.skippedCount,
      total: run.totalCount,
      predictions: await world.db.prediction.count({ where: { runId: id } }),
    }).toEqual({
      scored: count('SCORED'),
      failed: count('FAILED'),
      skipped: count('SKIPPED'),
      total: states.reduce((sum, row) => sum + row._count, 0),
      predictions: count('SCORED'),
    });
  }

  const three: ToyImage[] = [
    { patient: 'P1', red: 204, green: 51, diagnosis: 'MELANOMA', maskShare: 0.5 },
    { patient: 'P1', red: 51, green: 0, diagnosis: 'NEVUS', maskShare: 0.25 },
    { patient: 'P2', red: 0, green: 255 },
  ];

  it('stores scores, masks and agreement that one can work out by hand', async () => {
    const { engineer, auditor, input, study } = await scene(three);
    const run = await ask(engineer, input);
    expect(run).toMatchObject({ number: 1, state: 'QUEUED', totalCount: 3, waitingCount: 3 });
    work();
    await until(run.id);
    expect(await runOf(auditor, run.id)).toMatchObject({
      ...{ state: 'DONE', actualDevice: 'cpu', scoredCount: 3, waitingCount: 0, failures: [] },
      requestedBy: { name: 'Test person' },
    });
    await expectConsistent(run.id);

    const { data } = await world.ask(
      auditor,
      /* GraphQL */ `
        query ($slug: String!, $code: String!) {
          study(slug: $slug) {
            runs {
              totalCount
              edges {
                node {
                  number
                }
              }
            }
            run(number: 1) {
              stageTimes {
                stage
                share
              }
              images(first: 2) {
                totalCount
                pageInfo {
                  hasNextPage
                }
                edges {
                  node {
                    state
                    image {
                      code
                    }
                    prediction {
                      device
                    }
                  }
                }
              }
              latest(first: 5) {
                image {
                  code
                }
              }
            }
            image(code: $code) {
              predictions {
                device
                modelVersion {
                  version
                }
                run {
                  number
                }
                scores {
                  task
                  probability
                }
                mask {
                  widthPx
                  heightPx
                  areaPx
                  areaShare
                  threshold
                  url
                }
                agreement {
                  truePositivePx
                  falsePositivePx
                  falseNegativePx
                  trueNegativePx
                  jaccard
                  dice
                }
              }
            }
          }
        }
      `,
      { slug: study.slug, code: study.codes[1] },
    );
    const { runs, run: one, image } = data['study'];
    expect(runs).toEqual({ totalCount: 1, edges: [{ node: { number: 1 } }] });
    expect(one.images).toEqual({
      totalCount: 3,
      pageInfo: { hasNextPage: true },
      edges: study.codes.slice(0, 2).map((code) => ({
        node: { state: 'SCORED', image: { code }, prediction: { device: 'cpu' } },
      })),
    });
    expect(one.latest).toHaveLength(3);
    const shares = one.stageTimes.map(({ share }: { share: number }) => share);
    expect(shares.reduce((a: number, b: number) => a + b)).toBeCloseTo(1, 12);

    // Colour (51, 0, 255): mean 0.4, so darkness 0.6 everywhere: above the threshold, the whole image is lesion.
    const [prediction] = image.predictions;
    expect(prediction.scores).toEqual([
      { task: 'MELANOMA', probability: expect.closeTo(0.2, 6) },
      { task: 'SEBORRHEIC_KERATOSIS', probability: 0 },
    ]);
    expect(prediction.mask).toMatchObject({
      ...{ widthPx: 40, heightPx: 20, areaPx: 800, areaShare: 1, threshold: 0.5 },
    });
    // Against the left quarter of the columns.
    expect(prediction.agreement).toEqual({
      ...{ truePositivePx: 200, falsePositivePx: 600, falseNegativePx: 0, trueNegativePx: 0 },
      ...{ jaccard: 0.25, dice: 0.4 },
    });
  });

  it('serves a predicted mask to members only', async () => {
    const { engineer, stranger, auditor, input } = await scene(three);
    const run = await ask(engineer, input);
    work();
    await until(run.id);
    const { id } = await world.db.prediction.findFirstOrThrow({ where: { runId: run.id } });
    const path = `/masks/predicted/${id}.png`;
    const answer = await served.fetchAs(auditor, path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    const mask = await decodeMask(Buffer.from(await answer.arrayBuffer()));
    expect([mask.widthPx, mask.heightPx]).toEqual([40, 20]);
    expect((await served.fetchAs(stranger, path)).status).toBe(404);
    expect((await served.fetchAs(undefined, path)).status).toBe(401);
    expect((await served.fetchAs(auditor, '/masks/predicted/nonsense.png')).status).toBe(404);
  });

  it('is one run for twenty callers at once, and for who asks later', async () => {
    const { engineer, input, study } = await scene(three);
    const asked = { ...input, device: 'AUTO' as const };
    const runs = await Promise.all(
      Array.from({ length: 20 }, () => requestInference(world, engineer, asked)),
    );
    expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
    expect((await ask(engineer, input)).id).toBe(runs[0]!.id);
    expect(await world.db.runImage.count({ where: { runId: runs[0]!.id } })).toBe(3);
    // Twenty other questions get twenty numbers, and none is left out.
    await Promise.all(
      study.imageIds.map((imageId) =>
        requestInference(world, engineer, {
          ...{ imageId, modelVersionId: input.modelVersionId, device: 'AUTO' },
        }),
      ),
    );
    const all = await world.db.inferenceRun.findMany({
      where: { studyId: study.id },
      orderBy: { number: 'asc' },
    });
    expect(all.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  it('skips what the version has scored, and is done at once when that is all', async () => {
    const { engineer, input, study } = await scene(three);
    const single = await ask(engineer, {
      ...{ modelVersionId: input.modelVersionId, imageId: study.imageIds[0] },
    });
    work();
    await until(single.id);
    const run = await ask(engineer, input);
    expect(run).toMatchObject({ skippedCount: 1, waitingCount: 2 });
    await until(run.id);
    expect(await runOf(engineer, run.id)).toMatchObject({ scoredCount: 2, skippedCount: 1 });
    await expectConsistent(run.id);
    const again = await ask(engineer, { ...input, device: 'CPU' });
    expect(again).toMatchObject({ state: 'DONE', skippedCount: 3, waitingCount: 0 });
  });

  it('names damaged and missing files, goes on with the rest, and retries what failed', async () => {
    const { engineer, input, study } = await scene(three);
    const [damaged, missing] = await world.db.image.findMany({
      where: { id: { in: study.imageIds.slice(0, 2) } },
      orderBy: { code: 'asc' },
    });
    const path = world.storage.path('originals', damaged!.sha256);
    const bytes = await world.storage.read('originals', damaged!.sha256);
    await writeFile(path, bytes.subarray(0, bytes.length - 20));
    await rm(world.storage.path('originals', missing!.sha256));
    const run = await ask(engineer, input);
    work();
    await until(run.id);
    const done = await runOf(engineer, run.id);
    expect(done).toMatchObject({ state: 'DONE', scoredCount: 1, failedCount: 2 });
    expect(done.failures).toMatchObject([
      { reason: 'IMAGE_MISSING', count: 1, examples: [missing!.code] },
      { reason: 'IMAGE_UNREADABLE', count: 1, examples: [damaged!.code] },
    ]);
    await expectConsistent(run.id);

    await writeFile(path, bytes);
    const { data } = await world.ask(engineer, retry, { id: run.id, reason: 'IMAGE_UNREADABLE' });
    expect(data['retryFailed']).toMatchObject({ failedCount: 1, waitingCount: 1, retryCount: 1 });
    await until(run.id);
    expect(await runOf(engineer, run.id)).toMatchObject({ scoredCount: 2, failedCount: 1 });
    await expectConsistent(run.id);
    const none = await world.ask(engineer, retry, { id: run.id, reason: 'MODEL_ERROR' });
    expect(none.codes).toEqual(['CONFLICT']);
  });

  it('fails as a whole, in words, when the model file is gone or the device is absent; asking again is a new run', async () => {
    const { engineer, input, modelVersionId } = await scene(three);
    const { sha256 } = await world.db.modelVersion.findUniqueOrThrow({
      where: { id: modelVersionId },
    });
    const bytes = await world.storage.read('models', sha256);
    await writeFile(world.storage.path('models', sha256), bytes.subarray(1));
    work();
    const broken = await ask(engineer, input);
    await until(broken.id);
    expect(await runOf(engineer, broken.id)).toMatchObject({
      ...{ state: 'FAILED', scoredCount: 0, waitingCount: 3 },
      failure: expect.stringContaining('SHA-256'),
    });
    await writeFile(world.storage.path('models', sha256), bytes);
    const cuda = await ask(engineer, { ...input, device: 'CUDA' });
    await until(cuda.id);
    expect((await runOf(engineer, cuda.id)).failure).toContain('cuda');

    const { data } = await world.ask(engineer, retry, { id: broken.id });
    expect(data['retryFailed']).toMatchObject({ state: 'QUEUED', failure: null });
    await until(broken.id);
    expect(await runOf(engineer, broken.id)).toMatchObject({ state: 'DONE', scoredCount: 3 });
    await expectConsistent(broken.id);
  });

  it('loses and doubles nothing when its worker is killed in the middle', async () => {
    const count = 192;
    const { engineer, input } = await largeScene(count);
    const run = await ask(engineer, input);
    const first = work();
    await untilScored(run.id, 32);
    await first.kill();
    await expectConsistent(run.id);
    const { scoredCount } = await world.db.inferenceRun.findUniqueOrThrow({
      where: { id: run.id },
    });
    expect(scoredCount).toBeLessThan(count);

    work();
    await until(run.id);
    expect(await runOf(engineer, run.id)).toMatchObject({
      ...{ state: 'DONE', scoredCount: count, failedCount: 0, skippedCount: 0 },
    });
    await expectConsistent(run.id);
    expect(await world.db.score.count({ where: { prediction: { runId: run.id } } })).toBe(
      2 * count,
    );
  });

  it('finishes its chunk and leaves the rest to others when asked to stop', async () => {
    const { engineer, input } = await largeScene(160);
    const run = await ask(engineer, input);
    const worker = work();
    await untilScored(run.id, 16);
    expect(await worker.stop()).toBe(0);
    await expectConsistent(run.id);
    const active = await world.db.$queryRaw`
      SELECT FROM pgboss.job WHERE name = 'inference-chunk' AND state = 'active'`;
    expect(active).toEqual([]);
    await world.ask(engineer, cancel, { id: run.id });
  });

  it('stops when cancelled, keeps what is scored, and may be asked for again', async () => {
    const { engineer, auditor, input } = await largeScene(128);
    const run = await ask(engineer, input);
    work();
    await untilScored(run.id, 16);
    expect((await world.ask(auditor, cancel, { id: run.id })).codes).toEqual(['FORBIDDEN']);
    const { data } = await world.ask(engineer, cancel, { id: run.id });
    const cancelled = data['cancelRun'];
    expect(cancelled.state).toBe('CANCELLED');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await runOf(engineer, run.id)).toMatchObject({
      ...{ state: 'CANCELLED', scoredCount: cancelled.scoredCount },
    });
    await expectConsistent(run.id);
    expect((await world.ask(engineer, retry, { id: run.id })).codes).toEqual(['CONFLICT']);

    const again = await ask(engineer, input);
    expect(again.id).not.toBe(run.id);
    expect(again.skippedCount).toBe(cancelled.scoredCount);
    await until(again.id);
    expect((await world.ask(engineer, cancel, { id: again.id })).codes).toEqual(['CONFLICT']);
  });

  it('tells its progress as it goes, to members and as long as they are', async () => {
    const { engineer, stranger, input, study } = await largeScene(96);
    const run = await ask(engineer, input);
    const refused = await world.subscribeTo(stranger, progress, { id: run.id });
    expect(refused).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });

    const words = (await world.subscribeTo(engineer, progress, {
      id: run.id,
    })) as AsyncGenerator<any>;
    const first = await words.next();
    expect(first.value.data.runProgress).toEqual({
      state: 'QUEUED',
      scoredCount: 0,
      waitingCount: 96,
    });
    work();
    const heard: number[] = [];
    for await (const { data } of words) {
      heard.push(data.runProgress.scoredCount);
      if (data.runProgress.state === 'DONE') break;
    }
    expect(heard.at(-1)).toBe(96);
    expect(heard).toEqual([...heard].sort((a, b) => a - b));
    expect(heard.some((count) => count > 0 && count < 96)).toBe(true);

    const leaving = (await world.subscribeTo(engineer, progress, {
      id: run.id,
    })) as AsyncGenerator<any>;
    await leaving.next();
    await world.db.studyMember.deleteMany({ where: { userId: engineer.id, studyId: study.id } });
    await world.db.$executeRaw`SELECT pg_notify('lesionwise_run', ${run.id})`;
    expect((await leaving.next()).done).toBe(true);
  });

  it('tells its progress over the WebSocket of the real server, to members only', async () => {
    const { engineer, stranger, input } = await scene(three);
    const run = await ask(engineer, input);
    const wordsFor = async (viewer: Viewer) => {
      const token = { name: 'test', scope: 'READ', expiresInDays: 1 } as const;
      const { secret } = await createApiToken(world.db, viewer, token);
      class SignedIn extends WebSocket {
        constructor(url: string, protocols: string) {
          super(url, protocols, { headers: { authorization: `Bearer ${secret}` } });
        }
      }
      const url = `${served.url.replace('http', 'ws')}/graphql`;
      const client = createClient({ url, webSocketImpl: SignedIn, retryAttempts: 0 });
      const words = client.iterate<any>({ query: progress, variables: { id: run.id } });
      return { client, words };
    };
    const refused = await wordsFor(stranger);
    expect((await refused.words.next()).value.errors[0].extensions.code).toBe('NOT_FOUND');
    const { client, words } = await wordsFor(engineer);
    expect((await words.next()).value.data.runProgress.state).toBe('QUEUED');
    work();
    for await (const { data } of words) {
      if (data.runProgress.state === 'DONE') break;
    }
    await Promise.all([client.dispose(), refused.client.dispose()]);
  });

  it('can be left by its listener while nothing happens', async () => {
    const { engineer, input } = await scene(three);
    const run = await ask(engineer, input);
    const words = (await world.subscribeTo(engineer, progress, {
      id: run.id,
    })) as AsyncGenerator<any>;
    await words.next();
    const pending = words.next();
    await words.return(undefined);
    expect((await pending).done).toBe(true);
  });

  it('counts agreement with reference masks that come after the predictions', async () => {
    const { engineer, input, study } = await scene(three);
    const run = await ask(engineer, input);
    work();
    await until(run.id);
    const imageId = study.imageIds[2]!;
    const { png, areaPx } = await leftMask(1);
    await world.db.$transaction(async (tx) => {
      await tx.referenceMask.create({
        data: {
          ...{ imageId, version: 1, widthPx: 40, heightPx: 20, areaPx },
          png: new Uint8Array(png),
        },
      });
      await enqueueMissingAgreements(tx, world.queue, study.imageIds);
    });
    const countOf = () => world.db.maskAgreement.findMany({ where: { prediction: { imageId } } });
    while ((await countOf()).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const predicted = await world.db.predictedMask.findFirstOrThrow({
      where: { prediction: { imageId } },
    });
    const [drawn, found] = await Promise.all(
      [png, predicted.png].map((file) => sharp(file).toColourspace('b-w').raw().toBuffer()),
    );
    const count = (isDrawn: boolean, isFound: boolean) =>
      drawn!.filter((level, at) => level > 0 === isDrawn && found![at]! > 0 === isFound).length;
    expect(await countOf()).toMatchObject([
      {
        ...{ truePositivePx: count(true, true), falsePositivePx: count(false, true) },
        ...{ falseNegativePx: count(true, false), trueNegativePx: count(false, false) },
      },
    ]);
  });

  it('gives an image up after its worker died over it again and again, and the others their answers', async () => {
    const { engineer, input, study } = await scene(three);
    const run = await ask(engineer, input);
    // As three dead workers leave the chunk behind, and three more one of its images.
    await world.db.$executeRaw`
      UPDATE pgboss.job SET retry_count = 3 WHERE name = 'inference-chunk' AND data->>'runId' = ${run.id}`;
    const poison = study.imageIds[1]!;
    await world.queue.enqueue(world.db, 'inference-chunk', [{ runId: run.id, imageIds: [poison] }]);
    await world.db.$executeRaw`
      UPDATE pgboss.job SET retry_count = 3, priority = 5
      WHERE name = 'inference-chunk' AND data->'imageIds' = ${JSON.stringify([poison])}::jsonb`;
    work();
    await until(run.id);
    expect(await runOf(engineer, run.id)).toMatchObject({
      ...{ state: 'DONE', scoredCount: 2, failedCount: 1 },
      failures: [{ reason: 'TIMED_OUT', examples: [study.codes[1]], retryable: true }],
    });
    await expectConsistent(run.id);
  });

  it('is refused for what the caller may not see or may not do, and for what makes no sense', async () => {
    const { engineer, auditor, stranger, input, study } = await scene(three);
    const { modelVersionId, snapshotId } = input;
    const imageId = study.imageIds[0]!;
    await world.db.patient.updateMany({
      where: { studyId: study.id, code: 'P2' },
      data: { consent: 'WITHDRAWN' },
    });
    for (const [viewer, asked, code] of [
      [stranger, input, 'NOT_FOUND'],
      [stranger, { modelVersionId, imageId }, 'NOT_FOUND'],
      [auditor, input, 'FORBIDDEN'],
      [engineer, { modelVersionId }, 'INVALID_INPUT'],
      [engineer, { modelVersionId, snapshotId, imageId }, 'INVALID_INPUT'],
      [engineer, { snapshotId, modelVersionId: snapshotId }, 'NOT_FOUND'],
      [engineer, { snapshotId: 'x', modelVersionId }, 'NOT_FOUND'],
      // The patient withdrew consent after the snapshot was taken.
      [engineer, { modelVersionId, imageId: study.imageIds[2] }, 'CONFLICT'],
    ] as const) {
      expect((await world.ask(viewer, request, { input: asked })).codes).toEqual([code]);
    }
    expect(await world.db.inferenceRun.count({ where: { studyId: study.id } })).toBe(0);

    const run = await ask(engineer, input);
    expect(run.totalCount).toBe(2);
    expect(await runOf(stranger, run.id)).toBeNull();
    for (const control of [cancel, retry]) {
      expect((await world.ask(stranger, control, { id: run.id })).codes).toEqual(['NOT_FOUND']);
    }
    await world.ask(engineer, cancel, { id: run.id });
  });

  it('is read in as many statements however many images and runs there are', async () => {
    const { engineer, auditor, input, study } = await scene(three);
    const { modelVersionId } = input;
    const single = await ask(engineer, { modelVersionId, imageId: study.imageIds[0] });
    work();
    await until(single.id);
    await until((await ask(engineer, input)).id);
    // Apart: together, what one list has loaded already depends on which of them is faster.
    const runs = (first: number) => /* GraphQL */ `
      query ($slug: String!) {
        study(slug: $slug) {
          runs(first: ${first}) { edges { node {
            number imagesPerSecond failures { count } modelVersion { title } snapshot { code }
            latest(first: ${first}) { image { code } scores { task } }
          } } }
        }
      }`;
    const images = (first: number) => /* GraphQL */ `
      query ($slug: String!) {
        study(slug: $slug) {
          images(first: ${first}) { edges { node { code predictions {
            modelVersion { title model { name } } run { number }
            scores { probability } mask { url } agreement { jaccard }
          } } } }
        }
      }`;
    for (const list of [runs, images]) {
      const count = (first: number) =>
        countOperations(world, auditor, list(first), { slug: study.slug });
      expect(await count(2)).toBe(await count(1));
    }
  });
});
