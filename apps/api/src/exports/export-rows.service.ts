import { setImmediate } from 'node:timers/promises';
import { inVisibleStudy } from '../access.js';
import { snapshotCode } from '../cohorts/snapshot.service.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import { createLimit } from '../limit.js';
import type { Columnar } from './export-column.js';
import type { PredictionRow, ReferenceRow } from './export-row.js';

const { sql } = Prisma;

/** What is exported: a frozen snapshot and the versions whose answers go with it. */
export interface ExportSource {
  snapshotId: string;
  contentHash: string;
  code: string;
  imageCount: number;
  study: string;
  isSynthetic: boolean;
  versions: ExportedVersion[];
}

export interface ExportedVersion {
  id: string;
  model: string;
  version: string;
  sha256: string;
}

/** Rows read at a time. More only makes the answer come in larger lumps and holds more in memory. */
const rowsPerBatch = 5000;
/** Exports of all viewers together keep at most so many connections busy; pages need the others. */
const reading = createLimit(3);
/** More is a mistake in the address rather than a question. */
const mostVersions = 50;

/**
 * The snapshot with the versions named, or with every version that scored any of its images.
 *
 * @throws NOT_FOUND for a snapshot that is absent or not the viewer's to see, and for an unknown version
 */
export async function findExportSource(
  db: Db,
  viewer: Viewer,
  { snapshotId, versionIds }: { snapshotId: string; versionIds?: string[] | undefined },
): Promise<ExportSource> {
  const snapshot = await visibleSnapshot(db, viewer, snapshotId);
  const { study } = snapshot.cohort;
  return {
    snapshotId: snapshot.id,
    contentHash: snapshot.contentHash,
    code: snapshotCode(snapshot.contentHash),
    imageCount: snapshot.imageCount,
    study: study.slug,
    isSynthetic: study.isSynthetic,
    versions: await exportedVersions(db, snapshot.id, versionIds),
  };
}

async function visibleSnapshot(db: Db, viewer: Viewer, id: string) {
  const snapshot = isId(id)
    ? await db.cohortSnapshot.findFirst({
        where: { id, cohort: inVisibleStudy(viewer) },
        include: { cohort: { include: { study: true } } },
      })
    : null;
  if (!snapshot) throw notFound('snapshot', id);
  return snapshot;
}

