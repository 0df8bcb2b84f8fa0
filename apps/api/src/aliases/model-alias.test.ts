import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { countOperations } from '../testing/count-operations.js';
import { toyPackage } from '../testing/toy-model.js';
import { createToyStudy, type ToyStudy } from '../testing/toy-study.js';
import { createWorld, type World } from '../testing/world.js';

const set = /* GraphQL */ `
  mutation ($input: SetModelAliasInput!) {
    setModelAlias(input: $input) {
      name
      revision
      modelVersion {
        version
      }
      lastChange {
        reason
        changedBy {
          id
        }
        evaluation {
          id
        }
      }
    }
  }
`;
const remove = /* GraphQL */ `
  mutation ($input: RemoveModelAliasInput!) {
    removeModelAlias(input: $input) {
      name
      fromVersion {
        version
      }
      toVersion {
        version
      }
    }
  }
`;
const history = /* GraphQL */ `
  query ($slug: String!, $first: Int!, $after: String, $name: String, $version: ID) {
    study(slug: $slug) {
      aliases {
        name
        revision
        modelVersion {
          version
        }
        lastChange {
          reason
        }
      }
      aliasChanges(first: $first, after: $after, name: $name, modelVersionId: $version) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            name
            reason
            fromVersion {
              version
            }
            toVersion {
              version
            }
            changedBy {
              id
            }
            evaluation {
              id
              snapshot {
                code
              }
            }
          }
        }
      }
    }
  }
`;

