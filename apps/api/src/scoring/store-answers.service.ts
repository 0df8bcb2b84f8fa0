import { randomUUID } from 'node:crypto';
import type { Db } from '../db.js';
import type { ChunkImage, ChunkRun } from './chunk-facts.service.js';
import type { Answer } from './score-image.service.js';

interface Answered {
  image: ChunkImage;
  answer: Answer;
}

/**
 * Stores answers with their scores, masks and agreements, one statement for each table.
 *
 * @returns the images whose predictions are new; another run may have been faster
 */
export async function storeAnswers(
  tx: Db,
  run: ChunkRun,
  device: string | null,
  answered: Answered[],
): Promise<Set<string>> {
  if (device === null || answered.length === 0) return new Set();
  const given = answered.map(({ image }) => ({ id: randomUUID(), imageId: image.id }));
  const stored = await tx.$queryRaw<{ id: string; imageId: string }[]>`
    INSERT INTO "Prediction" (id, "modelVersionId", "imageId", "runId", device)
    SELECT a.id, ${run.modelVersionId}::uuid, a."imageId", ${run.id}::uuid, ${device}
    FROM unnest(${given.map(({ id }) => id)}::uuid[],
      ${given.map(({ imageId }) => imageId)}::uuid[]) AS a(id, "imageId")
    ON CONFLICT ("modelVersionId", "imageId") DO NOTHING
    RETURNING id, "imageId"`;
  const idOf = new Map(stored.map(({ id, imageId }) => [imageId, id]));
  const rows = answered.flatMap(({ image, answer }) => {
    const predictionId = idOf.get(image.id);
    return predictionId ? [{ predictionId, image, answer }] : [];
  });
  await insertScores(tx, rows);
  await insertMasks(tx, rows);
  await insertAgreements(tx, rows);
  return new Set(idOf.keys());
}

interface Row extends Answered {
  predictionId: string;
}

async function insertScores(tx: Db, rows: Row[]): Promise<void> {
  const scores = rows.flatMap(({ predictionId, answer }) =>
    answer.scores.map((score) => ({ predictionId, ...score })),
  );
  if (scores.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "Score" ("predictionId", task, probability)
    SELECT * FROM unnest(${scores.map(({ predictionId }) => predictionId)}::uuid[],
      ${scores.map(({ task }) => task)}::text[],
      ${scores.map(({ probability }) => probability)}::float8[])`;
}

async function insertMasks(tx: Db, rows: Row[]): Promise<void> {
  const masks = rows.flatMap(({ predictionId, image, answer: { mask } }) =>
    mask ? [{ predictionId, image, ...mask }] : [],
  );
  if (masks.length === 0) return;
  const ends = endsOf(masks.map(({ png }) => png));
  // The pictures as one value, cut up there: as an array of values they take four times as long to send.
  await tx.$executeRaw`
    INSERT INTO "PredictedMask" ("predictionId", "widthPx", "heightPx", threshold, "areaPx",
      "boxLeftPx", "boxTopPx", "boxWidthPx", "boxHeightPx", png)
    SELECT m."predictionId", m."widthPx", m."heightPx", m.threshold, m."areaPx",
      m."boxLeftPx", m."boxTopPx", m."boxWidthPx", m."boxHeightPx",
      substring(${Buffer.concat(masks.map(({ png }) => png))}::bytea
        FROM m."end" - m."sizeBytes" + 1 FOR m."sizeBytes")
    FROM unnest(${masks.map(({ predictionId }) => predictionId)}::uuid[],
      ${masks.map(({ image }) => image.widthPx)}::int[],
      ${masks.map(({ image }) => image.heightPx)}::int[],
      ${masks.map(({ threshold }) => threshold)}::float8[],
      ${masks.map(({ areaPx }) => areaPx)}::int[],
      ${masks.map(({ box }) => box?.leftPx ?? null)}::int[],
      ${masks.map(({ box }) => box?.topPx ?? null)}::int[],
      ${masks.map(({ box }) => box?.widthPx ?? null)}::int[],
      ${masks.map(({ box }) => box?.heightPx ?? null)}::int[],
      ${ends}::int[], ${masks.map(({ png }) => png.length)}::int[])
      AS m("predictionId", "widthPx", "heightPx", threshold, "areaPx",
        "boxLeftPx", "boxTopPx", "boxWidthPx", "boxHeightPx", "end", "sizeBytes")`;
}

/** Where each part ends when they lie one behind the other. */
function endsOf(parts: Buffer[]): number[] {
  let end = 0;
  return parts.map(({ length }) => (end += length));
}

async function insertAgreements(tx: Db, rows: Row[]): Promise<void> {
  const agreements = rows.flatMap(({ predictionId, answer }) =>
    answer.agreements.map((agreement) => ({ predictionId, ...agreement })),
  );
  if (agreements.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO "MaskAgreement" ("predictionId", "referenceMaskId", "truePositivePx",
      "falsePositivePx", "falseNegativePx", "trueNegativePx")
    SELECT * FROM unnest(${agreements.map(({ predictionId }) => predictionId)}::uuid[],
      ${agreements.map(({ referenceMaskId }) => referenceMaskId)}::uuid[],
      ${agreements.map(({ truePositivePx }) => truePositivePx)}::int[],
      ${agreements.map(({ falsePositivePx }) => falsePositivePx)}::int[],
      ${agreements.map(({ falseNegativePx }) => falseNegativePx)}::int[],
      ${agreements.map(({ trueNegativePx }) => trueNegativePx)}::int[])`;
}
