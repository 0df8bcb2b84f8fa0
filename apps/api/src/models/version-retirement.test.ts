import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { type FactsStudy, writeFacts } from '../testing/facts-study.js';
import { createWorld, type World } from '../testing/world.js';

const change = (name: 'retire' | 'restore') => /* GraphQL */ `
  mutation ($input: RetireModelVersionInput!) {
    ${name}ModelVersion(input: $input) {
      retiredAt
      retirements {
        isRetired
        reason
        changedBy {
          id
        }
      }
    }
  }
`;
const score = { melanoma: 0.4, seborrheic_keratosis: 0.2 };

describe('retiring a model version', () => {
  let world: World;
  let study: FactsStudy;
  let engineer: Viewer;
  let evaluationId: string;

  beforeAll(async () => {
    world = await createWorld();
    const versions = [{ scores: score, px: null }];
    study = await writeFacts(world, [
      { patient: 'P1', diagnosis: 'NEVUS', hasMask: false, versions },
    ]);
    // The facts came with a run of number 1.
    await world.db.study.update({ where: { id: study.studyId }, data: { nextRunNumber: 2 } });
    engineer = await world.member(study.studyId, 'ML_ENGINEER');
    const { data } = await world.ask(
      engineer,
      'mutation ($input: CreateEvaluationInput!) { createEvaluation(input: $input) { id } }',
      { input: { snapshotId: study.snapshotId, modelVersionIds: study.versionIds } },
    );
    evaluationId = data['createEvaluation'].id;
  });
  afterAll(() => world.close());

  const ask = (name: 'retire' | 'restore', reason = 'Recall of the camera', viewer = engineer) =>
    world.ask(viewer, change(name), { input: { modelVersionId: study.versionIds[0], reason } });
  const requestRun = () =>
    world.ask(
      engineer,
      'mutation ($input: RequestInferenceInput!) { requestInference(input: $input) { id } }',
      { input: { modelVersionId: study.versionIds[0], imageId: study.imageIds[0] } },
    );
  const name = (alias: string) =>
    world.ask(
      engineer,
      'mutation ($input: SetModelAliasInput!) { setModelAlias(input: $input) { name } }',
      {
        input: {
          ...{ studyId: study.studyId, name: alias, modelVersionId: study.versionIds[0] },
          ...{ reason: 'Best so far', evaluationId, expectedRevision: 0 },
        },
      },
    );

  it('keeps what it has and offers it for nothing new, until it is taken back with a reason', async () => {
    expect((await name('candidate')).messages).toEqual([]);
    const retired = await ask('retire');
    expect(retired.messages).toEqual([]);
    expect(retired.data['retireModelVersion']).toMatchObject({
      retiredAt: expect.any(String) as string,
      retirements: [
        { isRetired: true, reason: 'Recall of the camera', changedBy: { id: engineer.id } },
      ],
    });
    expect((await requestRun()).codes).toEqual(['CONFLICT']);
    expect((await name('champion')).codes).toEqual(['CONFLICT']);
    const [prediction, alias] = await Promise.all([
      world.db.prediction.count({ where: { modelVersionId: study.versionIds[0]! } }),
      world.db.modelAlias.count({ where: { modelVersionId: study.versionIds[0]! } }),
    ]);
    expect([prediction, alias]).toEqual([1, 1]);
    const { data } = await world.ask(
      engineer,
      'query ($input: ComparisonInput!) { comparison(input: $input) { imageSet { images } } }',
      { input: { snapshotId: study.snapshotId, modelVersionIds: study.versionIds } },
    );
    expect(data['comparison'].imageSet.images).toBe(1);

    const back = (await ask('restore', 'Camera repaired')).data['restoreModelVersion'];
    expect(back.retiredAt).toBeNull();
    expect(back.retirements.map(({ isRetired, reason }: any) => [isRetired, reason])).toEqual([
      [false, 'Camera repaired'],
      [true, 'Recall of the camera'],
    ]);
    expect((await requestRun()).messages).toEqual([]);
    expect((await name('champion')).messages).toEqual([]);
  });

  it('is written once when twenty ask at once', async () => {
    const before = await world.db.versionRetirement.count();
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('retire')));
    const codes = answers.map(({ codes: [code] }) => code ?? 'DONE');
    expect(codes.filter((code) => code === 'DONE')).toHaveLength(1);
    expect(codes.filter((code) => code === 'CONFLICT')).toHaveLength(19);
    expect(await world.db.versionRetirement.count()).toBe(before + 1);
    expect((await ask('restore')).messages).toEqual([]);
  });

  it('asks for a reason and for the right to register versions', async () => {
    const before = await world.db.versionRetirement.count();
    const statistician = await world.member(study.studyId, 'STATISTICIAN');
    const { codes, errors } = await ask('retire', '   ');
    expect([codes, errors[0]?.extensions['field']]).toEqual([['INVALID_INPUT'], 'reason']);
    expect((await ask('retire', 'x'.repeat(1001))).codes).toEqual(['INVALID_INPUT']);
    expect((await ask('retire', 'Why not', statistician)).codes).toEqual(['FORBIDDEN']);
    expect((await ask('restore')).codes).toEqual(['CONFLICT']);
    const unknown = { modelVersionId: '00000000-0000-4000-8000-000000000000', reason: 'Old' };
    const absent = await world.ask(engineer, change('retire'), { input: unknown });
    expect(absent.codes).toEqual(['NOT_FOUND']);
    expect(await world.db.versionRetirement.count()).toBe(before);
  });
});
