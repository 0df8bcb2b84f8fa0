import { inVisibleStudy, studyFor } from '../access.js';
import { type Connection, decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { conflict, invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import type { CreatePatientInput, UpdatePatientInput } from './patient.input.js';
import type { Patient } from './patient.type.js';

/** Ages above it are one group, because few people are that old and could be recognised. */
export const oldestAgeYears = 85;
export const ageStepYears = 5;

export interface PatientPage {
  first: number;
  after?: string | null;
  search?: string | null;
}

/** The patients of a study by code. */
export async function listPatients(
  db: Db,
  viewer: Viewer,
  studyId: string,
  { first, after, search }: PatientPage,
): Promise<Connection<Patient>> {
  const where: Prisma.PatientWhereInput = {
    AND: [{ studyId }, inVisibleStudy(viewer), codeHolds(search)],
  };
  const cursor = after ? decodeCursor(after, 1)[0] : undefined;
  const rows = await db.patient.findMany({
    where: cursor === undefined ? where : { AND: [where, { code: { gt: String(cursor) } }] },
    orderBy: { code: 'asc' },
    take: pageSize(first) + 1,
  });
  return toConnection(
    rows,
    first,
    ({ code }) => [code],
    () => db.patient.count({ where }),
  );
}

/** Prisma hands `%` and `_` to LIKE as they are; a code such as ISIC_0012151 means its underscore. */
const codeHolds = (search: string | null | undefined): Prisma.PatientWhereInput =>
  search?.trim()
    ? { code: { contains: search.trim().replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' } }
    : {};

export const findPatient = (db: Db, viewer: Viewer, studyId: string, code: string) =>
  db.patient.findFirst({ where: { AND: [{ studyId, code }, inVisibleStudy(viewer)] } });

export async function createPatient(db: Db, viewer: Viewer, input: CreatePatientInput) {
  const { studyId, code, sex, ageYears, skinType } = input;
  await studyFor(db, viewer, studyId, 'editRecords');
  const row = { studyId, code: checkedCode(code), sex, ageYears: checkedAge(ageYears), skinType };
  return refusingTakenCode(row.code, 'patient', () => db.patient.create({ data: row }));
}

/** Changes what the input names, if the patient is still as the viewer saw them. */
export async function updatePatient(db: Db, viewer: Viewer, input: UpdatePatientInput) {
  const { id, revision, code, consent, ageYears, ...rest } = input;
  const patient = await patientToEdit(db, viewer, id);
  const changes = {
    ...rest,
    ageYears: checkedAge(ageYears),
    code: code === undefined ? undefined : checkedCode(code ?? ''),
    consent: consent ?? undefined,
  };
  return refusingTakenCode(changes.code ?? patient.code, 'patient', async () => {
    const [updated] = await db.patient.updateManyAndReturn({
      where: { id, revision, ...inVisibleStudy(viewer) },
      data: { ...changes, revision: { increment: 1 } },
    });
    if (!updated) throw revisionConflict(await patientToEdit(db, viewer, id));
    return updated;
  });
}

/** The patient, where the viewer may edit records of their study. */
export async function patientToEdit(db: Db, viewer: Viewer, id: string) {
  const patient = isId(id)
    ? await db.patient.findFirst({ where: { AND: [{ id }, inVisibleStudy(viewer)] } })
    : null;
  if (!patient) throw notFound('patient', id);
  await studyFor(db, viewer, patient.studyId, 'editRecords');
  return patient;
}

function revisionConflict({ revision, code, sex, ageYears, skinType, consent }: Patient) {
  return conflict(
    `Somebody else changed the patient meanwhile: it is at revision ${revision} now.`,
    {
      field: 'revision',
      stored: { revision, code, sex, ageYears, skinType, consent },
    },
  );
}

/** Codes stand in web addresses and file names, so only what is safe there may be in them. */
export function checkedCode(code: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(code)) return code;
  throw invalid(
    'code',
    'A code has 1 to 64 letters, digits, dots, hyphens and underscores, and begins with a letter or digit.',
  );
}

function checkedAge(ageYears: number | null | undefined) {
  if (ageYears === null || ageYears === undefined) return ageYears;
  if (ageYears >= 0 && ageYears <= oldestAgeYears && ageYears % ageStepYears === 0) return ageYears;
  throw invalid(
    'ageYears',
    `The age is a multiple of ${ageStepYears} from 0 to ${oldestAgeYears}, where ${oldestAgeYears} means ${oldestAgeYears} or older; got ${ageYears}.`,
  );
}

/** Names the field where the unique key on the code refuses a write. */
export async function refusingTakenCode<T>(code: string, what: string, write: () => Promise<T>) {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') {
      throw conflict(`There is already a ${what} with the code ${code}.`, { field: 'code' });
    }
    throw error;
  }
}
