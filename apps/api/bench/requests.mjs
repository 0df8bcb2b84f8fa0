// One image asked for over HTTP while a cohort run goes on: from the mutation to the stored prediction.
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../../tools/postgres.mjs';
import { createApiToken } from '../dist/accounts/api-token.service.js';
import { requestInference } from '../dist/inference/inference-run.service.js';
import { cancelRun } from '../dist/inference/run-control.service.js';
import { createStudy, startProcess } from './bench-world.mjs';
import { registerAgain, run } from './runs.mjs';

const devices = { auto: 'AUTO', cpu: 'CPU', cuda: 'CUDA', webgpu: 'WEBGPU' };
const mutation = `mutation ($input: RequestInferenceInput!) { requestInference(input: $input) { id } }`;
/** A person looks at an image for longer; so the requests do not become a load of their own. */
const pauseMs = 150;
const mostRequestsFirstTime = 20;

export async function requestTimes(world, files, { packageFolder, device, requests }, tell) {
  tell('Asking for single images while a cohort run goes on');
  const { db } = world.services;
  const { id: modelVersionId } = await registerAgain(world, packageFolder);
  const ask = { modelVersionId, device: devices[device] };
  const port = await freePort();
  const api = startProcess(world, 'main', { variables: { LESIONWISE_API_PORT: String(port) } });
  const worker = startProcess(world, 'worker');
  const signals = new pg.Client({ connectionString: world.databaseUrl });
  await signals.connect();
  await signals.query('LISTEN lesionwise_run');
  try {
    const token = { name: 'bench', scope: 'WRITE', expiresInDays: 1 };
    const { secret } = await createApiToken(db, world.viewer, token);
    const post = await poster(api, port, secret);
    const singles = await createStudy(world, files, requests + mostRequestsFirstTime);
    const images = await db.image.findMany({
      where: { studyId: singles.studyId },
      orderBy: { code: 'asc' },
      select: { id: true },
    });
    // As an import leaves them: another version of this input has been over them.
    const prepared = images.slice(0, requests);
    const other = await registerAgain(world, packageFolder);
    for (const { id: imageId } of prepared) {
      await run(world, [worker], { modelVersionId: other.id, device: ask.device, imageId });
    }
    await run(world, [worker], {
      ...ask,
      snapshotId: (await createStudy(world, files, 2)).snapshotId,
    });

    const background = await createStudy(world, files, 4000);
    const cohort = await requestInference(world.services, world.viewer, {
      ...{ ...ask, snapshotId: background.snapshotId },
    });
    const before = await scoredCount(db, cohort.id);
    const begun = performance.now();
    const timesOf = async (some) => {
      const times = [];
      for (const { id: imageId } of some) {
        await setTimeout(pauseMs);
        const start = performance.now();
        const id = await post({ ...ask, imageId });
        await stored(signals, db, id);
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b);
    };
    const ready = await timesOf(prepared);
    const fresh = await timesOf(images.slice(requests));
    const seconds = (performance.now() - begun) / 1000;
    const meanwhile = (await scoredCount(db, cohort.id)) - before;
    await cancelRun(world.services, world.viewer, cohort.id);
    return {
      requestP50Ms: at(ready, 0.5),
      requestP95Ms: at(ready, 0.95),
      requestFirstTimeP50Ms: at(fresh, 0.5),
      requestFirstTimeP95Ms: at(fresh, 0.95),
      cohortMeanwhilePerSecond: meanwhile / seconds,
    };
  } finally {
    await signals.end();
    await worker.stop();
    await api.stop();
  }
}

const at = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
const scoredCount = async (db, id) =>
  (await db.inferenceRun.findUniqueOrThrow({ where: { id } })).scoredCount;

async function poster(api, port, secret) {
  const url = `http://127.0.0.1:${port}`;
  const isReady = () =>
    fetch(`${url}/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
  while (!(await isReady())) {
    api.requireAlive();
    await setTimeout(50);
  }
  return async (input) => {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: mutation, variables: { input } }),
    });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(errors[0].message);
    return data.requestInference.id;
  };
}

/** Resolves when the run's prediction is committed: the worker's signal comes with the commit. */
async function stored(signals, db, id) {
  const isDone = async () => (await db.prediction.count({ where: { runId: id } })) > 0;
  if (await isDone()) return;
  await new Promise((resolve) => {
    const hear = async ({ payload }) => {
      if (payload !== id || !(await isDone())) return;
      signals.off('notification', hear);
      resolve();
    };
    signals.on('notification', hear);
    // The signal may have come between the question and the ear.
    void hear({ payload: id });
  });
}
