import { randomUUID } from 'node:crypto';
import { pairedPilot } from '@lesionwise/metrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCohort } from '../cohorts/cohort.service.js';
import { createSnapshot } from '../cohorts/snapshot.service.js';
import type { Viewer } from '../context.js';
import { createToyStudy, type ToyStudy } from '../testing/toy-study.js';
import { createWorld, type World } from '../testing/world.js';

const single = /* GraphQL */ `
  query ($input: PlanSingleAucInput!) {
    planSingleAuc(input: $input) {
      positives
      negatives
      images
      power
      designEffect
      method
      curve {
        positives
        negatives
        power
      }
    }
  }
`;
const paired = /* GraphQL */ `
  query ($input: PlanPairedAucInput!) {
    planPairedAuc(input: $input) {
      positives
      negatives
      power
      designEffect
      method
      curve {
        positives
        power
      }
    }
  }
`;
const pilot = /* GraphQL */ `
  query ($input: PlanningPilotInput!) {
    planningPilot(input: $input) {
      positives
      negatives
      patients
      withoutReference
      imagesPerPatient
      imagesPerPatientCv
      ratio
      auc
      baselineAuc
      difference
      v10
      v01
      designEffect
      undefinedReason
    }
  }
`;

describe('planning', () => {
  let world: World;
  let reader: Viewer;

  beforeAll(async () => {
    world = await createWorld();
    const { id } = await world.db.study.create({ data: { slug: 'any', name: 'Any' } });
    reader = await world.member(id, 'READER');
  });
  afterAll(() => world.close());

  describe('one AUC', () => {
    const ask = (input: Record<string, unknown>) =>
      world.ask(reader, single, { input: { auc: 0.8, ratio: 4, ...input } });

    it('needs the cases that pROC 1.18.0 says, and has the power that it says', async () => {
      // power.roc.test(auc = 0.8, power = 0.9, kappa = 4): ncases 10.89815, ncontrols 43.5926
      const size = (await ask({ power: 0.9 })).data['planSingleAuc'];
      expect(size).toMatchObject({ positives: 11, negatives: 44, images: 55, designEffect: 1 });
      // power.roc.test(auc = 0.65, ncases = 40, ncontrols = 120): power 0.8325353
      const { data } = await ask({ auc: 0.65, ratio: 3, positives: 40 });
      expect(data['planSingleAuc']).toMatchObject({ positives: 40, negatives: 120 });
      expect(data['planSingleAuc'].power).toBeCloseTo(0.83253529069554655, 10);
    });

    it('draws the power against the size, rising, through what was asked', async () => {
      const { curve, positives } = (await ask({ auc: 0.65, power: 0.8 })).data['planSingleAuc'];
      expect(curve.length).toBeGreaterThan(20);
      const powers = curve.map(({ power }: { power: number }) => power);
      expect(powers).toEqual(powers.toSorted((a: number, b: number) => a - b));
      const reached = curve.find((point: { power: number }) => point.power >= 0.8);
      expect(Math.abs(reached.positives - positives)).toBeLessThanOrEqual(4);
      expect(reached.negatives).toBe(4 * reached.positives);
    });

    it('grows with patients of several images', async () => {
      // 1 + ((0.5^2 + 1) 2 - 1) 0.4 = 1.6; 10.898 * 1.6 = 17.4
      const clustering = { imagesPerPatient: 2, cv: 0.5, icc: 0.4 };
      const size = (await ask({ power: 0.9, clustering })).data['planSingleAuc'];
      expect(size).toMatchObject({ positives: 18, designEffect: 1.6 });
      expect(size.method).toMatch(/design effect/);
      const same = (await ask({ power: 0.9, designEffect: 1.6 })).data['planSingleAuc'];
      expect(same).toEqual(size);
    });

    it.each([
      ['auc', { auc: 0.5, power: 0.8 }],
      ['auc', { auc: 1, power: 0.8 }],
      ['ratio', { ratio: 0, power: 0.8 }],
      ['alpha', { alpha: 1, power: 0.8 }],
      ['power', { power: 1 }],
      ['power', {}],
      ['positives', { positives: 0 }],
      ['positives', { positives: 10, power: 0.8 }],
      ['designEffect', { power: 0.8, designEffect: 0 }],
      ['clustering', { power: 0.8, designEffect: 2, clustering: { imagesPerPatient: 2, icc: 0 } }],
      ['imagesPerPatient', { power: 0.8, clustering: { imagesPerPatient: 0.5, icc: 0.1 } }],
      ['cv', { power: 0.8, clustering: { imagesPerPatient: 2, cv: -1, icc: 0.1 } }],
      ['icc', { power: 0.8, clustering: { imagesPerPatient: 2, icc: 1.1 } }],
      ['power', { auc: 0.50001, power: 0.99 }],
      ['power', { power: 0.8, ratio: 1e300 }],
    ])('says what is wrong with %s in %j', async (field, input) => {
      const { codes, errors } = await ask(input);
      expect([codes, errors[0]?.extensions['field']]).toEqual([['INVALID_INPUT'], field]);
    });
  });

  describe('two AUCs on the same images', () => {
    const facts = { difference: 0.05, v10: 0.04, v01: 0.02, ratio: 4 };
    const ask = (input: Record<string, unknown>) =>
      world.ask(reader, paired, { input: { ...facts, ...input } });

    it('need the size worked by hand', async () => {
      // (1.959964 + 0.841621)^2 = 7.848880; times (0.04 + 0.005) / 0.0025 = 141.3
      const { data, codes } = await ask({ power: 0.8 });
      expect(codes).toEqual([]);
      expect(data['planPairedAuc']).toMatchObject({ positives: 142, negatives: 568 });
      // Twice the variance, half as much again of the margin: 141.28 * 2 * (0.05 / 0.075)^2 = 125.6
      const margin = (await ask({ power: 0.8, designEffect: 2, margin: 0.025 })).data;
      expect(margin['planPairedAuc'].positives).toBe(126);
      expect(margin['planPairedAuc'].method).toMatch(/non-inferiority, one-sided/);
    });

    it('can be planned for non-inferiority where no difference is expected', async () => {
      const { data } = await ask({ power: 0.8, difference: 0, margin: 0.05 });
      expect(data['planPairedAuc'].positives).toBe(142);
      const power = (await ask({ positives: 142, difference: 0, margin: 0.05 })).data;
      expect(power['planPairedAuc'].power).toBeCloseTo(0.802, 3);
    });

    it.each([
      ['difference', { difference: 0, power: 0.8 }],
      ['difference', { difference: 1.5, power: 0.8 }],
      ['difference', { difference: -0.05, margin: 0.05, power: 0.8 }],
      ['v10', { v10: -1, power: 0.8 }],
      ['v10', { v10: 0, v01: 0, power: 0.8 }],
      ['v01', { v01: -1, power: 0.8 }],
      ['margin', { margin: 0, power: 0.8 }],
      ['power', { difference: 1e-9, power: 0.8 }],
    ])('say what is wrong with %s in %j', async (field, input) => {
      const { codes, errors } = await ask(input);
      expect([codes, errors[0]?.extensions['field']]).toEqual([['INVALID_INPUT'], field]);
    });
  });

  describe('a pilot', () => {
    // Melanomas are odd places; patients have 3, 3, 2, 2, 2 and 1 images.
    const patients = ['A', 'A', 'A', 'B', 'B', 'B', 'C', 'C', 'D', 'D', 'E', 'E', 'F'];
    const labels = patients.map((_, at) => (at % 2) as 0 | 1);
    const scores = [0.1, 0.9, 0.4, 0.8, 0.3, 0.4, 0.2, 0.7, 0.6, 0.5, 0.1, 0.9, 0.3];
    const baseline = [0.2, 0.6, 0.4, 0.7, 0.5, 0.4, 0.6, 0.7, 0.6, 0.3, 0.1, 0.8, 0.5];
    let study: ToyStudy;
    let statistician: Viewer;
    let stranger: Viewer;
    let snapshotId: string;
    let versions: string[];

    async function score(versionId: string, runId: string, probabilities: number[]) {
      for (const [at, probability] of probabilities.entries()) {
        await world.db.prediction.create({
          data: {
            ...{ modelVersionId: versionId, imageId: study.imageIds[at]!, runId, device: 'cpu' },
            scores: { create: { task: 'melanoma', probability } },
          },
        });
      }
    }

    beforeAll(async () => {
      const { db } = world;
      study = await createToyStudy(world, [
        ...patients.map((patient, at) => ({
          ...{ patient, red: at, green: 0 },
          diagnosis: labels[at] === 1 ? ('MELANOMA' as const) : ('NEVUS' as const),
        })),
        { patient: 'G', red: 99, green: 0 },
      ]);
      statistician = await world.member(study.id, 'STATISTICIAN');
      stranger = reader;
      const model = await db.model.create({ data: { name: 'toy' } });
      versions = [];
      for (const version of ['1.0.0', '1.1.0', '1.2.0']) {
        const row = await db.modelVersion.create({
          data: {
            ...{ modelId: model.id, version, sha256: 'c'.repeat(64), sizeBytes: 1 },
            ...{ manifest: {}, checks: [] },
          },
        });
        versions.push(row.id);
        const run = await db.inferenceRun.create({
          data: {
            ...{ studyId: study.id, number: versions.length, modelVersionId: row.id },
            totalCount: patients.length,
          },
        });
        // The third has not scored all.
        const scored = [scores, baseline, scores.slice(0, 9)][versions.length - 1]!;
        await score(row.id, run.id, scored);
      }
      const input = { studyId: study.id, name: 'All', filter: {} };
      const cohort = await createCohort(db, statistician, input);
      snapshotId = (await createSnapshot(db, statistician, cohort.id)).id;
    });

    const ask = (variables: Record<string, unknown> = {}, viewer = statistician) =>
      world.ask(viewer, pilot, {
        input: {
          ...{ snapshotId, task: 'MELANOMA' },
          ...{ modelVersionId: versions[0], baselineId: versions[1], ...variables },
        },
      });

    it('gives what the library computes from the stored facts, and says what it left out', async () => {
      const { data, codes } = await ask();
      expect(codes).toEqual([]);
      const { aucA, aucB, clusters, meanClusterSize, clusterSizeCv, ...rest } = pairedPilot(
        labels,
        scores,
        baseline,
        patients,
      );
      expect(data['planningPilot']).toEqual({
        ...{ ...rest, auc: aucA, baselineAuc: aucB, patients: clusters, withoutReference: 1 },
        ...{ imagesPerPatient: meanClusterSize, imagesPerPatientCv: clusterSizeCv },
        undefinedReason: null,
      });
    });

    it('gives no estimate of a class of fewer than five', async () => {
      await world.db.prediction.deleteMany({ where: { modelVersionId: versions[2]! } });
      const run = await world.db.inferenceRun.findFirstOrThrow({
        where: { modelVersionId: versions[2]! },
      });
      await score(versions[2]!, run.id, scores);
      const sk = await ask({ task: 'SEBORRHEIC_KERATOSIS' });
      expect(sk.codes).toEqual(['CONFLICT']);
      await world.db.score.createMany({
        data: (await world.db.prediction.findMany()).map(({ id }) => ({
          ...{ predictionId: id, task: 'seborrheic_keratosis', probability: 0.5 },
        })),
      });
      const { data } = await ask({ task: 'SEBORRHEIC_KERATOSIS' });
      expect(data['planningPilot']).toMatchObject({
        ...{ positives: 0, negatives: 13, difference: null, v10: null },
        undefinedReason: 'too-few-positives',
      });
    });

    it('is refused on part of the images, with one version, and for what is not there', async () => {
      await world.db.prediction.deleteMany({
        where: { modelVersionId: versions[2]!, imageId: study.imageIds[12]! },
      });
      const partly = await ask({ modelVersionId: versions[2] });
      expect(partly.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', missing: 1 });
      expect((await ask({ modelVersionId: versions[1] })).codes).toEqual(['INVALID_INPUT']);
      expect((await ask({ modelVersionId: randomUUID() })).codes).toEqual(['NOT_FOUND']);
      expect((await ask({ modelVersionId: 'none' })).codes).toEqual(['NOT_FOUND']);
      expect((await ask({}, stranger)).codes).toEqual(['NOT_FOUND']);
      expect((await ask({ snapshotId: 'none' })).codes).toEqual(['NOT_FOUND']);
    });
  });
});
