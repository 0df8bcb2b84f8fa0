// Times the exports of a study of many predictions, over HTTP from a server of its own, and watches its
// memory: node bench/exports.mjs [--images 200000] [--versions 5] [--json]. States the machine and never
// fails on time.
import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { freePort } from '../../../tools/postgres.mjs';
import { createApiToken } from '../dist/accounts/api-token.service.js';
import { createBenchWorld, startProcess } from './bench-world.mjs';
import { writeLargeStudy } from './large-study.mjs';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: '200000' },
    versions: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const [images, versions] = [Number(values.images), Number(values.versions)];
const say = (text) => {
  if (!values.json) console.log(text);
};

/** Masks as a run would leave them; the pixels themselves are in no export. */
const writeMasks = `
  INSERT INTO "PredictedMask" ("predictionId", "widthPx", "heightPx", threshold, "areaPx",
    "boxLeftPx", "boxTopPx", "boxWidthPx", "boxHeightPx", png)
  SELECT id, 1024, 768, 0.5, 60000, 100, 80, 300, 250, '\\x00'::bytea FROM "Prediction"`;

async function download(url, authorization, server) {
  // By time: how many bytes will come is not known before they have come.
  const memory = [];
  const look = setInterval(() => memory.push(server.memoryMb()), 250);
  const began = performance.now();
  const answer = await fetch(url, { headers: { authorization } });
  if (!answer.ok) throw new Error(await answer.text());
  let bytes = 0;
  let firstByteMs;
  for await (const chunk of answer.body) {
    firstByteMs ??= performance.now() - began;
    bytes += chunk.length;
  }
  const seconds = (performance.now() - began) / 1000;
  clearInterval(look);
  const tenths = Array.from({ length: 10 }, (_, tenth) =>
    memory.at(Math.floor(((tenth + 0.5) * memory.length) / 10)),
  );
  return {
    memoryAtTenthsMb: tenths,
    seconds: round(seconds),
    megabytes: round(bytes / 1e6),
    firstByteMs: round(firstByteMs),
  };
}

/** The slowest answer of a page's question while an export runs: the export shares the process with people. */
async function slowestAnswer(url, authorization, until) {
  const times = [];
  let isOver = false;
  void until.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const began = performance.now();
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ studies { slug } }' }),
    });
    await answer.text();
    times.push(performance.now() - began);
    await setTimeout(50);
  }
  times.sort((a, b) => a - b);
  return round(times[Math.floor(times.length * 0.95)] ?? 0);
}

const round = (x) => Number(x.toFixed(2));

const world = await createBenchWorld(process.env.DATABASE_URL);
const found = { machine: cpus()[0]?.model, cores: cpus().length, predictions: images * versions };
try {
  say(`Writing ${images} images and ${images * versions} predictions…`);
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  const { snapshotId } = await writeLargeStudy(client, { images, versions });
  await client.query(writeMasks);
  await client.query('VACUUM ANALYZE');
  await client.end();
  const input = { name: 'bench', scope: 'READ', expiresInDays: 1 };
  const { secret } = await createApiToken(world.services.db, world.viewer, input);
  const authorization = `Bearer ${secret}`;
  for (const format of ['csv', 'ndjson', 'parquet']) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = startProcess(world, 'main', {
      variables: { LESIONWISE_API_PORT: String(port), NODE_ENV: 'production' },
    });
    try {
      while (
        !(await fetch(`${url}/ready`)
          .then((answer) => answer.ok)
          .catch(() => false))
      ) {
        server.requireAlive();
        await setTimeout(100);
      }
      const idleMb = server.peakMemoryMb();
      const export_ = download(
        `${url}/exports/snapshots/${snapshotId}/predictions.${format}`,
        authorization,
        server,
      );
      const p95 = await slowestAnswer(url, authorization, export_);
      const { seconds, megabytes, firstByteMs, memoryAtTenthsMb } = await export_;
      const peakMb = server.peakMemoryMb();
      say(
        `${format}: ${seconds} s, ${megabytes} MB, first byte after ${firstByteMs} ms, memory ${idleMb} → ${peakMb} MB (at each tenth ${memoryAtTenthsMb.join(' ')}), a page's question meanwhile p95 ${p95} ms`,
      );
      Object.assign(found, {
        [`${format}Seconds`]: seconds,
        [`${format}Megabytes`]: megabytes,
        [`${format}IdleMemoryMb`]: idleMb,
        [`${format}PeakMemoryMb`]: peakMb,
        [`${format}MemoryAtTenthsMb`]: memoryAtTenthsMb,
        [`${format}QuestionP95Ms`]: p95,
      });
    } finally {
      await server.stop();
    }
  }
} finally {
  await world.close();
}
if (values.json) console.log(JSON.stringify(found, null, 2));