async function exportedVersions(db: Db, snapshotId: string, ids: string[] | undefined) {
  if (ids && (ids.length > mostVersions || new Set(ids).size < ids.length)) {
    throw invalid('versions', `Name at most ${mostVersions} model versions, each once.`);
  }
  const chosen = ids ?? (await versionsWithPredictions(db, snapshotId));
  const rows = await db.modelVersion.findMany({
    where: { id: { in: chosen.filter(isId) } },
    include: { model: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return chosen.map((id): ExportedVersion => {
    const row = byId.get(id.toLowerCase());
    if (!row) throw notFound('model version', id);
    return { id: row.id, model: row.model.name, version: row.version, sha256: row.sha256 };
  });
}

async function versionsWithPredictions(db: Db, snapshotId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT v.id::text AS id
    FROM "ModelVersion" v JOIN "Model" m ON m.id = v."modelId"
    WHERE EXISTS (SELECT FROM "SnapshotImage" s
      JOIN "Prediction" p ON p."imageId" = s."imageId" AND p."modelVersionId" = v.id
      WHERE s."snapshotId" = ${snapshotId}::uuid)
    ORDER BY m.name, v."createdAt", v.id`;
  return rows.map(({ id }) => id);
}

/** One row for each image of the snapshot, batch by batch in its order. */
export function referenceRows(db: Db, viewer: Viewer, source: ExportSource) {
  return batches(source.imageCount, rowsPerBatch, async (from, to) => {
    await visibleSnapshot(db, viewer, source.snapshotId);
    const found = await readColumns(
      db,
      imageCells,
      sql`
      SELECT ${imageColumns} FROM ${imageTables}
      WHERE s."snapshotId" = ${source.snapshotId}::uuid
        AND s.position >= ${from}::int AND s.position < ${to}::int
      ORDER BY s.position`,
    );
    return { ...found, ...frameOf(source, found.position.length) };
  });
}

/**
 * One row for each image and version that has scored it, in the order of the snapshot, then of the versions.
 *
 * @param positions the places in the snapshot to which the file is narrowed, rising; all without it
 */
export function predictionRows(
  db: Db,
  viewer: Viewer,
  source: ExportSource,
  positions?: Int32Array,
) {
  const { versions, snapshotId } = source;
  const ids = versions.map(({ id }) => id);
  const count = ids.length === 0 ? 0 : (positions?.length ?? source.imageCount);
  const images = Math.ceil(rowsPerBatch / Math.max(1, ids.length));
  return batches(count, images, async (from, to) => {
    // Asked anew for every batch: who leaves the study gets nothing more of it.
    await visibleSnapshot(db, viewer, snapshotId);
    const { slot, ...found } = await readColumns(
      db,
      predictionCells,
      sql`
      SELECT ${imageColumns}, v.slot::int AS slot, p.device,
        mel.probability AS melanoma, sk.probability AS seborrheic_keratosis,
        pm.threshold AS "maskThreshold", pm."areaPx" AS "predictedAreaPx",
        pm."boxLeftPx", pm."boxTopPx", pm."boxWidthPx", pm."boxHeightPx",
        a."truePositivePx", a."falsePositivePx", a."falseNegativePx", a."trueNegativePx"
      FROM ${imageTables}
      CROSS JOIN unnest(${ids}::uuid[]) WITH ORDINALITY AS v(id, slot)
      JOIN "Prediction" p ON p."imageId" = s."imageId" AND p."modelVersionId" = v.id
      LEFT JOIN "Score" mel ON mel."predictionId" = p.id AND mel.task = 'melanoma'
      LEFT JOIN "Score" sk ON sk."predictionId" = p.id AND sk.task = 'seborrheic_keratosis'
      LEFT JOIN "PredictedMask" pm ON pm."predictionId" = p.id
      LEFT JOIN "MaskAgreement" a
        ON a."predictionId" = p.id AND a."referenceMaskId" = s."referenceMaskId"
      WHERE s."snapshotId" = ${snapshotId}::uuid
        AND ${
          positions === undefined
            ? sql`s.position >= ${from}::int AND s.position < ${to}::int`
            : sql`s.position = ANY(${[...positions.subarray(from, to)]}::int[])`
        }
      ORDER BY s.position, v.slot`,
    );
    const of = slot.map((number) => versions[number - 1]!);
    return {
      ...found,
      ...frameOf(source, slot.length),
      modelVersionId: of.map(({ id }) => id),
      model: of.map(({ model }) => model),
      modelVersion: of.map(({ version }) => version),
      modelSha256: of.map(({ sha256 }) => sha256),
    };
  });
}

/** What stands in every row of one file. */
const frameOf = ({ study, isSynthetic, snapshotId, contentHash }: ExportSource, rows: number) => ({
  study: Array<string>(rows).fill(study),
  isSynthetic: Array<boolean>(rows).fill(isSynthetic),
  snapshotId: Array<string>(rows).fill(snapshotId),
  contentHash: Array<string>(rows).fill(contentHash),
});

const imageCells = [
  ...['position', 'imageId', 'imageCode', 'imageSha256', 'patientCode', 'lesionCode', 'sex'],
  ...['ageYears', 'skinType', 'anatomicSite', 'modality', 'dayOfStudy', 'widthPx', 'heightPx'],
  ...['diagnosis', 'diagnosisMethod', 'diagnosisVersion', 'referenceMaskVersion'],
  'referenceAreaPx',
] as Exclude<keyof ReferenceRow, FrameCell>[];

type FrameCell = 'study' | 'isSynthetic' | 'snapshotId' | 'contentHash';
type VersionCell = 'modelVersionId' | 'model' | 'modelVersion' | 'modelSha256';

const predictionCells = [
  ...[...imageCells, 'slot', 'device', 'melanoma', 'seborrheic_keratosis', 'maskThreshold'],
  ...['predictedAreaPx', 'boxLeftPx', 'boxTopPx', 'boxWidthPx', 'boxHeightPx'],
  ...['truePositivePx', 'falsePositivePx', 'falseNegativePx', 'trueNegativePx'],
] as (Exclude<keyof PredictionRow, FrameCell | VersionCell> | 'slot')[];

/**
 * The rows of a question, column by column. A column travels as one JSON array: to parse it takes a
 * fraction of the time that a cell by itself and an object for each row would take.
 */
async function readColumns<Name extends keyof PredictionRow | 'slot'>(
  db: Db,
  names: readonly Name[],
  rows: Prisma.Sql,
): Promise<Columnar<Pick<PredictionRow & { slot: number }, Name>>> {
  const columns = names.map(
    (name) => sql`json_agg(r.${Prisma.raw(`"${name}"`)})::text AS ${Prisma.raw(`"${name}"`)}`,
  );
  const [found] = await db.$queryRaw<[Record<Name, string | null>]>`
    SELECT ${Prisma.join(columns)} FROM (${rows}) r`;
  return Object.fromEntries(
    names.map((name) => [name, JSON.parse(found[name] ?? '[]') as unknown]),
  ) as Columnar<Pick<PredictionRow & { slot: number }, Name>>;
}

/** Age goes out in steps of five whatever was stored: exact ages tell people apart. */
const imageColumns = sql`
  s.position, s."imageId", i.code AS "imageCode", i.sha256 AS "imageSha256",
  t.code AS "patientCode", l.code AS "lesionCode", t.sex::text AS sex,
  least(t."ageYears" / 5 * 5, 85) AS "ageYears", t."skinType"::text AS "skinType",
  l."anatomicSite"::text AS "anatomicSite", i.modality::text AS modality, i."dayOfStudy",
  i."widthPx", i."heightPx", d.diagnosis::text AS diagnosis, d.method::text AS "diagnosisMethod",
  d.version AS "diagnosisVersion", rm.version AS "referenceMaskVersion",
  rm."areaPx" AS "referenceAreaPx"`;

const imageTables = sql`
  "SnapshotImage" s
  JOIN "Image" i ON i.id = s."imageId"
  JOIN "Lesion" l ON l.id = i."lesionId"
  JOIN "Patient" t ON t.id = l."patientId"
  LEFT JOIN "ReferenceDiagnosis" d ON d.id = s."referenceDiagnosisId"
  LEFT JOIN "ReferenceMask" rm ON rm.id = s."referenceMaskId"`;

/**
 * Reads `count` positions in steps, one step ahead of whoever takes them, so that the database works
 * while the last step is being written out. Short questions by key rather than one long cursor: a slow
 * reader holds neither a connection nor an old view of the tables.
 */
async function* batches<Batch>(
  count: number,
  step: number,
  read: (from: number, to: number) => Promise<Batch>,
): AsyncGenerator<Batch> {
  const begin = (from: number) => {
    const batch = reading(() => read(from, from + step));
    // Whoever stops early never awaits it.
    batch.catch(() => undefined);
    return batch;
  };
  let next = count > 0 ? begin(0) : undefined;
  for (let from = 0; next !== undefined; from += step) {
    const batch = await next;
    next = from + step < count ? begin(from + step) : undefined;
    // Others get their turn between two batches, however fast they come.
    await setImmediate();
    yield batch;
  }
}
