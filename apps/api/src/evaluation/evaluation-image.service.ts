import { decodeCursor, pageSize, SortDirection, toConnection } from '../connection.js';
import { type Db, Prisma } from '../db.js';
import { invalid } from '../errors.js';
import { tasks } from '../images/task.type.js';
import { withIndices } from '../inference/prediction.service.js';
import type { ImageFacts } from './evaluation-facts.service.js';
import type { EvaluationImage, EvaluationImageConnection } from './evaluation-image.type.js';
import { type EvaluationImageSort, EvaluationImageSortField } from './evaluation.input.js';
import type { Evaluation } from './evaluation.type.js';
import { referenceLabel } from './statistics.service.js';

const { sql } = Prisma;

export interface EvaluationImagePage {
  first: number;
  after?: string | null | undefined;
  modelVersionId: string;
  sort?: EvaluationImageSort | undefined;
}

const taskError = (task: string, score: Prisma.Sql) =>
  sql`abs((lower(f.diagnosis) = ${task})::int - ${score})`;

/** What each order sorts by. It only orders: what is shown comes from libs/metrics. */
const sortValue = (): Record<EvaluationImageSortField, Prisma.Sql> => ({
  CODE: sql`f.position::float8`,
  JACCARD: sql`f."truePositivePx"::float8
    / nullif(f."truePositivePx"::int8 + f."falsePositivePx" + f."falseNegativePx", 0)`,
  MELANOMA_ERROR: taskError('melanoma', sql`f.melanoma`),
  SEBORRHEIC_KERATOSIS_ERROR: taskError('seborrheic_keratosis', sql`f.seborrheic_keratosis`),
});

type SortedFacts = ImageFacts & { sortValue: number | null };

/** The images of an evaluation's snapshot with the facts of one of its versions, a page at a time. */
export async function listEvaluationImages(
  db: Db,
  evaluation: Evaluation,
  { first, after, modelVersionId, sort }: EvaluationImagePage,
): Promise<EvaluationImageConnection> {
  if (!evaluation.versions.some((version) => version.modelVersionId === modelVersionId)) {
    throw invalid('modelVersionId', 'This model version is not part of the evaluation.');
  }
  const isDescending = sort?.direction === SortDirection.DESC;
  const rows = await db.$queryRaw<SortedFacts[]>`
    WITH facts AS (
      SELECT s."imageId", i.code, s.position, t.code AS "patientCode", d.diagnosis::text AS diagnosis,
        mel.probability AS melanoma, sk.probability AS seborrheic_keratosis,
        a."truePositivePx", a."falsePositivePx", a."falseNegativePx", a."trueNegativePx"
      FROM "SnapshotImage" s
      JOIN "Image" i ON i.id = s."imageId"
      JOIN "Lesion" l ON l.id = i."lesionId"
      JOIN "Patient" t ON t.id = l."patientId"
      JOIN "Prediction" p
        ON p."imageId" = s."imageId" AND p."modelVersionId" = ${modelVersionId}::uuid
      LEFT JOIN "ReferenceDiagnosis" d ON d.id = s."referenceDiagnosisId"
      LEFT JOIN "Score" mel ON mel."predictionId" = p.id AND mel.task = 'melanoma'
      LEFT JOIN "Score" sk ON sk."predictionId" = p.id AND sk.task = 'seborrheic_keratosis'
      LEFT JOIN "MaskAgreement" a
        ON a."predictionId" = p.id AND a."referenceMaskId" = s."referenceMaskId"
      WHERE s."snapshotId" = ${evaluation.snapshotId}::uuid
    ),
    sorted AS (
      SELECT f.*, ${sortValue()[sort?.field ?? EvaluationImageSortField.CODE]} AS "sortValue"
      FROM facts f
    )
    SELECT * FROM sorted WHERE ${after ? isAfter(after, isDescending) : sql`TRUE`}
    ORDER BY "sortValue" ${isDescending ? sql`DESC` : sql`ASC`} NULLS LAST, position
    LIMIT ${pageSize(first) + 1}`;
  const page = toConnection(
    rows,
    first,
    (row) => [row.sortValue, row.position],
    () => db.snapshotImage.count({ where: { snapshotId: evaluation.snapshotId } }),
  );
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: toEvaluationImage(node) }));
  return { ...page, edges };
}

/** Holds for the rows behind the cursor; those without a value stand last, in the order of the snapshot. */
function isAfter(after: string, isDescending: boolean): Prisma.Sql {
  const [value, position] = decodeCursor(after, 2);
  if (typeof position !== 'number' || typeof value === 'string') {
    throw invalid('after', 'The cursor `after` does not belong to this list.');
  }
  if (value === null || value === undefined) {
    return sql`("sortValue" IS NULL AND position > ${position}::int)`;
  }
  const comparison = isDescending ? sql`<` : sql`>`;
  return sql`("sortValue" ${comparison} ${value}::float8 OR "sortValue" IS NULL
    OR ("sortValue" = ${value}::float8 AND position > ${position}::int))`;
}

/** What is shown of one image's facts. */
export function toEvaluationImage(row: ImageFacts): EvaluationImage {
  const { imageId, patientCode, diagnosis, position } = row;
  const agreement =
    row.truePositivePx === null
      ? { jaccard: null, dice: null }
      : withIndices({
          truePositivePx: row.truePositivePx,
          falsePositivePx: row.falsePositivePx!,
          falseNegativePx: row.falseNegativePx!,
          trueNegativePx: row.trueNegativePx!,
        });
  const scores = tasks.flatMap((task) => {
    const probability = row[task];
    if (probability === null) return [];
    const label = referenceLabel(row, task);
    const outcome = { task, probability, referenceLabel: label };
    return [{ ...outcome, error: label === null ? null : Math.abs(label - probability) }];
  });
  return {
    ...{ imageId, patientCode, diagnosis, position, scores },
    jaccard: agreement.jaccard ?? null,
    dice: agreement.dice ?? null,
  };
}
