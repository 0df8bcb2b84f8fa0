/** Every kind of thing that can be wrong with a folder, with its words. What cannot be fixed says so. */
const kinds = {
  NO_IMAGES: {
    severity: 'ERROR',
    subject: 'folder',
    message: 'No image was found',
    fix: 'Images lie in a folder whose name ends in _Data, such as ISIC-2017_Training_Data.',
  },
  IMAGE_UNREADABLE: {
    severity: 'ERROR',
    subject: 'image',
    message: 'The image cannot be read to its last pixel',
    fix: 'Export the image again.',
  },
  UNSUPPORTED_FORMAT: {
    severity: 'ERROR',
    subject: 'image',
    message: 'The file is not a JPEG, PNG, TIFF or WebP image, whatever its name says',
    fix: 'Export the image as JPEG or PNG.',
  },
  TOO_MANY_PIXELS: {
    severity: 'ERROR',
    subject: 'image',
    message: 'The image is larger than any camera takes it',
    fix: 'Export the image at its original size, at most 100 megapixels.',
  },
  FILE_TOO_LARGE: {
    severity: 'ERROR',
    subject: 'file',
    message: 'The file is larger than 200 MB',
    fix: 'Export it compressed.',
  },
  ID_TWICE: {
    severity: 'ERROR',
    subject: 'image_id',
    message: 'Two files or rows have the same image id',
    fix: 'Keep one of them, or give the images different names.',
  },
  ID_UNUSABLE: {
    severity: 'ERROR',
    subject: 'image_id',
    message: 'The id cannot be kept as a code',
    fix: 'Use 1 to 64 letters, digits, dots, hyphens and underscores, or let random codes be given.',
  },
  CODE_TAKEN: {
    severity: 'ERROR',
    subject: 'image_id',
    message: 'The study has another image under this id, with other bytes',
    fix: 'Give the new image another id. Images are never replaced, because results refer to them.',
  },
  MASK_UNREADABLE: {
    severity: 'ERROR',
    subject: 'mask',
    message: 'The mask cannot be read, or is no black-and-white drawing',
    fix: 'Export the mask as PNG: black background, white lesion.',
  },
  MASK_SIZE: {
    severity: 'ERROR',
    subject: 'mask',
    message: 'The mask has another size than its image',
    fix: 'Masks are not resized. Export the mask at the size of the image.',
  },
  CSV_UNREADABLE: {
    severity: 'ERROR',
    subject: 'table',
    message: 'The file is not a table of comma-separated values in UTF-8',
    fix: 'Save it as “CSV UTF-8”.',
  },
  CSV_COLUMN_MISSING: {
    severity: 'ERROR',
    subject: 'column',
    message: 'A column is missing, so the file is not used',
    fix: 'Add the column, with its name in the first row.',
  },
  CSV_VALUE: {
    severity: 'ERROR',
    subject: 'column',
    message: 'A value is not one of those the column may have',
    fix: 'Correct the value, or leave the field empty.',
  },
  LABEL_CONFLICT: {
    severity: 'ERROR',
    subject: 'lesion_id',
    message: 'Images of one lesion have different diagnoses',
    fix: 'A lesion has one diagnosis. Correct the labels or the lesion ids.',
  },
  LESION_OF_TWO_PATIENTS: {
    severity: 'ERROR',
    subject: 'lesion_id',
    message: 'One lesion belongs to two patients',
    fix: 'A lesion has one patient. Correct the lesion ids or the patient ids.',
  },
  SYNTHETIC_MIX: {
    severity: 'ERROR',
    subject: 'synthetic',
    message: 'Real and synthetic images are never mixed in one study',
    fix: 'Import synthetic images (synthetic = 1) into a study for synthetic images, and real ones into another.',
  },
  MASK_MISSING: {
    severity: 'WARNING',
    subject: 'mask',
    message: 'The image has no mask',
    fix: 'Allowed. The image takes no part in the evaluation of masks.',
  },
  MASK_EMPTY: {
    severity: 'WARNING',
    subject: 'mask',
    message: 'The mask marks no pixel as lesion',
    fix: 'Kept as it is. Lesion is white; check that the mask is not empty by mistake.',
  },
  MASK_CHANGED: {
    severity: 'WARNING',
    subject: 'mask',
    message: 'The study has another mask of this image',
    fix: 'Left as it is: an import overwrites nothing.',
  },
  LABEL_MISSING: {
    severity: 'WARNING',
    subject: 'diagnosis',
    message: 'The image has no diagnosis in the ground-truth table',
    fix: 'Allowed. The image takes no part in the evaluation of scores.',
  },
  DIAGNOSIS_CHANGED: {
    severity: 'WARNING',
    subject: 'diagnosis',
    message: 'The study has another diagnosis of this lesion',
    fix: 'Left as it is: an import overwrites nothing. Correct it at the lesion, with a reason.',
  },
  METADATA_MISSING: {
    severity: 'WARNING',
    subject: 'metadata',
    message: 'The image has no row in a metadata table',
    fix: 'Allowed. Age, sex and skin type stay empty.',
  },
  METADATA_CONFLICT: {
    severity: 'WARNING',
    subject: 'metadata',
    message: 'Rows of one patient or lesion contradict each other or the study',
    fix: 'The field is left as the study has it, or empty for a new patient or lesion.',
  },
  SITE_UNCLEAR: {
    severity: 'WARNING',
    subject: 'anatom_site_general',
    message: 'The site does not say which part of the torso',
    fix: 'The site is left empty.',
  },
  UNKNOWN_ID: {
    severity: 'WARNING',
    subject: 'image_id',
    message: 'There is no image for this id',
    fix: 'Left out. Add the image, if it should come in.',
  },
  DUPLICATE: {
    severity: 'WARNING',
    subject: 'image',
    message: 'The same bytes under another id',
    fix: 'The first image is kept. Apply with duplicates KEEP to keep copies as well.',
  },
  NO_PATIENT_IDS: {
    severity: 'WARNING',
    subject: 'patient_id',
    message:
      'The folder tells no patients apart: each image becomes a patient and a lesion of its own',
    fix: 'Intervals will be too narrow where one person has several images. Add the column patient_id if it is known.',
  },
  IDS_REPLACED: {
    severity: 'WARNING',
    subject: 'patient_id',
    message: 'Ids that may identify people are replaced by random codes',
    fix: 'Images that come later are joined to these patients only together with an image that is here already.',
  },
  FILE_IGNORED: {
    severity: 'WARNING',
    subject: 'file',
    message: 'The file has no place in the layout of a challenge folder, and is not used',
    fix: 'Expected are <name>_Data/, <name>_Part1_GroundTruth/, <name>_Part3_GroundTruth.csv and <name>_Data_metadata.csv.',
  },
} as const satisfies Record<string, Omit<ProblemKind, 'code'>>;

