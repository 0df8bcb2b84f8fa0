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

/** The overlap of each pair asked, in their order, in three statements; ids must be ids. */
export async function overlapsOf(
  db: Db,
  viewer: Viewer,
  asked: readonly Asked[],
): Promise<(OverlapOfVersion | Missing)[]> {
  const pairs = await readPairs(db, viewer, asked);
  const listed = await readListed(db, pairs);
  const near = await readNearImages(db, pairs, listed);
  return pairs.map(({ snapshotId, modelVersionId, studyId, listedCount }) => {
    if (snapshotId === null) return 'no snapshot';
    if (modelVersionId === null) return 'no version';
    const kindOf = kindsOf(listed.get(`${studyId} ${modelVersionId}`) ?? []);
    const images = (near.get(snapshotId) ?? []).flatMap((image) => {
      const kind = kindOf(image);
      return kind ? [{ imageId: image.imageId, kind }] : [];
    });
    return { snapshotId, modelVersionId, listedCount, images };
  });
}

interface Pair {
  /** Null where the viewer may not see it. */
  snapshotId: string | null;
  studyId: string | null;
  modelVersionId: string | null;
  listedCount: number;
}

const readPairs = (db: Db, viewer: Viewer, asked: readonly Asked[]) => db.$queryRaw<Pair[]>`
  SELECT s.id::text AS "snapshotId", s."studyId"::text, v.id::text AS "modelVersionId",
    (SELECT count(*)::int FROM "TrainingImage" t WHERE t."modelVersionId" = v.id) AS "listedCount"
  FROM unnest(${asked.map(({ snapshotId }) => snapshotId)}::uuid[],
    ${asked.map(({ modelVersionId }) => modelVersionId)}::uuid[])
    WITH ORDINALITY AS a("snapshotId", "versionId", place)
  LEFT JOIN "ModelVersion" v ON v.id = a."versionId"
  LEFT JOIN (SELECT s.id, c."studyId" FROM "CohortSnapshot" s JOIN "Cohort" c ON c.id = s."cohortId"
    WHERE ${studyVisibleSql(viewer, sql`c."studyId"`)}) s ON s.id = a."snapshotId"
  ORDER BY a.place`;

interface Place {
  imageId: string;
  lesionId: string;
  patientId: string;
}

interface Listed extends Place {
  studyId: string;
  modelVersionId: string;
  kind: 'FILE' | 'CODE';
}

/**
 * The images of the asked studies that stand on the asked versions' lists, by study and version. Two
 * joins and not one with OR: each has an index of its own.
 */
async function readListed(db: Db, pairs: readonly Pair[]): Promise<Map<string, Listed[]>> {
  const known = pairs.filter(({ snapshotId, listedCount }) => snapshotId && listedCount > 0);
  if (known.length === 0) return new Map();
  const rows = await db.$queryRaw<Listed[]>`
    WITH asked AS MATERIALIZED (
      SELECT DISTINCT "studyId", "versionId"
      FROM unnest(${known.map(({ studyId }) => studyId)}::uuid[],
        ${known.map(({ modelVersionId }) => modelVersionId)}::uuid[]) AS a("studyId", "versionId")
    )
    SELECT l."studyId"::text, l."versionId"::text AS "modelVersionId", l.kind, l."imageId"::text,
      o.id::text AS "lesionId", o."patientId"::text
    FROM (
      SELECT a.*, i.id AS "imageId", i."lesionId", 'FILE' AS kind
      FROM asked a JOIN "TrainingImage" t ON t."modelVersionId" = a."versionId"
      JOIN "Image" i ON i."studyId" = a."studyId" AND i.sha256 = t.sha256
      UNION ALL
      SELECT a.*, i.id, i."lesionId", 'CODE'
      FROM asked a JOIN "TrainingImage" t ON t."modelVersionId" = a."versionId"
      JOIN "Image" i ON i."studyId" = a."studyId" AND i.code = t.code
    ) l JOIN "Lesion" o ON o.id = l."lesionId"`;
  return Map.groupBy(rows, ({ studyId, modelVersionId }) => `${studyId} ${modelVersionId}`);
}

/**
 * The images of each snapshot whose patient has an image on one of the lists, in the snapshot's order.
 * The patients go as an array: joined to the lists, Postgres guesses their number wrong by thousands.
 */
async function readNearImages(
  db: Db,
  pairs: readonly Pair[],
  listed: ReadonlyMap<string, readonly Listed[]>,
): Promise<Map<string, Place[]>> {
  const patients = new Set([...listed.values()].flat().map(({ patientId }) => patientId));
  if (patients.size === 0) return new Map();
  const snapshots = new Set(pairs.flatMap(({ snapshotId }) => snapshotId ?? []));
  const rows = await db.$queryRaw<(Place & { snapshotId: string })[]>`
    SELECT si."snapshotId"::text, i.id::text AS "imageId", o.id::text AS "lesionId",
      o."patientId"::text
    FROM "SnapshotImage" si
    JOIN "Image" i ON i.id = si."imageId"
    JOIN "Lesion" o ON o.id = i."lesionId"
    WHERE si."snapshotId" = ANY(${[...snapshots]}::uuid[])
      AND o."patientId" = ANY(${[...patients]}::uuid[])
    ORDER BY si."snapshotId", si.position`;
  return Map.groupBy(rows, ({ snapshotId }) => snapshotId);
}

/** By what an image is near to these listed ones; undefined where it is not. */
function kindsOf(listed: readonly Listed[]): (image: Place) => OverlapKind | undefined {
  const files = new Set(listed.filter(({ kind }) => kind === 'FILE').map(({ imageId }) => imageId));
  const images = new Set(listed.map(({ imageId }) => imageId));
  const lesions = new Set(listed.map(({ lesionId }) => lesionId));
  const patients = new Set(listed.map(({ patientId }) => patientId));
  return ({ imageId, lesionId, patientId }) => {
    if (files.has(imageId)) return 'FILE';
    if (images.has(imageId)) return 'CODE';
    if (lesions.has(lesionId)) return 'LESION';
    return patients.has(patientId) ? 'PATIENT' : undefined;
  };
}

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
