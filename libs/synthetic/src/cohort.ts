import {
  AGE_RANGE,
  AGE_YEARS,
  DIAGNOSIS_SHARES,
  furtherDiagnosisWeights,
  MALE_SHARE,
  SITE_WEIGHTS,
  SKIN_TYPE_SHARES,
  type AnatomicSite,
  type Diagnosis,
  type SkinType,
} from './demographics.js';
import { hashSeed, seededRandom, type Random } from './random.js';

/** One image to be drawn: what it shows, and the seeds from which every pixel follows. */
export interface SyntheticImage {
  /** `SYN_0001` onward, in the order of the cohort. */
  imageId: string;
  /** `SP-001` onward. */
  patientId: string;
  /** `SP-001-L1` onward: labels belong to the lesion, so its images share them. */
  lesionId: string;
  diagnosis: Diagnosis;
  sex: 'female' | 'male';
  /** Whole years in steps of five, as the ISIC Archive gives them. */
  ageApproximate: number;
  /** Fitzpatrick. */
  skinType: SkinType;
  anatomicSite: AnatomicSite;
  widthPx: number;
  heightPx: number;
  patientSeed: number;
  lesionSeed: number;
  imageSeed: number;
  /** Always true: no reader of the plan can take it for a record of real people. */
  synthetic: true;
}

export interface CohortSize {
  seed?: number;
  patients?: number;
  images?: number;
}

export const DEFAULT_COHORT = { seed: 2017, patients: 160, images: 240 } as const;

/** Of what exceeds one image per patient, the share that are new lesions; the rest are second views. */
const NEW_LESION_SHARE = 0.55;

const FRAME_SIZES = [
  [640, 480],
  [672, 504],
  [704, 528],
  [768, 576],
] as const;

/**
 * The plan of a cohort: who, which lesions, which images. The same arguments give the same plan;
 * nothing is drawn yet. Diagnoses and skin types are dealt by quota among patients, so that the
 * shares hold in small cohorts too; a patient's further lesions are drawn by what their age suggests.
 *
 * @throws RangeError when a count is not a positive whole number, or there are fewer images than patients.
 */
export function syntheticCohort(size: CohortSize = {}): SyntheticImage[] {
  const { seed, patients, images } = checkedSize(size);
  const random = seededRandom(seed, 'cohort');
  const firstDiagnoses = dealt(DIAGNOSIS_SHARES, patients, random);
  const skinTypes = dealt(SKIN_TYPE_SHARES, patients, random);
  const people = firstDiagnoses.map((diagnosis, i) =>
    personOf(seed, i, { diagnosis, skinType: skinTypes[i]! }),
  );

  const furtherLesions = Math.round((images - patients) * NEW_LESION_SHARE);
  const lesions = people.map((person) => lesionOf(person, 1, person.firstDiagnosis));
  for (let i = 0; i < furtherLesions; i++) {
    const person = people[random.integer(0, patients - 1)]!;
    person.lesions++;
    const diagnosis = seededRandom(person.patientSeed, 'lesion', person.lesions).weighted(
      furtherDiagnosisWeights(person.ageApproximate),
    );
    lesions.push(lesionOf(person, person.lesions, diagnosis));
  }
  const views = [...lesions];
  while (views.length < images) views.push(lesions[random.integer(0, lesions.length - 1)]!);
  return numbered(views);
}

/** @throws RangeError naming the argument that cannot be. */
export function checkedSize(size: CohortSize): Required<CohortSize> {
  const checked = {
    seed: size.seed ?? DEFAULT_COHORT.seed,
    patients: size.patients ?? DEFAULT_COHORT.patients,
    images: size.images ?? DEFAULT_COHORT.images,
  };
  if (!Number.isSafeInteger(checked.seed)) throw new RangeError('seed must be a whole number');
  for (const name of ['patients', 'images'] as const) {
    if (!Number.isSafeInteger(checked[name]) || checked[name] < 1) {
      throw new RangeError(`${name} must be a positive whole number, got ${checked[name]}`);
    }
  }
  if (checked.images < checked.patients) {
    throw new RangeError(
      `${checked.images} images cannot show ${checked.patients} patients: each needs at least one`,
    );
  }
  return checked;
}

type Lesion = Omit<SyntheticImage, 'imageId' | 'widthPx' | 'heightPx' | 'imageSeed'>;

interface Person {
  patientId: string;
  patientSeed: number;
  firstDiagnosis: Diagnosis;
  skinType: SkinType;
  sex: 'female' | 'male';
  ageApproximate: number;
  lesions: number;
}

function personOf(
  seed: number,
  index: number,
  { diagnosis, skinType }: { diagnosis: Diagnosis; skinType: SkinType },
): Person {
  const patientSeed = hashSeed(seed, 'patient', index);
  const random = seededRandom(patientSeed, 'person');
  const { mean, deviation } = AGE_YEARS[diagnosis];
  const years = Math.round(random.normal(mean, deviation) / 5) * 5;
  return {
    patientId: `SP-${String(index + 1).padStart(3, '0')}`,
    patientSeed,
    firstDiagnosis: diagnosis,
    skinType,
    sex: random.chance(MALE_SHARE[diagnosis]) ? 'male' : 'female',
    ageApproximate: Math.min(AGE_RANGE.high, Math.max(AGE_RANGE.low, years)),
    lesions: 1,
  };
}

function lesionOf(person: Person, number: number, diagnosis: Diagnosis): Lesion {
  const { patientId, patientSeed, sex, ageApproximate, skinType } = person;
  const lesionSeed = hashSeed(patientSeed, 'lesion', number);
  const anatomicSite = seededRandom(lesionSeed, 'site').weighted(SITE_WEIGHTS[diagnosis]);
  const lesionId = `${patientId}-L${number}`;
  const synthetic = true as const;
  return {
    ...{ patientId, lesionId, diagnosis, sex, ageApproximate, skinType, anatomicSite },
    ...{ patientSeed, lesionSeed, synthetic },
  };
}

/** Numbers the images patient by patient, each lesion's images next to one another. */
function numbered(views: readonly Lesion[]): SyntheticImage[] {
  const ordered = [...views].sort((a, b) => compare(a.lesionId, b.lesionId));
  const seen = new Map<string, number>();
  return ordered.map((lesion, i) => {
    const view = (seen.get(lesion.lesionId) ?? 0) + 1;
    seen.set(lesion.lesionId, view);
    const imageSeed = hashSeed(lesion.lesionSeed, 'view', view);
    const [widthPx, heightPx] =
      FRAME_SIZES[seededRandom(imageSeed, 'frame').integer(0, FRAME_SIZES.length - 1)]!;
    const imageId = `SYN_${String(i + 1).padStart(4, '0')}`;
    return { imageId, ...lesion, widthPx, heightPx, imageSeed };
  });
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** `count` values in the given shares by largest remainder, in random order. */
function dealt<T>(shares: readonly (readonly [T, number])[], count: number, random: Random): T[] {
  const exact = shares.map(([value, share]) => ({ value, exact: share * count }));
  const whole = exact.flatMap((e) => Array<T>(Math.floor(e.exact)).fill(e.value));
  const byRemainder = [...exact].sort((a, b) => (b.exact % 1) - (a.exact % 1));
  const rest = byRemainder.slice(0, count - whole.length).map((e) => e.value);
  return random.shuffled([...whole, ...rest]);
}
