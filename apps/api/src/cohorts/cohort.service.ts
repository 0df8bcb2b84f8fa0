import { inVisibleStudy, studyFor } from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { conflict, invalid } from '../errors.js';
import { isId } from '../ids.js';
import type { ImageFilter } from '../images/image-filter.input.js';
import { imageSetSql, takesPart } from '../images/image-filter.service.js';
import type { CreateCohortInput } from './create-cohort.input.js';

const longestName = 120;

export const listCohorts = (db: Db, viewer: Viewer, studyId: string) =>
  db.cohort.findMany({
    where: { AND: [{ studyId }, inVisibleStudy(viewer)] },
    orderBy: { name: 'asc' },
  });

export async function findCohort(db: Db, viewer: Viewer, studyId: string, id: string) {
  if (!isId(id)) return null;
  return db.cohort.findFirst({ where: { AND: [{ id, studyId }, inVisibleStudy(viewer)] } });
}

export async function createCohort(db: Db, viewer: Viewer, input: CreateCohortInput) {
  await studyFor(db, viewer, input.studyId, 'buildCohorts');
  const name = input.name.trim();
  if (!name || name.length > longestName) {
    throw invalid('name', `A cohort has a name of 1 to ${longestName} characters.`);
  }
  // Asked once, so that a filter that cannot be asked is refused now and not at the first snapshot.
  await countCohorts(db, viewer, [{ id: 'new', studyId: input.studyId, filter: input.filter }]);
  try {
    return await db.cohort.create({
      data: {
        studyId: input.studyId,
        name,
        filter: inWordsOfSchema(input.filter),
        createdById: viewer.id,
      },
    });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw conflict(`The study has a cohort named ${name} already.`, { field: 'name' });
    }
    throw error;
  }
}

/** The filter as a script would send it again, without the conditions left out. */
function inWordsOfSchema(filter: ImageFilter): Prisma.InputJsonObject {
  const words = JSON.parse(JSON.stringify(filter)) as { score?: { task: string } };
  if (words.score) words.score.task = words.score.task.toUpperCase();
  return words;
}

/** The WHERE over images `i` that a snapshot of the cohort would have if it were taken now. */
export async function cohortSetSql(
  db: Db,
  viewer: Viewer,
  { studyId, filter }: { studyId: string; filter: unknown },
): Promise<Prisma.Sql> {
  // Was an ImageFilter when the cohort was created, and cohorts never change.
  const set = await imageSetSql(db, viewer, studyId, filter as ImageFilter);
  return Prisma.sql`${set} AND ${takesPart}`;
}

export interface CohortCounts {
  imageCount: number;
  patientCount: number;
}

interface Counted {
  id: string;
  studyId: string;
  filter: unknown;
}

/** Images and patients that each cohort has now, by cohort id, in one statement. */
export async function countCohorts(
  db: Db,
  viewer: Viewer,
  cohorts: readonly Counted[],
): Promise<Map<string, CohortCounts>> {
  const parts = [];
  for (const { id, studyId, filter } of cohorts) {
    const set = await cohortSetSql(db, viewer, { studyId, filter });
    parts.push(Prisma.sql`
      SELECT ${id}::text AS id, count(*)::int AS "imageCount",
        count(DISTINCT o."patientId")::int AS "patientCount"
      FROM "Image" i JOIN "Lesion" o ON o.id = i."lesionId" WHERE ${set}`);
  }
  const rows = await db.$queryRaw<({ id: string } & CohortCounts)[]>(
    Prisma.join(parts, ' UNION ALL '),
  );
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}
