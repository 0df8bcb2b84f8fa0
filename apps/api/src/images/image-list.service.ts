import {
  type Connection,
  type CursorValues,
  decodeCursor,
  pageSize,
  SortDirection,
  toConnection,
} from '../connection.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { invalid } from '../errors.js';
import { isId } from '../ids.js';
import { type ImageFilter, type ImageSort, ImageSortField } from './image-filter.input.js';
import {
  checkedId,
  currentAgreement,
  imageSetSql,
  jaccardSql,
  storedTask,
} from './image-filter.service.js';
import type { ImageConnection, ImageRow } from './image.type.js';

const { sql } = Prisma;

export interface ImagePage {
  first: number;
  after?: string | null;
  filter?: ImageFilter | null;
  sort?: ImageSort | null;
}

type SortedRow = ImageRow & { sortValue: string | number | Date | null };

/** How a list is ordered: by `value`, then by `tie`, which no two images of a study share. */
interface Order {
  /** Where `i`, and what `value` needs beside it, come from. */
  from: Prisma.Sql;
  value: Prisma.Sql;
  tie: Prisma.Sql;
  tieOf: (row: ImageRow) => string;
  /** Rows without a value exist, and come last. */
  nullable: boolean;
  /** Whether a value from a cursor can be compared with `value`. */
  accepts: (value: unknown) => boolean;
  cast: Prisma.Sql;
  acceptsTie: (tie: string) => boolean;
  tieCast: Prisma.Sql;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const byCode = {
  from: sql`"Image" i`,
  tie: sql`i.code`,
  tieCast: sql`text`,
  acceptsTie: isText,
  tieOf: ({ code }: ImageRow) => code,
};
const ofText = { ...byCode, nullable: false, accepts: isText, cast: sql`text` };
const ofNumber = {
  ...byCode,
  nullable: true,
  accepts: (value: unknown) => value === null || typeof value === 'number',
  cast: sql`float8`,
};

function orderBy(sort: ImageSort): Order {
  switch (sort.field) {
    case ImageSortField.CODE:
      return { ...ofText, value: sql`i.code` };
    case ImageSortField.PATIENT:
      // Joined, not looked up: so the index on the codes of a study's patients gives the order.
      return {
        ...ofText,
        value: sql`owner.code`,
        from: sql`"Image" i JOIN "Lesion" spot ON spot.id = i."lesionId"
          JOIN "Patient" owner ON owner.id = spot."patientId" AND owner."studyId" = i."studyId"`,
      };
    case ImageSortField.CREATED:
      return {
        from: sql`"Image" i`,
        value: sql`i."createdAt"`,
        cast: sql`timestamptz`,
        accepts: (value) => isText(value) && !Number.isNaN(Date.parse(value)),
        nullable: false,
        tie: sql`i.id`,
        tieCast: sql`uuid`,
        tieOf: ({ id }) => id,
        acceptsTie: isId,
      };
    case ImageSortField.JACCARD:
      return { ...ofNumber, value: jaccardOf(versionOf(sort)) };
    case ImageSortField.SCORE:
      return { ...ofNumber, value: scoreOf(versionOf(sort), taskOf(sort)) };
    case ImageSortField.TASK_ERROR:
      return { ...ofNumber, value: taskErrorOf(versionOf(sort), taskOf(sort)) };
  }
}

function versionOf({ field, modelVersionId }: ImageSort): string {
  if (modelVersionId) return checkedId(modelVersionId, 'sort');
  throw invalid('sort.modelVersionId', `Sorting by ${field} needs a model version.`);
}

function taskOf({ field, task }: ImageSort): string {
  if (task) return storedTask(task);
  throw invalid('sort.task', `Sorting by ${field} needs a task.`);
}

const jaccardOf = (versionId: string) => sql`(SELECT ${jaccardSql}
  FROM "Prediction" r JOIN ${currentAgreement}
  WHERE r."imageId" = i.id AND r."modelVersionId" = ${versionId}::uuid)`;

const scoreOf = (versionId: string, task: string) => sql`(SELECT s.probability
  FROM "Prediction" r JOIN "Score" s ON s."predictionId" = r.id AND s.task = ${task}
  WHERE r."imageId" = i.id AND r."modelVersionId" = ${versionId}::uuid)`;

/** The label of a task is 1 where the diagnosis that counts has the task's name. */
const taskErrorOf = (versionId: string, task: string) => sql`(
  SELECT abs((lower(d.diagnosis::text) = ${task})::int - s.probability)
  FROM "Prediction" r
  JOIN "Score" s ON s."predictionId" = r.id AND s.task = ${task}
  JOIN "ReferenceDiagnosis" d ON d."lesionId" = i."lesionId" AND d."supersededAt" IS NULL
  WHERE r."imageId" = i.id AND r."modelVersionId" = ${versionId}::uuid)`;

/** Images of a study, a page at a time, in any order. */
export async function listImages(
  db: Db,
  viewer: Viewer,
  studyId: string,
  { first, after, filter, sort }: ImagePage,
): Promise<ImageConnection> {
  const order = orderBy(sort ?? { field: ImageSortField.CODE, direction: SortDirection.ASC });
  const isDescending = sort?.direction === SortDirection.DESC;
  const set = await imageSetSql(db, viewer, studyId, filter);
  const rows = await db.$queryRaw<SortedRow[]>`
    SELECT i.*, ${order.value} AS "sortValue" FROM ${order.from}
    WHERE ${set} AND ${after ? isAfter(order, isDescending, after) : sql`TRUE`}
    ORDER BY ${orderClause(order, isDescending)}
    LIMIT ${pageSize(first) + 1}`;
  const connection: Connection<ImageRow> = toConnection(
    rows,
    first,
    (row): CursorValues => [scalar(row.sortValue), order.tieOf(row)],
    () => countImages(db, set),
  );
  return { ...connection, countPatients: () => countPatients(db, set) };
}

const scalar = (value: SortedRow['sortValue']) =>
  value instanceof Date ? value.toISOString() : value;

function orderClause({ value, tie, nullable }: Order, isDescending: boolean): Prisma.Sql {
  if (nullable)
    return sql`"sortValue" ${isDescending ? sql`DESC` : sql`ASC`} NULLS LAST, ${tie} ASC`;
  return isDescending ? sql`${value} DESC, ${tie} DESC` : sql`${value} ASC, ${tie} ASC`;
}

/** Holds for the rows behind the cursor. Rows without a value stand behind all others, by their tie. */
function isAfter(order: Order, isDescending: boolean, after: string): Prisma.Sql {
  const [value, tie] = decodeCursor(after, 2);
  if (!order.accepts(value) || !isText(tie) || !order.acceptsTie(tie)) {
    throw invalid('after', 'The cursor `after` does not belong to this order.');
  }
  const comparison = isDescending ? sql`<` : sql`>`;
  const end = sql`${value}::${order.cast}`;
  const tieEnd = sql`${tie}::${order.tieCast}`;
  if (!order.nullable) {
    // The second condition follows from the first, and lets an index on the value alone begin there.
    return sql`(${order.value}, ${order.tie}) ${comparison} (${end}, ${tieEnd})
      AND ${order.value} ${comparison}= ${end}`;
  }
  if (value === null) return sql`(${order.value} IS NULL AND ${order.tie} > ${tieEnd})`;
  return sql`(${order.value} ${comparison} ${end} OR ${order.value} IS NULL
    OR (${order.value} = ${end} AND ${order.tie} > ${tieEnd}))`;
}

async function countImages(db: Db, set: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM "Image" i WHERE ${set}`;
  return row.count;
}

async function countPatients(db: Db, set: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<[{ count: number }]>`
    SELECT count(DISTINCT l."patientId")::int AS count
    FROM "Image" i JOIN "Lesion" l ON l.id = i."lesionId" WHERE ${set}`;
  return row.count;
}
