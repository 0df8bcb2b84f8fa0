import { type Db, Prisma } from '../db.js';
import type { Task } from '../images/task.type.js';
import {
  notRecorded,
  shared,
  type SnapshotFacts,
  type VersionFacts,
  vocabularies,
} from './facts.type.js';

const { raw } = Prisma;

/**
 * One byte: the place of an enum's value in its vocabulary. The names are those of the schema, and the
 * values are compared as what they are: to turn half a million of them into words costs a third of a second.
 */
const placeOf = (column: string, type: string, words: readonly string[]) =>
  raw(
    `set_byte('\\x00'::bytea, 0, coalesce(array_position('{${words.join()}}'::"${type}"[], ${column}) - 1, ${notRecorded}))`,
  );

/** Bytes of one image: position, patient's number, age, six columns of one byte. */
const snapshotRowBytes = 4 + 4 + 2 + 6;

/**
 * The images of a snapshot, packed by Postgres into one value: a hundred thousand rows as objects
 * would cost seconds.
 */
export async function loadSnapshotFacts(db: Db, snapshotId: string): Promise<SnapshotFacts> {
  return unpackedSnapshot(snapshotId, await packedRecords(db, snapshotId));
}

/**
 * The same from what was packed under this stamp, which is read in a tenth of the time; made and kept
 * where nothing was. The stamp was read before.
 */
export async function snapshotFactsAt(
  db: Db,
  snapshotId: string,
  stamp: string,
): Promise<SnapshotFacts> {
  const [known] = await db.$queryRaw<{ packed: Uint8Array }[]>`
    SELECT packed FROM "SnapshotRecords"
    WHERE "snapshotId" = ${snapshotId}::uuid AND stamp = ${stamp}`;
  if (known) return unpackedSnapshot(snapshotId, known.packed);
  const packed = await packedRecords(db, snapshotId);
  await db.$executeRaw`
    INSERT INTO "SnapshotRecords" ("snapshotId", stamp, packed)
    VALUES (${snapshotId}::uuid, ${stamp}, ${packed})
    ON CONFLICT ("snapshotId") DO UPDATE SET stamp = excluded.stamp, packed = excluded.packed`;
  return unpackedSnapshot(snapshotId, packed);
}

async function packedRecords(db: Db, snapshotId: string): Promise<Uint8Array> {
  // Patients are numbered among all of their study: what counts is their order alone. A list of those in
  // the snapshot would have to be made first, and two processors could not share the rest.
  const [row] = await db.$queryRaw<[{ packed: Uint8Array | null }]>`
    SELECT string_agg(int4send(s.position) || int4send(t.number)
      || int2send(coalesce(t."ageYears", -1)::int2)
      || ${placeOf('d.diagnosis', 'Diagnosis', vocabularies.diagnosis)}
      || set_byte('\\x00'::bytea, 0, (s."referenceMaskId" IS NOT NULL)::int)
      || ${placeOf('t.sex', 'Sex', vocabularies.sex)}
      || ${placeOf('t."skinType"', 'FitzpatrickSkinType', vocabularies.skinType)}
      || ${placeOf('l."anatomicSite"', 'AnatomicSite', vocabularies.anatomicSite)}
      || ${placeOf('i.modality', 'ImageModality', vocabularies.modality)}, ''::bytea) AS packed
    FROM "SnapshotImage" s
    JOIN "Image" i ON i.id = s."imageId"
    JOIN "Lesion" l ON l.id = i."lesionId"
    JOIN (
      SELECT p.id, p.sex, p."skinType", p."ageYears",
        (row_number() OVER (ORDER BY p.code COLLATE "C") - 1)::int AS number
      FROM "Patient" p WHERE p."studyId" = (
        SELECT c."studyId" FROM "CohortSnapshot" o JOIN "Cohort" c ON c.id = o."cohortId"
        WHERE o.id = ${snapshotId}::uuid)
    ) t ON t.id = l."patientId"
    LEFT JOIN "ReferenceDiagnosis" d ON d.id = s."referenceDiagnosisId"
    WHERE s."snapshotId" = ${snapshotId}::uuid`;
  return row.packed ?? new Uint8Array(0);
}

function unpackedSnapshot(snapshotId: string, packed: Uint8Array): SnapshotFacts {
  const size = packed.length / snapshotRowBytes;
  const facts: SnapshotFacts = {
    ...{ snapshotId, size },
    patient: shared.int32(size),
    ageYears: shared.int16(size),
    diagnosis: shared.uint8(size),
    hasReferenceMask: shared.uint8(size),
    sex: shared.uint8(size),
    skinType: shared.uint8(size),
    anatomicSite: shared.uint8(size),
    modality: shared.uint8(size),
  };
  const view = viewOf(packed);
  for (let at = 0; at < packed.length; at += snapshotRowBytes) {
    const position = view.getInt32(at);
    facts.patient[position] = view.getInt32(at + 4);
    facts.ageYears[position] = view.getInt16(at + 8);
    facts.diagnosis[position] = packed[at + 10]!;
    facts.hasReferenceMask[position] = packed[at + 11]!;
    facts.sex[position] = packed[at + 12]!;
    facts.skinType[position] = packed[at + 13]!;
    facts.anatomicSite[position] = packed[at + 14]!;
    facts.modality[position] = packed[at + 15]!;
  }
  return facts;
}

/** Bytes of one answer: position, two scores, three pixel counts. */
const versionRowBytes = 4 + 8 + 8 + 4 + 4 + 4;

