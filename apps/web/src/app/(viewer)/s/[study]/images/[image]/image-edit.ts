import type { ImageModality, ImageQuality } from '@/gql/graphql';
import type { ConflictRow } from '@/ui/conflict-dialog-window';
import { modalityWords } from '@/ui/words';

/** What a person may change about an image. */
export interface ImageEdit {
  quality: ImageQuality;
  qualityNote?: string | null;
  dayOfStudy?: number | null;
  modality: ImageModality;
}

const words: { field: string; of: (edit: ImageEdit) => string }[] = [
  { field: 'Quality', of: ({ quality }) => quality.toLowerCase() },
  { field: 'Note on quality', of: ({ qualityNote }) => qualityNote ?? 'none' },
  { field: 'Day of study', of: ({ dayOfStudy }) => dayOfStudy?.toString() ?? 'not recorded' },
  { field: 'Modality', of: ({ modality }) => modalityWords[modality] },
];

/** The fields in which the stored image and mine differ; those alone need a decision. */
export function conflictRows(opened: ImageEdit, stored: ImageEdit, mine: ImageEdit): ConflictRow[] {
  return words
    .map(({ field, of }) => ({ field, opened: of(opened), stored: of(stored), mine: of(mine) }))
    .filter((row) => row.stored !== row.mine);
}
