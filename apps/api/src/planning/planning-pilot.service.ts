import { isDefined, pairedPilot, type PairedPilot, type Value } from '@lesionwise/metrics';
import { inVisibleStudy } from '../access.js';
import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { conflict, invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import type { PlanningPilotInput } from './planning-pilot.input.js';
import type { PlanningPilot } from './planning-pilot.type.js';

/** Below this many images of either class nothing is estimated anywhere in the product. */
const smallestClass = 5;

/**
 * What two versions on one snapshot say for planning a comparison like it.
 *
 * @throws NOT_FOUND for a snapshot or version that the viewer may not see; CONFLICT when a version has
 *   not scored every image: a pilot on part of the images is another pilot
 */
export async function readPilot(
  db: Db,
  viewer: Viewer,
  { snapshotId, task, modelVersionId, baselineId }: PlanningPilotInput,
): Promise<PlanningPilot> {
  if (modelVersionId === baselineId) {
    throw invalid('baselineId', 'A comparison is of two versions.');
  }
  const snapshot = isId(snapshotId)
    ? await db.cohortSnapshot.findFirst({
        where: { id: snapshotId, cohort: inVisibleStudy(viewer) },
      })
    : null;
  if (!snapshot) throw notFound('snapshot', snapshotId);
  await requireVersions(db, [modelVersionId, baselineId]);
  const cases = await readCases(db, { snapshotId, task, modelVersionId, baselineId });
  const known = cases.filter((row): row is Case & { label: 0 | 1 } => row.label !== null);
  const unscored = known.filter(
    ({ score, baselineScore }) => score === null || baselineScore === null,
  );
  if (unscored.length > 0) {
    throw conflict(
      `The versions have not both scored every image for this task: ${unscored.length} of ${known.length} are missing.`,
      { field: 'modelVersionId', missing: unscored.length },
    );
  }
  const pilot = pairedPilot(
    Uint8Array.from(known, ({ label }) => label),
    Float64Array.from(known, ({ score }) => score!),
    Float64Array.from(known, ({ baselineScore }) => baselineScore!),
    known.map(({ patient }) => patient),
  );
  return { ...published(pilot), withoutReference: cases.length - known.length };
}

async function requireVersions(db: Db, ids: readonly string[]) {
  const rows = await db.modelVersion.findMany({
    where: { id: { in: ids.filter(isId) } },
    select: { id: true },
  });
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing !== undefined) throw notFound('model version', missing);
}

interface Case {
  /** Null for an image without a reference diagnosis. */
  label: 0 | 1 | null;
  patient: string;
  score: number | null;
  baselineScore: number | null;
}

const readCases = (db: Db, { snapshotId, task, modelVersionId, baselineId }: PlanningPilotInput) =>
  db.$queryRaw<Case[]>`
    SELECT (lower(d.diagnosis::text) = ${task})::int AS label, o."patientId"::text AS patient,
      a.probability AS score, b.probability AS "baselineScore"
    FROM "SnapshotImage" s
    JOIN "Image" i ON i.id = s."imageId"
    JOIN "Lesion" o ON o.id = i."lesionId"
    LEFT JOIN "ReferenceDiagnosis" d ON d.id = s."referenceDiagnosisId"
    LEFT JOIN "Prediction" pa
      ON pa."imageId" = i.id AND pa."modelVersionId" = ${modelVersionId}::uuid
    LEFT JOIN "Score" a ON a."predictionId" = pa.id AND a.task = ${task}
    LEFT JOIN "Prediction" pb ON pb."imageId" = i.id AND pb."modelVersionId" = ${baselineId}::uuid
    LEFT JOIN "Score" b ON b."predictionId" = pb.id AND b.task = ${task}
    WHERE s."snapshotId" = ${snapshotId}::uuid
    ORDER BY s.position`;

function published(pilot: PairedPilot): Omit<PlanningPilot, 'withoutReference'> {
  const tooFew = tooFewOf(pilot);
  const shown = (value: Value) => (tooFew === null && isDefined(value) ? value : null);
  const { positives, negatives, clusters, meanClusterSize, clusterSizeCv } = pilot;
  const { ratio, aucA, aucB, difference, v10, v01, designEffect } = pilot;
  const missing = [aucA, v10, v01, designEffect].find((value) => !isDefined(value));
  return {
    ...{ positives, negatives, patients: clusters },
    ...{ imagesPerPatient: meanClusterSize, imagesPerPatientCv: clusterSizeCv },
    ...{ ratio: shown(ratio), auc: shown(aucA), baselineAuc: shown(aucB) },
    ...{ difference: shown(difference), v10: shown(v10), v01: shown(v01) },
    designEffect: shown(designEffect),
    undefinedReason: tooFew ?? (typeof missing === 'object' ? missing.undefined : null),
  };
}

function tooFewOf({ positives, negatives }: PairedPilot) {
  if (positives < smallestClass) return 'too-few-positives';
  return negatives < smallestClass ? 'too-few-negatives' : null;
}
