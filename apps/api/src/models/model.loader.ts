import DataLoader from 'dataloader';
import { perRequest } from '../per-request.js';
import { toModelVersion } from './model-version.service.js';
import type { ModelVersion } from './model-version.type.js';

export const modelLoader = perRequest(
  ({ db }) =>
    new DataLoader(async (ids: readonly string[]) => {
      const models = await db.model.findMany({ where: { id: { in: [...ids] } } });
      const byId = new Map(models.map((model) => [model.id, model]));
      return ids.map((id) => byId.get(id) ?? new Error(`model ${id} is gone`));
    }),
);

export const modelVersionLoader = perRequest(
  ({ db }) =>
    new DataLoader(async (ids: readonly string[]) => {
      const rows = await db.modelVersion.findMany({
        where: { id: { in: [...ids] } },
        include: { model: true },
      });
      const byId = new Map(rows.map((row) => [row.id, toModelVersion(row)]));
      return ids.map((id) => byId.get(id) ?? new Error(`model version ${id} is gone`));
    }),
);

/** By model, newest first. */
export const versionsOfModelLoader = perRequest(
  ({ db }) =>
    new DataLoader(async (modelIds: readonly string[]) => {
      const rows = await db.modelVersion.findMany({
        where: { modelId: { in: [...modelIds] } },
        include: { model: true },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      });
      const byModel = new Map<string, ModelVersion[]>(modelIds.map((id) => [id, []]));
      for (const row of rows) byModel.get(row.modelId)?.push(toModelVersion(row));
      return modelIds.map((id) => byModel.get(id) ?? []);
    }),
);

/** Images on each version's training list; 0 where it declares none. */
export const trainingListCountLoader = perRequest(
  ({ db }) =>
    new DataLoader<string, number>(async (versionIds) => {
      const rows = await db.trainingImage.groupBy({
        by: ['modelVersionId'],
        where: { modelVersionId: { in: [...versionIds] } },
        _count: true,
      });
      const byVersion = new Map(rows.map((row) => [row.modelVersionId, row._count]));
      return versionIds.map((id) => byVersion.get(id) ?? 0);
    }),
);

/** When each version was retired and taken back into use, newest first. */
export const retirementsLoader = perRequest(
  ({ db }) =>
    new DataLoader(async (versionIds: readonly string[]) => {
      const rows = await db.versionRetirement.findMany({
        where: { modelVersionId: { in: [...versionIds] } },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      });
      const byVersion = Map.groupBy(rows, ({ modelVersionId }) => modelVersionId);
      return versionIds.map((id) => byVersion.get(id) ?? []);
    }),
);
