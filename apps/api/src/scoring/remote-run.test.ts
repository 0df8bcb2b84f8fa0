import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCohort } from '../cohorts/cohort.service.js';
import { createSnapshot } from '../cohorts/snapshot.service.js';
import type { Viewer } from '../context.js';
import { registerRemoteVersion } from '../models/register-remote-version.service.js';
import { startToyEngine, type ToyEngine, tritonOrReason } from '../testing/toy-engine.js';
import { createToyStudy, type ToyImage, type ToyStudy } from '../testing/toy-study.js';
import { startWorker, type WorkerProcess } from '../testing/worker-process.js';
import { createWorld, type World } from '../testing/world.js';

const runFields = /* GraphQL */ `
  fragment Run on InferenceRun {
    id
    state
    actualDevice
    deviceNote
    totalCount
    scoredCount
    failedCount
    failure
    failures {
      reason
      retryable
      count
    }
  }
`;
const request = `mutation ($input: RequestInferenceInput!) { requestInference(input: $input) { ...Run } } ${runFields}`;
const retry = `mutation ($id: ID!) { retryFailed(id: $id) { ...Run } } ${runFields}`;
const runById = `query ($id: ID!) { inferenceRun(id: $id) { ...Run } } ${runFields}`;

const triton = tritonOrReason();

