import DataLoader from 'dataloader';
import { inVisibleStudy } from '../access.js';
import { perRequest } from '../per-request.js';
import { toEvaluation } from './evaluation.service.js';
import type { Evaluation } from './evaluation.type.js';

export const evaluationLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<string, Evaluation>(async (ids) => {
      const rows = await db.evaluation.findMany({
        where: { AND: [{ id: { in: [...ids] } }, inVisibleStudy(viewer)] },
      });
      const byId = new Map(rows.map((row) => [row.id, toEvaluation(row)]));
      return ids.map((id) => byId.get(id) ?? new Error(`evaluation ${id} is gone`));
    }),
);
