import { randomUUID } from 'node:crypto';
import type { AnatomicSite, Diagnosis, FitzpatrickSkinType, ImageModality, Sex } from '../db.js';
import type { World } from './world.js';

/** Facts of one image, as a run over it would leave them. */
export interface ImageFact {
  patient: string;
  sex?: Sex | null;
  ageYears?: number | null;
  skinType?: FitzpatrickSkinType | null;
  site?: AnatomicSite | null;
  modality?: ImageModality;
  diagnosis: Diagnosis | null;
  hasMask: boolean;
  /** Null where the version has not scored the image. */
  versions: ({
    scores: Record<string, number>;
    px: [number, number, number, number] | null;
  } | null)[];
}

export interface FactsStudy {
  studyId: string;
  cohortId: string;
  snapshotId: string;
  versionIds: string[];
  imageIds: string[];
}

/** A study with these facts, one lesion to an image, a snapshot of all in their order, and its versions. */
export async function writeFacts(world: World, facts: readonly ImageFact[]): Promise<FactsStudy> {
  const { db } = world;
  const slug = `facts-${randomUUID().slice(0, 8)}`;
  const { id: studyId } = await db.study.create({ data: { slug, name: slug } });
  const rows = facts.map((fact, at) => ({
    ...{ fact, at, imageId: randomUUID(), lesionId: randomUUID() },
    diagnosisId: fact.diagnosis ? randomUUID() : null,
    maskId: fact.hasMask ? randomUUID() : null,
  }));
  const patients = new Map(facts.map((fact) => [fact.patient, { ...fact, id: randomUUID() }]));
  await db.patient.createMany({
    data: [...patients.values()].map(({ id, patient, sex, ageYears, skinType }) => ({
      ...{ id, studyId, code: patient },
      ...{ sex: sex ?? null, ageYears: ageYears ?? null, skinType: skinType ?? null },
    })),
  });
  await db.lesion.createMany({
    data: rows.map(({ fact, at, lesionId }) => ({
      ...{ id: lesionId, studyId, code: `L${at}`, anatomicSite: fact.site ?? null },
      patientId: patients.get(fact.patient)!.id,
    })),
  });
  await db.image.createMany({
    data: rows.map(({ fact, at, lesionId, imageId }) => ({
      ...{ id: imageId, studyId, lesionId, code: `F${String(at).padStart(5, '0')}` },
      ...{ widthPx: 10, heightPx: 10, sizeBytes: 1, modality: fact.modality ?? 'DERMOSCOPY' },
      sha256: at.toString(16).padStart(64, '0'),
    })),
  });
  await db.referenceDiagnosis.createMany({
    data: rows.flatMap(({ fact, lesionId, diagnosisId }) =>
      diagnosisId && fact.diagnosis
        ? [
            {
              ...{ id: diagnosisId, lesionId, version: 1, diagnosis: fact.diagnosis },
              method: 'HISTOPATHOLOGY' as const,
            },
          ]
        : [],
    ),
  });
  await db.referenceMask.createMany({
    data: rows.flatMap(({ imageId, maskId }) =>
      maskId
        ? [
            {
              ...{ id: maskId, imageId, version: 1, widthPx: 10, heightPx: 10, areaPx: 1 },
              png: Buffer.from([0]),
            },
          ]
        : [],
    ),
  });
  const { id: cohortId } = await db.cohort.create({ data: { studyId, name: 'All', filter: {} } });
  const { id: snapshotId } = await db.cohortSnapshot.create({
    data: {
      ...{ cohortId, contentHash: randomUUID().replaceAll('-', '').repeat(2) },
      ...{ imageCount: rows.length, patientCount: patients.size },
    },
  });
  await db.snapshotImage.createMany({
    data: rows.map(({ at, imageId, diagnosisId, maskId }) => ({
      ...{ snapshotId, imageId, position: at },
      ...{ referenceDiagnosisId: diagnosisId, referenceMaskId: maskId },
    })),
  });
  const versionIds: string[] = [];
  for (let v = 0; v < (facts[0]?.versions.length ?? 0); v += 1) {
    versionIds.push(await writeVersion(world, { slug, studyId, rows, v }));
  }
  return { studyId, cohortId, snapshotId, versionIds, imageIds: rows.map((row) => row.imageId) };
}

interface Row {
  fact: ImageFact;
  imageId: string;
  maskId: string | null;
}

async function writeVersion(
  { db }: World,
  { slug, studyId, rows, v }: { slug: string; studyId: string; rows: readonly Row[]; v: number },
): Promise<string> {
  const model =
    (await db.model.findUnique({ where: { name: slug } })) ??
    (await db.model.create({ data: { name: slug } }));
  const { id: modelVersionId } = await db.modelVersion.create({
    data: {
      ...{ modelId: model.id, version: `${v + 1}.0.0`, sizeBytes: 1, checks: [] },
      sha256: randomUUID().replaceAll('-', '').repeat(2),
      manifest: manifestOf(slug, `${v + 1}.0.0`),
    },
  });
  const run = await db.inferenceRun.create({
    data: { studyId, number: v + 1, modelVersionId, totalCount: rows.length, state: 'DONE' },
  });
  const answers = rows.flatMap((row) => {
    const answer = row.fact.versions[v];
    return answer ? [{ ...row, answer, predictionId: randomUUID() }] : [];
  });
  await db.prediction.createMany({
    data: answers.map(({ predictionId, imageId }) => ({
      ...{ id: predictionId, modelVersionId, imageId, runId: run.id, device: 'cpu' },
    })),
  });
  await db.score.createMany({
    data: answers.flatMap(({ predictionId, answer }) =>
      Object.entries(answer.scores).map(([task, probability]) => ({
        ...{ predictionId, task, probability },
      })),
    ),
  });
  await db.maskAgreement.createMany({
    data: answers.flatMap(({ predictionId, maskId, answer: { px } }) =>
      maskId && px
        ? [
            {
              ...{ predictionId, referenceMaskId: maskId, truePositivePx: px[0] },
              ...{ falsePositivePx: px[1], falseNegativePx: px[2], trueNegativePx: px[3] },
            },
          ]
        : [],
    ),
  });
  return modelVersionId;
}

/** The manifest of a version that answers everything. */
const manifestOf = (name: string, version: string) => ({
  ...{ schema: 'lesionwise.model/1', name, version, licence: 'Apache-2.0' },
  ...{ file: 'model.onnx', sha256: '0'.repeat(64) },
  input: {
    ...{ name: 'image', dtype: 'uint8', layout: 'NHWC', height: 8, width: 8 },
    ...{ fit: 'squash', colour: 'RGB' },
  },
  outputs: {
    mask: { name: 'mask_probability', height: 8, width: 8 },
    scores: [
      { task: 'melanoma', name: 'scores', index: 0 },
      { task: 'seborrheic_keratosis', name: 'scores', index: 1 },
    ],
  },
  maskThreshold: 0.5,
  training: { data: 'none', seed: 0, code: 'none' },
});
