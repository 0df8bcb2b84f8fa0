import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import type { Diagnosis } from '../db.js';
import { serve, type Served } from '../testing/serve.js';
import { createWorld, type World } from '../testing/world.js';

const create = /* GraphQL */ `
  mutation ($input: CreateEvaluationInput!) {
    createEvaluation(input: $input) {
      id
      metricSet
      inputsHash
      snapshot {
        imageCount
      }
      versions {
        slot
        modelVersion {
          version
        }
        tasks {
          task
          positives
          negatives
          patients
          withoutReference
          auc {
            value
            low
            high
            standardError
            method
            undefinedReason
            intervalUndefinedReason
          }
          roc {
            falsePositives
            truePositives
            threshold
            truePositiveRate
          }
        }
        segmentation {
          images
          patients
          withoutReference
          undefinedCount
          medianJaccard
          below065
          histogram {
            count
          }
          meanJaccard {
            value
            low
            high
            method
          }
          meanDice {
            value
          }
        }
      }
    }
  }
`;

const listed = /* GraphQL */ `
  query ($id: ID!, $version: ID!, $first: Int!, $after: String, $sort: EvaluationImageSort) {
    evaluation(id: $id) {
      images(first: $first, after: $after, modelVersionId: $version, sort: $sort) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            image {
              code
            }
            patientCode
            diagnosis
            jaccard
            scores {
              task
              referenceLabel
              error
            }
          }
        }
      }
    }
  }
`;

/** Facts of one image; px = [tp, fp, fn, tn]. */
interface Case {
  code: string;
  patient: string;
  diagnosis?: Diagnosis;
  melanoma: number;
  seborrheicKeratosis: number;
  px?: [number, number, number, number];
}

// Patient A has two images. Worked by hand: melanoma positives {0.8, 0.6}, negatives {0.6, 0.2}: AUC 7/8.
const cases: Case[] = [
  {
    code: 'C1',
    patient: 'A',
    diagnosis: 'MELANOMA',
    melanoma: 0.8,
    seborrheicKeratosis: 0.1,
    px: [60, 20, 20, 0],
  },
  {
    code: 'C2',
    patient: 'A',
    diagnosis: 'NEVUS',
    melanoma: 0.6,
    seborrheicKeratosis: 0.2,
    px: [0, 0, 0, 100],
  },
  {
    code: 'C3',
    patient: 'B',
    diagnosis: 'MELANOMA',
    melanoma: 0.6,
    seborrheicKeratosis: 0.3,
    px: [50, 0, 50, 0],
  },
  {
    code: 'C4',
    patient: 'C',
    diagnosis: 'SEBORRHEIC_KERATOSIS',
    melanoma: 0.1,
    seborrheicKeratosis: 0.95,
    px: [100, 0, 0, 0],
  },
  { code: 'C5', patient: 'D', melanoma: 0.4, seborrheicKeratosis: 0.4 },
];

const manifestOf = (version: string) => ({
  ...{ schema: 'lesionwise.model/1', name: 'toy', version, licence: 'Apache-2.0' },
  ...{ file: 'model.onnx', sha256: '0'.repeat(64), maskThreshold: 0.5 },
  input: {
    ...{ name: 'image', dtype: 'uint8', layout: 'NHWC', height: 8, width: 8 },
    ...{ fit: 'squash', colour: 'RGB' },
  },
  outputs: { scores: [{ task: 'melanoma', name: 'scores', index: 0 }] },
  training: { data: 'none', seed: 0, code: 'none' },
});

