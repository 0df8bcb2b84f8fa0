import { randomUUID } from 'node:crypto';
import type { AnatomicSite, FitzpatrickSkinType, Sex } from '../db.js';
import type { Finding } from './import-problem.js';
import type { Fate } from './match-images.js';
import { isPublicImageId, isPublicLesionId, isPublicPatientId, randomCodes } from './public-ids.js';
import type { ScannedImage } from './scan-folder.js';
import type { KnownLesion, StudyState } from './study-state.js';

export interface NewPatient {
  id: string;
  code: string;
  sex: Sex | null;
  ageYears: number | null;
  skinType: FitzpatrickSkinType | null;
}

export interface NewLesion {
  id: string;
  patientId: string;
  code: string;
  anatomicSite: AnatomicSite | null;
}

export interface NewImage {
  id: string;
  lesionId: string;
  code: string;
  copyNumber: number;
  scanned: ScannedImage;
}

/** New images with the patients and lesions that they need. */
export interface Homes {
  patients: NewPatient[];
  lesions: NewLesion[];
  images: NewImage[];
  findings: Finding[];
}

type Newcomer = Extract<Fate, { kind: 'NEW' }>;

/** A new image with its code, and with words that are equal for images of one patient or lesion. */
interface Guest {
  newcomer: Newcomer;
  image: ScannedImage;
  code: string;
  patientKey: string;
  lesionKey: string;
}

/** Rows of the study by the words of a guest. */
interface KnownHomes {
  patients: Map<string, string>;
  lesions: Map<string, string>;
}

/**
 * Finds each new image its lesion and patient: by the folder's ids where it has them, else one of each for
 * every image. Copies that were kept go where their original is, unless the folder says otherwise.
 */
export function planHomes(fates: Fate[], study: StudyState, keepIds: boolean): Homes {
  const nextCode = randomCodes();
  const guests = fates
    .filter((fate) => fate.kind === 'NEW')
    .map((newcomer): Guest => {
      const { image } = newcomer;
      const isKept = keepIds || isPublicImageId(image.imageId);
      const code = isKept ? image.imageId : `IM-${nextCode()}`;
      return { newcomer, image, code, ...keysOf(newcomer) };
    });
  const known = knownHomes(fates);
  const rules = { study, keepIds, nextCode };
  const { patients, findings } = planPatients(guests, known, rules);
  const lesions = planLesions(guests, known, rules);
  const images = guests.map(({ newcomer, image, code, lesionKey }): NewImage => {
    const lesionId = known.lesions.get(lesionKey)!;
    return { id: randomUUID(), lesionId, code, copyNumber: newcomer.copyNumber, scanned: image };
  });
  return { patients, lesions, images, findings };
}

interface Rules {
  study: StudyState;
  keepIds: boolean;
  nextCode: () => string;
}

function keysOf({ image, copyOf }: Newcomer): Pick<Guest, 'patientKey' | 'lesionKey'> {
  const { patientId, lesionId } = image.metadata ?? {};
  if (patientId || lesionId || !copyOf) return keysOfImage(image);
  const original = 'known' in copyOf ? copyOf.known : copyOf.scanned;
  // One photograph with two diagnoses: nobody can tell which, so each keeps its own.
  if (image.diagnosis && image.diagnosis !== original.diagnosis) return keysOfImage(image);
  if ('scanned' in copyOf) return keysOfImage(copyOf.scanned);
  return { patientKey: copyOf.known.patientId, lesionKey: copyOf.known.lesionId };
}

function keysOfImage({ imageId, metadata }: ScannedImage): Pick<Guest, 'patientKey' | 'lesionKey'> {
  const ofImage = `image ${imageId}`;
  const ofLesion = metadata?.lesionId ? `lesion ${metadata.lesionId}` : undefined;
  const ofPatient = metadata?.patientId ? `patient ${metadata.patientId}` : undefined;
  return { patientKey: ofPatient ?? ofLesion ?? ofImage, lesionKey: ofLesion ?? ofImage };
}

