import type { Viewer } from './context.js';
import { type Db, Prisma, type StudyRole } from './db.js';
import { notFound, Refusal } from './errors.js';
import { isId } from './ids.js';

/** The studies a viewer may know of: their own, and all for an administrator; of those the ones that their token names. */
export const studiesVisibleTo = (viewer: Viewer): Prisma.StudyWhereInput => ({
  ...(viewer.isAdmin ? {} : { members: { some: { userId: viewer.id } } }),
  ...(viewer.studyIds && { id: { in: [...viewer.studyIds] } }),
});

/** Whether the viewer administers the whole instance. A token that is limited to studies does not. */
export const administersInstance = (viewer: Viewer) =>
  viewer.isAdmin && viewer.studyIds === undefined;

/** For every table that hangs on a study by `studyId`: patients, lesions, images, cohorts, runs, evaluations, imports. */
export const inVisibleStudy = (viewer: Viewer) => ({ study: studiesVisibleTo(viewer) });

/** `studiesVisibleTo` for raw SQL: holds where the column `studyId` names a study that the viewer may know of. */
export const studyVisibleSql = (viewer: Viewer, studyId: Prisma.Sql): Prisma.Sql => {
  const isNamed = viewer.studyIds
    ? Prisma.sql`${studyId} = ANY(${[...viewer.studyIds]}::uuid[])`
    : Prisma.sql`TRUE`;
  return viewer.isAdmin
    ? isNamed
    : Prisma.sql`(${isNamed} AND EXISTS (SELECT FROM "StudyMember" seen
        WHERE seen."studyId" = ${studyId} AND seen."userId" = ${viewer.id}::uuid))`;
};

/** What a role may do in its study. Seeing is for every member. */
export const permissions = {
  editRecords: ['COORDINATOR'],
  importImages: ['COORDINATOR', 'ML_ENGINEER'],
  runInference: ['COORDINATOR', 'ML_ENGINEER'],
  buildCohorts: ['COORDINATOR', 'STATISTICIAN', 'ML_ENGINEER'],
  evaluate: ['COORDINATOR', 'STATISTICIAN', 'ML_ENGINEER'],
  planAnalysis: ['COORDINATOR', 'STATISTICIAN'],
  registerModels: ['ML_ENGINEER'],
  promoteModels: ['STATISTICIAN', 'ML_ENGINEER'],
  manageMembers: ['COORDINATOR'],
  seeMembers: ['COORDINATOR', 'AUDITOR'],
} as const satisfies Record<string, readonly StudyRole[]>;

export type Permission = keyof typeof permissions;

const sentence: Record<Permission, string> = {
  editRecords: 'change patients, images or references',
  importImages: 'import images',
  runInference: 'run inference',
  buildCohorts: 'build cohorts',
  evaluate: 'create evaluations',
  planAnalysis: 'write or lock its analysis plan',
  registerModels: 'register model versions',
  promoteModels: 'give names such as champion to model versions',
  manageMembers: 'change who is a member',
  seeMembers: 'see who is a member',
};

export const roleMay = (viewer: Viewer, role: StudyRole | undefined, permission: Permission) =>
  viewer.isAdmin ||
  (role !== undefined && (permissions[permission] as readonly StudyRole[]).includes(role));

/**
 * The study, where the viewer may do that in it. Refuses with NOT_FOUND what they may not see,
 * with FORBIDDEN what they may see but not change.
 */
export async function studyFor(db: Db, viewer: Viewer, studyId: string, permission: Permission) {
  if (!isId(studyId)) throw notFound('study', studyId);
  const study = await db.study.findFirst({
    where: { AND: [{ id: studyId }, studiesVisibleTo(viewer)] },
    include: { members: { where: { userId: viewer.id } } },
  });
  if (!study) throw notFound('study', studyId);
  if (!roleMay(viewer, study.members[0]?.role, permission)) {
    throw new Refusal(
      'FORBIDDEN',
      `Your role in this study does not let you ${sentence[permission]}.`,
    );
  }
  return study;
}

/** Whether the viewer may do that in at least one study. */
export async function mayInAnyStudy(db: Db, viewer: Viewer, permission: Permission) {
  if (administersInstance(viewer)) return true;
  const roles = [...permissions[permission]];
  const membership = await db.studyMember.findFirst({
    where: { userId: viewer.id, role: { in: roles }, study: studiesVisibleTo(viewer) },
  });
  return membership !== null;
}

/** For acts on the instance's model registry, which belongs to no study. */
export async function requireInAnyStudy(db: Db, viewer: Viewer, permission: Permission) {
  if (await mayInAnyStudy(db, viewer, permission)) return;
  throw new Refusal('FORBIDDEN', `Your roles do not let you ${sentence[permission]}.`);
}
