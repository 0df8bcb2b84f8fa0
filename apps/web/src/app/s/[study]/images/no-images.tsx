'use client';

import Button from '@mui/material/Button';
import { withParam, withoutFilters } from '@/images/change-address';
import { Card } from '@/ui/card';
import { EmptyState } from '@/ui/empty-state';
import { formatCount } from '@/ui/format';
import { LinkButton } from '@/ui/link-button';
import type { BrowsedStudy, LoadedList } from './use-image-list';

interface NoImagesProps {
  study: BrowsedStudy;
  list: LoadedList;
  countsWithout: Record<string, number>;
}

/** A study without images leads to the import; a filter without images names the one to drop. */
export function NoImages({ study, list, countsWithout }: NoImagesProps) {
  if (study.summary.images === 0)
    return (
      <Card>
        <EmptyState
          icon="image"
          title="No image yet"
          actions={
            study.permissions.importImages && (
              <LinkButton href={`/s/${study.slug}/import`} variant="contained" color="primary">
                Import images
              </LinkButton>
            )
          }
        >
          {study.permissions.importImages
            ? 'Images come into a study by an import: a folder of photographs, with masks and diagnoses if there are any.'
            : 'Images come into a study by an import, which a coordinator of the study can start.'}
        </EmptyState>
      </Card>
    );
  const best = list.filterWords.toSorted(
    (a, b) => (countsWithout[b.key] ?? 0) - (countsWithout[a.key] ?? 0),
  )[0];
  const count = best ? (countsWithout[best.key] ?? 0) : 0;
  const clear = (
    <Button
      variant={count > 0 ? 'text' : 'outlined'}
      onClick={() => {
        list.go(withoutFilters(list.params));
      }}
    >
      Clear all filters
    </Button>
  );
  return (
    <Card>
      <EmptyState
        icon="filter"
        title="No image matches these filters"
        actions={
          <>
            {best && count > 0 && (
              <Button
                onClick={() => {
                  list.go(withParam(list.params, best.key, undefined));
                }}
              >
                Remove “{best.field} {best.value}”
              </Button>
            )}
            {clear}
          </>
        }
      >
        {best && count > 0
          ? `Without “${best.field} ${best.value}” there would be ${formatCount(count)}.`
          : 'Removing any one of them would not be enough.'}
      </EmptyState>
    </Card>
  );
}