describe.skipIf(!triton)('a run of a remote version', { timeout: 180_000 }, () => {
  let world: World;
  let engine: ToyEngine;
  const workers: WorkerProcess[] = [];

  beforeAll(async () => {
    world = await createWorld();
    engine = await startToyEngine(triton!);
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill()));
  });
  afterAll(async () => {
    await engine.close();
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
    modelVersionId: string;
    input: { snapshotId: string; modelVersionId: string };
  }

  async function sceneOf(study: ToyStudy, endpoint: object = {}): Promise<Scene> {
    const engineer = await world.member(study.id, 'ML_ENGINEER');
    const cohort = await createCohort(world.db, engineer, {
      ...{ studyId: study.id, name: 'All', filter: {} },
    });
    const snapshot = await createSnapshot(world.db, engineer, cohort.id);
    const version = await registerRemoteVersion(world, engineer, {
      manifest: engine.manifest({ name: `toy-${randomUUID().slice(0, 8)}` }),
      endpoint: { url: engine.url, model: 'toy', ...endpoint },
    });
    const input = { snapshotId: snapshot.id, modelVersionId: version.id };
    return { study, engineer, modelVersionId: version.id, input };
  }
  const images = (count: number): ToyImage[] =>
    Array.from({ length: count }, (_, i) => ({ patient: `P${i}`, red: i % 256, green: 51 }));

  async function ask({ engineer, input }: Scene) {
    const { data, messages } = await world.ask(engineer, request, { input });
    expect(messages).toEqual([]);
    return data['requestInference'].id as string;
  }
  async function ended({ engineer }: Scene, id: string) {
    for (;;) {
      const run = (await world.ask(engineer, runById, { id })).data['inferenceRun'];
      if (run.state !== 'QUEUED' && run.state !== 'RUNNING') return run;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  async function untilScored(id: string, count: number) {
    for (;;) {
      const { scoredCount } = await world.db.inferenceRun.findUniqueOrThrow({ where: { id } });
      if (scoredCount >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
  /** Every image in one state, each scored one with one prediction. */
  async function expectConsistent(id: string) {
    const run = await world.db.inferenceRun.findUniqueOrThrow({ where: { id } });
    const states = await world.db.runImage.groupBy({
      by: ['state'],
      where: { runId: id },
      _count: true,
    });
    const count = (state: string) => states.find((row) => row.state === state)?._count ?? 0;
    const predictions = await world.db.prediction.count({ where: { runId: id } });
    expect([run.scoredCount, run.failedCount, predictions]).toEqual([
      ...[count('SCORED'), count('FAILED'), count('SCORED')],
    ]);
  }

  it('stores what the engine answers, marked as remote', async () => {
    const scene = await sceneOf(
      await createToyStudy(world, [
        { patient: 'P1', red: 204, green: 51, maskShare: 0.5 },
        { patient: 'P2', red: 51, green: 0, maskShare: 0.25 },
      ]),
    );
    const id = await ask(scene);
    const worker = work();
    expect(await ended(scene, id)).toMatchObject({
      ...{ state: 'DONE', actualDevice: 'remote', totalCount: 2, scoredCount: 2, failedCount: 0 },
      deviceNote: expect.stringMatching(/^remote: triton .*, toy version 1, binary tensors/),
    });
    const stored = await world.db.prediction.findFirstOrThrow({
      where: { imageId: scene.study.imageIds[1]!, runId: id },
      include: { scores: { orderBy: { task: 'asc' } }, mask: true, agreements: true },
    });
    expect(stored.device).toBe('remote');
    expect(stored.scores).toMatchObject([
      { task: 'melanoma', probability: expect.closeTo(0.2, 6) },
      { task: 'seborrheic_keratosis', probability: 0 },
    ]);
    // Colour (51, 0, 255): darkness 0.6 everywhere, so that all 800 pixels are lesion; 200 of them rightly.
    expect(stored.mask).toMatchObject({ widthPx: 40, heightPx: 20, areaPx: 800 });
    expect(stored.agreements).toMatchObject([{ truePositivePx: 200, falsePositivePx: 600 }]);
    expect(await worker.stop()).toBe(0);
    expect(worker.log()).not.toContain(engine.url);
  });

  it('fails the images it could not ask about when the engine dies, and scores them when it is back', async () => {
    const scene = await sceneOf(await createToyStudy(world, images(200)), {
      ...{ concurrency: 1, maxBatch: 1 },
    });
    const id = await ask(scene);
    work();
    await untilScored(id, 16);
    await engine.kill();
    const broken = await ended(scene, id);
    await engine.restart();
    expect(broken.state).toBe('DONE');
    expect(broken.scoredCount).toBeGreaterThanOrEqual(16);
    expect(broken.failedCount).toBe(200 - (broken.scoredCount as number));
    expect(broken.failures).toEqual([
      { reason: 'ENGINE_UNAVAILABLE', retryable: true, count: broken.failedCount },
    ]);
    await expectConsistent(id);
    const { failureDetail } = await world.db.runImage.findFirstOrThrow({
      where: { runId: id, state: 'FAILED' },
    });
    expect(failureDetail).toContain('the engine');
    expect(failureDetail).not.toContain('127.0.0.1');

    // The circuit of the worker lets a question through again after ten seconds at most.
    for (let run = broken; run.failedCount > 0; run = await ended(scene, id)) {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await world.ask(scene.engineer, retry, { id });
    }
    expect(await ended(scene, id)).toMatchObject({ state: 'DONE', scoredCount: 200, failures: [] });
    await expectConsistent(id);
  });

  it('fails as a whole when the engine is away at its beginning, and goes on when sent again', async () => {
    const scene = await sceneOf(await createToyStudy(world, images(3)));
    await engine.kill();
    const id = await ask(scene);
    work();
    const broken = await ended(scene, id);
    await engine.restart();
    expect(broken).toMatchObject({ state: 'FAILED', scoredCount: 0, failedCount: 0 });
    expect(broken.failure).toBe('the engine could not be reached: nothing listens at its address');
    expect((await world.ask(scene.engineer, retry, { id })).codes).toEqual([]);
    expect(await ended(scene, id)).toMatchObject({ state: 'DONE', scoredCount: 3 });
    await expectConsistent(id);
  });

  it('fails when the engine serves another model than was registered', async () => {
    const scene = await sceneOf(await createToyStudy(world, images(2)));
    const where = { id: scene.modelVersionId };
    const { endpoint } = await world.db.modelVersion.findUniqueOrThrow({ where });
    const other = structuredClone(endpoint) as { registered: { probe: { maskMean: number } } };
    other.registered.probe.maskMean += 0.1;
    await world.db.modelVersion.update({
      ...{ where, data: { endpoint: other } },
    });
    const id = await ask(scene);
    work();
    const run = await ended(scene, id);
    expect(run).toMatchObject({ state: 'FAILED', scoredCount: 0 });
    expect(run.failure).toMatch(/answers the probe image otherwise .*: mask was .* and is /);
  });

  it('is refused where a device of ours is asked for by name', async () => {
    const { engineer, input } = await sceneOf(await createToyStudy(world, images(2)));
    const variables = { input: { ...input, device: 'CPU' } };
    const { codes, errors } = await world.ask(engineer, request, variables);
    expect(codes).toEqual(['INVALID_INPUT']);
    expect(errors[0]?.extensions['field']).toBe('device');
  });
});
