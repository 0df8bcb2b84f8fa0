import { randomUUID } from 'node:crypto';
import { inVisibleStudy, studyFor } from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, inTransaction, Prisma } from '../db.js';
import { invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import { cohortSetSql } from './cohort.service.js';

const { sql } = Prisma;

/** A hundred thousand images take seconds to hash and write down. */
const snapshotTimeoutMs = 120_000;

/** How people tell snapshots apart: the first 8 digits of the hash, `9f3c-a71e`. */
export const snapshotCode = (contentHash: string) =>
  `${contentHash.slice(0, 4)}-${contentHash.slice(4, 8)}`;

/**
 * Freezes the images of a cohort with the references that count now. Unchanged content is the
 * snapshot that is there. Excluded images and those of patients who withdrew consent are never in.
 */
export async function createSnapshot(db: Db, viewer: Viewer, cohortId: string) {
  const cohort = isId(cohortId)
    ? await db.cohort.findFirst({ where: { AND: [{ id: cohortId }, inVisibleStudy(viewer)] } })
    : null;
  if (!cohort) throw notFound('cohort', cohortId);
  await studyFor(db, viewer, cohort.studyId, 'buildCohorts');
  const set = await cohortSetSql(db, viewer, cohort);
  return inTransaction(
    db,
    async (tx) => {
      const contentHash = await writeSnapshot(tx, { cohortId, takenById: viewer.id, set });
      if (contentHash === null) {
        throw invalid('cohortId', 'The cohort has no image now: nothing can be frozen.');
      }
      return tx.cohortSnapshot.findUniqueOrThrow({
        where: { cohortId_contentHash: { cohortId, contentHash } },
      });
    },
    { timeoutMs: snapshotTimeoutMs },
  );
}

/**
 * One statement, so that hash, counts and rows are of one moment, whoever edits meanwhile. Where the
 * content has a snapshot already, its unique key keeps this one out.
 */
async function writeSnapshot(
  tx: Db,
  { cohortId, takenById, set }: { cohortId: string; takenById: string; set: Prisma.Sql },
): Promise<string | null> {
  const [digest] = await tx.$queryRaw<[{ contentHash: string | null }]>`
    WITH content AS MATERIALIZED (${contentSql(set)}),
    digest AS (
      SELECT encode(sha256(convert_to(string_agg(line, E'\n' ORDER BY line COLLATE "C"), 'UTF8')), 'hex')
          AS "contentHash",
        count(*)::int AS "imageCount", count(DISTINCT "patientId")::int AS "patientCount"
      FROM content
    ),
    snapshot AS (
      INSERT INTO "CohortSnapshot"
        (id, "cohortId", "contentHash", "imageCount", "patientCount", "takenById")
      SELECT ${randomUUID()}::uuid, ${cohortId}::uuid, "contentHash", "imageCount", "patientCount",
        ${takenById}::uuid
      FROM digest WHERE "imageCount" > 0
      ON CONFLICT ("cohortId", "contentHash") DO NOTHING
      RETURNING id
    ),
    images AS (
      INSERT INTO "SnapshotImage"
        ("snapshotId", "imageId", position, "referenceDiagnosisId", "referenceMaskId")
      SELECT snapshot.id, content.id, row_number() OVER (ORDER BY content.code COLLATE "C") - 1,
        "diagnosisId", "maskId"
      FROM snapshot CROSS JOIN content
    )
    SELECT "contentHash" FROM digest`;
  return digest.contentHash;
}

/** One line per image: its code, its patient, the hash of its file, and its references by version and content. */
const contentSql = (set: Prisma.Sql) => sql`
  SELECT i.id, i.code, o."patientId", dx.id AS "diagnosisId", mk.id AS "maskId",
    concat_ws(' ', i.code, pt.code, i.sha256,
      coalesce(dx.diagnosis || ':' || dx.version, '-'),
      coalesce(encode(sha256(mk.png), 'hex') || ':' || mk.version, '-')) AS line
  FROM "Image" i
  JOIN "Lesion" o ON o.id = i."lesionId"
  JOIN "Patient" pt ON pt.id = o."patientId"
  LEFT JOIN "ReferenceDiagnosis" dx ON dx."lesionId" = o.id AND dx."supersededAt" IS NULL
  LEFT JOIN "ReferenceMask" mk ON mk."imageId" = i.id AND mk."supersededAt" IS NULL
  WHERE ${set}`;
