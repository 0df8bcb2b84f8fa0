import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { type FactsStudy, type ImageFact, writeFacts } from '../testing/facts-study.js';
import { createWorld, type World } from '../testing/world.js';
import { forgetFacts } from './facts-cache.service.js';
import { forgetComparisons } from './recent-comparisons.js';

const golden = new URL('../../golden/study.json', import.meta.url);
const { images } = JSON.parse(readFileSync(golden, 'utf8')) as { images: ImageFact[] };

const question = /* GraphQL */ `
  query ($input: ComparisonInput!) {
    comparison(input: $input) {
      inputsHash
      imageSet {
        images
      }
      tasks {
        task
        positives
        versions {
          slot
          auc {
            value
            low
            high
          }
          averagePrecision {
            value
            low
            high
          }
        }
        differences {
          p
        }
      }
      segmentation {
        versions {
          meanJaccard {
            value
            low
            high
          }
        }
      }
    }
  }
`;

describe('answers packed by snapshot', () => {
  let world: World;
  let viewer: Viewer;
  let facts: FactsStudy;

  beforeAll(async () => {
    world = await createWorld();
    facts = await writeFacts(world, images);
    viewer = await world.member(facts.studyId, 'STATISTICIAN');
  });
  afterAll(async () => {
    await world.close();
  });

  /** As after a restart: nothing is in memory. */
  const compareAnew = async (input: Record<string, unknown> = {}, study = facts) => {
    forgetFacts();
    forgetComparisons();
    const { snapshotId, versionIds: modelVersionIds } = study;
    const answer = await world.ask(viewer, question, {
      input: { snapshotId, modelVersionIds, ...input },
    });
    return { ...answer, comparison: answer.data['comparison'] };
  };
  const packed = () => world.db.snapshotAnswers.count({ where: { snapshotId: facts.snapshotId } });
  const scoreOf = async (at: number) =>
    world.db.score.findFirstOrThrow({
      where: {
        task: 'melanoma',
        prediction: { modelVersionId: facts.versionIds[1]!, imageId: facts.imageIds[at]! },
      },
    });

  it('give the numbers that the rows give', async () => {
    expect(await packed()).toBe(0);
    const fromRows = (await compareAnew()).comparison;
    expect(await packed()).toBe(facts.versionIds.length);
    expect((await compareAnew()).comparison).toEqual(fromRows);
  });

  it('are read in place of the rows, and forgotten by the database when a row changes', async () => {
    const before = (await compareAnew()).comparison;
    const rows = await world.db.snapshotAnswers.findMany();
    const { predictionId, probability } = await scoreOf(0);
    const set = (value: number) =>
      world.db.score.updateMany({
        where: { predictionId, task: 'melanoma' },
        data: { probability: value },
      });
    await set(probability < 0.5 ? 0.99 : 0.01);
    expect(await packed()).toBe(facts.versionIds.length - 1);
    const after = (await compareAnew()).comparison;
    expect(after.tasks[0].versions[0]).toEqual(before.tasks[0].versions[0]);
    expect(after.tasks[0].versions[1].auc.value).not.toBe(before.tasks[0].versions[1].auc.value);

    // What was packed before, put back by force, is what is read: so it is the packs that are read.
    await world.db.snapshotAnswers.deleteMany();
    await world.db.snapshotAnswers.createMany({ data: rows });
    expect((await compareAnew()).comparison).toEqual(before);
    await set(probability);
    expect((await compareAnew()).comparison).toEqual(before);
  });

  it.each([
    ['prediction', 'UPDATE "Prediction" SET device = device WHERE id = $1::uuid'],
    [
      'agreement',
      'UPDATE "MaskAgreement" SET "truePositivePx" = 0 WHERE "predictionId" = $1::uuid',
    ],
    ['deleted agreement', 'DELETE FROM "MaskAgreement" WHERE "predictionId" = $1::uuid'],
    ['deleted score', 'DELETE FROM "Score" WHERE "predictionId" = $1::uuid'],
    ['deleted prediction', 'DELETE FROM "Prediction" WHERE id = $1::uuid'],
  ])('are forgotten for one version by a changed %s', async (_, statement) => {
    await compareAnew({ commonImagesOnly: true });
    const { predictionId } = await world.db.score.findFirstOrThrow({
      where: {
        prediction: {
          ...{ modelVersionId: facts.versionIds[1]! },
          agreements: { some: {} },
        },
      },
    });
    const isThere = async () =>
      world.db.snapshotAnswers.count({ where: { modelVersionId: facts.versionIds[1]! } });
    expect(await isThere()).toBe(1);
    const all = await packed();
    await world.db
      .$transaction(async (tx) => {
        await tx.$executeRawUnsafe(statement, predictionId);
        expect(
          await tx.snapshotAnswers.count({ where: { modelVersionId: facts.versionIds[1]! } }),
        ).toBe(0);
        expect(await tx.snapshotAnswers.count({ where: { snapshotId: facts.snapshotId } })).toBe(
          all - 1,
        );
        throw new Error('undo');
      })
      .catch((error: unknown) => {
        expect((error as Error).message).toBe('undo');
      });
    expect(await isThere()).toBe(1);
  });

  it('wait until every image is scored: a new prediction gives new numbers', async () => {
    const some = images.map((image, at) => ({
      ...image,
      versions: at === 3 ? [null, ...image.versions.slice(1)] : image.versions,
    }));
    const study = await writeFacts(world, some);
    await world.db.studyMember.create({
      data: { studyId: study.studyId, userId: viewer.id, role: 'STATISTICIAN' },
    });
    expect((await compareAnew({}, study)).codes).toEqual(['CONFLICT']);
    const common = (await compareAnew({ commonImagesOnly: true }, study)).comparison;
    expect(common.imageSet.images).toBe(images.length - 1);
    const modelVersionId = study.versionIds[0]!;
    expect(await world.db.snapshotAnswers.count({ where: { modelVersionId } })).toBe(0);
    const run = await world.db.inferenceRun.findFirstOrThrow({ where: { modelVersionId } });
    await world.db.prediction.create({
      data: {
        ...{ modelVersionId, imageId: study.imageIds[3]!, runId: run.id, device: 'cpu' },
        scores: {
          create: [
            { task: 'melanoma', probability: 0.5 },
            { task: 'seborrheic_keratosis', probability: 0.5 },
          ],
        },
      },
    });
    const whole = (await compareAnew({}, study)).comparison;
    expect(whole.imageSet.images).toBe(images.length);
    expect(whole.inputsHash).not.toBe(common.inputsHash);
    expect(whole.tasks[0].versions[0].auc.value).not.toBe(common.tasks[0].versions[0].auc.value);
  });

  it('leave the records of subgroups to their stamp: an edited one gives new numbers after a restart', async () => {
    const bySex =
      'query ($input: ComparisonInput!) { comparison(input: $input) { inputsHash tasks { subgroups { levels { level positives } } } } }';
    const ask = async () => {
      forgetFacts();
      forgetComparisons();
      const { snapshotId, versionIds: modelVersionIds } = facts;
      const input = { snapshotId, modelVersionIds, subgroups: ['SEX'] };
      return (await world.ask(viewer, bySex, { input })).data['comparison'];
    };
    const before = await ask();
    expect(await ask()).toEqual(before);
    const { snapshotId } = facts;
    const kept = await world.db.snapshotRecords.findUniqueOrThrow({ where: { snapshotId } });
    const male = images.find(({ sex, diagnosis }) => sex === 'MALE' && diagnosis === 'MELANOMA')!;
    const where = { studyId: facts.studyId, code: male.patient };
    await world.db.patient.updateMany({ where, data: { sex: 'FEMALE' } });
    const after = await ask();
    const female = (of: any) => of.tasks[0].subgroups[0].levels[0].positives as number;
    expect(female(after)).toBeGreaterThan(female(before));
    const made = await world.db.snapshotRecords.findUniqueOrThrow({ where: { snapshotId } });
    expect(made.stamp).not.toBe(kept.stamp);
    // The old value under the new stamp is what is read: so the stamp is what decides.
    await world.db.snapshotRecords.update({ where: { snapshotId }, data: { packed: kept.packed } });
    expect(female(await ask())).toBe(female(before));
    await world.db.patient.updateMany({ where, data: { sex: 'MALE' } });
    expect(await ask()).toEqual(before);
  });

  it('belong to a snapshot: a changed reference gives new numbers in the next one', async () => {
    const before = (await compareAnew()).comparison;
    const at = images.findIndex(({ diagnosis }) => diagnosis === 'MELANOMA');
    const { lesionId } = await world.db.image.findUniqueOrThrow({
      where: { id: facts.imageIds[at]! },
    });
    const where = { lesionId, supersededAt: null };
    await world.db.referenceDiagnosis.updateMany({ where, data: { supersededAt: new Date() } });
    await world.db.referenceDiagnosis.create({
      data: {
        lesionId,
        version: 2,
        diagnosis: 'NEVUS',
        method: 'HISTOPATHOLOGY',
        reason: 'Read again',
      },
    });
    expect((await compareAnew()).comparison).toEqual(before);
    const { data } = await world.ask(
      viewer,
      'mutation ($id: ID!) { createSnapshot(cohortId: $id) { id } }',
      { id: facts.cohortId },
    );
    const snapshotId = data['createSnapshot'].id as string;
    const next = (await compareAnew({ snapshotId })).comparison;
    expect(next.tasks[0].positives).toBe(before.tasks[0].positives - 1);
    expect(next.tasks[0].versions[0].auc.value).not.toBe(before.tasks[0].versions[0].auc.value);
  });
});
