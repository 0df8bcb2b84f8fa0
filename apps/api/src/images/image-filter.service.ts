import { inVisibleStudy, studyVisibleSql } from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import type { FloatRange, ImageFilter, IntRange } from './image-filter.input.js';

const { sql } = Prisma;

/** Conditions by the name that they have in ImageFilter; each is about the row `i` of "Image". */
type Conditions = Partial<Record<keyof ImageFilter, Prisma.Sql>>;

/** How many cohorts may build on one another before somebody should rather write the filter out. */
const deepestCohort = 10;

/**
 * The WHERE of every list, count, facet and cohort of images: `SELECT … FROM "Image" i WHERE ${…}`.
 * It speaks of `i` alone, holds for images of the study that the viewer may see, and reads the saved
 * filter where the given one names a cohort.
 */
export async function imageSetSql(
  db: Db,
  viewer: Viewer,
  studyId: string,
  filter: ImageFilter | null | undefined,
): Promise<Prisma.Sql> {
  const conditions = await imageConditions(db, viewer, studyId, filter ?? {});
  return joinConditions(viewer, studyId, conditions);
}

/** The same in parts, so that a facet can leave out its own condition. */
export async function imageConditions(
  db: Db,
  viewer: Viewer,
  studyId: string,
  filter: ImageFilter,
  depth = 0,
): Promise<Conditions> {
  return {
    ...given(
      filter.cohortId,
      await cohortCondition(db, viewer, studyId, filter, depth),
      'cohortId',
    ),
    ...recordConditions(filter),
    ...modelConditions(filter),
  };
}

export function joinConditions(
  viewer: Viewer,
  studyId: string,
  conditions: Conditions,
): Prisma.Sql {
  const inStudy = sql`i."studyId" = ${studyId}::uuid`;
  const visible = studyVisibleSql(viewer, sql`i."studyId"`);
  return Prisma.join([inStudy, visible, ...Object.values(conditions)], ' AND ');
}

/** Holds for images `i` that may enter new cohorts and runs: good enough, of patients who agree. */
export const takesPart: Prisma.Sql = sql`i.quality = 'ACCEPTED' AND NOT EXISTS (
  SELECT FROM "Lesion" l JOIN "Patient" p ON p.id = l."patientId"
  WHERE l.id = i."lesionId" AND p.consent = 'WITHDRAWN')`;

/** Area both masks share over the area either has; NULL (undefined) where both are empty. `a` is "MaskAgreement". */
export const jaccardSql: Prisma.Sql = sql`a."truePositivePx"::float8 / NULLIF(
  a."truePositivePx"::bigint + a."falsePositivePx" + a."falseNegativePx", 0)`;

/** Joins the agreement of prediction `r` with the reference mask that counts now. */
export const currentAgreement: Prisma.Sql = sql`"MaskAgreement" a ON a."predictionId" = r.id
  JOIN "ReferenceMask" m ON m.id = a."referenceMaskId" AND m."supersededAt" IS NULL`;

async function cohortCondition(
  db: Db,
  viewer: Viewer,
  studyId: string,
  { cohortId }: ImageFilter,
  depth: number,
): Promise<Prisma.Sql> {
  if (!cohortId) return Prisma.empty;
  if (depth >= deepestCohort) {
    throw invalid('cohortId', `Cohorts build on one another at most ${deepestCohort} deep.`);
  }
  const cohort = isId(cohortId)
    ? await db.cohort.findFirst({
        where: { AND: [{ id: cohortId, studyId }, inVisibleStudy(viewer)] },
        select: { filter: true },
      })
    : null;
  if (!cohort) throw notFound('cohort', cohortId);
  // Was an ImageFilter when the cohort was created, and cohorts never change.
  const saved = cohort.filter as ImageFilter;
  const conditions = await imageConditions(db, viewer, studyId, saved, depth + 1);
  return joinConditions(viewer, studyId, conditions);
}

/** The condition under its name, or nothing where it asks nothing. */
function given(value: unknown, condition: Prisma.Sql, name: keyof ImageFilter): Conditions {
  if (value === null || value === undefined) return {};
  if (Array.isArray(value) && value.length === 0 && name !== 'imageIds') return {};
  return { [name]: condition };
}

const ofDiagnosis = (condition: Prisma.Sql) => sql`EXISTS (
  SELECT FROM "ReferenceDiagnosis" d
  WHERE d."lesionId" = i."lesionId" AND d."supersededAt" IS NULL AND ${condition})`;