interface ProblemKind {
  severity: 'ERROR' | 'WARNING';
  code: string;
  subject: string;
  message: string;
  fix: string;
}

export type ProblemCode = keyof typeof kinds;

/** One thing that is wrong. */
export interface Finding {
  code: ProblemCode;
  /** The file, row or id, as its owner will look for it. */
  example: string;
  /** The image that it concerns; an error keeps this image out. */
  imageId?: string;
  /** In place of the kind's own, such as the column's name. */
  subject?: string;
  /** Added to the kind's message where it says more. */
  detail?: string;
}

/** Findings of one kind, put together. */
export interface Problem extends ProblemKind {
  /** At most 50. */
  examples: string[];
  count: number;
}

const mostExamples = 50;

export const isError = ({ code }: Finding) => kinds[code].severity === 'ERROR';

/** Errors first, then by how many there are. */
export function problemsOf(findings: Finding[]): Problem[] {
  const groups = Map.groupBy(findings, ({ code, subject, detail }) =>
    JSON.stringify([code, subject, detail]),
  );
  const problems = [...groups.values()].map((group): Problem => {
    const { code, subject, detail } = group[0]!;
    const kind = kinds[code];
    return {
      ...kind,
      code,
      subject: subject ?? kind.subject,
      message: detail ? `${kind.message}: ${detail}` : kind.message,
      examples: group.slice(0, mostExamples).map(({ example }) => example),
      count: group.length,
    };
  });
  const rank = ({ severity }: Problem) => (severity === 'ERROR' ? 0 : 1);
  return problems.sort((a, b) => rank(a) - rank(b) || b.count - a.count);
}
