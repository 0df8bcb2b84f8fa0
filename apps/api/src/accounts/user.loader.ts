import DataLoader from 'dataloader';
import { perRequest } from '../per-request.js';

/** Names of authors. Whoever sees a row may see who wrote it. */
export const userLoader = perRequest(
  ({ db }) =>
    new DataLoader(async (ids: readonly string[]) => {
      const users = await db.user.findMany({
        where: { id: { in: [...ids] } },
        select: { id: true, name: true },
      });
      const byId = new Map(users.map((user) => [user.id, user]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
);
