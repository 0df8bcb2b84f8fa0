import type { AnatomicSite, DiagnosisMethod, FitzpatrickSkinType, Sex } from '../db.js';

/** What stands in a field for "nothing is known". */
const unknown = new Set(['', 'unknown', 'na', 'n/a', 'nan', 'null', 'none']);

/** The value of a word, null for "unknown", undefined for a word that is none. */
type Reader<T> = (word: string) => T | null | undefined;

const oneOf =
  <T>(words: Record<string, T>): Reader<T> =>
  (word) =>
    unknown.has(word) ? null : words[word];

// The words of the ISIC archive's metadata dictionary, in lower case.
export const readSex: Reader<Sex> = oneOf({ female: 'FEMALE', male: 'MALE', other: 'OTHER' });

export const readSite: Reader<AnatomicSite> = oneOf({
  'head/neck': 'HEAD_NECK',
  'upper extremity': 'UPPER_EXTREMITY',
  'lower extremity': 'LOWER_EXTREMITY',
  'anterior torso': 'ANTERIOR_TORSO',
  'posterior torso': 'POSTERIOR_TORSO',
  'lateral torso': 'LATERAL_TORSO',
  'palms/soles': 'PALMS_SOLES',
  'oral/genital': 'ORAL_GENITAL',
});
/** Used by older exports; it does not say which side. */
export const unclearSite = 'torso';

const skinTypes: FitzpatrickSkinType[] = ['I', 'II', 'III', 'IV', 'V', 'VI'];
const skinTypeWords = oneOf(
  Object.fromEntries(
    skinTypes.flatMap((type, i) => [
      [type.toLowerCase(), type],
      [String(i + 1), type],
    ]),
  ) as Record<string, FitzpatrickSkinType>,
);
export const readSkinType: Reader<FitzpatrickSkinType> = (word) =>
  skinTypeWords(word.replace(/^(fitzpatrick )?(skin )?type /, ''));

export const readMethod: Reader<DiagnosisMethod> = oneOf({
  histopathology: 'HISTOPATHOLOGY',
  'single image expert consensus': 'EXPERT_CONSENSUS',
  'expert consensus': 'EXPERT_CONSENSUS',
  'confocal microscopy with consensus dermoscopy': 'EXPERT_CONSENSUS',
  'serial imaging showing no change': 'FOLLOW_UP',
  'follow-up': 'FOLLOW_UP',
  'single contributor clinical assessment': 'SINGLE_EXPERT',
  // Not a word of the archive: a synthetic image shows what it was drawn to show.
  'by construction': 'BY_CONSTRUCTION',
});

const oldestBelievedYears = 120;
const ageStepYears = 5;
/** Ages above it are one group, because few people are that old and could be recognised. */
const oldestAgeYears = 85;

/** Whole years from 0 to 120, rounded down to a multiple of 5; 85 and older is 85. */
export const readAge: Reader<number> = (word) => {
  if (unknown.has(word)) return null;
  // "85+" is how the archive says it; "55.0" how pandas does.
  const years = /^(\d{1,3})(\.0+)?\+?$/.exec(word)?.[1];
  if (years === undefined || Number(years) > oldestBelievedYears) return undefined;
  const rounded = Math.floor(Number(years) / ageStepYears) * ageStepYears;
  return Math.min(rounded, oldestAgeYears);
};

export const readFlag: Reader<boolean> = oneOf({
  '1': true,
  '1.0': true,
  true: true,
  yes: true,
  '0': false,
  '0.0': false,
  false: false,
  no: false,
});
