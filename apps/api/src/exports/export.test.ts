import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiToken } from '../accounts/api-token.service.js';
import type { Viewer } from '../context.js';
import { serve, type Served } from '../testing/serve.js';
import { createWorld, type World } from '../testing/world.js';
import { dictionaryJson, dictionaryMarkdown } from './data-dictionary.js';
import { estimatesTable } from './estimates-table.js';
import { agreementsTable, predictionsTable, referencesTable } from './export-tables.js';

/** More than two batches, so that what is between them is seen. */
const images = 6000;
/** No short decimal: as a float32, or cut to 15 digits, it would be another number. */
const score = 0.1 + 0.2;

describe('exports of a snapshot', () => {
  let world: World;
  let served: Served;
  let admin: Viewer;
  let studyId: string;
  let snapshotId: string;
  const versionIds: string[] = [];

  async function addVersion(version: string) {
    const { db } = world;
    const model =
      (await db.model.findFirst()) ?? (await db.model.create({ data: { name: 'toy' } }));
    const { id } = await db.modelVersion.create({
      data: {
        ...{ modelId: model.id, version, sha256: version.padEnd(64, '0'), sizeBytes: 1 },
        ...{ manifest: {}, checks: [] },
      },
    });
    versionIds.push(id);
    const run = await db.inferenceRun.create({
      data: { studyId, number: versionIds.length, modelVersionId: id, totalCount: images },
    });
    return { id, runId: run.id };
  }

  /** Every image of its own patient; the first has references, a mask and awkward names. */
  async function addImages() {
    const { db } = world;
    await db.$executeRaw`
      WITH n AS (SELECT g, gen_random_uuid() AS patient, gen_random_uuid() AS lesion,
          gen_random_uuid() AS image FROM generate_series(0, ${images - 1}::int) g),
      p AS (INSERT INTO "Patient" (id, "studyId", code, "ageYears", sex, "updatedAt")
        SELECT patient, ${studyId}::uuid, 'P' || g, 41, 'FEMALE', now() FROM n),
      l AS (INSERT INTO "Lesion" (id, "studyId", "patientId", code)
        SELECT lesion, ${studyId}::uuid, patient, 'L1' FROM n),
      i AS (INSERT INTO "Image"
          (id, "studyId", "lesionId", code, "widthPx", "heightPx", "sizeBytes", sha256, "dayOfStudy")
        SELECT image, ${studyId}::uuid, lesion, 'I' || lpad(g::text, 6, '0'), 10, 10, 1,
          lpad(g::text, 64, '0'), -3 FROM n)
      INSERT INTO "SnapshotImage" ("snapshotId", "imageId", position)
      SELECT ${snapshotId}::uuid, image, g FROM n`;
  }

  const addPredictions = (version: { id: string; runId: string }, melanoma: number) =>
    world.db.$executeRaw`
      WITH p AS (
        INSERT INTO "Prediction" (id, "modelVersionId", "imageId", "runId", device)
        SELECT gen_random_uuid(), ${version.id}::uuid, s."imageId", ${version.runId}::uuid, 'cpu'
        FROM "SnapshotImage" s WHERE s."snapshotId" = ${snapshotId}::uuid
        RETURNING id)
      INSERT INTO "Score" ("predictionId", task, probability)
      SELECT id, 'melanoma', ${melanoma}::float8 FROM p`;

  async function describeFirstImage(versionId: string) {
    const { db } = world;
    const first = await db.snapshotImage.findFirstOrThrow({
      where: { snapshotId, position: 0 },
      include: { image: true },
    });
    const diagnosis = await db.referenceDiagnosis.create({
      data: {
        ...{ lesionId: first.image.lesionId, version: 2 },
        ...{ diagnosis: 'MELANOMA', method: 'HISTOPATHOLOGY' },
      },
    });
    const mask = await db.referenceMask.create({
      data: {
        ...{ imageId: first.imageId, version: 3, widthPx: 10, heightPx: 10, areaPx: 80 },
        png: Buffer.from([0]),
      },
    });
    await db.snapshotImage.update({
      where: { snapshotId_imageId: { snapshotId, imageId: first.imageId } },
      data: { referenceDiagnosisId: diagnosis.id, referenceMaskId: mask.id },
    });
    const prediction = await db.prediction.findFirstOrThrow({
      where: { imageId: first.imageId, modelVersionId: versionId },
    });
    await db.maskAgreement.create({
      data: {
        ...{ predictionId: prediction.id, referenceMaskId: mask.id },
        ...{ truePositivePx: 60, falsePositivePx: 20, falseNegativePx: 20, trueNegativePx: 0 },
      },
    });
    const { patientId } = await db.lesion.update({
      where: { id: first.image.lesionId },
      data: { code: 'left, "upper"\narm' },
    });
    await db.patient.update({ where: { id: patientId }, data: { code: '=cmd|1' } });
  }

  beforeAll(async () => {
    world = await createWorld();
    served = await serve(world);
    admin = await world.admin();
    const { db } = world;
    ({ id: studyId } = await db.study.create({
      data: { name: 'Toy', slug: 'toy', isSynthetic: true },
    }));
    const cohort = await db.cohort.create({ data: { studyId, name: 'All', filter: {} } });
    ({ id: snapshotId } = await db.cohortSnapshot.create({
      data: {
        ...{ cohortId: cohort.id, contentHash: 'f'.repeat(64) },
        ...{ imageCount: images, patientCount: images },
      },
    }));
    const [first, second] = [await addVersion('1.0.0'), await addVersion('2.0.0')];
    await addImages();
    await addPredictions(first, score);
    await addPredictions(second, 5e-324);
    await describeFirstImage(first.id);
  });
  afterAll(async () => {
    await served.close();
    await world.close();
  });

  const get = (viewer: Viewer | undefined, file: string, query = '') =>
    served.fetchAs(viewer, `/exports/snapshots/${snapshotId}/${file}${query}`);
  const jsonLines = async (answer: Response) =>
    (await answer.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const parquetRows = async (answer: Response) => {
    const file = await answer.arrayBuffer();
    return { metadata: parquetMetadata(file), rows: await parquetReadObjects({ file }) };
  };

  it('holds one row for each image and version, in order, with numbers to the last digit', async () => {
    const answer = await get(admin, 'predictions.ndjson');
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="predictions-ffff-ffff.ndjson"',
    );
    const rows = await jsonLines(answer);
    expect(rows).toHaveLength(2 * images);
    expect(rows.map(({ position }) => position)).toEqual(
      Array.from({ length: 2 * images }, (_, i) => i >> 1),
    );
    expect(rows[0]).toMatchObject({
      ...{ study: 'toy', synthetic: true, snapshot_id: snapshotId },
      ...{ snapshot_sha256: 'f'.repeat(64), model: 'toy', model_version: '1.0.0', device: 'cpu' },
      ...{ image_code: 'I000000', patient_code: '=cmd|1', lesion_code: 'left, "upper"\narm' },
      ...{ sex: 'FEMALE', age_years: 40, day_of_study: -3, skin_type: null },
      ...{ reference_diagnosis: 'MELANOMA', reference_method: 'HISTOPATHOLOGY' },
      ...{ reference_version: 2, reference_mask_version: 3, reference_area_px: 80 },
      ...{ melanoma_label: 1, seborrheic_keratosis_label: 0 },
      ...{ melanoma_score: score, seborrheic_keratosis_score: null, predicted_area_px: null },
      ...{ true_positive_px: 60, jaccard: 0.6, dice: 0.75 },
    });
    expect(rows[1]).toMatchObject({ melanoma_score: 5e-324, jaccard: null, melanoma_label: 1 });
    expect(rows[2]).toMatchObject({ melanoma_label: null, reference_diagnosis: null });
  });

  it('is the same table in all three formats, but for the apostrophe of CSV', async () => {
    const rows = await jsonLines(await get(admin, 'predictions.ndjson'));
    const parquet = await parquetRows(await get(admin, 'predictions.parquet'));
    expect(parquet.rows).toEqual(rows);
    expect(parquet.metadata.row_groups.length).toBeGreaterThan(1);
    const text = await (await get(admin, 'predictions.csv')).text();
    const records: Record<string, string>[] = parse(text, { columns: true });
    const shown = rows.map((row: Record<string, string | number | boolean | null>) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value === null ? '' : String(value)]),
      ),
    );
    shown[0]!['patient_code'] = shown[1]!['patient_code'] = "'=cmd|1";
    expect(records).toEqual(shown);
    expect(Number(records[0]!['melanoma_score'])).toBe(score);
    expect(records[0]!['day_of_study']).toBe('-3');
  });

  it('gives references once for each image, and agreements without diagnosis or score', async () => {
    const references = await jsonLines(await get(admin, 'references.ndjson'));
    expect(references).toHaveLength(images);
    expect(Object.keys(references[0])).toEqual(referencesTable.columns.map(({ name }) => name));
    const agreements = await parquetRows(await get(admin, 'agreements.parquet'));
    expect(agreements.rows).toHaveLength(2 * images);
    expect(agreements.rows[0]).toMatchObject({ jaccard: 0.6, false_negative_px: 20 });
    expect(Object.keys(agreements.rows[0]!)).toEqual(
      agreementsTable.columns.map(({ name }) => name),
    );
    const hidden = /diagnosis|label|score/;
    expect(agreementsTable.columns.filter(({ name }) => hidden.test(name))).toEqual([]);
  });

  it('gives the numbers of an evaluation and the facts of its versions, to members only', async () => {
    const [, second] = versionIds;
    const auc = {
      ...{ value: score, low: null, high: null, standardError: null, level: 0.95, method: 'logit' },
      ...{ undefinedReason: null, intervalUndefinedReason: 'zero-variance' },
    };
    const { id } = await world.db.evaluation.create({
      data: {
        ...{ studyId, snapshotId, metricSet: 'study-v1', metricsVersion: '0.1.0' },
        inputsHash: 'd'.repeat(64),
        results: [
          {
            ...{ modelVersionId: second!, slot: 1, segmentation: null },
            tasks: [{ task: 'melanoma', positives: 1, negatives: 0, patients: 1, auc, roc: [] }],
          },
        ],
      },
    });
    const folder = `/exports/evaluations/${id}`;
    const numbers = await jsonLines(await served.fetchAs(admin, `${folder}/estimates.ndjson`));
    expect(numbers).toMatchObject([
      {
        ...{ evaluation_id: id, model: 'toy', model_version: '2.0.0', task: 'melanoma' },
        ...{ statistic: 'auc', at: 'none', value: score, undefined_reason: 'zero-variance' },
        ...{ positives: 1, negatives: 0, snapshot_sha256: 'f'.repeat(64) },
      },
    ]);
    const parquet = await served.fetchAs(admin, `${folder}/estimates.parquet`);
    expect(await parquetReadObjects({ file: await parquet.arrayBuffer() })).toEqual(numbers);
    const facts = await jsonLines(await served.fetchAs(admin, `${folder}/predictions.ndjson`));
    expect(new Set(facts.map((row) => row.model_version_id))).toEqual(new Set([second]));
    const other = await world.db.study.create({ data: { name: 'Third', slug: 'third' } });
    const stranger = await world.member(other.id, 'STATISTICIAN');
    for (const file of ['estimates.csv', 'predictions.csv']) {
      expect((await served.fetchAs(stranger, `${folder}/${file}`)).status).toBe(404);
      expect((await served.fetchAs(undefined, `${folder}/${file}`)).status).toBe(401);
    }
  });

  it('gives the versions that are named, in that order, and a head without rows when there are none', async () => {
    const [first, second] = versionIds;
    const reversed = await jsonLines(
      await get(admin, 'predictions.ndjson', `?versions=${second},${first}`),
    );
    expect(reversed.slice(0, 2).map((row) => row.model_version)).toEqual(['2.0.0', '1.0.0']);
    const single = await get(admin, 'predictions.csv', `?versions=${second}`);
    expect((await single.text()).trim().split('\r\n')).toHaveLength(images + 1);
    const empty = await world.db.cohortSnapshot.create({
      data: {
        ...{ cohortId: (await world.db.cohort.findFirstOrThrow()).id, imageCount: 0 },
        ...{ contentHash: 'e'.repeat(64), patientCount: 0 },
      },
    });
    const none = await served.fetchAs(admin, `/exports/snapshots/${empty.id}/predictions.parquet`);
    expect(await parquetReadObjects({ file: await none.arrayBuffer() })).toEqual([]);
  });

  it('refuses versions that are unknown or named twice, and says which field', async () => {
    const refusal = async (query: string) => (await get(admin, 'predictions.csv', query)).json();
    expect(await refusal(`?versions=${versionIds[0]},${versionIds[0]}`)).toMatchObject({
      error: { code: 'INVALID_INPUT', field: 'versions' },
    });
    expect(await refusal('?versions=')).toMatchObject({ error: { field: 'versions' } });
    expect(await refusal(`?versions=${randomUUID()}`)).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('is absent for strangers, needs a sign-in, and is open to a token that may only read', async () => {
    const other = await world.db.study.create({ data: { name: 'Other', slug: 'other' } });
    const stranger = await world.member(other.id, 'STATISTICIAN');
    const auditor = await world.member(studyId, 'AUDITOR');
    for (const file of ['predictions.csv', 'references.parquet', 'agreements.ndjson']) {
      expect((await get(stranger, file)).status).toBe(404);
      expect((await get(undefined, file)).status).toBe(401);
      const read = await get({ ...auditor, mayWrite: false }, file, '');
      expect(read.status).toBe(200);
      await read.body!.cancel();
    }
    expect((await served.fetchAs(undefined, '/exports/dictionary.json')).status).toBe(401);
  });

  it('refuses a token that is expired or revoked', async () => {
    const input = { name: 'old', scope: 'READ', expiresInDays: 1 } as const;
    const { token, secret } = await createApiToken(world.db, admin, input);
    const status = async () => {
      const answer = await fetch(`${served.url}/exports/snapshots/${snapshotId}/references.csv`, {
        headers: { authorization: `Bearer ${secret}` },
      });
      await answer.body!.cancel();
      return answer.status;
    };
    expect(await status()).toBe(200);
    const change = (data: object) => world.db.apiToken.update({ where: { id: token.id }, data });
    await change({ expiresAt: new Date(Date.now() - 1000) });
    expect(await status()).toBe(401);
    await change({ expiresAt: new Date(Date.now() + 60_000), revokedAt: new Date() });
    expect(await status()).toBe(401);
  });

  it('ends mid-file for who leaves the study, so that a cut file is never taken for a whole one', async () => {
    const member = await world.member(studyId, 'STATISTICIAN');
    const answer = await get(member, 'predictions.csv');
    const reader = answer.body!.getReader();
    await reader.read();
    await world.db.studyMember.deleteMany({ where: { userId: member.id } });
    const drain = async () => {
      while (!(await reader.read()).done);
    };
    await expect(drain()).rejects.toThrow();
  });

  it('stops reading when the client hangs up, and serves the next one', async () => {
    const abort = new AbortController();
    const answer = await served.fetchAs(
      admin,
      `/exports/snapshots/${snapshotId}/predictions.ndjson`,
      { signal: abort.signal },
    );
    await answer.body!.getReader().read();
    abort.abort();
    expect(await jsonLines(await get(admin, 'references.ndjson'))).toHaveLength(images);
    const busy = await world.db.$queryRaw<object[]>`
      SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
        AND pid <> pg_backend_pid() AND query LIKE '%SnapshotImage%'`;
    expect(busy).toEqual([]);
  });

  it('describes every column, in a page that is up to date', async () => {
    const columns = [predictionsTable, referencesTable, agreementsTable, estimatesTable].flatMap(
      (table) => table.columns as readonly { name: string; meaning: string; range: string }[],
    );
    for (const { name, meaning, range } of columns) {
      expect(name).toMatch(/^[a-z0-9_]+$/);
      expect(meaning).toMatch(/\.$/);
      expect(range).not.toBe('');
    }
    const page = fileURLToPath(new URL('../../../../docs/data-dictionary.md', import.meta.url));
    expect(readFileSync(page, 'utf8')).toBe(dictionaryMarkdown());
    const answer = await served.fetchAs(admin, '/exports/dictionary.json');
    expect(await answer.json()).toEqual(JSON.parse(dictionaryJson()));
  });
});