/** Who is in the study already is where the folder's ids lead, whatever codes they have there. */
function knownHomes(fates: Fate[]): KnownHomes {
  const homes: KnownHomes = { patients: new Map(), lesions: new Map() };
  const add = (
    keys: Pick<Guest, 'patientKey' | 'lesionKey'>,
    patientId: string,
    lesionId: string,
  ) => {
    homes.patients.set(keys.patientKey, patientId);
    homes.lesions.set(keys.lesionKey, lesionId);
  };
  for (const fate of fates) {
    if (fate.kind === 'KNOWN') {
      add(keysOfImage(fate.image), fate.known.patientId, fate.known.lesionId);
    } else if (fate.kind === 'NEW' && fate.copyOf && 'known' in fate.copyOf) {
      const { patientId, lesionId } = fate.copyOf.known;
      add({ patientKey: patientId, lesionKey: lesionId }, patientId, lesionId);
    }
  }
  return homes;
}

/** Adds to `known` where each guest's patient is. */
function planPatients(guests: Guest[], known: KnownHomes, { study, keepIds, nextCode }: Rules) {
  const patients: NewPatient[] = [];
  const findings: Finding[] = [];
  for (const [key, group] of Map.groupBy(guests, ({ patientKey }) => patientKey)) {
    if (known.patients.has(key)) continue;
    const { image, code: imageCode } = group[0]!;
    const patientId = image.metadata?.patientId;
    const isKept = patientId && (keepIds || isPublicPatientId(patientId));
    const isAlone = key.startsWith('image ');
    const own = isAlone ? imageCode.replace(/^IM-/, 'P-') : `P-${nextCode()}`;
    const code = isKept ? patientId : own;
    const there = study.patients.get(code);
    const id = there ?? randomUUID();
    known.patients.set(key, id);
    if (there) continue;
    const facts = factsOf(group, code);
    patients.push({ id, code, ...facts.values });
    findings.push(...facts.findings);
  }
  return { patients, findings };
}

/** What the rows of one patient agree on. The age at enrolment is the lowest. */
function factsOf(group: Guest[], code: string) {
  const rows = group.flatMap(({ image }) => image.metadata ?? []);
  const ages = rows.map(({ ageYears }) => ageYears).filter((age) => age !== null);
  const findings: Finding[] = [];
  const agreed = <T>(subject: string, values: (T | null)[]) => {
    const said = new Set(values.filter((value) => value !== null));
    if (said.size < 2) return [...said][0] ?? null;
    findings.push({
      code: 'METADATA_CONFLICT',
      subject,
      example: `${code}: ${[...said].join(', ')}`,
    });
    return null;
  };
  const values = {
    sex: agreed(
      'sex',
      rows.map(({ sex }) => sex),
    ),
    skinType: agreed(
      'fitzpatrick_skin_type',
      rows.map(({ skinType }) => skinType),
    ),
    ageYears: ages.length > 0 ? Math.min(...ages) : null,
  };
  return { values, findings };
}

/** Adds to `known` where each guest's lesion is. */
function planLesions(guests: Guest[], known: KnownHomes, rules: Rules) {
  const lesions: NewLesion[] = [];
  const imagesOf = Map.groupBy(guests, ({ patientKey }) => patientKey);
  for (const [key, group] of Map.groupBy(guests, ({ lesionKey }) => lesionKey)) {
    if (known.lesions.has(key)) continue;
    const guest = group[0]!;
    const patientId = known.patients.get(guest.patientKey)!;
    const isOnly = imagesOf.get(guest.patientKey)!.length === group.length;
    const code = lesionCode(guest, isOnly, rules);
    const isThere = (one: KnownLesion) => one.patientId === patientId && one.code === code;
    const there = rules.study.lesions.find(isThere);
    const id = there?.id ?? randomUUID();
    known.lesions.set(key, id);
    if (there) continue;
    const sites = group.map(({ image }) => image.metadata?.anatomicSite ?? null);
    const anatomicSite = sites.find((site) => site !== null) ?? null;
    lesions.push({ id, patientId, code, anatomicSite });
  }
  return lesions;
}

/** A lesion that the folder does not name is L1 of a patient made for it, else named for its image. */
function lesionCode({ image, code, patientKey }: Guest, isOnly: boolean, rules: Rules): string {
  const lesionId = image.metadata?.lesionId;
  if (!lesionId) return isOnly && patientKey.startsWith('image ') ? 'L1' : `L-${code}`;
  return rules.keepIds || isPublicLesionId(lesionId) ? lesionId : `L-${rules.nextCode()}`;
}
