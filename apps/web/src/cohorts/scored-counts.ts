import { query } from '@/apollo/server';
import { ScoredCountsQuery } from './cohorts.query';

/** How many images of each snapshot each version has scored, by snapshot id and then version id. */
export type ScoredCounts = Record<string, Record<string, number>>;

/** One query for each version: the field takes one, and a cohort page shows all. */
export async function scoredCounts(
  slug: string,
  cohortId: string,
  modelVersionIds: readonly string[],
): Promise<ScoredCounts> {
  const counts: ScoredCounts = {};
  await Promise.all(
    modelVersionIds.map(async (modelVersionId) => {
      const { data } = await query({
        query: ScoredCountsQuery,
        variables: { slug, cohortId, modelVersionId },
      });
      for (const { id, scoredCount } of data.study?.cohort?.snapshots ?? [])
        (counts[id] ??= {})[modelVersionId] = scoredCount;
    }),
  );
  return counts;
}
