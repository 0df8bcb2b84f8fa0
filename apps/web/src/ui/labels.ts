import type {
  AnatomicSite,
  ConsentStatus,
  Diagnosis,
  DiagnosisMethod,
  ImageModality,
  ImageQuality,
  Sex,
  Task,
} from '@/gql/graphql';

/** What the API's values are called on screen, in the middle of a sentence; `capitalised` starts one. */
export const diagnosisLabel = {
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
} as const satisfies Record<Diagnosis, string>;

export const methodLabel = {
  HISTOPATHOLOGY: 'histopathology',
  EXPERT_CONSENSUS: 'expert consensus',
  FOLLOW_UP: 'follow-up',
  SINGLE_EXPERT: 'single expert',
  NOT_RECORDED: 'method not recorded',
  BY_CONSTRUCTION: 'by construction',
} as const satisfies Record<DiagnosisMethod, string>;

export const sexLabel = {
  FEMALE: 'female',
  MALE: 'male',
  OTHER: 'other',
} as const satisfies Record<Sex, string>;

export const siteLabel = {
  HEAD_NECK: 'head or neck',
  UPPER_EXTREMITY: 'upper extremity',
  LOWER_EXTREMITY: 'lower extremity',
  ANTERIOR_TORSO: 'anterior torso',
  POSTERIOR_TORSO: 'posterior torso',
  LATERAL_TORSO: 'lateral torso',
  PALMS_SOLES: 'palm or sole',
  ORAL_GENITAL: 'oral or genital',
} as const satisfies Record<AnatomicSite, string>;

export const qualityLabel = {
  ACCEPTED: 'accepted',
  EXCLUDED: 'excluded',
} as const satisfies Record<ImageQuality, string>;

export const modalityLabel = {
  DERMOSCOPY: 'dermoscopy',
  CLINICAL: 'clinical photograph',
} as const satisfies Record<ImageModality, string>;

export const consentLabel = {
  ACTIVE: 'consent active',
  WITHDRAWN: 'consent withdrawn',
} as const satisfies Record<ConsentStatus, string>;

export const taskLabel = {
  MELANOMA: 'melanoma',
  SEBORRHEIC_KERATOSIS: 'seborrheic keratosis',
} as const satisfies Record<Task, string>;

export const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** Ages are stored in steps of 5, and 85 stands for everyone older. */
export const ageLabel = (years: number | null | undefined) =>
  years === null || years === undefined ? 'age not recorded' : years >= 85 ? '85+' : String(years);
