import { referenceLabel } from '../evaluation/statistics.service.js';
import { type Task, tasks } from '../images/task.type.js';
import { withIndices } from '../inference/prediction.service.js';
import { Diagnosis, DiagnosisMethod } from '../db.js';
import {
  type Column,
  type Columnar,
  column,
  columnsFor,
  type ExportTable,
} from './export-column.js';
import type { PredictionRow, ReferenceRow } from './export-row.js';

const hash = 'SHA-256 in hexadecimal, 64 digits';
const id = 'a random UUID';
const noReference = 'the lesion had no reference diagnosis when the snapshot was taken';
const noReferenceMask = 'the image had no reference mask when the snapshot was taken';
const noMask = 'the version gives no masks';
const noAgreement = 'one of the two masks is missing, or they were not compared yet';
const words = (vocabulary: object) => Object.values(vocabulary).join(', ');

const source = columnsFor<ReferenceRow>(
  column('study', ({ study }) => study, {
    ...{ unit: '-', range: 'lower case words' },
    meaning: 'Address of the study.',
  }),
  column('synthetic', ({ isSynthetic }) => isSynthetic, {
    ...{ type: 'boolean', unit: '-', range: 'true, false' },
    meaning: 'The images are computer-generated. Carry it into whatever you publish.',
  }),
  column('snapshot_id', ({ snapshotId }) => snapshotId, {
    ...{ unit: '-', range: id },
    meaning: 'The frozen list of images that was exported.',
  }),
  column('snapshot_sha256', ({ contentHash }) => contentHash, {
    ...{ unit: '-', range: hash },
    meaning: 'Over the images and references of the snapshot: equal content, equal hash.',
  }),
);

const image = columnsFor<ReferenceRow>(
  column('position', ({ position }) => position, {
    ...{ type: 'integer', unit: '-', range: 'from 0' },
    meaning: 'Place of the image in the snapshot.',
  }),
  column('image_id', ({ imageId }) => imageId, {
    ...{ unit: '-', range: id },
    meaning: 'The image, as in the API.',
  }),
  column('image_code', ({ imageCode }) => imageCode, {
    ...{ unit: '-', range: 'unique within the study' },
    meaning: 'Public name of the image.',
  }),
  column('image_sha256', ({ imageSha256 }) => imageSha256, {
    ...{ unit: '-', range: hash },
    meaning: 'Of the original file.',
  }),
);

const patient = columnsFor<ReferenceRow>(
  column('patient_code', ({ patientCode }) => patientCode, {
    ...{ unit: '-', range: 'unique within the study' },
    meaning: 'Pseudonym of the patient: the unit of inference. Cluster and split by it.',
  }),
  column('lesion_code', ({ lesionCode }) => lesionCode, {
    ...{ unit: '-', range: 'unique within the patient' },
    meaning: 'The lesion that the image shows.',
  }),
  column('sex', ({ sex }) => sex, {
    ...{ unit: '-', range: 'FEMALE, MALE, OTHER', emptyWhen: 'not recorded' },
    meaning: 'Sex of the patient.',
  }),
  column('age_years', ({ ageYears }) => ageYears, {
    ...{ type: 'integer', unit: 'years', range: '0, 5, …, 85', emptyWhen: 'not recorded' },
    meaning: 'Age at enrolment, rounded down to a multiple of 5; 85 means 85 or older.',
  }),
  column('skin_type', ({ skinType }) => skinType, {
    ...{ unit: '-', range: 'I to VI', emptyWhen: 'not recorded' },
    meaning: 'Fitzpatrick skin type of the patient.',
  }),
  column('anatomic_site', ({ anatomicSite }) => anatomicSite, {
    ...{ unit: '-', range: 'general sites of the ISIC archive', emptyWhen: 'not recorded' },
    meaning: 'Where on the body the lesion is.',
  }),
  column('modality', ({ modality }) => modality, {
    ...{ unit: '-', range: 'DERMOSCOPY, CLINICAL' },
    meaning: 'How the photograph was taken.',
  }),
  column('day_of_study', ({ dayOfStudy }) => dayOfStudy, {
    ...{ type: 'integer', unit: 'days', range: 'any whole number', emptyWhen: 'not recorded' },
    meaning: "Days from the patient's enrolment to the photograph; dates are not kept.",
  }),
  column('width_px', ({ widthPx }) => widthPx, {
    ...{ type: 'integer', unit: 'pixels', range: 'from 1' },
    meaning: 'Width of the image, with the orientation of the camera applied.',
  }),
  column('height_px', ({ heightPx }) => heightPx, {
    ...{ type: 'integer', unit: 'pixels', range: 'from 1' },
    meaning: 'Height of the image, with the orientation of the camera applied.',
  }),
);

