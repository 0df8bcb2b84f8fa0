import type { SyntheticImage } from './cohort.js';

/** The folder of the ISIC 2017 challenge, with `Synthetic` for `ISIC-2017_Training`. */
export const LAYOUT = {
  images: 'Synthetic_Data',
  masks: 'Synthetic_Part1_GroundTruth',
  diagnoses: 'Synthetic_Part3_GroundTruth.csv',
  metadata: 'Synthetic_Data_metadata.csv',
  marker: 'synthetic.json',
} as const;

export const imageFile = ({ imageId }: SyntheticImage) => `${LAYOUT.images}/${imageId}.jpg`;
export const maskFile = ({ imageId }: SyntheticImage) =>
  `${LAYOUT.masks}/${imageId}_segmentation.png`;

/** The challenge's third part: both binary tasks per image, as 0.0 and 1.0 just as it writes them. */
export function diagnosesCsv(images: readonly SyntheticImage[]): string {
  const claim = (holds: boolean) => (holds ? '1.0' : '0.0');
  return csv(
    ['image_id', 'melanoma', 'seborrheic_keratosis'],
    images.map(({ imageId, diagnosis }) => [
      imageId,
      claim(diagnosis === 'melanoma'),
      claim(diagnosis === 'seborrheic_keratosis'),
    ]),
  );
}

/** What is known of each image, under the ISIC Archive's column names where it has them. */
export function metadataCsv(images: readonly SyntheticImage[]): string {
  return csv(
    [
      ...['image_id', 'age_approximate', 'sex', 'patient_id', 'lesion_id', 'anatom_site_general'],
      ...['fitzpatrick_skin_type', 'diagnosis_confirm_type', 'synthetic'],
    ],
    images.map((image) => [
      ...[image.imageId, String(image.ageApproximate), image.sex, image.patientId, image.lesionId],
      ...[image.anatomicSite, image.skinType, 'by construction', '1'],
    ]),
  );
}

/** No field of ours holds a comma, a quote or a line break; the plan is made of fixed words and numbers. */
const csv = (columns: readonly string[], rows: readonly (readonly string[])[]) =>
  [columns, ...rows].map((row) => `${row.join(',')}\n`).join('');
