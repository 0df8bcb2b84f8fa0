import type { Db, RequestedDevice, RunState } from '../db.js';
import type { Jobs } from '../queue.js';

/** What a worker has to know of one image. */
export interface ChunkImage {
  id: string;
  sha256: string;
  widthPx: number;
  heightPx: number;
  /** The reference masks that agreement is counted against: that of the snapshot, and the one that counts now. */
  referenceMasks: { id: string; png: Buffer }[];
}

export interface ChunkRun {
  id: string;
  state: RunState;
  modelVersionId: string;
  snapshotId: string | null;
  requestedDevice: RequestedDevice;
}

export const findChunkRun = (db: Db, runId: string): Promise<ChunkRun | null> =>
  db.inferenceRun.findUnique({
    where: { id: runId },
    select: {
      ...{ id: true, state: true, modelVersionId: true, snapshotId: true, requestedDevice: true },
    },
  });

export interface ChunkImages {
  images: ChunkImage[];
  /** Those that the version scored in another run since this one was asked for. */
  scoredElsewhere: string[];
}

/** The images of the chunk that still wait, in the order of the run. */
export async function findChunkImages(
  db: Db,
  run: ChunkRun,
  { imageIds }: Jobs['inference-chunk'],
): Promise<ChunkImages> {
  const known = await db.prediction.findMany({
    where: { modelVersionId: run.modelVersionId, imageId: { in: imageIds } },
    select: { imageId: true },
  });
  const scoredElsewhere = known.map(({ imageId }) => imageId);
  const rest = imageIds.filter((id) => !scoredElsewhere.includes(id));
  const rows = await db.runImage.findMany({
    where: { runId: run.id, imageId: { in: rest }, state: 'WAITING' },
    orderBy: { position: 'asc' },
    select: {
      image: { select: { id: true, sha256: true, widthPx: true, heightPx: true } },
    },
  });
  const masks = await db.referenceMask.findMany({
    where: {
      imageId: { in: rows.map(({ image }) => image.id) },
      OR: [
        { supersededAt: null },
        ...(run.snapshotId ? [{ snapshotImages: { some: { snapshotId: run.snapshotId } } }] : []),
      ],
    },
    select: { id: true, imageId: true, png: true },
  });
  const images = rows.map(({ image }) => ({
    ...image,
    referenceMasks: masks
      .filter(({ imageId }) => imageId === image.id)
      .map(({ id, png }) => ({ id, png: Buffer.from(png) })),
  }));
  return { images, scoredElsewhere };
}