const label = (task: Task): Column<ReferenceRow> =>
  column(
    `${task}_label`,
    ({ diagnosis }) =>
      diagnosis.map((word) => referenceLabel({ diagnosis: word as Diagnosis | null }, task)),
    {
      ...{ type: 'integer', unit: '-', range: '0, 1', emptyWhen: noReference },
      meaning: `1 where the reference diagnosis is ${task.replaceAll('_', ' ')}, otherwise 0.`,
    },
  );

const reference = columnsFor<ReferenceRow>(
  column('reference_diagnosis', ({ diagnosis }) => diagnosis, {
    ...{ unit: '-', range: words(Diagnosis), emptyWhen: noReference },
    meaning: 'Reference diagnosis of the lesion, as the snapshot froze it.',
  }),
  column('reference_method', ({ diagnosisMethod }) => diagnosisMethod, {
    ...{ unit: '-', range: words(DiagnosisMethod), emptyWhen: noReference },
    meaning: 'How the reference diagnosis was made.',
  }),
  column('reference_version', ({ diagnosisVersion }) => diagnosisVersion, {
    ...{ type: 'integer', unit: '-', range: 'from 1', emptyWhen: noReference },
    meaning: 'Version of the reference diagnosis; corrections count upwards.',
  }),
  ...tasks.map(label),
  column('reference_mask_version', ({ referenceMaskVersion }) => referenceMaskVersion, {
    ...{ type: 'integer', unit: '-', range: 'from 1', emptyWhen: noReferenceMask },
    meaning: 'Version of the reference mask; corrections count upwards.',
  }),
  column('reference_area_px', ({ referenceAreaPx }) => referenceAreaPx, {
    ...{ type: 'integer', unit: 'pixels', range: 'from 0', emptyWhen: noReferenceMask },
    meaning: 'Pixels inside the reference mask.',
  }),
);

const version = columnsFor<PredictionRow>(
  column('model', ({ model }) => model, {
    ...{ unit: '-', range: 'a registered family' },
    meaning: 'Family of the model version.',
  }),
  column('model_version', ({ modelVersion }) => modelVersion, {
    ...{ unit: '-', range: 'semantic version' },
    meaning: 'Version within the family.',
  }),
  column('model_version_id', ({ modelVersionId }) => modelVersionId, {
    ...{ unit: '-', range: id },
    meaning: 'The model version, as in the API.',
  }),
  column('model_sha256', ({ modelSha256 }) => modelSha256, {
    ...{ unit: '-', range: hash },
    meaning: 'Of the model file.',
  }),
  column('device', ({ device }) => device, {
    ...{ unit: '-', range: 'cpu, cuda, webgpu and others' },
    meaning: 'What really computed the prediction.',
  }),
);

const scores: readonly Column<PredictionRow>[] = tasks.map((task) =>
  column(`${task}_score`, (batch) => batch[task], {
    ...{ type: 'double', unit: 'probability', range: '0 to 1' },
    emptyWhen: 'the version does not answer this task',
    meaning: `Probability of ${task.replaceAll('_', ' ')}, as stored; higher is more suspicious.`,
  }),
);

const box = (name: string, meaning: string, cells: Column<PredictionRow>['cells']) =>
  column(name, cells, {
    ...{ type: 'integer', unit: 'pixels', range: 'from 0' },
    ...{ emptyWhen: `${noMask}, or the mask is empty`, meaning },
  });