describe('evaluations', () => {
  let world: World;
  let served: Served;
  let admin: Viewer;
  let studyId: string;
  let snapshotId: string;
  let versionId: string;
  let otherVersionId: string;

  async function registerVersion(version: string) {
    const model = await world.db.model.findFirst();
    const row = await world.db.modelVersion.create({
      data: {
        modelId: model?.id ?? (await world.db.model.create({ data: { name: 'toy' } })).id,
        ...{ version, sha256: randomUUID().replaceAll('-', '').padEnd(64, '0'), sizeBytes: 1 },
        ...{ manifest: manifestOf(version), checks: [] },
      },
    });
    return row.id;
  }

  async function addCase(fact: Case, index: number, runId: string) {
    const { db } = world;
    const where = { studyId_code: { studyId, code: fact.patient } };
    const patient =
      (await db.patient.findUnique({ where })) ??
      (await db.patient.create({ data: { studyId, code: fact.patient } }));
    const lesion = await db.lesion.create({
      data: { studyId, patientId: patient.id, code: fact.code },
    });
    const image = await db.image.create({
      data: {
        ...{ studyId, lesionId: lesion.id, code: fact.code, widthPx: 10, heightPx: 10 },
        ...{ sizeBytes: 1, sha256: index.toString(16).padStart(64, '0') },
      },
    });
    const diagnosis = fact.diagnosis
      ? await db.referenceDiagnosis.create({
          data: {
            ...{ lesionId: lesion.id, version: 1 },
            ...{ diagnosis: fact.diagnosis, method: 'HISTOPATHOLOGY' },
          },
        })
      : null;
    const mask = fact.px
      ? await db.referenceMask.create({
          data: {
            ...{ imageId: image.id, version: 1, widthPx: 10, heightPx: 10, areaPx: 1 },
            png: Buffer.from([0]),
          },
        })
      : null;
    await db.snapshotImage.create({
      data: {
        ...{ snapshotId, imageId: image.id, position: index },
        referenceDiagnosisId: diagnosis?.id ?? null,
        referenceMaskId: mask?.id ?? null,
      },
    });
    const prediction = await db.prediction.create({
      data: {
        ...{ modelVersionId: versionId, imageId: image.id, runId, device: 'cpu' },
        scores: {
          create: [
            { task: 'melanoma', probability: fact.melanoma },
            { task: 'seborrheic_keratosis', probability: fact.seborrheicKeratosis },
          ],
        },
      },
    });
    if (!mask || !fact.px) return;
    const [tp, fp, fn, tn] = fact.px;
    await db.maskAgreement.create({
      data: {
        ...{ predictionId: prediction.id, referenceMaskId: mask.id },
        ...{ truePositivePx: tp, falsePositivePx: fp, falseNegativePx: fn, trueNegativePx: tn },
      },
    });
  }

  beforeAll(async () => {
    world = await createWorld();
    served = await serve(world);
    admin = await world.admin();
    const { db } = world;
    ({ id: studyId } = await db.study.create({ data: { name: 'Toy', slug: 'toy' } }));
    const cohort = await db.cohort.create({ data: { studyId, name: 'All', filter: {} } });
    ({ id: snapshotId } = await db.cohortSnapshot.create({
      data: {
        ...{ cohortId: cohort.id, contentHash: 'f'.repeat(64) },
        ...{ imageCount: cases.length, patientCount: 4 },
      },
    }));
    versionId = await registerVersion('1.0.0');
    otherVersionId = await registerVersion('2.0.0');
    const run = await db.inferenceRun.create({
      data: { studyId, number: 1, modelVersionId: versionId, totalCount: cases.length },
    });
    for (const [index, fact] of cases.entries()) await addCase(fact, index, run.id);
  });
  afterAll(async () => {
    await served.close();
    await world.close();
  });

  const evaluate = (viewer: Viewer, modelVersionIds = [versionId]) =>
    world.ask(viewer, create, { input: { snapshotId, modelVersionIds } });

  it('counts, and estimates nothing from fewer than five images of a class', async () => {
    const { data, codes, messages } = await evaluate(admin);
    expect(messages).toEqual([]);
    expect(codes).toEqual([]);
    const [version] = data['createEvaluation'].versions;
    const [melanoma, keratosis] = version.tasks;
    const notEstimated = { value: null, low: null, high: null, standardError: null };
    expect(melanoma).toMatchObject({
      task: 'MELANOMA',
      ...{ positives: 2, negatives: 2, patients: 3, withoutReference: 1, roc: [] },
      auc: { ...notEstimated, undefinedReason: 'too-few-positives' },
    });
    expect(keratosis).toMatchObject({
      ...{ positives: 1, negatives: 3, roc: [] },
      auc: { ...notEstimated, undefinedReason: 'too-few-positives' },
    });
  });

  it('averages Jaccard over images that have one, and counts the others', async () => {
    const { data } = await evaluate(admin);
    const { segmentation } = data['createEvaluation'].versions[0];
    expect(segmentation).toMatchObject({
      ...{ images: 4, patients: 3, withoutReference: 1, undefinedCount: 1, below065: 2 },
      medianJaccard: 0.6,
    });
    expect(segmentation.meanJaccard.value).toBeCloseTo((0.6 + 0.5 + 1) / 3, 12);
    expect(segmentation.meanDice.value).toBeCloseTo((0.75 + 2 / 3 + 1) / 3, 12);
    expect(segmentation.meanJaccard.low).toBeGreaterThanOrEqual(0.5);
    expect(segmentation.histogram.map((bin: { count: number }) => bin.count)).toEqual(
      Array.from({ length: 20 }, (_, b) => (b === 10 || b === 12 || b === 19 ? 1 : 0)),
    );
  });

  it('is one evaluation, however often and by how many it is asked for', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => evaluate(admin)));
    const ids = new Set(answers.map(({ data }) => data['createEvaluation'].id));
    expect(ids.size).toBe(1);
    expect(await world.db.evaluation.count()).toBe(1);
    expect(await world.db.evaluationVersion.count()).toBe(1);
  });

  it('stops when a version has not scored every image, and says which', async () => {
    const answer = await evaluate(admin, [versionId, otherVersionId]);
    expect(answer.codes).toEqual(['CONFLICT']);
    expect(answer.messages[0]).toContain('toy 2.0.0 has no score for 5 images');
    expect((await evaluate(admin, [])).codes).toEqual(['INVALID_INPUT']);
    expect((await evaluate(admin, [versionId, versionId])).codes).toEqual(['INVALID_INPUT']);
    expect((await evaluate(admin, [randomUUID()])).codes).toEqual(['NOT_FOUND']);
  });

  it('pages through its images by error, those without a value last in both directions', async () => {
    const { data } = await evaluate(admin);
    const { id } = data['createEvaluation'];
    const inOrder = async (field: string, direction: string) => {
      const codes: string[] = [];
      let after: string | null = null;
      do {
        const page = await world.ask(admin, listed, {
          ...{ id, version: versionId, first: 2, after, sort: { field, direction } },
        });
        expect(page.messages).toEqual([]);
        const { edges, pageInfo, totalCount } = page.data['evaluation'].images;
        expect(totalCount).toBe(5);
        codes.push(...edges.map((edge: any) => edge.node.image.code));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      return codes.join(' ');
    };
    expect(await inOrder('JACCARD', 'ASC')).toBe('C3 C1 C4 C2 C5');
    expect(await inOrder('JACCARD', 'DESC')).toBe('C4 C1 C3 C2 C5');
    expect(await inOrder('MELANOMA_ERROR', 'DESC')).toBe('C2 C3 C1 C4 C5');
    expect(await inOrder('SEBORRHEIC_KERATOSIS_ERROR', 'ASC')).toBe('C4 C1 C2 C3 C5');
    expect(await inOrder('CODE', 'DESC')).toBe('C5 C4 C3 C2 C1');
  });

  it('is absent for a stranger, in GraphQL and as CSV, and cannot be made by an auditor', async () => {
    const { data } = await evaluate(admin);
    const { id } = data['createEvaluation'];
    const other = await world.db.study.create({ data: { name: 'Other', slug: 'other' } });
    const stranger = await world.member(other.id, 'STATISTICIAN');
    const auditor = await world.member(studyId, 'AUDITOR');
    const found = await world.ask(stranger, `{ evaluation(id: "${id}") { id } }`);
    expect(found).toMatchObject({ data: { evaluation: null }, codes: [] });
    expect((await evaluate(stranger)).codes).toEqual(['NOT_FOUND']);
    expect((await evaluate(auditor)).codes).toEqual(['FORBIDDEN']);
    expect((await served.fetchAs(stranger, `/exports/evaluations/${id}.csv`)).status).toBe(404);
    expect((await served.fetchAs(undefined, `/exports/evaluations/${id}.csv`)).status).toBe(401);
  });

  it('exports one row for each image, with the facts and no formula', async () => {
    await world.db.patient.updateMany({ where: { code: 'B' }, data: { code: '=1+1' } });
    const { data } = await evaluate(admin);
    const answer = await served.fetchAs(
      admin,
      `/exports/evaluations/${data['createEvaluation'].id}.csv`,
    );
    const [header, ...rows] = (await answer.text()).trim().split('\n');
    expect(header).toBe(
      'image_code,patient_code,diagnosis,melanoma_label,melanoma_score,' +
        'seborrheic_keratosis_label,seborrheic_keratosis_score,true_positive_px,false_positive_px,' +
        'false_negative_px,true_negative_px,jaccard,dice,synthetic,model_version,snapshot',
    );
    expect(rows[0]).toBe(
      `C1,A,MELANOMA,1,0.8,0,0.1,60,20,20,0,0.6,0.75,0,toy 1.0.0,${'f'.repeat(64)}`,
    );
    expect(rows[2]).toContain("C3,'=1+1,");
    expect(rows).toHaveLength(5);
    await world.db.patient.updateMany({ where: { code: '=1+1' }, data: { code: 'B' } });
  });
});