describe('aliases', () => {
  let world: World;
  let study: ToyStudy;
  let other: ToyStudy;
  let engineer: Viewer;
  let stranger: Viewer;
  /** 1.0.0, 1.1.0 and 1.2.0. */
  let versions: string[];
  /** Of the first alone, of the first two, of the last two. */
  let [one, firstTwo, lastTwo]: string[] = [];

  async function evaluationOf(studyId: string, versionIds: string[]): Promise<string> {
    const cohort = await world.db.cohort.create({
      data: { studyId, name: randomUUID(), filter: {} },
    });
    const snapshot = await world.db.cohortSnapshot.create({
      data: { cohortId: cohort.id, contentHash: 'a'.repeat(64), imageCount: 1, patientCount: 1 },
    });
    const { id } = await world.db.evaluation.create({
      data: {
        ...{ studyId, snapshotId: snapshot.id, metricSet: 'study-v1', metricsVersion: '1' },
        inputsHash: randomUUID().replaceAll('-', '').repeat(2),
        results: [],
        versions: {
          create: versionIds.map((modelVersionId, at) => ({ modelVersionId, slot: at + 1 })),
        },
      },
    });
    return id;
  }

  beforeAll(async () => {
    world = await createWorld();
    const images = [{ patient: 'P1', red: 1, green: 1 }];
    [study, other] = [await createToyStudy(world, images), await createToyStudy(world, images)];
    engineer = await world.member(study.id, 'ML_ENGINEER');
    stranger = await world.member(other.id, 'ML_ENGINEER');
    const model = await world.db.model.create({ data: { name: 'toy' } });
    versions = [];
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) {
      const manifest = JSON.parse(String(toyPackage({ version })['manifest.json'])) as object;
      const row = await world.db.modelVersion.create({
        data: {
          ...{ modelId: model.id, version, sha256: 'b'.repeat(64), sizeBytes: 1 },
          ...{ manifest, checks: [] },
        },
      });
      versions.push(row.id);
    }
    const [v0, v1, v2] = versions as [string, string, string];
    one = await evaluationOf(study.id, [v0]);
    firstTwo = await evaluationOf(study.id, [v0, v1]);
    lastTwo = await evaluationOf(study.id, [v1, v2]);
  });
  beforeEach(async () => {
    await world.db.aliasChange.deleteMany();
    await world.db.modelAlias.deleteMany();
  });
  afterAll(() => world.close());

  const input = (changes: Record<string, unknown> = {}) => ({
    ...{ studyId: study.id, name: 'champion', modelVersionId: versions[0] },
    ...{ reason: 'First one.', evaluationId: one, expectedRevision: 0, ...changes },
  });
  const give = (changes: Record<string, unknown> = {}, viewer = engineer) =>
    world.ask(viewer, set, { input: input(changes) });
  const ask = (variables: Record<string, unknown> = {}, viewer = engineer) =>
    world.ask(viewer, history, { slug: study.slug, first: 10, ...variables });
  /** Changes and names together: what a refused call must leave as it was. */
  const stored = async () => [
    await world.db.modelAlias.count(),
    await world.db.aliasChange.count(),
  ];

  it('go from version to version, each time with who, why and on what evidence', async () => {
    const first = await give();
    expect(first.codes).toEqual([]);
    expect(first.data['setModelAlias']).toEqual({
      name: 'champion',
      revision: 1,
      modelVersion: { version: '1.0.0' },
      lastChange: {
        reason: 'First one.',
        changedBy: { id: engineer.id },
        evaluation: { id: one },
      },
    });
    const next = { reason: ' Finds more. ', evaluationId: firstTwo, modelVersionId: versions[1] };
    const second = await give({ ...next, expectedRevision: 1 });
    expect(second.data['setModelAlias']).toMatchObject({
      revision: 2,
      modelVersion: { version: '1.1.0' },
      lastChange: { reason: 'Finds more.' },
    });
    const { data } = await ask();
    expect(data['study'].aliases).toHaveLength(1);
    expect(data['study'].aliasChanges.edges.map(({ node }: any) => node)).toMatchObject([
      { fromVersion: { version: '1.0.0' }, toVersion: { version: '1.1.0' } },
      { fromVersion: null, toVersion: { version: '1.0.0' }, evaluation: { id: one } },
    ]);
  });

  it('are refused without a reason, a name and an evaluation with the version in it, and nothing is written', async () => {
    const foreign = await evaluationOf(other.id, [versions[0]!]);
    for (const [changes, code, field] of [
      [{ reason: '  ' }, 'INVALID_INPUT', 'reason'],
      [{ reason: 'x'.repeat(1001) }, 'INVALID_INPUT', 'reason'],
      [{ name: 'Champion' }, 'INVALID_INPUT', 'name'],
      [{ name: '' }, 'INVALID_INPUT', 'name'],
      [{ evaluationId: lastTwo }, 'INVALID_INPUT', 'evaluationId'],
      [{ evaluationId: foreign }, 'NOT_FOUND', undefined],
      [{ evaluationId: randomUUID() }, 'NOT_FOUND', undefined],
      [{ evaluationId: 'none' }, 'NOT_FOUND', undefined],
      [{ modelVersionId: randomUUID() }, 'NOT_FOUND', undefined],
      [{ modelVersionId: 'none' }, 'NOT_FOUND', undefined],
      [{ expectedRevision: 1 }, 'CONFLICT', 'expectedRevision'],
    ] as const) {
      const { codes, errors } = await give(changes);
      expect([changes, codes, errors[0]?.extensions['field']]).toEqual([changes, [code], field]);
    }
    expect(await stored()).toEqual([0, 0]);
  });

  it('make a champion only of who was compared with the champion; other names need no rival', async () => {
    await give();
    const next = { modelVersionId: versions[2], expectedRevision: 1, reason: 'Better.' };
    const alone = await give({ ...next, evaluationId: lastTwo });
    expect(alone.errors[0]?.extensions).toMatchObject({ field: 'evaluationId' });
    expect(alone.messages[0]).toMatch(/compare it with the present champion/);
    const candidate = { ...next, name: 'candidate', expectedRevision: 0, evaluationId: lastTwo };
    expect((await give(candidate)).codes).toEqual([]);
    const replaced = { ...candidate, modelVersionId: versions[1], expectedRevision: 1 };
    expect((await give(replaced)).codes).toEqual([]);
    const same = await give({ evaluationId: one, expectedRevision: 1 });
    expect(same.errors[0]?.extensions).toMatchObject({ field: 'modelVersionId' });
    expect(await stored()).toEqual([2, 3]);
  });

  it('tell a caller who looked before the last change what is stored now', async () => {
    await give();
    const { errors } = await give({ modelVersionId: versions[1], evaluationId: firstTwo });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      stored: { modelVersionId: versions[0], revision: 1 },
    });
  });

  it.each([
    ['a new name', 0],
    ['a name somebody has', 1],
  ])('of twenty callers at once give %s to one', async (_, expectedRevision) => {
    if (expectedRevision > 0) await give();
    const change = { modelVersionId: versions[1], evaluationId: firstTwo, expectedRevision };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => give({ ...change, reason: `Caller ${at}` })),
    );
    expect(answers.filter(({ codes }) => codes.length === 0)).toHaveLength(1);
    expect(answers.flatMap(({ codes }) => codes)).toEqual(Array(19).fill('CONFLICT'));
    expect(await stored()).toEqual([1, expectedRevision + 1]);
  });

  it('can be taken away, keep their history, and never count a revision twice', async () => {
    await give();
    const taken = await world.ask(engineer, remove, {
      input: {
        ...{ studyId: study.id, name: 'champion', reason: 'Withdrawn.' },
        ...{ evaluationId: one, expectedRevision: 1 },
      },
    });
    expect(taken.codes).toEqual([]);
    expect(taken.data['removeModelAlias']).toEqual({
      ...{ name: 'champion', fromVersion: { version: '1.0.0' }, toVersion: null },
    });
    expect((await ask()).data['study'].aliases).toEqual([]);
    expect((await give()).data['setModelAlias'].revision).toBe(3);
    expect((await ask({ name: 'champion' })).data['study'].aliasChanges.totalCount).toBe(3);
    const gone = await world.ask(engineer, remove, {
      input: {
        ...{ studyId: study.id, name: 'candidate', reason: 'Withdrawn.' },
        ...{ evaluationId: one, expectedRevision: 0 },
      },
    });
    expect(gone.codes).toEqual(['NOT_FOUND']);
  });

  it('stand in the order champion, candidate, others, and are paged by name and version', async () => {
    for (const name of ['baseline', 'candidate', 'champion', 'a-name']) await give({ name });
    const { data } = await ask({ first: 3 });
    expect(data['study'].aliases.map(({ name }: any) => name)).toEqual([
      'champion',
      'candidate',
      'a-name',
      'baseline',
    ]);
    const { endCursor: after, hasNextPage } = data['study'].aliasChanges.pageInfo;
    expect(hasNextPage).toBe(true);
    const rest = (await ask({ first: 3, after })).data['study'].aliasChanges;
    expect(rest.edges.map(({ node }: any) => node.name)).toEqual(['baseline']);
    const ofVersion = async (version: string) =>
      (await ask({ version })).data['study'].aliasChanges.totalCount as number;
    expect([await ofVersion(versions[0]!), await ofVersion(versions[1]!)]).toEqual([4, 0]);
    expect((await ask({ after: 'x' })).codes).toEqual(['INVALID_INPUT']);
  });

  it('are given by statisticians and engineers, and seen by members only', async () => {
    for (const role of ['COORDINATOR', 'READER', 'AUDITOR'] as const) {
      expect((await give({}, await world.member(study.id, role))).codes).toEqual(['FORBIDDEN']);
    }
    expect((await give({}, await world.member(study.id, 'STATISTICIAN'))).codes).toEqual([]);
    expect((await give({ name: 'candidate' }, stranger)).codes).toEqual(['NOT_FOUND']);
    expect((await ask({}, stranger)).data['study']).toBeNull();
    const ofVersion = `query ($study: ID!) {
      modelVersion(name: "toy", version: "1.0.0") { aliases(studyId: $study) { name } }
    }`;
    const seen = async (viewer: Viewer) =>
      (await world.ask(viewer, ofVersion, { study: study.id })).data['modelVersion'].aliases;
    expect(await seen(engineer)).toEqual([{ name: 'champion' }]);
    expect(await seen(stranger)).toEqual([]);
    expect((await world.ask(engineer, ofVersion, { study: 'none' })).codes).toEqual([]);
  });

  it('ask the database as often for many as for one', async () => {
    await give();
    const cost = () => countOperations(world, engineer, history, { slug: study.slug, first: 10 });
    const few = await cost();
    for (const name of ['candidate', 'other', 'third']) await give({ name });
    expect(await cost()).toBe(few);
  });
});
