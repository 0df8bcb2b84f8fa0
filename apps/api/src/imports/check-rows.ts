import type { Finding } from './import-problem.js';
import { isPublicImageId, isUsableCode } from './public-ids.js';
import type { ScannedImage } from './scan-folder.js';
import type { StudyState } from './study-state.js';

export interface RowRules {
  keepIds: boolean;
}

/** What keeps images out although each file by itself is sound: rows that contradict each other or the study. */
export function checkRows(
  images: ScannedImage[],
  study: StudyState,
  { keepIds }: RowRules,
): Finding[] {
  return [
    ...images.flatMap((image) => checkRow(image, study, keepIds)),
    ...contradictions(images, 'LESION_OF_TWO_PATIENTS', ({ metadata }) => metadata?.patientId),
    ...contradictions(images, 'LABEL_CONFLICT', ({ diagnosis }) => diagnosis),
  ];
}

function checkRow(image: ScannedImage, study: StudyState, keepIds: boolean): Finding[] {
  const { imageId, metadata } = image;
  const isSynthetic = metadata?.isSynthetic ?? false;
  return [
    ...(isSynthetic === study.isSynthetic ? [] : [finding('SYNTHETIC_MIX', imageId)]),
    ...(keepIds ? unusableIds(image) : []),
    ...((keepIds || isPublicImageId(imageId)) && isTaken(image, study)
      ? [finding('CODE_TAKEN', imageId)]
      : []),
  ];
}

const finding = (code: Finding['code'], imageId: string): Finding => ({
  code,
  imageId,
  example: imageId,
});

function unusableIds({ imageId, metadata }: ScannedImage): Finding[] {
  const { patientId, lesionId } = metadata ?? {};
  return Object.entries({ image_id: imageId, patient_id: patientId, lesion_id: lesionId })
    .filter(([, id]) => id && !isUsableCode(id))
    .map(([subject, id]) => ({ code: 'ID_UNUSABLE', imageId, subject, example: id! }));
}

/** By an image with other bytes. With the same bytes, it is the same image. */
const isTaken = ({ imageId, sha256 }: ScannedImage, { takenCodes, images }: StudyState) =>
  takenCodes.has(imageId) &&
  !images.some((known) => known.code === imageId && known.sha256 === sha256);

/** All images of a lesion for which `claim` says different things. */
function contradictions(
  images: ScannedImage[],
  code: 'LESION_OF_TWO_PATIENTS' | 'LABEL_CONFLICT',
  claim: (image: ScannedImage) => string | null | undefined,
): Finding[] {
  const lesions = Map.groupBy(images, ({ metadata }) => metadata?.lesionId ?? undefined);
  return [...lesions].flatMap(([lesionId, group]) => {
    if (lesionId === undefined) return [];
    const claims = new Set(group.map(claim).filter((word) => word !== null && word !== undefined));
    if (claims.size < 2) return [];
    return group.map((image) => {
      const { imageId } = image;
      return { code, imageId, example: `${imageId}: ${lesionId}, ${claim(image) ?? 'nothing'}` };
    });
  });
}
