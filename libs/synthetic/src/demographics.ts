export type Diagnosis = 'melanoma' | 'seborrheic_keratosis' | 'nevus';
export type SkinType = 'I' | 'II' | 'III' | 'IV' | 'V' | 'VI';
export type AnatomicSite =
  | 'head/neck'
  | 'upper extremity'
  | 'lower extremity'
  | 'anterior torso'
  | 'posterior torso'
  | 'lateral torso';

/** Near ISIC 2017, where 19 % are melanoma and 13 % SK; SK is raised so that a small cohort can rank it. */
export const DIAGNOSIS_SHARES: readonly (readonly [Diagnosis, number])[] = [
  ['melanoma', 0.2],
  ['seborrheic_keratosis', 0.18],
  ['nevus', 0.62],
];

/** Dermoscopy archives are mostly fair skin; IV to VI are raised above ISIC's share so that they can be seen. */
export const SKIN_TYPE_SHARES: readonly (readonly [SkinType, number])[] = [
  ['I', 0.12],
  ['II', 0.32],
  ['III', 0.27],
  ['IV', 0.15],
  ['V', 0.08],
  ['VI', 0.06],
];

export const AGE_YEARS: Record<Diagnosis, { mean: number; deviation: number }> = {
  melanoma: { mean: 61, deviation: 14 },
  seborrheic_keratosis: { mean: 65, deviation: 11 },
  nevus: { mean: 40, deviation: 16 },
};
/** The archive's own range: ages are rounded to five and capped at 85. */
export const AGE_RANGE = { low: 10, high: 85 };

export const MALE_SHARE: Record<Diagnosis, number> = {
  melanoma: 0.57,
  seborrheic_keratosis: 0.54,
  nevus: 0.46,
};

export const SITE_WEIGHTS: Record<Diagnosis, readonly (readonly [AnatomicSite, number])[]> = {
  melanoma: sites(17, 15, 21, 12, 31, 4),
  seborrheic_keratosis: sites(28, 13, 11, 20, 24, 4),
  nevus: sites(8, 13, 18, 24, 30, 7),
};

/** In the young a further lesion is a naevus; keratoses come with age. */
export function furtherDiagnosisWeights(years: number): readonly (readonly [Diagnosis, number])[] {
  return years < 50
    ? [
        ['nevus', 0.92],
        ['melanoma', 0.08],
      ]
    : [
        ['nevus', 0.48],
        ['seborrheic_keratosis', 0.34],
        ['melanoma', 0.18],
      ];
}

function sites(...weights: [number, number, number, number, number, number]) {
  const names: AnatomicSite[] = [
    'head/neck',
    'upper extremity',
    'lower extremity',
    'anterior torso',
    'posterior torso',
    'lateral torso',
  ];
  return names.map((name, i) => [name, weights[i]!] as const);
}
