import { endianness } from 'node:os';
import type { Db } from '../db.js';
import { shared, type SnapshotFacts, type VersionFacts } from './facts.type.js';

/** Bytes of one image: two scores, three pixel counts. */
const bytesOfImage = 8 + 8 + 4 + 4 + 4;
/** Columns are copied as they lie in memory. Where a machine has them the other way round, nothing is packed. */
const mayPack = endianness() === 'LE';

/**
 * The answers of those versions that were packed before, by version: every image is scored in them, and
 * every agreement counted. The database forgets them when a row that they were made from changes.
 */
export async function readPackedAnswers(
  db: Db,
  snapshotId: string,
  modelVersionIds: readonly string[],
): Promise<Map<string, Uint8Array>> {
  if (!mayPack || modelVersionIds.length === 0) return new Map();
  // Not by Prisma's model: on the way through its interpreter the bytes are written as text twice.
  const rows = await db.$queryRaw<{ modelVersionId: string; packed: Uint8Array }[]>`
    SELECT "modelVersionId"::text, packed FROM "SnapshotAnswers"
    WHERE "snapshotId" = ${snapshotId}::uuid
      AND "modelVersionId" = ANY(${[...modelVersionIds]}::uuid[])`;
  return new Map(rows.map(({ modelVersionId, packed }) => [modelVersionId, packed]));
}

/** What was packed, as columns; undefined where nothing was, or something else than these images. */
export function unpackedAnswers(
  { size }: Pick<SnapshotFacts, 'size'>,
  modelVersionId: string,
  packed: Uint8Array | undefined,
): VersionFacts | undefined {
  if (packed?.length !== bytesOfImage * size) return undefined;
  const version: VersionFacts = {
    modelVersionId,
    isScored: shared.uint8(size).fill(1),
    scores: { melanoma: shared.float64(size), seborrheic_keratosis: shared.float64(size) },
    truePositivePx: shared.int32(size),
    falsePositivePx: shared.int32(size),
    falseNegativePx: shared.int32(size),
  };
  let at = 0;
  for (const column of columnsOf(version)) {
    bytesOf(column).set(packed.subarray(at, at + column.byteLength));
    at += column.byteLength;
  }
  return version;
}

/** Keeps answers that are complete; what somebody else kept meanwhile is the same. */
export async function keepPackedAnswers(
  db: Db,
  { snapshotId, size }: Pick<SnapshotFacts, 'snapshotId' | 'size'>,
  versions: readonly VersionFacts[],
): Promise<void> {
  if (!mayPack || versions.length === 0) return;
  await db.snapshotAnswers.createMany({
    data: versions.map((version) => ({
      ...{ snapshotId, modelVersionId: version.modelVersionId },
      packed: packedOf(version, size),
    })),
    skipDuplicates: true,
  });
}

const columnsOf = ({
  scores,
  truePositivePx,
  falsePositivePx,
  falseNegativePx,
}: VersionFacts): readonly (Float64Array | Int32Array)[] => [
  ...[scores.melanoma, scores.seborrheic_keratosis],
  ...[truePositivePx, falsePositivePx, falseNegativePx],
];

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array | Int32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);

function packedOf(version: VersionFacts, size: number): Uint8Array<ArrayBuffer> {
  const packed = new Uint8Array(bytesOfImage * size);
  let at = 0;
  for (const column of columnsOf(version)) {
    packed.set(bytesOf(column), at);
    at += column.byteLength;
  }
  return packed;
}
