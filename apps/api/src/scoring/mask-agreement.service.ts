import { decodeMask, maskAgreement, type MaskRuns } from '@lesionwise/model';
import type { Services } from '../context.js';
import { type Db, Prisma } from '../db.js';
import type { Queue } from '../queue.js';
import { readReferenceMasks } from './reference-mask.service.js';

export interface Agreement {
  referenceMaskId: string;
  truePositivePx: number;
  falsePositivePx: number;
  falseNegativePx: number;
  trueNegativePx: number;
}

/** Pixel counts of a predicted mask against a reference mask of the same size. */
export const countAgreement = (
  predicted: MaskRuns,
  reference: { id: string; mask: MaskRuns },
): Agreement => ({
  referenceMaskId: reference.id,
  ...maskAgreement(reference.mask, predicted),
});

/** Images that one job carries: their masks are held in memory together. */
const imagesPerJob = 64;

/** Has the workers count what is missing on these images, such as after new reference masks came in. */
export async function enqueueMissingAgreements(
  tx: Db,
  queue: Queue,
  imageIds: string[],
): Promise<void> {
  const missing = await tx.$queryRaw<{ imageId: string }[]>`
    SELECT DISTINCT x."imageId" FROM (${missingPairs(Prisma.sql`m."imageId" = ANY(${imageIds}::uuid[])`)}) x
    ORDER BY x."imageId"`;
  const ids = missing.map(({ imageId }) => imageId);
  const jobs = Array.from({ length: Math.ceil(ids.length / imagesPerJob) }, (_, i) => ({
    imageIds: ids.slice(i * imagesPerJob, (i + 1) * imagesPerJob),
  }));
  await queue.enqueue(tx, 'mask-agreement', jobs);
}

interface Pair {
  predictionId: string;
  referenceMaskId: string;
  predicted: Uint8Array;
}

/** Counts what is missing on these images. Counting twice is harmless. */
export const fillAgreementsOfImages = (services: Pick<Services, 'db'>, imageIds: string[]) =>
  fillMissing(services, Prisma.sql`m."imageId" = ANY(${imageIds}::uuid[])`);

/** Counts what is missing between a snapshot's reference masks and the predictions of these versions. */
export const fillAgreementsOfSnapshot = (
  services: Pick<Services, 'db'>,
  snapshotId: string,
  modelVersionIds: string[],
) =>
  fillMissing(
    services,
    Prisma.sql`p."modelVersionId" = ANY(${modelVersionIds}::uuid[]) AND m.id IN (
      SELECT "referenceMaskId" FROM "SnapshotImage" WHERE "snapshotId" = ${snapshotId}::uuid)`,
  );

/** Predicted and reference masks whose agreement could be asked for and is not known. */
const missingPairs = (which: Prisma.Sql) => Prisma.sql`
  SELECT p.id AS "predictionId", m.id AS "referenceMaskId", m."imageId",
    pm.png AS predicted
  FROM "ReferenceMask" m
  JOIN "Prediction" p ON p."imageId" = m."imageId"
  JOIN "PredictedMask" pm ON pm."predictionId" = p.id
  WHERE ${which}
    AND (m."supersededAt" IS NULL
      OR EXISTS (SELECT FROM "SnapshotImage" s WHERE s."referenceMaskId" = m.id))
    AND NOT EXISTS (SELECT FROM "MaskAgreement" a
      WHERE a."predictionId" = p.id AND a."referenceMaskId" = m.id)`;

async function fillMissing({ db }: Pick<Services, 'db'>, which: Prisma.Sql): Promise<void> {
  for (;;) {
    const pairs = await db.$queryRaw<Pair[]>`${missingPairs(which)} LIMIT ${imagesPerJob}`;
    if (pairs.length === 0) return;
    const references = await readReferenceMasks(db, [
      ...new Set(pairs.map(({ referenceMaskId }) => referenceMaskId)),
    ]);
    const counted = [];
    for (const { predictionId, referenceMaskId: id, predicted } of pairs) {
      const mask = references.get(id);
      if (!mask) continue; // gone meanwhile, and its pairs with it
      const answer = await decodeMask(Buffer.from(predicted));
      counted.push({ predictionId, ...countAgreement(answer, { id, mask }) });
    }
    await db.maskAgreement.createMany({ data: counted, skipDuplicates: true });
  }
}
