import type { Diagnosis, DiagnosisMethod, DuplicatePolicy } from '../db.js';
import { checkRows } from './check-rows.js';
import {
  type Finding,
  isError,
  type Problem,
  type ProblemCode,
  problemsOf,
} from './import-problem.js';
import { type Fate, matchImages } from './match-images.js';
import {
  type Homes,
  type NewImage,
  type NewLesion,
  type NewPatient,
  planHomes,
} from './plan-homes.js';
import { isPublicImageId, isPublicLesionId, isPublicPatientId } from './public-ids.js';
import type { Scan, ScannedImage } from './scan-folder.js';
import type { KnownImage, StudyState } from './study-state.js';

export interface ImportOptions {
  duplicates: DuplicatePolicy;
  /** Keeps ids that are not public as codes: for folders whose ids are known to be pseudonyms. */
  keepIds?: boolean;
}

export interface NewDiagnosis {
  lesionId: string;
  diagnosis: Diagnosis;
  method: DiagnosisMethod;
}

export interface NewMask {
  imageId: string;
  /** In the folder. */
  path: string;
  pngSha256: string;
  /** The image has predictions already, which can now be measured against the mask. */
  isAwaited: boolean;
}

/** See the type ImportReport of the API. */
export interface ImportReport {
  imagesRead: number;
  masksRead: number;
  imagesToAdd: number;
  masksToAdd: number;
  lesionsToAdd: number;
  patientsToAdd: number;
  diagnosesToAdd: number;
  skipped: number;
  duplicates: number;
  withError: number;
  withWarning: number;
  withoutMask: number;
  metadataRemoved: number;
  locationRemoved: number;
  isSynthetic: boolean;
  problems: Problem[];
}

/** Every row that an import adds. Nothing that exists is changed. */
export interface ImportPlan {
  patients: NewPatient[];
  lesions: NewLesion[];
  images: NewImage[];
  diagnoses: NewDiagnosis[];
  masks: NewMask[];
  report: ImportReport;
}

export const hasErrors = ({ problems }: ImportReport) =>
  problems.some(({ severity }) => severity === 'ERROR');

/** Works out what a folder adds to a study. What has an error is left out. */
export function planImport(
  scan: Scan,
  study: StudyState,
  { duplicates, keepIds = false }: ImportOptions,
): ImportPlan {
  const findings = [...scan.findings, ...checkRows(scan.images, study, { keepIds })];
  const faulty = new Set(findings.filter(isError).map(({ imageId }) => imageId));
  const sound = scan.images.filter(({ imageId }) => !faulty.has(imageId));
  const fates = matchImages(sound, study.images, duplicates);
  const homes = planHomes(fates, study, keepIds);
  const diagnoses = planDiagnoses(fates, homes, study);
  const masks = planMasks(fates, homes);
  findings.push(
    ...homes.findings,
    ...diagnoses.findings,
    ...masks.findings,
    ...fates.flatMap((fate) => remarks(fate, keepIds)),
  );
  const { patients, lesions, images } = homes;
  const planned = { patients, lesions, images, diagnoses: diagnoses.rows, masks: masks.rows };
  return { ...planned, report: reportOf(scan, sound, fates, findings, planned) };
}

/** First diagnoses only: an import corrects nobody. */
function planDiagnoses(fates: Fate[], { images }: Homes, study: StudyState) {
  const current = new Map(study.lesions.map(({ id, diagnosis }) => [id, diagnosis]));
  for (const { lesionId, diagnosis } of study.images) current.set(lesionId, diagnosis);
  const claims = [
    ...fates.flatMap((fate) =>
      fate.kind === 'KNOWN' ? [{ lesionId: fate.known.lesionId, image: fate.image }] : [],
    ),
    ...images.map(({ lesionId, scanned }) => ({ lesionId, image: scanned })),
  ];
  const rows: NewDiagnosis[] = [];
  const findings: Finding[] = [];
  for (const { lesionId, image } of claims) {
    const { imageId, diagnosis, metadata } = image;
    if (!diagnosis) continue;
    const stands = current.get(lesionId);
    if (!stands) {
      const method = metadata?.isSynthetic
        ? 'BY_CONSTRUCTION'
        : (metadata?.method ?? 'NOT_RECORDED');
      rows.push({ lesionId, diagnosis, method });
      current.set(lesionId, diagnosis);
    } else if (stands !== diagnosis) {
      const example = `${imageId}: ${diagnosis}, the study has ${stands}`;
      findings.push({ code: 'DIAGNOSIS_CHANGED', imageId, example });
    }
  }
  return { rows, findings };
}

