import type { ImageFilter } from '@/gql/graphql';
import type { ListSelection } from '@/images/list-selection';
import type { LoadedList } from './use-image-list';

export interface ChosenImages {
  count: number;
  /** Known where every chosen image is loaded. */
  patients: number | undefined;
  /** What a cohort of them is made of. */
  filter: ImageFilter;
  /** The one image, where it is one. */
  onlyImageId: string | undefined;
  /** The cohort that holds exactly these images, where there is one. */
  cohortId: string | undefined;
}

/** What an action is about: the selected images, or the whole list where none is selected. */
export function chosenImages(
  { selected, wholeList }: ListSelection,
  {
    rows,
    filter,
    totalCount,
    patientCount,
  }: Pick<LoadedList, 'rows' | 'filter' | 'totalCount' | 'patientCount'>,
): ChosenImages {
  if (wholeList || selected.size === 0) {
    const isCohort = filter.cohortId && Object.keys(filter).length === 1;
    return {
      count: totalCount,
      patients: patientCount,
      filter,
      onlyImageId: undefined,
      cohortId: isCohort ? String(filter.cohortId) : undefined,
    };
  }
  const chosen = rows.filter(({ id }) => selected.has(id));
  return {
    count: chosen.length,
    patients: new Set(chosen.map(({ lesion }) => lesion.patient.id)).size,
    filter: { imageIds: chosen.map(({ id }) => id) },
    onlyImageId: chosen.length === 1 ? chosen[0]?.id : undefined,
    cohortId: undefined,
  };
}
