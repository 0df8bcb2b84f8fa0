import { studyVisibleSql } from '../access.js';
import { type Connection, decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';

const { sql } = Prisma;

/** An evaluation has at most six; a list asked for by hand need not have more than a page of them. */
const mostVersions = 20;

/** By what an image of a snapshot is near to a training list; the first that holds counts. */
export const overlapKinds = ['FILE', 'CODE', 'LESION', 'PATIENT'] as const;
export type OverlapKind = (typeof overlapKinds)[number];

export interface OverlapImage {
  imageId: string;
  kind: OverlapKind;
}

/** What a snapshot shares with the list of images that one version was trained on. */
export interface OverlapOfVersion {
  snapshotId: string;
  modelVersionId: string;
  /** Images on the version's list; 0 where it declares none, and then nothing was compared. */
  listedCount: number;
  /** Each image once, by its first kind, in the order of the snapshot. */
  images: OverlapImage[];
}

/**
 * Which images of a snapshot share a file, a public code, a lesion or a patient with the training list
 * of each version. A lesion or a patient is shared when any of its images in the study is on the list,
 * whether or not that image is in the snapshot.
 *
 * @returns one for each version, in the order asked
 * @throws NOT_FOUND for a snapshot or a version that the viewer may not see; INVALID_INPUT for too many
 */
export async function trainingOverlap(
  db: Db,
  viewer: Viewer,
  snapshotId: string,
  modelVersionIds: readonly string[],
): Promise<OverlapOfVersion[]> {
  const asked = askOverlap(snapshotId, modelVersionIds);
  return (await overlapsOf(db, viewer, asked)).map((overlap, at) => {
    if (typeof overlap === 'string') throw missing(overlap, asked[at]!);
    return overlap;
  });
}

export interface Asked {
  snapshotId: string;
  modelVersionId: string;
}

/** What is asked, once it can be: every id is one, and there are not too many. */
export function askOverlap(snapshotId: string, modelVersionIds: readonly string[]): Asked[] {
  if (modelVersionIds.length > mostVersions) {
    throw invalid('modelVersionIds', `At most ${mostVersions} versions can be compared at once.`);
  }
  if (!isId(snapshotId)) throw notFound('snapshot', snapshotId);
  const unknown = modelVersionIds.find((id) => !isId(id));
  if (unknown !== undefined) throw notFound('model version', unknown);
  return modelVersionIds.map((modelVersionId) => ({ snapshotId, modelVersionId }));
}

export type Missing = 'no snapshot' | 'no version';

export const missing = (what: Missing, { snapshotId, modelVersionId }: Asked) =>
  what === 'no snapshot'
    ? notFound('snapshot', snapshotId)
    : notFound('model version', modelVersionId);

interface Row {
  snapshotId: string | null;
  modelVersionId: string | null;
  listedCount: number;
  imageIds: string[] | null;
  kinds: number[] | null;
}

/** The overlap of each pair asked, in their order, in one statement; ids must be ids. */
export async function overlapsOf(
  db: Db,
  viewer: Viewer,
  asked: readonly Asked[],
): Promise<(OverlapOfVersion | Missing)[]> {
  const rows = await db.$queryRaw<Row[]>`
    WITH asked AS (
      SELECT a.place, v.id AS "versionId", s.id AS "snapshotId", c."studyId"
      FROM unnest(${asked.map(({ snapshotId }) => snapshotId)}::uuid[],
        ${asked.map(({ modelVersionId }) => modelVersionId)}::uuid[])
        WITH ORDINALITY AS a("snapshotId", "versionId", place)
      LEFT JOIN "ModelVersion" v ON v.id = a."versionId"
      LEFT JOIN ("CohortSnapshot" s JOIN "Cohort" c ON c.id = s."cohortId"
        AND ${studyVisibleSql(viewer, sql`c."studyId"`)}) ON s.id = a."snapshotId"
    ),
    ${listedSql},
    shared AS (
      SELECT a.place, array_agg(si."imageId"::text ORDER BY si.position) AS "imageIds",
        array_agg(CASE WHEN l.kind IS NOT NULL THEN l.kind
          WHEN ll."lesionId" IS NOT NULL THEN 2 ELSE 3 END ORDER BY si.position) AS kinds
      FROM asked a
      JOIN "SnapshotImage" si ON si."snapshotId" = a."snapshotId"
      JOIN "Image" i ON i.id = si."imageId"
      JOIN "Lesion" o ON o.id = i."lesionId"
      JOIN "listedPatient" lp ON lp."versionId" = a."versionId" AND lp."patientId" = o."patientId"
      LEFT JOIN "listedLesion" ll ON ll."versionId" = a."versionId" AND ll."lesionId" = o.id
      LEFT JOIN listed l ON l."versionId" = a."versionId" AND l."imageId" = i.id
      GROUP BY a.place
    )
    SELECT a."snapshotId"::text, a."versionId"::text AS "modelVersionId", shared."imageIds", shared.kinds,
      (SELECT count(*)::int FROM "TrainingImage" t WHERE t."modelVersionId" = a."versionId") AS "listedCount"
    FROM asked a LEFT JOIN shared ON shared.place = a.place
    ORDER BY a.place`;
  return rows.map(({ snapshotId, modelVersionId, listedCount, imageIds, kinds }) => {
    if (snapshotId === null) return 'no snapshot';
    if (modelVersionId === null) return 'no version';
    const images = (imageIds ?? []).map((imageId, at) => ({
      imageId,
      kind: overlapKinds[kinds![at]!]!,
    }));
    return { snapshotId, modelVersionId, listedCount, images };
  });
}

/**
 * The images of the asked studies that stand on the asked versions' lists, with their lesions and
 * patients. Two joins and not one with OR: each has an index of its own.
 */
const listedSql = sql`
  "listedRow" AS (
    SELECT a."versionId", i.id AS "imageId", i."lesionId", 0 AS kind
    FROM (SELECT DISTINCT "versionId", "studyId" FROM asked) a
    JOIN "TrainingImage" t ON t."modelVersionId" = a."versionId"
    JOIN "Image" i ON i."studyId" = a."studyId" AND i.sha256 = t.sha256
    UNION ALL
    SELECT a."versionId", i.id, i."lesionId", 1
    FROM (SELECT DISTINCT "versionId", "studyId" FROM asked) a
    JOIN "TrainingImage" t ON t."modelVersionId" = a."versionId"
    JOIN "Image" i ON i."studyId" = a."studyId" AND i.code = t.code
  ),
  listed AS MATERIALIZED (
    SELECT "versionId", "imageId", "lesionId", min(kind) AS kind FROM "listedRow" GROUP BY 1, 2, 3
  ),
  "listedLesion" AS MATERIALIZED (SELECT DISTINCT "versionId", "lesionId" FROM listed),
  "listedPatient" AS MATERIALIZED (
    SELECT DISTINCT ll."versionId", o."patientId"
    FROM "listedLesion" ll JOIN "Lesion" o ON o.id = ll."lesionId"
  )`;

/** Images by kind. */
export function countOverlap({ images }: OverlapOfVersion) {
  const counts: Record<OverlapKind, number> = { FILE: 0, CODE: 0, LESION: 0, PATIENT: 0 };
  for (const { kind } of images) counts[kind] += 1;
  return {
    ...{ sameFile: counts.FILE, sameCode: counts.CODE },
    ...{ sameLesion: counts.LESION, samePatient: counts.PATIENT },
    total: images.length,
  };
}

/** A page of the shared images, in the order of the snapshot. */
export function pageOfOverlap(
  { images }: OverlapOfVersion,
  { first, after }: { first: number; after?: string | undefined },
): Connection<OverlapImage> {
  const [last] = after ? decodeCursor(after, 1) : [];
  const start = after ? images.findIndex(({ imageId }) => imageId === last) + 1 : 0;
  const rows = images.slice(start, start + pageSize(first) + 1);
  return toConnection(
    rows,
    first,
    ({ imageId }) => [imageId],
    () => Promise.resolve(images.length),
  );
}
