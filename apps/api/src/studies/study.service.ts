import {
  administersInstance,
  type Permission,
  permissions,
  roleMay,
  studiesVisibleTo,
} from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma, type StudyRole } from '../db.js';
import { conflict, invalid, Refusal } from '../errors.js';
import type { CreateStudyInput } from './create-study.input.js';
import type { StudyPermissions, StudySummary } from './study.type.js';

export const listStudies = (db: Db, viewer: Viewer) =>
  db.study.findMany({ where: studiesVisibleTo(viewer), orderBy: [{ name: 'asc' }, { id: 'asc' }] });

export const findStudy = (db: Db, viewer: Viewer, slug: string) =>
  db.study.findFirst({ where: { AND: [{ slug }, studiesVisibleTo(viewer)] } });

/** Only administrators create studies; the creator becomes its coordinator. */
export async function createStudy(
  db: Db,
  viewer: Viewer,
  input: CreateStudyInput & { isSynthetic?: boolean },
) {
  if (!administersInstance(viewer)) {
    throw new Refusal('FORBIDDEN', 'Only an administrator may create a study.');
  }
  const name = input.name.trim();
  if (!name) throw invalid('name', 'A study needs a name.');
  if (!/^[a-z0-9][a-z0-9-]{1,39}$/.test(input.slug)) {
    throw invalid('slug', 'The address has 2 to 40 lower-case letters, digits and hyphens.');
  }
  try {
    return await db.study.create({
      data: {
        name,
        slug: input.slug,
        protocol: input.protocol,
        isSynthetic: input.isSynthetic ?? false,
        createdById: viewer.id,
        members: { create: { userId: viewer.id, role: 'COORDINATOR' } },
      },
    });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw conflict(`Another study already has the address ${input.slug}.`, { field: 'slug' });
    }
    throw error;
  }
}

export function permissionsIn(viewer: Viewer, role: StudyRole | undefined): StudyPermissions {
  const entries = Object.keys(permissions).map((permission) => [
    permission,
    viewer.mayWrite && roleMay(viewer, role, permission as Permission),
  ]);
  return Object.fromEntries(entries) as StudyPermissions;
}

/** All counts in one statement, so that they belong to the same moment. */
export async function summarizeStudy(db: Db, studyId: string): Promise<StudySummary> {
  const [counts] = await db.$queryRaw<[StudySummary]>`
    SELECT
      (SELECT count(*)::int FROM "Patient" WHERE "studyId" = s.id) AS patients,
      (SELECT count(*)::int FROM "Lesion" WHERE "studyId" = s.id) AS lesions,
      (SELECT count(*)::int FROM "Image" WHERE "studyId" = s.id) AS images,
      (SELECT count(*)::int FROM "Image" WHERE "studyId" = s.id AND quality = 'ACCEPTED')
        AS "acceptedImages",
      (SELECT count(*)::int FROM "Image" i WHERE i."studyId" = s.id AND EXISTS (
        SELECT FROM "ReferenceDiagnosis" d
        WHERE d."lesionId" = i."lesionId" AND d."supersededAt" IS NULL)) AS "imagesWithDiagnosis",
      (SELECT count(*)::int FROM "Image" i WHERE i."studyId" = s.id AND EXISTS (
        SELECT FROM "ReferenceMask" m
        WHERE m."imageId" = i.id AND m."supersededAt" IS NULL)) AS "imagesWithMask",
      (SELECT count(*)::int FROM "Cohort" WHERE "studyId" = s.id) AS cohorts,
      (SELECT count(*)::int FROM "InferenceRun" WHERE "studyId" = s.id) AS runs,
      (SELECT count(*)::int FROM "InferenceRun" WHERE "studyId" = s.id
        AND state IN ('QUEUED', 'RUNNING')) AS "activeRuns"
    FROM "Study" s WHERE s.id = ${studyId}::uuid`;
  return counts;
}
