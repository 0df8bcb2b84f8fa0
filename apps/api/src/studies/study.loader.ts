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

/** The studies that a token of the viewer's is limited to, by name. */
export const tokenStudiesLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (tokenIds: readonly string[]) => {
      const rows = await db.apiTokenStudy.findMany({
        where: {
          token: { id: { in: [...tokenIds] }, userId: viewer.id },
          study: studiesVisibleTo(viewer),
        },
        include: { study: true },
        orderBy: [{ study: { name: 'asc' } }, { studyId: 'asc' }],
      });
      const byToken = Map.groupBy(rows, ({ tokenId }) => tokenId);
      return tokenIds.map((id) => (byToken.get(id) ?? []).map(({ study }) => study));
    }),
);