/** First masks only: an import redraws nothing. */
function planMasks(fates: Fate[], { images }: Homes) {
  const rows: NewMask[] = images.flatMap(({ id, scanned: { mask } }) =>
    mask ? [{ imageId: id, path: mask.path, pngSha256: mask.pngSha256, isAwaited: false }] : [],
  );
  const findings: Finding[] = [];
  for (const fate of fates) {
    if (fate.kind !== 'KNOWN' || !fate.image.mask) continue;
    const { path, pngSha256 } = fate.image.mask;
    const { id, maskSha256, hasPredictions } = fate.known;
    if (maskSha256 === null) {
      rows.push({ imageId: id, path, pngSha256, isAwaited: hasPredictions });
    } else if (maskSha256 !== pngSha256) {
      const { imageId } = fate.image;
      findings.push({ code: 'MASK_CHANGED', imageId, example: imageId });
    }
  }
  return { rows, findings };
}

/** What is allowed but should be known. */
function remarks(fate: Fate, keepIds: boolean): Finding[] {
  const { image } = fate;
  const { imageId } = image;
  if (fate.kind === 'DUPLICATE') {
    return [{ code: 'DUPLICATE', imageId, example: `${imageId} = ${fate.of}` }];
  }
  const known = fate.kind === 'KNOWN' ? fate.known : undefined;
  const codes = [...remarksOnReferences(image, known), ...remarksOnMetadata(image, known)];
  return [
    ...codes.map((code) => ({ code, imageId, example: imageId })),
    ...(known ? [] : remarksOnIds(image, keepIds)),
  ];
}

function remarksOnReferences({ mask, diagnosis }: ScannedImage, known?: KnownImage) {
  const codes: ProblemCode[] = [];
  if (!mask && !known?.maskSha256) codes.push('MASK_MISSING');
  if (mask?.areaPx === 0) codes.push('MASK_EMPTY');
  if (!diagnosis && !known?.diagnosis) codes.push('LABEL_MISSING');
  return codes;
}

function remarksOnMetadata({ metadata }: ScannedImage, known?: KnownImage): ProblemCode[] {
  if (!metadata) return ['METADATA_MISSING'];
  const contradicts = known?.sex && metadata.sex && known.sex !== metadata.sex;
  return contradicts ? ['METADATA_CONFLICT'] : [];
}

/** These concern the folder as a whole, so they do not mark the image as one with a warning. */
function remarksOnIds({ imageId, metadata }: ScannedImage, keepIds: boolean): Finding[] {
  const { patientId, lesionId } = metadata ?? {};
  if (!patientId && !lesionId) return [{ code: 'NO_PATIENT_IDS', example: imageId }];
  const isPublic =
    isPublicImageId(imageId) &&
    (!patientId || isPublicPatientId(patientId)) &&
    (!lesionId || isPublicLesionId(lesionId));
  return keepIds || isPublic ? [] : [{ code: 'IDS_REPLACED', example: imageId }];
}

function reportOf(
  scan: Scan,
  sound: ScannedImage[],
  fates: Fate[],
  findings: Finding[],
  planned: Omit<ImportPlan, 'report'>,
): ImportReport {
  const count = (kind: Fate['kind']) => fates.filter((fate) => fate.kind === kind).length;
  // A file that concerns no single image, such as a table, counts as one as well.
  const errors = findings.filter(isError).map(({ imageId, example }) => imageId ?? example);
  const warnings = findings.flatMap((finding) =>
    !isError(finding) && finding.imageId ? [finding.imageId] : [],
  );
  const added = planned.images.map(({ scanned }) => scanned);
  return {
    imagesRead: scan.imagesRead,
    masksRead: scan.masksRead,
    imagesToAdd: added.length,
    masksToAdd: planned.masks.length,
    lesionsToAdd: planned.lesions.length,
    patientsToAdd: planned.patients.length,
    diagnosesToAdd: planned.diagnoses.length,
    skipped: count('KNOWN'),
    duplicates:
      count('DUPLICATE') + planned.images.filter(({ copyNumber }) => copyNumber > 0).length,
    withError: new Set(errors).size,
    withWarning: new Set(warnings).size,
    withoutMask: findings.filter(({ code }) => code === 'MASK_MISSING').length,
    metadataRemoved: added.filter(({ hadMetadata }) => hadMetadata).length,
    locationRemoved: added.filter(({ hadLocation }) => hadLocation).length,
    isSynthetic: sound.length > 0 && sound.every(({ metadata }) => metadata?.isSynthetic),
    problems: problemsOf(findings),
  };
}
