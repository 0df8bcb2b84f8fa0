import type {
  AnatomicSite,
  Device,
  Diagnosis,
  DiagnosisMethod,
  ImageModality,
  Sex,
  StudyRole,
  Task,
} from '@/gql/graphql';
import { formatCount } from './format';

/** The word on screen for each value of the contract, in one place so that two pages cannot differ. */
export const diagnosisWords: Record<Diagnosis, string> = {
  MELANOMA: 'melanoma',
  SEBORRHEIC_KERATOSIS: 'seborrheic keratosis',
  NEVUS: 'nevus',
  BASAL_CELL_CARCINOMA: 'basal cell carcinoma',
  SQUAMOUS_CELL_CARCINOMA: 'squamous cell carcinoma',
  ACTINIC_KERATOSIS: 'actinic keratosis',
  SOLAR_LENTIGO: 'solar lentigo',
  LICHENOID_KERATOSIS: 'lichenoid keratosis',
  DERMATOFIBROMA: 'dermatofibroma',
  VASCULAR_LESION: 'vascular lesion',
  OTHER_BENIGN: 'other benign',
  OTHER_MALIGNANT: 'other malignant',
};

export const methodWords: Record<DiagnosisMethod, string> = {
  HISTOPATHOLOGY: 'histopathology',
  EXPERT_CONSENSUS: 'expert consensus',
  FOLLOW_UP: 'follow-up',
  SINGLE_EXPERT: 'single expert',
  NOT_RECORDED: 'not recorded',
  BY_CONSTRUCTION: 'by construction',
};

export const siteWords: Record<AnatomicSite, string> = {
  HEAD_NECK: 'head or neck',
  UPPER_EXTREMITY: 'upper extremity',
  LOWER_EXTREMITY: 'lower extremity',
  ANTERIOR_TORSO: 'anterior torso',
  POSTERIOR_TORSO: 'posterior torso',
  LATERAL_TORSO: 'lateral torso',
  PALMS_SOLES: 'palms or soles',
  ORAL_GENITAL: 'oral or genital',
};

export const sexWords: Record<Sex, string> = { FEMALE: 'female', MALE: 'male', OTHER: 'other' };

export const modalityWords: Record<ImageModality, string> = {
  DERMOSCOPY: 'dermoscopy',
  CLINICAL: 'clinical photograph',
};

export const roleWords: Record<StudyRole, string> = {
  COORDINATOR: 'coordinator',
  READER: 'reader',
  STATISTICIAN: 'statistician',
  ML_ENGINEER: 'ML engineer',
  AUDITOR: 'auditor',
};

export const taskWords: Record<Task, string> = {
  MELANOMA: 'melanoma',
  SEBORRHEIC_KERATOSIS: 'seborrheic keratosis',
};

/** For column heads, where the whole word does not fit. */
export const taskShortWords: Record<Task, string> = {
  MELANOMA: 'Melanoma',
  SEBORRHEIC_KERATOSIS: 'Seb. keratosis',
};

export const deviceWords: Record<Device, string> = {
  AUTO: 'Fastest available',
  CUDA: 'NVIDIA GPU (CUDA)',
  WEBGPU: 'GPU (WebGPU)',
  CPU: 'CPU',
};

/** First letter large, for the start of a cell or a heading. */
export const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** 85 stands for 85 and older. */
export const ageWords = (ageYears: number) =>
  ageYears >= 85 ? '85 or older' : `${ageYears} to ${ageYears + 4}`;

/** "44 melanoma" of a snapshot's counts, in which `NONE` is an image without a diagnosis. */
export function diagnosisCountWords({ value, count }: { value: string; count: number }) {
  const words = Object.hasOwn(diagnosisWords, value)
    ? diagnosisWords[value as Diagnosis]
    : 'without diagnosis';
  return `${formatCount(count)} ${words}`;
}
