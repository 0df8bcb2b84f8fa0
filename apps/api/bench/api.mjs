// `npm run bench:api -- [--json] [--images=100000] [--list=1000000] [--repeats=12]`: how long the compare
// dashboard and the image list take over HTTP, against a database filled with made-up facts. Never fails on time.
import './production.mjs';
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabase, dropDatabase } from '../../../tools/postgres.mjs';
import { prisma } from '../../../tools/prisma.mjs';
import { createApiToken } from '../dist/accounts/api-token.service.js';
import { forgetFacts } from '../dist/comparison/facts-cache.service.js';
import { forgetComparisons } from '../dist/comparison/recent-comparisons.js';
import { openDatabase } from '../dist/db.js';
import { createLogger } from '../dist/logger.js';
import { openQueue } from '../dist/queue.js';
import { createApiServer } from '../dist/server.js';
import { Storage } from '../dist/storage.js';
import { writeLargeStudy } from './large-study.mjs';

const flag = (name, otherwise) => {
  const given = process.argv.find((arg) => arg.startsWith(`--${name}=`));
  return given ? Number(given.split('=')[1]) : otherwise;
};
const [images, listed] = [flag('images', 100_000), flag('list', 1_000_000)];
const repeats = flag('repeats', 12);
const isJson = process.argv.includes('--json');
const tell = (line) => isJson || console.log(line);

const serverUrl = process.env.DATABASE_URL;
if (!serverUrl) throw new Error('Say by DATABASE_URL on which server to measure.');
const name = `bench_${randomUUID().slice(0, 8)}`;
const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
const folder = await mkdtemp(join(tmpdir(), 'lesionwise-bench-'));
await createDatabase(serverUrl, name);
try {
  prisma(['migrate', 'deploy'], databaseUrl);
  const results = await measure();
  console.log(isJson ? JSON.stringify(results) : results);
} finally {
  await dropDatabase(serverUrl, name);
  await rm(folder, { recursive: true, force: true });
}

async function measure() {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  tell(`Writing ${images} images with 5 versions, and ${listed} images to list …`);
  const study = await writeLargeStudy(client, { images, versions: 5 });
  if (listed > 0) await writeLargeStudy(client, { images: listed, versions: 0, studyNumber: 2 });
  await client.query('VACUUM ANALYZE');
  await client.end();

  const logger = createLogger('bench', 'silent');
  const db = openDatabase(databaseUrl);
  const queue = await openQueue(databaseUrl, logger);
  const services = { db, queue, logger, storage: new Storage(folder) };
  const http = await createApiServer(services, {
    ...{ databaseUrl, storageFolder: folder, secret: 'x'.repeat(32), logLevel: 'silent' },
    ...{ publicUrl: 'http://localhost:3000', apiHost: '127.0.0.1', apiPort: 0 },
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  try {
    return await measureServer(http, services, study);
  } finally {
    http.closeAllConnections();
    http.close();
    await queue.stop();
    await db.$disconnect();
  }
}

async function measureServer(http, { db }, { snapshotId, versionIds }) {
  const user = await db.user.create({
    data: { name: 'Bench', email: `${randomUUID()}@localhost`, isAdmin: true },
  });
  const viewer = { id: user.id, isAdmin: true, mayWrite: true };
  const token = { name: 'bench', scope: 'WRITE', expiresInDays: 1 };
  const { secret } = await createApiToken(db, viewer, token);
  const ask = async (query, variables) => {
    const begin = performance.now();
    const answer = await fetch(`http://127.0.0.1:${http.address().port}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await answer.json();
    if (errors) throw new Error(JSON.stringify(errors).slice(0, 500));
    return { ms: performance.now() - begin, data };
  };
  const dashboard = await readFile(new URL('compare-dashboard.graphql', import.meta.url), 'utf8');
  const input = { snapshotId, modelVersionIds: versionIds };
  const cold = [];
  const warm = [];
  const repeated = [];
  const filtered = [];
  // What nobody asked before: every row is read, and what was read is packed.
  const neverAsked = (await ask(dashboard, { input })).ms;
  // Once more without a clock: threads start, and the compiler learns.
  await ask(dashboard, { input: { ...input, alpha: 0.051 } });
  for (let i = 1; i <= repeats; i += 1) {
    forgetFacts();
    forgetComparisons();
    cold.push((await ask(dashboard, { input })).ms);
    // Another question each time: its answer is not known, its facts are.
    warm.push((await ask(dashboard, { input: { ...input, alpha: 0.05 + i / 1000 } })).ms);
    for (let k = 0; k < 5; k += 1) repeated.push((await ask(dashboard, { input })).ms);
    for (const filter of filters(versionIds)) {
      forgetComparisons();
      filtered.push((await ask(dashboard, { input: { ...input, filter } })).ms);
    }
  }
  const lists = listed > 0 ? await measureLists(ask) : [];
  return {
    // After a restart: nothing is in memory, as it is for whoever asks first on a morning.
    compareFirstP95Ms: p95(cold),
    compareFirstMedianMs: median(cold),
    compareNeverAskedMs: Math.round(neverAsked),
    compareFactsInMemoryP95Ms: p95(warm),
    compareRepeatP95Ms: p95(repeated),
    compareFilterFirstP95Ms: p95(filtered),
    listP95Ms: lists.length > 0 ? p95(lists) : null,
    ...{ images, versions: versionIds.length, listImages: listed, repeats },
    machine: `${cpus().length} x ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`,
  };
}

const listPage = `query ($after: String, $sort: ImageSort) { study(slug: "bench-2") {
  images(first: 50, after: $after, sort: $sort) { pageInfo { endCursor }
    edges { node { id code lesion { anatomicSite patient { code sex ageYears } } } } } } }`;

/** Pages one after the other in four orders, as somebody scrolls. */
async function measureLists(ask) {
  const times = [];
  for (const field of ['CODE', 'CREATED']) {
    for (const direction of ['ASC', 'DESC']) {
      let after = null;
      for (let page = 0; page < 10; page += 1) {
        const { ms, data } = await ask(listPage, { after, sort: { field, direction } });
        times.push(ms);
        after = data.study.images.pageInfo.endCursor;
      }
    }
  }
  return times;
}

/** What a click narrows to: a subgroup, images by their records, a cell of a confusion matrix. */
function filters(versionIds) {
  return [
    { subgroups: [{ attribute: 'SEX', level: 'MALE' }] },
    { images: { sex: ['FEMALE'] } },
    { calls: [{ modelVersionId: versionIds[1], task: 'MELANOMA', cell: 'FALSE_POSITIVE' }] },
  ];
}

function quantile(times, share) {
  const sorted = [...times].sort((a, b) => a - b);
  return Math.round(10 * sorted[Math.ceil(share * sorted.length) - 1]) / 10;
}

function p95(times) {
  return quantile(times, 0.95);
}

function median(times) {
  return quantile(times, 0.5);
}
