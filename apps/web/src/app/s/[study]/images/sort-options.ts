import type { ImageSort } from '@/gql/graphql';
import { taskTokens } from '@/images/filter-tokens';
import { versionWord } from '@/images/image-list-address';
import { taskWords } from '@/ui/words';
import type { ListedVersion } from './use-image-list';

export interface SortOption {
  /** As the address says it; undefined is the order of an address without `sort`. */
  value: string | undefined;
  label: string;
  sort: ImageSort;
}

/** Lists are sorted by whatever one looks for: the worst outlines, the largest errors, the newest images. */
export function sortOptions(versions: readonly ListedVersion[]): SortOption[] {
  return [
    { value: undefined, label: 'Code', sort: { field: 'CODE', direction: 'ASC' } },
    { value: '-created', label: 'Newest first', sort: { field: 'CREATED', direction: 'DESC' } },
    { value: 'patient', label: 'Patient', sort: { field: 'PATIENT', direction: 'ASC' } },
    ...versions.flatMap(versionOptions),
  ];
}

function versionOptions(version: ListedVersion): SortOption[] {
  const word = versionWord(version);
  const modelVersionId = version.id;
  const jaccard: SortOption[] = version.hasMask
    ? [
        {
          value: `jaccard.${word}`,
          label: `Jaccard ${version.title}, lowest first`,
          sort: { field: 'JACCARD', direction: 'ASC', modelVersionId },
        },
        {
          value: `-jaccard.${word}`,
          label: `Jaccard ${version.title}, highest first`,
          sort: { field: 'JACCARD', direction: 'DESC', modelVersionId },
        },
      ]
    : [];
  const byTask = Object.entries(taskTokens)
    .filter(([, task]) => version.tasks.includes(task))
    .flatMap(([token, task]): SortOption[] => [
      {
        value: `-score.${token}.${word}`,
        label: `Score for ${taskWords[task]} ${version.title}, highest first`,
        sort: { field: 'SCORE', direction: 'DESC', modelVersionId, task },
      },
      {
        value: `-error.${token}.${word}`,
        label: `Error for ${taskWords[task]} ${version.title}, largest first`,
        sort: { field: 'TASK_ERROR', direction: 'DESC', modelVersionId, task },
      },
    ]);
  return [...jaccard, ...byTask];
}
