import { studyVisibleSql } from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import type { ReferenceChanges } from './comparison.type.js';

const { sql } = Prisma;

/** Enough to look at; how many there are in all is counted. */
const mostListed = 50;

/** Images of a snapshot whose references are other versions now than those it froze. */
export async function findReferenceChanges(
  db: Db,
  viewer: Viewer,
  snapshotId: string,
): Promise<ReferenceChanges> {
  const [row] = await db.$queryRaw<[ReferenceChanges]>`
    WITH now AS (
      SELECT s."imageId", s.position,
        dx.id IS DISTINCT FROM s."referenceDiagnosisId" AS "hasNewDiagnosis",
        mk.id IS DISTINCT FROM s."referenceMaskId" AS "hasNewMask"
      FROM "SnapshotImage" s
      JOIN "Image" i ON i.id = s."imageId"
      LEFT JOIN "ReferenceDiagnosis" dx ON dx."lesionId" = i."lesionId" AND dx."supersededAt" IS NULL
      LEFT JOIN "ReferenceMask" mk ON mk."imageId" = i.id AND mk."supersededAt" IS NULL
      WHERE s."snapshotId" = ${snapshotId}::uuid
        AND ${studyVisibleSql(viewer, sql`i."studyId"`)}
    )
    SELECT count(*) FILTER (WHERE "hasNewDiagnosis")::int AS diagnoses,
      count(*) FILTER (WHERE "hasNewMask")::int AS masks,
      coalesce((array_agg("imageId"::text ORDER BY position)
        FILTER (WHERE "hasNewDiagnosis" OR "hasNewMask"))[1:${mostListed}::int], '{}') AS "imageIds"
    FROM now`;
  return row;
}