/** The answers of each version on the images of a snapshot, in the order asked. */
export async function loadVersionFacts(
  db: Db,
  { snapshotId, size }: Pick<SnapshotFacts, 'snapshotId' | 'size'>,
  modelVersionIds: readonly string[],
): Promise<VersionFacts[]> {
  const rows = await db.$queryRaw<{ modelVersionId: string; packed: Uint8Array }[]>`
    SELECT p."modelVersionId"::text, string_agg(int4send(s.position)
      || float8send(coalesce(mel.probability, 'NaN')) || float8send(coalesce(sk.probability, 'NaN'))
      || int4send(coalesce(a."truePositivePx", -1)) || int4send(coalesce(a."falsePositivePx", -1))
      || int4send(coalesce(a."falseNegativePx", -1)), ''::bytea) AS packed
    FROM "SnapshotImage" s
    JOIN "Prediction" p ON p."imageId" = s."imageId"
      AND p."modelVersionId" = ANY(${[...modelVersionIds]}::uuid[])
    LEFT JOIN "Score" mel ON mel."predictionId" = p.id AND mel.task = 'melanoma'
    LEFT JOIN "Score" sk ON sk."predictionId" = p.id AND sk.task = 'seborrheic_keratosis'
    LEFT JOIN "MaskAgreement" a
      ON a."predictionId" = p.id AND a."referenceMaskId" = s."referenceMaskId"
    WHERE s."snapshotId" = ${snapshotId}::uuid GROUP BY p."modelVersionId"`;
  const byId = new Map(rows.map(({ modelVersionId, packed }) => [modelVersionId, packed]));
  return modelVersionIds.map((id) => unpackedVersion(id, size, byId.get(id) ?? new Uint8Array(0)));
}

function unpackedVersion(modelVersionId: string, size: number, packed: Uint8Array): VersionFacts {
  const melanoma = shared.float64(size).fill(Number.NaN);
  const keratosis = shared.float64(size).fill(Number.NaN);
  const scores: Record<Task, Float64Array> = { melanoma, seborrheic_keratosis: keratosis };
  const facts: VersionFacts = {
    ...{ modelVersionId, scores },
    isScored: shared.uint8(size),
    truePositivePx: shared.int32(size).fill(-1),
    falsePositivePx: shared.int32(size).fill(-1),
    falseNegativePx: shared.int32(size).fill(-1),
  };
  const view = viewOf(packed);
  for (let at = 0; at < packed.length; at += versionRowBytes) {
    const position = view.getInt32(at);
    facts.isScored[position] = 1;
    melanoma[position] = view.getFloat64(at + 4);
    keratosis[position] = view.getFloat64(at + 12);
    facts.truePositivePx[position] = view.getInt32(at + 20);
    facts.falsePositivePx[position] = view.getInt32(at + 24);
    facts.falseNegativePx[position] = view.getInt32(at + 28);
  }
  return facts;
}

const viewOf = (bytes: Uint8Array) =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Images of a snapshot by their places in it, in the order asked. */
export async function imageIdsAt(
  db: Db,
  snapshotId: string,
  positions: readonly number[],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ imageId: string; position: number }[]>`
    SELECT "imageId"::text, position FROM "SnapshotImage"
    WHERE "snapshotId" = ${snapshotId}::uuid AND position = ANY(${[...positions]}::int[])`;
  const byPosition = new Map(rows.map(({ imageId, position }) => [position, imageId]));
  return positions.map((position) => byPosition.get(position)!);
}

/** The places in a snapshot of the images that hold for a condition on `i`. */
export async function positionsWhere(
  db: Db,
  snapshotId: string,
  condition: Prisma.Sql,
): Promise<Int32Array> {
  const [row] = await db.$queryRaw<[{ packed: Uint8Array | null }]>`
    SELECT string_agg(int4send(s.position), ''::bytea) AS packed
    FROM "SnapshotImage" s JOIN "Image" i ON i.id = s."imageId"
    WHERE s."snapshotId" = ${snapshotId}::uuid AND ${condition}`;
  const packed = row.packed ?? new Uint8Array(0);
  const view = viewOf(packed);
  return Int32Array.from({ length: packed.length / 4 }, (_, k) => view.getInt32(4 * k)).sort();
}

/** The places in a snapshot of these images, rising; images that are not in it have none. */
export async function positionsOfImages(
  db: Db,
  snapshotId: string,
  imageIds: readonly string[],
): Promise<Int32Array> {
  const rows = await db.$queryRaw<{ position: number }[]>`
    SELECT position FROM "SnapshotImage"
    WHERE "snapshotId" = ${snapshotId}::uuid AND "imageId" = ANY(${[...imageIds]}::uuid[])
    ORDER BY position`;
  return Int32Array.from(rows, ({ position }) => position);
}

/**
 * Changes whenever a record that parts images into subgroups, or a patient's code, is changed: the sum
 * of the row versions that Postgres itself keeps. Read before the facts, so that it is never newer.
 */
export async function recordsStamp(db: Db, studyId: string): Promise<string> {
  const [row] = await db.$queryRaw<[{ stamp: string }]>`
    SELECT concat_ws(' ',
      (SELECT sum(xmin::text::bigint) FROM "Patient" WHERE "studyId" = ${studyId}::uuid),
      (SELECT sum(xmin::text::bigint) FROM "Lesion" WHERE "studyId" = ${studyId}::uuid),
      (SELECT sum(xmin::text::bigint) FROM "Image" WHERE "studyId" = ${studyId}::uuid)) AS stamp`;
  return row.stamp;
}

/** Equal twice: between the two nothing was written into this database server. Costs nothing. */
export async function systemSnapshot(db: Db): Promise<string> {
  const [row] = await db.$queryRaw<[{ snapshot: string }]>`
    SELECT pg_current_snapshot()::text AS snapshot`;
  return row.snapshot;
}
