import DataLoader from 'dataloader';
import { inVisibleStudy } from '../access.js';
import { type FacetValue } from '../images/image.type.js';
import { perRequest } from '../per-request.js';
import { type CohortCounts, countCohorts } from './cohort.service.js';
import type { Cohort, CohortSnapshot } from './cohort.type.js';
import {
  type Asked,
  missing,
  type OverlapOfVersion,
  overlapsOf,
} from './training-overlap.service.js';

export const cohortLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<string, Cohort>(async (ids) => {
      const rows = await db.cohort.findMany({
        where: { AND: [{ id: { in: [...ids] } }, inVisibleStudy(viewer)] },
      });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? new Error(`cohort ${id} is gone`));
    }),
);

/** Images and patients of each cohort, now. */
export const cohortCountsLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<Cohort, CohortCounts, string>(
      async (cohorts) => {
        const counts = await countCohorts(db, viewer, cohorts);
        return cohorts.map(({ id }) => counts.get(id) ?? { imageCount: 0, patientCount: 0 });
      },
      { cacheKeyFn: ({ id }) => id },
    ),
);

export const snapshotLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<string, CohortSnapshot>(async (ids) => {
      const rows = await db.cohortSnapshot.findMany({
        where: { id: { in: [...ids] }, cohort: inVisibleStudy(viewer) },
      });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? new Error(`snapshot ${id} is gone`));
    }),
);

/** The snapshots of each cohort, newest first. */
export const snapshotsOfCohortLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<string, CohortSnapshot[]>(async (cohortIds) => {
      const rows = await db.cohortSnapshot.findMany({
        where: { cohortId: { in: [...cohortIds] }, cohort: inVisibleStudy(viewer) },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      });
      const byCohort = Map.groupBy(rows, ({ cohortId }) => cohortId);
      return cohortIds.map((id) => byCohort.get(id) ?? []);
    }),
);

export const imagesWithMaskLoader = perRequest(
  ({ db }) =>
    new DataLoader<string, number>(async (snapshotIds) => {
      const rows = await db.snapshotImage.groupBy({
        by: ['snapshotId'],
        where: { snapshotId: { in: [...snapshotIds] }, referenceMaskId: { not: null } },
        _count: true,
      });
      const bySnapshot = new Map(rows.map((row) => [row.snapshotId, row._count]));
      return snapshotIds.map((id) => bySnapshot.get(id) ?? 0);
    }),
);

/** Images of each snapshot by its frozen diagnosis, in the order of the vocabulary; NONE last. */
export const diagnosisCountsLoader = perRequest(
  ({ db }) =>
    new DataLoader<string, FacetValue[]>(async (snapshotIds) => {
      const rows = await db.$queryRaw<({ snapshotId: string } & FacetValue)[]>`
        SELECT s."snapshotId", coalesce(d.diagnosis::text, 'NONE') AS value, count(*)::int AS count
        FROM "SnapshotImage" s
        LEFT JOIN "ReferenceDiagnosis" d ON d.id = s."referenceDiagnosisId"
        WHERE s."snapshotId" = ANY(${snapshotIds}::uuid[])
        GROUP BY s."snapshotId", d.diagnosis
        ORDER BY d.diagnosis NULLS LAST`;
      const bySnapshot = Map.groupBy(rows, ({ snapshotId }) => snapshotId);
      return snapshotIds.map((id) => bySnapshot.get(id) ?? []);
    }),
);

interface ScoredKey {
  snapshotId: string;
  modelVersionId: string;
}
const keyOf = ({ snapshotId, modelVersionId }: ScoredKey) => `${snapshotId} ${modelVersionId}`;

/** How many images of a snapshot a version has scored. Not kept: it rises while a run goes on. */
export const scoredCountLoader = perRequest(
  ({ db }) =>
    new DataLoader<ScoredKey, number, string>(
      async (keys) => {
        const rows = await db.$queryRaw<(ScoredKey & { count: number })[]>`
          SELECT k."snapshotId"::text, k."modelVersionId"::text, count(*)::int AS count
          FROM unnest(${keys.map((key) => key.snapshotId)}::uuid[],
            ${keys.map((key) => key.modelVersionId)}::uuid[]) AS k("snapshotId", "modelVersionId")
          JOIN "SnapshotImage" s ON s."snapshotId" = k."snapshotId"
          JOIN "Prediction" p ON p."imageId" = s."imageId" AND p."modelVersionId" = k."modelVersionId"
          GROUP BY 1, 2`;
        const byKey = new Map(rows.map((row) => [keyOf(row), row.count]));
        return keys.map((key) => byKey.get(keyOf(key)) ?? 0);
      },
      { cacheKeyFn: keyOf, cache: false },
    ),
);

/** What a snapshot shares with a version's training list. */
export const trainingOverlapLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<Asked, OverlapOfVersion, string>(
      async (asked) => {
        const overlaps = await overlapsOf(db, viewer, asked);
        return overlaps.map((overlap, at) =>
          typeof overlap === 'string' ? missing(overlap, asked[at]!) : overlap,
        );
      },
      { cacheKeyFn: keyOf },
    ),
);
