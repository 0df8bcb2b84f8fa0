import { versionWord, type ImageList, type NamedVersion } from './image-list-address';

/** More than two outlines on one photograph cannot be told apart at a glance. */
const MAX_SHOWN = 2;

interface RowWithPredictions {
  predictions: readonly { modelVersion: { id: string } }[];
}

/**
 * The versions whose scores and outlines a list shows; the first has slot 1. Named in the address by
 * `v`, else those the list is filtered or sorted by, else the newest that scored an image of it.
 */
export function shownVersions<Version extends NamedVersion>(
  versions: readonly Version[],
  { filter, sort }: Pick<ImageList, 'filter' | 'sort'>,
  rows: readonly RowWithPredictions[],
  named: string | null,
): Version[] {
  const words = named?.split(',') ?? [];
  const chosen = words.flatMap((word) => versions.find((v) => versionWord(v) === word) ?? []);
  if (chosen.length > 0) return chosen.slice(0, MAX_SHOWN);
  const wanted = [
    sort.modelVersionId,
    filter.jaccard?.modelVersionId,
    filter.score?.modelVersionId,
    ...rows.flatMap(({ predictions }) => predictions.map((p) => p.modelVersion.id)),
  ];
  const ids = [...new Set(wanted)];
  return ids.flatMap((id) => versions.find((v) => v.id === id) ?? []).slice(0, MAX_SHOWN);
}
