import { type MaskRuns, preparationOf } from '@lesionwise/model';
import type { Db, RequestedDevice, RunState } from '../db.js';
import type { NetworkInput } from '../images/prepared-image.service.js';
import type { Jobs } from '../queue.js';
import { readReferenceMasks } from './reference-mask.service.js';

/** What a worker has to know of one image. */
export interface ChunkImage {
  id: string;
  sha256: string;
  widthPx: number;
  heightPx: number;
  /** Of the pixels kept for the run's network; undefined where there are none. */
  preparedSha256: string | undefined;
  /** The reference masks that agreement is counted against: that of the snapshot, and the one that counts now. */
  referenceMasks: { id: string; mask: MaskRuns }[];
}

export interface ChunkRun {
  id: string;
  state: RunState;
  modelVersionId: string;
  snapshotId: string | null;
  requestedDevice: RequestedDevice;
  scoredCount: number;
}

export const findChunkRun = (db: Db, runId: string): Promise<ChunkRun | null> =>
  db.inferenceRun.findUnique({
    where: { id: runId },
    select: {
      ...{ id: true, state: true, modelVersionId: true, snapshotId: true, requestedDevice: true },
      scoredCount: true,
    },
  });

export interface ChunkImages {
  images: ChunkImage[];
  /** Those that the version scored in another run since this one was asked for. */
  scoredElsewhere: string[];
}

/** The images of the chunk that still wait, in the order of the run, with what was prepared of them for the input. */
export async function findChunkImages(
  db: Db,
  run: ChunkRun,
  { imageIds }: Jobs['inference-chunk'],
  input?: NetworkInput,
): Promise<ChunkImages> {
  const all = await db.$queryRaw<ImageRow[]>`
    SELECT i.id, i.sha256, i."widthPx", i."heightPx", p.sha256 AS "preparedSha256",
      EXISTS (SELECT FROM "Prediction" q WHERE q."imageId" = i.id
        AND q."modelVersionId" = ${run.modelVersionId}::uuid) AS "isScored",
      -- That of the snapshot and the one that counts now: mostly the same one.
      ARRAY(SELECT m.id FROM "ReferenceMask" m WHERE m."imageId" = i.id AND (
        m."supersededAt" IS NULL OR EXISTS (SELECT FROM "SnapshotImage" s
          WHERE s."referenceMaskId" = m.id AND s."snapshotId" = ${run.snapshotId}::uuid)))
        AS "referenceMaskIds"
    FROM "RunImage" x
    JOIN "Image" i ON i.id = x."imageId"
    LEFT JOIN "PreparedImage" p
      ON p."imageId" = i.id AND p.specification = ${input ? preparationOf(input) : null}
    WHERE x."runId" = ${run.id}::uuid AND x."imageId" = ANY(${imageIds}::uuid[])
      AND x.state = 'WAITING'
    ORDER BY x.position`;
  const rows = all.filter(({ isScored }) => !isScored);
  const scoredElsewhere = all.filter(({ isScored }) => isScored).map(({ id }) => id);
  const masks = await readReferenceMasks(
    db,
    rows.flatMap(({ referenceMaskIds }) => referenceMaskIds),
  );
  const images = rows.map(({ preparedSha256, referenceMaskIds, isScored: _, ...image }) => ({
    ...image,
    preparedSha256: preparedSha256 ?? undefined,
    referenceMasks: referenceMaskIds.flatMap((id) => {
      const mask = masks.get(id);
      return mask ? [{ id, mask }] : [];
    }),
  }));
  return { images, scoredElsewhere };
}

interface ImageRow {
  id: string;
  sha256: string;
  widthPx: number;
  heightPx: number;
  preparedSha256: string | null;
  isScored: boolean;
  referenceMaskIds: string[];
}