const mask = columnsFor<PredictionRow>(
  column('mask_threshold', ({ maskThreshold }) => maskThreshold, {
    ...{ type: 'double', unit: 'probability', range: '0 to 1', emptyWhen: noMask },
    meaning: 'Probability at and above which a pixel counts as lesion.',
  }),
  column('predicted_area_px', ({ predictedAreaPx }) => predictedAreaPx, {
    ...{ type: 'integer', unit: 'pixels', range: 'from 0', emptyWhen: noMask },
    meaning: 'Pixels inside the predicted mask.',
  }),
  box('box_left_px', 'Left edge of the predicted mask.', ({ boxLeftPx }) => boxLeftPx),
  box('box_top_px', 'Upper edge of the predicted mask.', ({ boxTopPx }) => boxTopPx),
  box('box_width_px', 'Width of the predicted mask.', ({ boxWidthPx }) => boxWidthPx),
  box('box_height_px', 'Height of the predicted mask.', ({ boxHeightPx }) => boxHeightPx),
);

const pixels = (name: string, meaning: string, cells: Column<PredictionRow>['cells']) =>
  column(name, cells, {
    ...{ type: 'integer', unit: 'pixels', range: 'from 0', emptyWhen: noAgreement, meaning },
  });

const index = (name: 'jaccard' | 'dice', formula: string): Column<PredictionRow> =>
  column(name, (batch) => batch.truePositivePx.map((_, at) => indexOf(batch, at, name)), {
    ...{ type: 'double', unit: '-', range: '0 to 1' },
    emptyWhen: `${noAgreement}, or both masks are empty`,
    meaning: `${formula}, from the pixel counts of this row.`,
  });

/** Null where it does not exist. */
function indexOf(
  { truePositivePx, falsePositivePx, falseNegativePx, trueNegativePx }: Columnar<PredictionRow>,
  at: number,
  name: 'jaccard' | 'dice',
): number | null {
  const counted = truePositivePx[at] ?? null;
  if (counted === null) return null;
  const counts = {
    ...{ truePositivePx: counted, falsePositivePx: falsePositivePx[at]! },
    ...{ falseNegativePx: falseNegativePx[at]!, trueNegativePx: trueNegativePx[at]! },
  };
  return withIndices(counts)[name] ?? null;
}

const agreement = columnsFor<PredictionRow>(
  pixels('true_positive_px', 'Lesion in both masks.', (batch) => batch.truePositivePx),
  pixels('false_positive_px', 'Lesion in the prediction only.', (batch) => batch.falsePositivePx),
  pixels('false_negative_px', 'Lesion in the reference only.', (batch) => batch.falseNegativePx),
  pixels('true_negative_px', 'Lesion in neither mask.', (batch) => batch.trueNegativePx),
  index('jaccard', 'tp / (tp + fp + fn)'),
  index('dice', '2 tp / (2 tp + fp + fn)'),
);

export const referencesTable: ExportTable<ReferenceRow> = {
  name: 'references',
  grain: 'image of the snapshot',
  columns: [...source, ...image, ...patient, ...reference],
};

export const predictionsTable: ExportTable<PredictionRow> = {
  name: 'predictions',
  grain: 'image of the snapshot and model version that has scored it',
  columns: [
    ...[...source, ...version, ...image, ...patient, ...reference],
    ...[...scores, ...mask, ...agreement],
  ],
};

/** The same rows as the predictions, with what concerns masks only. */
export const agreementsTable: ExportTable<PredictionRow> = {
  name: 'agreements',
  grain: 'image of the snapshot and model version that has scored it',
  columns: [
    ...[...source, ...version, ...image],
    ...patient.filter(({ name }) => /^(patient|lesion)_code$|_px$/.test(name)),
    ...reference.filter(({ name }) => /^reference_(mask|area)/.test(name)),
    ...[...mask, ...agreement],
  ],
};
