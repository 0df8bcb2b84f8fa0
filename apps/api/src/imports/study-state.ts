import { type Db, type Diagnosis, Prisma, type Sex } from '../db.js';
import type { Scan } from './scan-folder.js';

/** An image that the study has with the same bytes as one of the folder. */
export interface KnownImage {
  id: string;
  code: string;
  sha256: string;
  copyNumber: number;
  lesionId: string;
  patientId: string;
  sex: Sex | null;
  diagnosis: Diagnosis | null;
  /** Of the mask that counts; null where there is none. */
  maskSha256: string | null;
  hasPredictions: boolean;
}

export interface KnownLesion {
  id: string;
  code: string;
  patientCode: string;
  patientId: string;
  diagnosis: Diagnosis | null;
}

/** What of a study matters to a folder that comes in. */
export interface StudyState {
  isSynthetic: boolean;
  images: KnownImage[];
  /** Codes of the study's images that the folder names too. */
  takenCodes: Set<string>;
  /** Patients that the folder names too: code to id. */
  patients: Map<string, string>;
  /** Lesions of those patients. */
  lesions: KnownLesion[];
}

/** A study before its first image. */
export const emptyStudy = (isSynthetic: boolean): StudyState => ({
  isSynthetic,
  images: [],
  takenCodes: new Set(),
  patients: new Map(),
  lesions: [],
});

/** Reads what the plan of this folder depends on. In the transaction that writes, it cannot change meanwhile. */
export async function readStudyState(db: Db, studyId: string, scan: Scan): Promise<StudyState> {
  const hashes = scan.images.map(({ sha256 }) => sha256);
  const ids = scan.images.map(({ imageId }) => imageId);
  const patientCodes = [
    ...ids,
    ...scan.images.flatMap(({ metadata }) => metadata?.patientId ?? []),
  ];
  const { isSynthetic } = await db.study.findUniqueOrThrow({ where: { id: studyId } });
  const images = await db.$queryRaw<KnownImage[]>`
    SELECT i.id, i.code, i.sha256, i."copyNumber", i."lesionId", l."patientId", p.sex,
      d.diagnosis::text AS diagnosis,
      encode(sha256(m.png), 'hex') AS "maskSha256",
      EXISTS (SELECT FROM "Prediction" r WHERE r."imageId" = i.id) AS "hasPredictions"
    FROM "Image" i
    JOIN "Lesion" l ON l.id = i."lesionId"
    JOIN "Patient" p ON p.id = l."patientId"
    LEFT JOIN "ReferenceDiagnosis" d ON d."lesionId" = l.id AND d."supersededAt" IS NULL
    LEFT JOIN "ReferenceMask" m ON m."imageId" = i.id AND m."supersededAt" IS NULL
    WHERE i."studyId" = ${studyId}::uuid AND i.sha256 = ANY(${hashes}::text[])
    ORDER BY i."copyNumber"`;
  const codes = await db.$queryRaw<{ code: string }[]>`
    SELECT code FROM "Image" WHERE "studyId" = ${studyId}::uuid AND code = ANY(${ids}::text[])`;
  const patients = await db.$queryRaw<{ id: string; code: string }[]>`
    SELECT id, code FROM "Patient"
    WHERE "studyId" = ${studyId}::uuid AND code = ANY(${patientCodes}::text[])`;
  const patientIds = patients.map(({ id }) => id);
  const lesions = await db.$queryRaw<KnownLesion[]>(Prisma.sql`
    SELECT l.id, l.code, p.code AS "patientCode", p.id AS "patientId", d.diagnosis::text AS diagnosis
    FROM "Lesion" l
    JOIN "Patient" p ON p.id = l."patientId"
    LEFT JOIN "ReferenceDiagnosis" d ON d."lesionId" = l.id AND d."supersededAt" IS NULL
    WHERE p.id = ANY(${patientIds}::uuid[])`);
  return {
    isSynthetic,
    images,
    takenCodes: new Set(codes.map(({ code }) => code)),
    patients: new Map(patients.map(({ code, id }) => [code, id])),
    lesions,
  };
}
