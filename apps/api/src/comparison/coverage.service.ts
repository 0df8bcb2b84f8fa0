import { inVisibleStudy } from '../access.js';
import { decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import type { ImageConnection, ImageRow } from '../images/image.type.js';
import type { VersionCoverage } from './comparison.type.js';

const { sql } = Prisma;

/** More than a comparison can have; a list asked for by hand needs no more either. */
const mostVersions = 20;

/** The snapshot, where the viewer may see it. */
export async function snapshotToCompare(db: Db, viewer: Viewer, id: string) {
  const snapshot = isId(id)
    ? await db.cohortSnapshot.findFirst({
        where: { id, cohort: inVisibleStudy(viewer) },
        include: { cohort: true },
      })
    : null;
  if (!snapshot) throw notFound('snapshot', id);
  return snapshot;
}

/** Images that a version has scored and lacks, in the order asked. */
export async function coverageOf(
  db: Db,
  viewer: Viewer,
  snapshotId: string,
  modelVersionIds: string[],
): Promise<VersionCoverage[]> {
  if (modelVersionIds.length > mostVersions) {
    throw invalid('modelVersionIds', `At most ${mostVersions} versions can be asked for at once.`);
  }
  const { imageCount } = await snapshotToCompare(db, viewer, snapshotId);
  const rows = await db.$queryRaw<{ id: string; scored: number }[]>`
    SELECT v.id::text, count(p.id)::int AS scored
    FROM "ModelVersion" v
    LEFT JOIN ("Prediction" p JOIN "SnapshotImage" s
      ON s."imageId" = p."imageId" AND s."snapshotId" = ${snapshotId}::uuid)
      ON p."modelVersionId" = v.id
    WHERE v.id = ANY(${modelVersionIds.filter(isId)}::uuid[]) GROUP BY v.id`;
  const byId = new Map(rows.map(({ id, scored }) => [id, scored]));
  return modelVersionIds.map((modelVersionId) => {
    const scored = byId.get(modelVersionId);
    if (scored === undefined) throw notFound('model version', modelVersionId);
    return { snapshotId, modelVersionId, scored, missing: imageCount - scored };
  });
}

/** The images of the snapshot that the version has not scored, a page at a time. */
export async function listMissingImages(
  db: Db,
  viewer: Viewer,
  { snapshotId, modelVersionId, missing }: VersionCoverage,
  { first, after }: { first: number; after: string | undefined },
): Promise<ImageConnection> {
  await snapshotToCompare(db, viewer, snapshotId);
  const lacking = sql`s."snapshotId" = ${snapshotId}::uuid AND NOT EXISTS (
    SELECT FROM "Prediction" p
    WHERE p."imageId" = s."imageId" AND p."modelVersionId" = ${modelVersionId}::uuid)`;
  const rows = await db.$queryRaw<(ImageRow & { position: number })[]>`
    SELECT i.*, s.position FROM "SnapshotImage" s JOIN "Image" i ON i.id = s."imageId"
    WHERE ${lacking} AND s.position > ${positionAfter(after)}::int
    ORDER BY s.position LIMIT ${pageSize(first) + 1}`;
  const connection = toConnection(
    rows,
    first,
    ({ position }) => [position],
    () => Promise.resolve(missing),
  );
  return { ...connection, countPatients: () => countPatients(db, lacking) };
}

function positionAfter(after: string | undefined): number {
  if (!after) return -1;
  const [position] = decodeCursor(after, 1);
  if (typeof position === 'number' && Number.isSafeInteger(position)) return position;
  throw invalid('after', 'The cursor `after` does not belong to this list.');
}

async function countPatients(db: Db, lacking: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: number }]>`
    SELECT count(DISTINCT l."patientId")::int AS count
    FROM "SnapshotImage" s JOIN "Image" i ON i.id = s."imageId" JOIN "Lesion" l ON l.id = i."lesionId"
    WHERE ${lacking}`;
  return row.count;
}
