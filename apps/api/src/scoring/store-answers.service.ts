import { randomUUID } from 'node:crypto';
import { type Db, Prisma } from '../db.js';
import type { ChunkImage, ChunkRun } from './chunk-facts.service.js';
import type { Answer } from './score-image.service.js';

interface Answered {
  image: ChunkImage;
  answer: Answer;
}

/**
 * Stores answers with their scores, masks and agreements, in one statement: a hundred thousand images are
 * three thousand chunks, and each word to the database and back waits for its turn beside the networks.
 * In the order of the images everywhere, so that two transactions never wait for each other.
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
  const rows = answered
    .toSorted((a, b) => (a.image.id < b.image.id ? -1 : 1))
    .map((one) => ({ id: randomUUID(), ...one }));
  const scores = rows.flatMap(({ id, answer }) => answer.scores.map((score) => ({ id, ...score })));
  const agreements = rows.flatMap(({ id, answer }) =>
    answer.agreements.map((agreement) => ({ id, ...agreement })),
  );
  const stored = await tx.$queryRaw<{ imageId: string }[]>`
    WITH stored AS (
      INSERT INTO "Prediction" (id, "modelVersionId", "imageId", "runId", device)
      SELECT a.id, ${run.modelVersionId}::uuid, a."imageId", ${run.id}::uuid, ${device}
      FROM unnest(${rows.map(({ id }) => id)}::uuid[],
        ${rows.map(({ image }) => image.id)}::uuid[]) AS a(id, "imageId")
      ON CONFLICT ("modelVersionId", "imageId") DO NOTHING
      RETURNING id, "imageId"
    ), score AS (
      INSERT INTO "Score" ("predictionId", task, probability)
      SELECT s.* FROM unnest(${scores.map(({ id }) => id)}::uuid[],
        ${scores.map(({ task }) => task)}::text[],
        ${scores.map(({ probability }) => probability)}::float8[]) AS s(id, task, probability)
      JOIN stored USING (id)
    ), mask AS (${masksSql(rows)}), agreement AS (
      INSERT INTO "MaskAgreement" ("predictionId", "referenceMaskId", "truePositivePx",
        "falsePositivePx", "falseNegativePx", "trueNegativePx")
      SELECT g.* FROM unnest(${agreements.map(({ id }) => id)}::uuid[],
        ${agreements.map(({ referenceMaskId }) => referenceMaskId)}::uuid[],
        ${agreements.map(({ truePositivePx }) => truePositivePx)}::int[],
        ${agreements.map(({ falsePositivePx }) => falsePositivePx)}::int[],
        ${agreements.map(({ falseNegativePx }) => falseNegativePx)}::int[],
        ${agreements.map(({ trueNegativePx }) => trueNegativePx)}::int[])
        AS g(id, "referenceMaskId", tp, fp, fn, tn)
      JOIN stored USING (id)
    )
    SELECT "imageId" FROM stored`;
  return new Set(stored.map(({ imageId }) => imageId));
}

interface Row extends Answered {
  /** Of the prediction. */
  id: string;
}

function masksSql(rows: Row[]): Prisma.Sql {
  const masks = rows.flatMap(({ id, image, answer: { mask } }) =>
    mask ? [{ id, image, ...mask }] : [],
  );
  const pngs = masks.map(({ png }) => png);
  // The pictures as one value, cut up there: as an array of values they take four times as long to send.
  return Prisma.sql`
    INSERT INTO "PredictedMask" ("predictionId", "widthPx", "heightPx", threshold, "areaPx",
      "boxLeftPx", "boxTopPx", "boxWidthPx", "boxHeightPx", png)
    SELECT m.id, m."widthPx", m."heightPx", m.threshold, m."areaPx",
      m."boxLeftPx", m."boxTopPx", m."boxWidthPx", m."boxHeightPx",
      substring(${Buffer.concat(pngs)}::bytea FROM m."end" - m."sizeBytes" + 1 FOR m."sizeBytes")
    FROM unnest(${masks.map(({ id }) => id)}::uuid[],
      ${masks.map(({ image }) => image.widthPx)}::int[],
      ${masks.map(({ image }) => image.heightPx)}::int[],
      ${masks.map(({ threshold }) => threshold)}::float8[],
      ${masks.map(({ areaPx }) => areaPx)}::int[],
      ${masks.map(({ box }) => box?.leftPx ?? null)}::int[],
      ${masks.map(({ box }) => box?.topPx ?? null)}::int[],
      ${masks.map(({ box }) => box?.widthPx ?? null)}::int[],
      ${masks.map(({ box }) => box?.heightPx ?? null)}::int[],
      ${endsOf(pngs)}::int[], ${pngs.map(({ length }) => length)}::int[])
      AS m(id, "widthPx", "heightPx", threshold, "areaPx",
        "boxLeftPx", "boxTopPx", "boxWidthPx", "boxHeightPx", "end", "sizeBytes")
    JOIN stored USING (id)`;
}

/** Where each part ends when they lie one behind the other. */
function endsOf(parts: Buffer[]): number[] {
  let end = 0;
  return parts.map(({ length }) => (end += length));
}