const ofPatient = (condition: Prisma.Sql) => sql`EXISTS (
  SELECT FROM "Lesion" l JOIN "Patient" p ON p.id = l."patientId"
  WHERE l.id = i."lesionId" AND ${condition})`;
const asClaim = (claim: boolean | null | undefined, exists: Prisma.Sql) =>
  claim ? exists : sql`NOT ${exists}`;

/** What the coordinators' records say. */
function recordConditions(filter: ImageFilter): Conditions {
  const hasDiagnosis = asClaim(filter.hasDiagnosis, ofDiagnosis(sql`TRUE`));
  const mask = sql`EXISTS (SELECT FROM "ReferenceMask" m
    WHERE m."imageId" = i.id AND m."supersededAt" IS NULL)`;
  const site = sql`EXISTS (SELECT FROM "Lesion" l WHERE l.id = i."lesionId"
    AND l."anatomicSite" = ANY(${filter.anatomicSite}::"AnatomicSite"[]))`;
  return {
    ...given(
      filter.imageIds,
      sql`i.id = ANY(${filter.imageIds?.filter(isId)}::uuid[])`,
      'imageIds',
    ),
    ...given(filter.search?.trim() || null, searchCondition(filter.search ?? ''), 'search'),
    ...given(
      filter.diagnosis,
      ofDiagnosis(sql`d.diagnosis = ANY(${filter.diagnosis}::"Diagnosis"[])`),
      'diagnosis',
    ),
    ...given(
      filter.method,
      ofDiagnosis(sql`d.method = ANY(${filter.method}::"DiagnosisMethod"[])`),
      'method',
    ),
    ...given(filter.hasDiagnosis, hasDiagnosis, 'hasDiagnosis'),
    ...given(filter.hasMask, asClaim(filter.hasMask, mask), 'hasMask'),
    ...given(filter.sex, ofPatient(sql`p.sex = ANY(${filter.sex}::"Sex"[])`), 'sex'),
    ...given(
      filter.skinType,
      ofPatient(sql`p."skinType" = ANY(${filter.skinType}::"FitzpatrickSkinType"[])`),
      'skinType',
    ),
    ...given(filter.anatomicSite, site, 'anatomicSite'),
    ...given(filter.ageYears, ofPatient(within(sql`p."ageYears"`, filter.ageYears)), 'ageYears'),
    ...given(filter.quality, sql`i.quality = ANY(${filter.quality}::"ImageQuality"[])`, 'quality'),
  };
}

/** What a model version says. */
function modelConditions({ jaccard, score }: ImageFilter): Conditions {
  return {
    ...(jaccard && {
      jaccard: sql`EXISTS (SELECT FROM "Prediction" r JOIN ${currentAgreement}
        WHERE r."imageId" = i.id
          AND r."modelVersionId" = ${checkedId(jaccard.modelVersionId, 'jaccard')}::uuid
          AND ${within(jaccardSql, jaccard.range)})`,
    }),
    ...(score && {
      score: sql`EXISTS (SELECT FROM "Prediction" r JOIN "Score" s ON s."predictionId" = r.id
        WHERE r."imageId" = i.id
          AND r."modelVersionId" = ${checkedId(score.modelVersionId, 'score')}::uuid
          AND s.task = ${storedTask(score.task)}
          AND ${within(sql`s.probability`, score.range)})`,
    }),
  };
}

/** Saved filters have tasks in the words of the schema (MELANOMA), given ones as the table Score has them. */
export const storedTask = (task: string) => task.toLowerCase();

function searchCondition(search: string): Prisma.Sql {
  const pattern = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(i.code ILIKE ${pattern} OR ${ofPatient(sql`p.code ILIKE ${pattern}`)})`;
}

/** A value that is NULL lies in no range, not even in an open one. */
function within(value: Prisma.Sql, range: IntRange | FloatRange | null | undefined): Prisma.Sql {
  const { min, max } = range ?? {};
  const ends = [sql`${value} IS NOT NULL`];
  if (min !== null && min !== undefined) ends.push(sql`${value} >= ${min}::float8`);
  if (max !== null && max !== undefined) ends.push(sql`${value} <= ${max}::float8`);
  return Prisma.join(ends, ' AND ');
}

export function checkedId(modelVersionId: string, where: string): string {
  if (isId(modelVersionId)) return modelVersionId;
  throw invalid(`${where}.modelVersionId`, `${modelVersionId} is not the id of a model version.`);
}
