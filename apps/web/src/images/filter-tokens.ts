import type {
  AnatomicSite,
  Diagnosis,
  DiagnosisMethod,
  FitzpatrickSkinType,
  ImageQuality,
  Sex,
  Task,
} from '@/gql/graphql';

/** The tokens that stand for the API's values in an address. `satisfies` keeps every value reachable. */
export const diagnosisTokens = {
  melanoma: 'MELANOMA',
  sk: 'SEBORRHEIC_KERATOSIS',
  nevus: 'NEVUS',
  bcc: 'BASAL_CELL_CARCINOMA',
  scc: 'SQUAMOUS_CELL_CARCINOMA',
  ak: 'ACTINIC_KERATOSIS',
  'solar-lentigo': 'SOLAR_LENTIGO',
  'lichenoid-keratosis': 'LICHENOID_KERATOSIS',
  dermatofibroma: 'DERMATOFIBROMA',
  'vascular-lesion': 'VASCULAR_LESION',
  'other-benign': 'OTHER_BENIGN',
  'other-malignant': 'OTHER_MALIGNANT',
} as const satisfies Record<string, Diagnosis>;

export const methodTokens = {
  histopathology: 'HISTOPATHOLOGY',
  'expert-consensus': 'EXPERT_CONSENSUS',
  'follow-up': 'FOLLOW_UP',
  'single-expert': 'SINGLE_EXPERT',
  'not-recorded': 'NOT_RECORDED',
  'by-construction': 'BY_CONSTRUCTION',
} as const satisfies Record<string, DiagnosisMethod>;

export const sexTokens = {
  female: 'FEMALE',
  male: 'MALE',
  other: 'OTHER',
} as const satisfies Record<string, Sex>;

export const skinTokens = {
  I: 'I',
  II: 'II',
  III: 'III',
  IV: 'IV',
  V: 'V',
  VI: 'VI',
} as const satisfies Record<string, FitzpatrickSkinType>;

export const siteTokens = {
  'head-neck': 'HEAD_NECK',
  'upper-extremity': 'UPPER_EXTREMITY',
  'lower-extremity': 'LOWER_EXTREMITY',
  'anterior-torso': 'ANTERIOR_TORSO',
  'posterior-torso': 'POSTERIOR_TORSO',
  'lateral-torso': 'LATERAL_TORSO',
  'palms-soles': 'PALMS_SOLES',
  'oral-genital': 'ORAL_GENITAL',
} as const satisfies Record<string, AnatomicSite>;

export const qualityTokens = {
  accepted: 'ACCEPTED',
  excluded: 'EXCLUDED',
} as const satisfies Record<string, ImageQuality>;

export const taskTokens = {
  melanoma: 'MELANOMA',
  sk: 'SEBORRHEIC_KERATOSIS',
} as const satisfies Record<string, Task>;

/** The token of a value; the tables above are complete, so there always is one. */
export function tokenOf<Value extends string>(tokens: Record<string, Value>, value: Value): string {
  const found = Object.entries(tokens).find(([, v]) => v === value);
  if (!found) throw new RangeError(`${value} has no token in the address grammar.`);
  return found[0];
}
