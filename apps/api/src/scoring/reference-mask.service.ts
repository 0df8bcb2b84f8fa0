import { decodeMask, type MaskRuns, packMaskRuns, unpackMaskRuns } from '@lesionwise/model';
import type { Db } from '../db.js';

interface Row {
  id: string;
  packed: Uint8Array<ArrayBuffer> | null;
  /** Present only where nothing is packed: it is far longer. */
  png: Uint8Array<ArrayBuffer> | null;
}

/** The reference masks by id, ready to be counted against. One that was never packed is, for the next time. */
export async function readReferenceMasks(db: Db, ids: string[]): Promise<Map<string, MaskRuns>> {
  const masks = new Map<string, MaskRuns>();
  if (ids.length === 0) return masks;
  const rows = await db.$queryRaw<Row[]>`
    SELECT id, packed, CASE WHEN packed IS NULL THEN png END AS png
    FROM "ReferenceMask" WHERE id = ANY(${ids}::uuid[])`;
  for (const { id, packed, png } of rows) {
    masks.set(id, packed ? unpackMaskRuns(packed) : await decodeMask(Buffer.from(png!)));
  }
  for (const { id } of rows.filter(({ packed }) => !packed)) {
    // One by one: it happens once in the life of a mask, and only to those older than the packed form.
    await db.$executeRaw`
      UPDATE "ReferenceMask" SET packed = ${packMaskRuns(masks.get(id)!)}
      WHERE id = ${id}::uuid AND packed IS NULL`;
  }
  return masks;
}
