import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Connection, connectionOf } from '../connection.js';
import { DuplicatePolicy, ImportState } from '../db.js';

registerEnumType(ImportState, {
  name: 'ImportState',
  description: 'Uploaded, checked, then applied whole or not at all.',
});
registerEnumType(DuplicatePolicy, {
  name: 'DuplicatePolicy',
  valuesConfig: {
    SKIP: { description: 'The first image with the bytes is kept, the others are reported.' },
    KEEP: { description: 'All are kept; the later ones are marked as copies.' },
  },
});

export enum ImportSeverity {
  ERROR = 'ERROR',
  WARNING = 'WARNING',
}
registerEnumType(ImportSeverity, {
  name: 'ImportSeverity',
  valuesConfig: {
    ERROR: { description: 'What it concerns must be fixed or left out.' },
    WARNING: { description: 'Allowed, but should be known.' },
  },
});

@ObjectType({
  description: 'One kind of thing that is wrong with a folder, with where it was found.',
})
export class ImportProblem {
  @Field(() => ImportSeverity)
  severity: 'ERROR' | 'WARNING';

  @Field(() => String, {
    description: 'Such as MASK_MISSING, UNKNOWN_ID, IMAGE_UNREADABLE, DUPLICATE, MASK_SIZE.',
  })
  code: string;

  @Field(() => String, { description: 'Column or kind of file.' })
  subject: string;

  @Field(() => String)
  message: string;

  @Field(() => String, { description: 'What to do about it.' })
  fix: string;

  @Field(() => [String], {
    description: 'Files, rows or ids, at most 50; `count` says how many there are.',
  })
  examples: string[];

  @Field(() => Int)
  count: number;
}

@ObjectType({ description: 'What a folder holds and what it adds to the study.' })
export class ImportReport {
  @Field(() => Int, { description: 'Image files that were looked at.' })
  imagesRead: number;

  @Field(() => Int, { description: 'Mask files that were looked at.' })
  masksRead: number;

  @Field(() => Int)
  imagesToAdd: number;

  @Field(() => Int, { description: 'Of new images, and of images that had none.' })
  masksToAdd: number;

  @Field(() => Int)
  lesionsToAdd: number;

  @Field(() => Int)
  patientsToAdd: number;

  @Field(() => Int, { description: 'Of new lesions, and of lesions that had none.' })
  diagnosesToAdd: number;

  @Field(() => Int, { description: 'Already in the study with the same bytes.' })
  skipped: number;

  @Field(() => Int, { description: 'Images with the bytes of another image, under another id.' })
  duplicates: number;

  @Field(() => Int, { description: 'Images and tables with an error; they are left out.' })
  withError: number;

  @Field(() => Int, { description: 'Images with a warning.' })
  withWarning: number;

  @Field(() => Int)
  withoutMask: number;

  @Field(() => Int, {
    description: 'New images whose file told of the camera or the person; none of it is served.',
  })
  metadataRemoved: number;

  @Field(() => Int, { description: 'New images whose file told the place; it is not served.' })
  locationRemoved: number;

  @Field(() => Boolean, { description: 'Every image is marked as computer-generated.' })
  isSynthetic: boolean;

  @Field(() => [ImportProblem], { description: 'Errors first.' })
  problems: ImportProblem[];
}

@ObjectType({
  description:
    'A folder of files on its way into a study: uploaded, checked, then applied whole or not at all.',
})
export class Import {
  @Field(() => ID)
  id: string;

  studyId: string;
  createdById?: string | null;

  @Field(() => ImportState)
  state: ImportState;

  @Field(() => DuplicatePolicy)
  duplicates: DuplicatePolicy;

  @Field(() => Int, { description: 'Files looked at so far, while checking or applying.' })
  doneCount: number;

  @Field(() => Int, { description: 'Files to look at in all.' })
  totalCount: number;

  /** As the check wrote it; see ImportReport. */
  report?: unknown;

  @Field(() => String, { nullable: true, description: 'Why it failed as a whole.' })
  failure?: string | null;

  @Field(() => String, { description: 'Why the images come in.' })
  reason: string;

  @Field(() => Date)
  createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was applied, discarded or failed.' })
  finishedAt?: Date | null;

  @Field(() => String, {
    description:
      'PUT each file to `<uploadUrl>/<relative path>`; GET it for the list. A path on this server.',
  })
  uploadUrl(): string {
    return `/imports/${this.id}/files`;
  }
}

export const ImportConnection = connectionOf(() => Import, 'Import');
export type ImportConnection = Connection<ImportRow>;

/** What a service hands to the resolvers: an import without what the type itself derives. */
export type ImportRow = Omit<Import, 'uploadUrl'>;
