import { inVisibleStudy, studyVisibleSql } from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import type { FloatRange, ImageFilter, IntRange } from './image-filter.input.js';

const { sql } = Prisma;

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
  return setOf(db, { viewer, studyId, depth: 0 }, filter ?? {});
}

interface Place {
  viewer: Viewer;
  studyId: string;
  /** How many cohorts lie between this filter and the one that was asked for. */
  depth: number;
}

async function setOf(db: Db, place: Place, filter: ImageFilter): Promise<Prisma.Sql> {
  const { viewer, studyId } = place;
  const conditions = [
    sql`i."studyId" = ${studyId}::uuid`,
    studyVisibleSql(viewer, sql`i."studyId"`),
    ...(filter.cohortId ? [await cohortSet(db, place, filter.cohortId)] : []),
    ...recordConditions(filter),
    ...modelConditions(filter),
  ];
  return Prisma.join(conditions, ' AND ');
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

async function cohortSet(db: Db, place: Place, cohortId: string): Promise<Prisma.Sql> {
  const { viewer, studyId, depth } = place;
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
  return setOf(db, { ...place, depth: depth + 1 }, cohort.filter as ImageFilter);
}

/** The condition, unless the value asks nothing: it was left out, or nothing is ticked. */
const given = (value: unknown, condition: Prisma.Sql): Prisma.Sql[] =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)
    ? []
    : [condition];

const ofDiagnosis = (condition: Prisma.Sql) => sql`EXISTS (
  SELECT FROM "ReferenceDiagnosis" d
  WHERE d."lesionId" = i."lesionId" AND d."supersededAt" IS NULL AND ${condition})`;
const ofPatient = (condition: Prisma.Sql) => sql`EXISTS (
  SELECT FROM "Lesion" l JOIN "Patient" p ON p.id = l."patientId"
  WHERE l.id = i."lesionId" AND ${condition})`;
const asClaim = (claim: boolean | null | undefined, exists: Prisma.Sql) =>
  claim ? exists : sql`NOT ${exists}`;

/** What the coordinators' records say. */
function recordConditions(filter: ImageFilter): Prisma.Sql[] {
  const { imageIds, search, diagnosis, method, hasDiagnosis, hasMask } = filter;
  const { sex, skinType, anatomicSite, ageYears, quality } = filter;
  const mask = sql`EXISTS (SELECT FROM "ReferenceMask" m
    WHERE m."imageId" = i.id AND m."supersededAt" IS NULL)`;
  const site = sql`EXISTS (SELECT FROM "Lesion" l WHERE l.id = i."lesionId"
    AND l."anatomicSite" = ANY(${anatomicSite}::"AnatomicSite"[]))`;
  return [
    // An empty list of chosen images is none, not all.
    ...(imageIds ? [sql`i.id = ANY(${imageIds.filter(isId)}::uuid[])`] : []),
    ...(search?.trim() ? [searchCondition(search)] : []),
    ...given(diagnosis, ofDiagnosis(sql`d.diagnosis = ANY(${diagnosis}::"Diagnosis"[])`)),
    ...given(method, ofDiagnosis(sql`d.method = ANY(${method}::"DiagnosisMethod"[])`)),
    ...given(hasDiagnosis, asClaim(hasDiagnosis, ofDiagnosis(sql`TRUE`))),
    ...given(hasMask, asClaim(hasMask, mask)),
    ...given(sex, ofPatient(sql`p.sex = ANY(${sex}::"Sex"[])`)),
    ...given(skinType, ofPatient(sql`p."skinType" = ANY(${skinType}::"FitzpatrickSkinType"[])`)),
    ...given(anatomicSite, site),
    ...given(ageYears, ofPatient(within(sql`p."ageYears"`, ageYears))),
    ...given(quality, sql`i.quality = ANY(${quality}::"ImageQuality"[])`),
  ];
}

/** What a model version says. */
function modelConditions({ jaccard, score }: ImageFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (jaccard) {
    const versionId = checkedId(jaccard.modelVersionId, 'jaccard');
    conditions.push(sql`EXISTS (SELECT FROM "Prediction" r JOIN ${currentAgreement}
      WHERE r."imageId" = i.id AND r."modelVersionId" = ${versionId}::uuid
        AND ${within(jaccardSql, jaccard.range)})`);
  }
  if (score) {
    const versionId = checkedId(score.modelVersionId, 'score');
    conditions.push(sql`EXISTS (
      SELECT FROM "Prediction" r JOIN "Score" s ON s."predictionId" = r.id
      WHERE r."imageId" = i.id AND r."modelVersionId" = ${versionId}::uuid
        AND s.task = ${storedTask(score.task)} AND ${within(sql`s.probability`, score.range)})`);
  }
  return conditions;
}

/** Saved filters have tasks in the words of the schema (MELANOMA), given ones as the table Score has them. */
export const storedTask = (task: string) => task.toLowerCase();

/** The patients are looked through once, not for every image. */
function searchCondition(search: string): Prisma.Sql {
  const pattern = `%${search.trim().replace(/[\\%_]/g, '\\$&')}%`;
  return sql`(i.code ILIKE ${pattern} OR i."lesionId" IN (
    SELECT l.id FROM "Lesion" l JOIN "Patient" p ON p.id = l."patientId"
    WHERE p.code ILIKE ${pattern}))`;
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
