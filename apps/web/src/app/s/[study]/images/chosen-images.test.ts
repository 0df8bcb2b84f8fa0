import { describe, expect, it } from 'vitest';
import type { ImageRowFragment } from '@/gql/graphql';
import { nothingSelected, selectLoaded } from '@/images/list-selection';
import { chosenImages } from './chosen-images';

const row = (id: string, patient: string) =>
  ({ id, lesion: { patient: { id: patient } } }) as ImageRowFragment;
const list = {
  rows: [row('a', 'p'), row('b', 'p'), row('c', 'q')],
  filter: { sex: ['FEMALE' as const] },
  totalCount: 64,
  patientCount: 57,
};

describe('chosenImages', () => {
  it('is the whole list, by its filter, when nothing is selected', () => {
    expect(chosenImages(nothingSelected, list)).toMatchObject({
      count: 64,
      patients: 57,
      filter: { sex: ['FEMALE'] },
      cohortId: undefined,
    });
  });

  it('is the selected images by their ids, counting each patient once', () => {
    expect(chosenImages(selectLoaded(nothingSelected, ['a', 'b']), list)).toMatchObject({
      count: 2,
      patients: 1,
      filter: { imageIds: ['a', 'b'] },
      onlyImageId: undefined,
    });
  });

  it('knows a single image', () => {
    expect(chosenImages(selectLoaded(nothingSelected, ['c']), list).onlyImageId).toBe('c');
  });

  it('uses a cohort only where no other filter narrows it', () => {
    const cohort = { ...list, filter: { cohortId: 'k' } };
    expect(chosenImages(nothingSelected, cohort).cohortId).toBe('k');
    const narrowed = { ...list, filter: { cohortId: 'k', search: 'x' } };
    expect(chosenImages(nothingSelected, narrowed).cohortId).toBeUndefined();
  });
});
