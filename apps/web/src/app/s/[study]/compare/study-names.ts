import type { CompareNamesQuery } from '@/gql/graphql';

export type CompareStudy = NonNullable<CompareNamesQuery['study']>;
export type CompareVersion = CompareNamesQuery['models'][number]['versions'][number];

export interface CompareSnapshot {
  id: string;
  code: string;
  imageCount: number;
  patientCount: number;
  createdAt: string;
  cohort: { id: string; name: string };
}

export interface StudyNames {
  cohorts: { id: string; name: string }[];
  /** Newest first. */
  versions: CompareVersion[];
  /** Newest first. */
  snapshots: CompareSnapshot[];
}

export interface Coverage {
  scored: number;
  missing: number;
}

/** What the words of an address can mean in this study. */
export function studyNames(study: CompareStudy, models: CompareNamesQuery['models']): StudyNames {
  return {
    cohorts: study.cohorts.map(({ id, name }) => ({ id, name })),
    versions: models
      .flatMap(({ versions }) => versions)
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
    snapshots: study.cohorts
      .flatMap(({ snapshots, ...cohort }) => snapshots.map((one) => ({ ...one, cohort })))
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
  };
}

/** As many versions as are compared when nobody has chosen. */
const usualCount = 3;

/**
 * The newest versions that have scored every image, the oldest of them first: what one would replace is
 * the baseline.
 */
export const usualVersions = (
  coverage: ReadonlyMap<string, Coverage>,
  versions: readonly CompareVersion[],
): CompareVersion[] =>
  versions
    .filter(({ id }) => coverage.get(id)?.missing === 0)
    .slice(0, usualCount)
    .toReversed();

/**
 * The claim of Yang et al. 2017 as one comparison: a version that draws masks and gives scores, against
 * one that does only the one and one that does only the other. Undefined unless all three have scored.
 */
export function singleTaskClaim(
  coverage: ReadonlyMap<string, Coverage>,
  versions: readonly CompareVersion[],
): CompareVersion[] | undefined {
  const scored = versions.filter(({ id }) => coverage.get(id)?.missing === 0);
  const multiTask = scored.find(({ hasMask, tasks }) => hasMask && tasks.length > 0);
  const masksOnly = scored.find(({ hasMask, tasks }) => hasMask && tasks.length === 0);
  const scoresOnly = scored.find(({ hasMask, tasks }) => !hasMask && tasks.length > 0);
  return multiTask && masksOnly && scoresOnly ? [multiTask, masksOnly, scoresOnly] : undefined;
}
