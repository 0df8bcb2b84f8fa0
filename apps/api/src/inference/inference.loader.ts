import DataLoader from 'dataloader';
import { inVisibleStudy } from '../access.js';
import type { Context } from '../context.js';
import type { Task } from '../images/task.type.js';
import { perRequest } from '../per-request.js';
import { isId } from '../ids.js';
import type { InferenceRun } from './inference-run.type.js';
import { toPredictedMask, withIndices } from './prediction.service.js';
import type { MaskAgreement, Prediction, Score } from './prediction.type.js';
import { failuresOf, recentRates } from './run-progress.service.js';

// A subscription keeps one context for hours. What changes while a run goes on is batched, but not kept.
const unkept = { cache: false };

export const inferenceRunLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<string, InferenceRun>(async (ids) => {
      const runs = await db.inferenceRun.findMany({
        where: { AND: [{ id: { in: [...ids] } }, inVisibleStudy(viewer)] },
      });
      const byId = new Map(runs.map((run) => [run.id, run]));
      return ids.map((id) => byId.get(id) ?? new Error(`run ${id} is gone`));
    }, unkept),
);

export const runRateLoader = perRequest(
  ({ db }) =>
    new DataLoader<string, number | null>(async (runIds) => {
      const rates = await recentRates(db, runIds);
      return runIds.map((id) => rates.get(id) ?? null);
    }, unkept),
);

export const runFailuresLoader = perRequest(
  ({ db }) =>
    new DataLoader(async (runIds: readonly string[]) => {
      const failures = await failuresOf(db, runIds);
      return runIds.map((id) => failures.get(id) ?? []);
    }, unkept),
);

/** Most answers of one run that are shown as they come. */
const mostLatest = 50;

const latestLoaders = perRequest(() => new Map<number, DataLoader<string, Prediction[]>>());

/** The newest answers of each run. */
export function latestPredictionsLoader(context: Context, first: number) {
  const count = Math.min(Math.max(first, 1), mostLatest);
  const loaders = latestLoaders(context);
  const known = loaders.get(count);
  if (known) return known;
  const loader = new DataLoader<string, Prediction[]>(async (runIds) => {
    const rows = await context.db.$queryRaw<Prediction[]>`
      SELECT p.* FROM unnest(${runIds}::uuid[]) AS r(id)
      CROSS JOIN LATERAL (
        SELECT * FROM "Prediction" WHERE "runId" = r.id
        ORDER BY "createdAt" DESC, id LIMIT ${count}
      ) p
      ORDER BY p."createdAt" DESC, p.id`;
    const byRun = new Map<string, Prediction[]>(runIds.map((id) => [id, []]));
    for (const row of rows) byRun.get(row.runId)?.push(row);
    return runIds.map((id) => byRun.get(id) ?? []);
  }, unkept);
  loaders.set(count, loader);
  return loader;
}

const imageLoaders = perRequest(() => new Map<string, DataLoader<string, Prediction[]>>());

/** By image, newest model version first; of all versions, or of those given. */
export function predictionsOfImageLoader(context: Context, modelVersionIds: string[] | undefined) {
  const loaders = imageLoaders(context);
  const key = modelVersionIds?.join() ?? '';
  const known = loaders.get(key);
  if (known) return known;
  const { db, viewer } = context;
  const loader = new DataLoader<string, Prediction[]>(async (imageIds) => {
    const rows = await db.prediction.findMany({
      where: {
        imageId: { in: [...imageIds] },
        image: inVisibleStudy(viewer),
        ...(modelVersionIds && { modelVersionId: { in: modelVersionIds.filter(isId) } }),
      },
      orderBy: [{ modelVersion: { createdAt: 'desc' } }, { id: 'asc' }],
    });
    const byImage = new Map<string, Prediction[]>(imageIds.map((id) => [id, []]));
    for (const row of rows) byImage.get(row.imageId)?.push(row);
    return imageIds.map((id) => byImage.get(id) ?? []);
  }, unkept);
  loaders.set(key, loader);
  return loader;
}

/** Of one model version on one image. */
export const predictionLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<{ modelVersionId: string; imageId: string }, Prediction | null, string>(
      async (keys) => {
        const rows = await db.prediction.findMany({
          where: {
            modelVersionId: { in: [...new Set(keys.map((key) => key.modelVersionId))] },
            imageId: { in: keys.map((key) => key.imageId) },
            image: inVisibleStudy(viewer),
          },
        });
        const byKey = new Map(rows.map((row) => [keyOf(row), row]));
        return keys.map((key) => byKey.get(keyOf(key)) ?? null);
      },
      { cacheKeyFn: keyOf, cache: false },
    ),
);

const keyOf = ({ modelVersionId, imageId }: { modelVersionId: string; imageId: string }) =>
  `${modelVersionId} ${imageId}`;

/** By prediction, in the order of the tasks' names. */
export const scoresLoader = perRequest(
  ({ db }) =>
    new DataLoader<string, Score[]>(async (predictionIds) => {
      const rows = await db.score.findMany({
        where: { predictionId: { in: [...predictionIds] } },
        orderBy: { task: 'asc' },
      });
      const byPrediction = new Map<string, Score[]>(predictionIds.map((id) => [id, []]));
      for (const { predictionId, task, probability } of rows) {
        byPrediction.get(predictionId)?.push({ task: task as Task, probability });
      }
      return predictionIds.map((id) => byPrediction.get(id) ?? []);
    }),
);

export const predictedMaskLoader = perRequest(
  ({ db }) =>
    new DataLoader(async (predictionIds: readonly string[]) => {
      const rows = await db.predictedMask.findMany({
        where: { predictionId: { in: [...predictionIds] } },
        omit: { png: true },
      });
      const byPrediction = new Map(rows.map((row) => [row.predictionId, toPredictedMask(row)]));
      return predictionIds.map((id) => byPrediction.get(id) ?? null);
    }),
);

/** Against the reference mask that counts now. */
export const agreementLoader = perRequest(
  ({ db }) =>
    new DataLoader<string, MaskAgreement | null>(async (predictionIds) => {
      const rows = await db.maskAgreement.findMany({
        where: {
          predictionId: { in: [...predictionIds] },
          referenceMask: { supersededAt: null },
        },
      });
      const byPrediction = new Map(rows.map((row) => [row.predictionId, withIndices(row)]));
      return predictionIds.map((id) => byPrediction.get(id) ?? null);
    }, unkept),
);
