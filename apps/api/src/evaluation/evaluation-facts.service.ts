import type { Db, Diagnosis } from '../db.js';

/** What is known of one image of a snapshot and one version: facts, of which statistics are made. */
export interface ImageFacts {
  imageId: string;
  code: string;
  position: number;
  patientId: string;
  patientCode: string;
  diagnosis: Diagnosis | null;
  hasReferenceMask: boolean;
  melanoma: number | null;
  seborrheic_keratosis: number | null;
  truePositivePx: number | null;
  falsePositivePx: number | null;
  falseNegativePx: number | null;
  trueNegativePx: number | null;
}

/**
 * The facts of one version over a whole snapshot, in the order of the snapshot, with the references
 * that the snapshot froze.
 */
export const readFacts = (db: Db, snapshotId: string, modelVersionId: string) =>
  db.$queryRaw<ImageFacts[]>`
    SELECT s."imageId", i.code, s.position, l."patientId", t.code AS "patientCode",
      d.diagnosis::text AS diagnosis, s."referenceMaskId" IS NOT NULL AS "hasReferenceMask",
      mel.probability AS melanoma, sk.probability AS seborrheic_keratosis,
      a."truePositivePx", a."falsePositivePx", a."falseNegativePx", a."trueNegativePx"
    FROM "SnapshotImage" s
    JOIN "Image" i ON i.id = s."imageId"
    JOIN "Lesion" l ON l.id = i."lesionId"
    JOIN "Patient" t ON t.id = l."patientId"
    JOIN "Prediction" p ON p."imageId" = s."imageId" AND p."modelVersionId" = ${modelVersionId}::uuid
    LEFT JOIN "ReferenceDiagnosis" d ON d.id = s."referenceDiagnosisId"
    LEFT JOIN "Score" mel ON mel."predictionId" = p.id AND mel.task = 'melanoma'
    LEFT JOIN "Score" sk ON sk."predictionId" = p.id AND sk.task = 'seborrheic_keratosis'
    LEFT JOIN "MaskAgreement" a
      ON a."predictionId" = p.id AND a."referenceMaskId" = s."referenceMaskId"
    WHERE s."snapshotId" = ${snapshotId}::uuid
    ORDER BY s.position`;
