import DataLoader from 'dataloader';
import { studiesVisibleTo } from '../access.js';
import { perRequest } from '../per-request.js';

/** The viewer's role in each study; undefined for an administrator who is no member. */
export const viewerRoleLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (studyIds: readonly string[]) => {
      const memberships = await db.studyMember.findMany({
        where: { userId: viewer.id, studyId: { in: [...studyIds] } },
      });
      const roles = new Map(memberships.map(({ studyId, role }) => [studyId, role]));
      return studyIds.map((id) => roles.get(id));
    }),
);

export const studyLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (ids: readonly string[]) => {
      const studies = await db.study.findMany({
        where: { AND: [{ id: { in: [...ids] } }, studiesVisibleTo(viewer)] },
      });
      const byId = new Map(studies.map((study) => [study.id, study]));
      return ids.map((id) => byId.get(id) ?? new Error(`study ${id} is gone`));
    }),
);
