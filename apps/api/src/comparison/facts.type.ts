import type { Diagnosis } from '../db.js';
import type { Task } from '../images/task.type.js';

/**
 * What a snapshot froze of its images, as columns in the order of the snapshot, and the records by
 * which they are parted into subgroups. Every array lies in shared memory, so that threads read what
 * the server loaded.
 */
export interface SnapshotFacts {
  snapshotId: string;
  size: number;
  /** Patients as numbers, in the order of their codes, so that resampling hangs on no random id. */
  patient: Int32Array;
  /** Place in `diagnoses`; `notRecorded` without a reference diagnosis. */
  diagnosis: Uint8Array;
  /** 1 where the snapshot froze a reference mask. */
  hasReferenceMask: Uint8Array;
  /** Places in `vocabularies`; `notRecorded` where the record is empty. */
  sex: Uint8Array;
  skinType: Uint8Array;
  anatomicSite: Uint8Array;
  modality: Uint8Array;
  /** Age at enrolment; -1 where it is not recorded. */
  ageYears: Int16Array;
}

/** What one version said of the images of a snapshot, as columns in the order of the snapshot. */
export interface VersionFacts {
  modelVersionId: string;
  /** 1 where the version has scored the image. */
  isScored: Uint8Array;
  /** NaN where the version gives the image no score. */
  scores: Record<Task, Float64Array>;
  /** Pixel counts against the frozen reference mask; -1 without a mask on either side. */
  truePositivePx: Int32Array;
  falsePositivePx: Int32Array;
  falseNegativePx: Int32Array;
}

/** Stands in a column of one byte for a record that is empty. */
export const notRecorded = 255;

/** The words that the columns of one byte count through. Threads load no database, so they are spelled here. */
export const vocabularies = {
  diagnosis: [
    ...['MELANOMA', 'SEBORRHEIC_KERATOSIS', 'NEVUS', 'BASAL_CELL_CARCINOMA'],
    ...['SQUAMOUS_CELL_CARCINOMA', 'ACTINIC_KERATOSIS', 'SOLAR_LENTIGO', 'LICHENOID_KERATOSIS'],
    ...['DERMATOFIBROMA', 'VASCULAR_LESION', 'OTHER_BENIGN', 'OTHER_MALIGNANT'],
  ] as Diagnosis[],
  sex: ['FEMALE', 'MALE', 'OTHER'],
  skinType: ['I', 'II', 'III', 'IV', 'V', 'VI'],
  anatomicSite: [
    ...['HEAD_NECK', 'UPPER_EXTREMITY', 'LOWER_EXTREMITY', 'ANTERIOR_TORSO', 'POSTERIOR_TORSO'],
    ...['LATERAL_TORSO', 'PALMS_SOLES', 'ORAL_GENITAL'],
  ],
  modality: ['DERMOSCOPY', 'CLINICAL'],
};

/** Where the diagnosis of a task stands: its label is 1 there and 0 elsewhere. Nobody types a label. */
export const diagnosisPlace = {
  none: notRecorded,
  of: (task: Task): number =>
    vocabularies.diagnosis.findIndex((diagnosis) => diagnosis.toLowerCase() === task),
};

/** In memory that threads share. */
export const shared = {
  uint8: (size: number) => new Uint8Array(new SharedArrayBuffer(size)),
  int16: (size: number) => new Int16Array(new SharedArrayBuffer(2 * size)),
  int32: (size: number) => new Int32Array(new SharedArrayBuffer(4 * size)),
  float64: (size: number) => new Float64Array(new SharedArrayBuffer(8 * size)),
};
