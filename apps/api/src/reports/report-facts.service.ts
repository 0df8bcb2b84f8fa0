import { inVisibleStudy, studyVisibleSql } from '../access.js';
import { snapshotCode } from '../cohorts/snapshot.service.js';
import type { Viewer } from '../context.js';
import { type Db, Prisma } from '../db.js';
import { notFound } from '../errors.js';
import { findEvaluation } from '../evaluation/evaluation.service.js';
import type { Evaluation } from '../evaluation/evaluation.type.js';
import type { ModelVersionFacts, ReportFacts } from './report-facts.js';

const { sql } = Prisma;

/**
 * Everything that a report on an evaluation is written from.
 *
 * @throws NOT_FOUND where the evaluation is absent or not the viewer's to see
 */
export async function findReportFacts(db: Db, viewer: Viewer, id: string): Promise<ReportFacts> {
  const evaluation = await findEvaluation(db, viewer, id);
  if (!evaluation) throw notFound('evaluation', id);
  const snapshot = await db.cohortSnapshot.findFirstOrThrow({
    where: { id: evaluation.snapshotId, cohort: inVisibleStudy(viewer) },
    include: { cohort: { include: { study: true } } },
  });
  const { cohort } = snapshot;
  const within: Within = { db, viewer, evaluation };
  return {
    evaluation,
    study: cohort.study,
    cohort: { name: cohort.name, filter: cohort.filter },
    snapshot: {
      code: snapshotCode(snapshot.contentHash),
      contentHash: snapshot.contentHash,
      takenAt: snapshot.createdAt,
      images: snapshot.imageCount,
      patients: snapshot.patientCount,
    },
    plan: await planOf(within),
    versions: await versionsOf(within),
    flow: await flowOf(within),
    ...(await describedImages(within)),
  };
}

interface Within {
  db: Db;
  viewer: Viewer;
  evaluation: Evaluation;
}

/** The plan that a confirmatory evaluation follows. */
async function planOf({ db, viewer, evaluation: { planId } }: Within) {
  if (planId === null) return undefined;
  const { version, text, sha256, lockedAt } = await db.analysisPlan.findFirstOrThrow({
    where: { AND: [{ id: planId }, inVisibleStudy(viewer)] },
  });
  return { version, text, sha256, lockedAt };
}

async function versionsOf({ db, evaluation }: Within): Promise<ModelVersionFacts[]> {
  const ids = evaluation.versions.map(({ modelVersionId }) => modelVersionId);
  const rows = await db.modelVersion.findMany({
    where: { id: { in: ids } },
    include: { model: true, _count: { select: { trainingImages: true } } },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const { model, version, sha256, origin, manifest, _count } = byId.get(id)!;
    return {
      ...{ id, title: `${model.name} ${version}`, sha256, origin, manifest },
      trainingImages: _count.trainingImages,
    };
  });
}

/** From the study as it is now to the images of the snapshot, which never change. */
async function flowOf({ db, viewer, evaluation }: Within) {
  const [flow] = await db.$queryRaw<[ReportFacts['flow']]>`
    SELECT count(*)::int AS "studyImages", count(DISTINCT l."patientId")::int AS "studyPatients",
      count(*) FILTER (WHERE s."imageId" IS NULL AND i.quality = 'EXCLUDED')::int AS "excluded",
      count(*) FILTER (WHERE s."imageId" IS NULL AND i.quality <> 'EXCLUDED'
        AND t.consent = 'WITHDRAWN')::int AS "withdrawn",
      count(*) FILTER (WHERE s."imageId" IS NULL AND i.quality <> 'EXCLUDED'
        AND t.consent <> 'WITHDRAWN')::int AS "notChosen",
      count(s."imageId")::int AS "images",
      count(*) FILTER (WHERE s."imageId" IS NOT NULL
        AND s."referenceDiagnosisId" IS NULL)::int AS "withoutDiagnosis",
      count(*) FILTER (WHERE s."imageId" IS NOT NULL
        AND s."referenceMaskId" IS NULL)::int AS "withoutMask"
    FROM "Image" i
    JOIN "Lesion" l ON l.id = i."lesionId"
    JOIN "Patient" t ON t.id = l."patientId"
    LEFT JOIN "SnapshotImage" s
      ON s."imageId" = i.id AND s."snapshotId" = ${evaluation.snapshotId}::uuid
    WHERE i."studyId" = ${evaluation.studyId}::uuid
      AND ${studyVisibleSql(viewer, sql`i."studyId"`)}`;
  return flow;
}

/** Who and what the snapshot shows, and how its references were made. */
async function describedImages(within: Within) {
  const ofPatients = (column: Prisma.Sql) => levelsOf(within, column, sql`DISTINCT t.id`);
  const ofImages = (column: Prisma.Sql) => levelsOf(within, column, sql`i.id`);
  return {
    patients: {
      sex: await ofPatients(sql`t.sex::text`),
      age: await ofPatients(sql`CASE WHEN t."ageYears" < 45 THEN 'under 45'
        WHEN t."ageYears" < 65 THEN '45 to 64' WHEN t."ageYears" >= 65 THEN '65 and older' END`),
      skinType: await ofPatients(sql`t."skinType"::text`),
    },
    images: {
      site: await ofImages(sql`l."anatomicSite"::text`),
      modality: await ofImages(sql`i.modality::text`),
      diagnosis: await ofImages(sql`d.diagnosis::text`),
      method: await ofImages(sql`d.method::text`),
    },
  };
}

const levelsOf = ({ db, viewer, evaluation }: Within, column: Prisma.Sql, counted: Prisma.Sql) =>
  db.$queryRaw<{ level: string | null; count: number }[]>`
    SELECT ${column} AS level, count(${counted})::int AS count
    FROM "SnapshotImage" s
    JOIN "Image" i ON i.id = s."imageId"
    JOIN "Lesion" l ON l.id = i."lesionId"
    JOIN "Patient" t ON t.id = l."patientId"
    LEFT JOIN "ReferenceDiagnosis" d ON d.id = s."referenceDiagnosisId"
    WHERE s."snapshotId" = ${evaluation.snapshotId}::uuid
      AND ${studyVisibleSql(viewer, sql`i."studyId"`)}
    GROUP BY 1 ORDER BY count DESC, level`;
