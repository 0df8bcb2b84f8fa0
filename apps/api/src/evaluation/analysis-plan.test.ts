import { readFileSync } from 'node:fs';
import type { GraphQLError } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../comparison/comparison.type.js';
import type { Viewer } from '../context.js';
import type { Prisma } from '../db.js';
import { type FactsStudy, type ImageFact, writeFacts } from '../testing/facts-study.js';
import { createWorld, type World } from '../testing/world.js';

const { images } = JSON.parse(
  readFileSync(new URL('../../golden/study.json', import.meta.url), 'utf8'),
) as { images: ImageFact[] };

const evaluate = /* GraphQL */ `
  mutation ($input: CreateEvaluationInput!) {
    createEvaluation(input: $input) {
      id
      inputsHash
      purpose
      question
      plan {
        version
        sha256
      }
      versions {
        tasks {
          auc {
            value
          }
        }
      }
      comparison {
        inputsHash
        headline {
          task
          sentence
        }
        tasks {
          task
          differences {
            adjustedP
            tests
          }
        }
        changedImages(task: MELANOMA, modelVersionId: "VERSION", first: 1) {
          totalCount
        }
      }
    }
  }
`;

const check = /* GraphQL */ `
  query ($id: ID!) {
    checkEvaluation(id: $id) {
      isReproduced
      compared
      differenceCount
      failure
      differences {
        path
        frozen
        recomputed
      }
      referenceChanges {
        diagnoses
        masks
        imageIds
      }
    }
  }
`;

const save = /* GraphQL */ `
  mutation ($input: SaveAnalysisPlanInput!) {
    saveAnalysisPlan(input: $input) {
      id
      version
      sha256
      lockedAt
      rules {
        primaryTask
        alpha
        threshold {
          kind
          value
        }
      }
    }
  }
`;

const lock = /* GraphQL */ `
  mutation ($id: ID!, $sha256: String!) {
    lockAnalysisPlan(id: $id, sha256: $sha256) {
      id
      version
      lockedAt
      lockedBy {
        id
      }
    }
  }
`;

/** What a refusal names as not planned. */
const deviationsOf = ({ extensions }: GraphQLError) =>
  extensions['deviations'] as { rule: string; planned: unknown; asked: unknown }[];

describe('frozen evaluations and analysis plans', () => {
  let world: World;
  let facts: FactsStudy;
  let statistician: Viewer;

  beforeAll(async () => {
    world = await createWorld();
    facts = await writeFacts(world, images);
    statistician = await world.member(facts.studyId, 'STATISTICIAN');
  });
  afterAll(() => world.close());

  const freeze = (input: Record<string, unknown> = {}, viewer = statistician) => {
    const { snapshotId, versionIds } = facts;
    const source = evaluate.replace('VERSION', versionIds[1]!);
    return world.ask(viewer, source, {
      input: { snapshotId, modelVersionIds: versionIds.slice(0, 2), ...input },
    });
  };
  const checked = async (id: string, viewer = statistician) =>
    (await world.ask(viewer, check, { id })).data['checkEvaluation'];
  const saved = (rules: Record<string, unknown>, viewer = statistician) =>
    world.ask(viewer, save, { input: { studyId: facts.studyId, text: 'Plan', rules } });

  it('freezes a question with its comparison, and is the same evaluation when asked again', async () => {
    const [one, two] = await Promise.all([
      freeze(),
      freeze({ tasks: ['MELANOMA', 'SEBORRHEIC_KERATOSIS'] }),
    ]);
    expect(one.messages).toEqual([]);
    const [first, second] = [one.data['createEvaluation'], two.data['createEvaluation']];
    expect(second.id).toBe(first.id);
    expect(first).toMatchObject({ purpose: 'EXPLORATORY', plan: null });
    expect(first.question).toMatchObject({ clustering: 'PATIENT', correction: 'HOLM' });
    expect(first.comparison.headline.task).toBe('MELANOMA');
    expect(first.comparison.changedImages.totalCount).toBeGreaterThan(0);
    const other = await freeze({ margin: 0.05 });
    expect(other.data['createEvaluation'].inputsHash).not.toBe(first.inputsHash);
  });

  it('is reproduced to the last digit from the facts, with a filter as well', async () => {
    const plain = (await freeze()).data['createEvaluation'];
    const filter = { images: { sex: ['FEMALE', 'MALE'] } };
    const narrowed = (await freeze({ filter })).data['createEvaluation'];
    expect(narrowed.id).not.toBe(plain.id);
    for (const { id } of [plain, narrowed]) {
      expect(await checked(id)).toMatchObject({
        ...{ isReproduced: true, differenceCount: 0, differences: [], failure: null },
        referenceChanges: { diagnoses: 0, masks: 0, imageIds: [] },
      });
    }
    expect((await checked(plain.id)).compared).toBeGreaterThan(1000);
  });

  it('finds a number that was changed where it is kept, and a score that was changed underneath', async () => {
    const { id } = (await freeze()).data['createEvaluation'];
    const { comparison } = await world.db.evaluation.findUniqueOrThrow({ where: { id } });
    const kept = comparison as unknown as Comparison;
    const forged = structuredClone(kept);
    forged.tasks[0]!.versions[0]!.auc.value! += 1e-9;
    const store = (changed: Comparison) =>
      world.db.evaluation.update({
        where: { id },
        data: { comparison: changed as unknown as Prisma.InputJsonObject },
      });
    await store(forged);
    expect(await checked(id)).toMatchObject({
      ...{ isReproduced: false, differenceCount: 1 },
      differences: [{ path: 'comparison.tasks.0.versions.0.auc.value' }],
    });
    await store(kept);
    const score = await world.db.score.findFirstOrThrow({
      where: { task: 'melanoma', prediction: { modelVersionId: facts.versionIds[0]! } },
    });
    const { predictionId, task, probability } = score;
    const where = { predictionId_task: { predictionId, task } };
    await world.db.score.update({ where, data: { probability: probability > 0.5 ? 0.01 : 0.99 } });
    const found = await checked(id);
    expect(found.isReproduced).toBe(false);
    expect(found.differences.map(({ path }: any) => path)).toContain(
      'comparison.tasks.0.versions.0.auc.value',
    );
    await world.db.score.update({ where, data: { probability } });
    expect((await checked(id)).isReproduced).toBe(true);
  });

  it('stands on the frozen references, and tells of those changed since', async () => {
    const { id } = (await freeze()).data['createEvaluation'];
    const old = await world.db.referenceDiagnosis.findFirstOrThrow({
      where: { lesion: { studyId: facts.studyId } },
    });
    await world.db.referenceDiagnosis.update({
      where: { id: old.id },
      data: { supersededAt: new Date() },
    });
    const diagnosis = old.diagnosis === 'NEVUS' ? 'MELANOMA' : 'NEVUS';
    const now = await world.db.referenceDiagnosis.create({
      data: { lesionId: old.lesionId, version: 2, diagnosis, method: 'HISTOPATHOLOGY' },
    });
    const found = await checked(id);
    expect(found).toMatchObject({
      isReproduced: true,
      referenceChanges: { diagnoses: 1, masks: 0 },
    });
    expect(found.referenceChanges.imageIds).toHaveLength(1);
    await world.db.referenceDiagnosis.delete({ where: { id: now.id } });
    await world.db.referenceDiagnosis.update({
      where: { id: old.id },
      data: { supersededAt: null },
    });
  });

  it('says why it cannot be computed again when facts are gone', async () => {
    const { id } = (await freeze({ alpha: 0.1 })).data['createEvaluation'];
    const prediction = await world.db.prediction.findFirstOrThrow({
      where: { modelVersionId: facts.versionIds[1]! },
      include: { scores: true, agreements: true },
    });
    const { scores, agreements, ...row } = prediction;
    await world.db.prediction.delete({ where: { id: row.id } });
    const found = await checked(id);
    expect(found).toMatchObject({ isReproduced: false });
    expect(found.failure).toContain('has no score for 1 images');
    await world.db.prediction.create({ data: row });
    await world.db.score.createMany({ data: scores });
    await world.db.maskAgreement.createMany({ data: agreements });
    expect((await checked(id)).isReproduced).toBe(true);
  });

  it('keeps a draft, then locks it for good; a change is the next version', async () => {
    expect((await freeze({ purpose: 'CONFIRMATORY' })).messages[0]).toContain(
      'no locked analysis plan',
    );
    const draft = (await saved({ primaryTask: 'MELANOMA' })).data['saveAnalysisPlan'];
    expect(draft).toMatchObject({
      ...{ version: 1, lockedAt: null },
      rules: { alpha: 0.05, threshold: { kind: 'AT_SENSITIVITY', value: 0.89 } },
    });
    const again = (await saved({ primaryTask: 'MELANOMA', margin: 0.05 })).data['saveAnalysisPlan'];
    expect(again).toMatchObject({ id: draft.id, version: 1 });
    const stale = await world.ask(statistician, lock, { id: draft.id, sha256: draft.sha256 });
    expect(stale.codes).toEqual(['CONFLICT']);
    const engineer = await world.member(facts.studyId, 'ML_ENGINEER');
    const refused = await world.ask(engineer, lock, { id: again.id, sha256: again.sha256 });
    expect(refused.codes).toEqual(['FORBIDDEN']);
    const locked = await world.ask(statistician, lock, { id: again.id, sha256: again.sha256 });
    expect(locked.data['lockAnalysisPlan']).toMatchObject({ lockedBy: { id: statistician.id } });
    const next = (await saved({ primaryTask: 'MELANOMA' })).data['saveAnalysisPlan'];
    expect(next).toMatchObject({ version: 2, lockedAt: null });
    expect(next.id).not.toBe(again.id);
  });

  it('confirms only what follows the locked plan exactly, and lists every deviation otherwise', async () => {
    const planned = { tasks: ['MELANOMA'], margin: 0.05, purpose: 'CONFIRMATORY' };
    const { data, messages } = await freeze(planned);
    expect(messages).toEqual([]);
    const confirmed = data['createEvaluation'];
    expect(confirmed).toMatchObject({ purpose: 'CONFIRMATORY', plan: { version: 1 } });
    const exploratory = (await freeze({ ...planned, purpose: 'EXPLORATORY' })).data[
      'createEvaluation'
    ];
    expect(exploratory.id).not.toBe(confirmed.id);
    expect((await checked(confirmed.id)).isReproduced).toBe(true);
    const deviating = await freeze({
      ...{ purpose: 'CONFIRMATORY', margin: 0.1, correction: 'NONE', clustering: 'NONE' },
      ...{ alpha: 0.1, minimumCell: 6, threshold: { kind: 'YOUDEN' } },
      filter: { images: { sex: ['MALE'] } },
    });
    expect(deviating.codes).toEqual(['CONFLICT']);
    const deviations = deviationsOf(deviating.errors[0]!);
    expect(deviations.map(({ rule }) => rule)).toEqual([
      ...['threshold', 'margin', 'alpha', 'correction', 'clustering', 'minimumCell', 'tasks'],
      'filter',
    ]);
    expect(deviations[1]).toEqual({ rule: 'margin', planned: 0.05, asked: 0.1 });
    expect(await world.db.evaluation.count({ where: { purpose: 'CONFIRMATORY' } })).toBe(1);
  });

  it('follows a plan that fixes snapshot and versions, headed by its endpoint', async () => {
    const { snapshotId, versionIds } = facts;
    const rules = {
      ...{ endpoint: 'JACCARD', snapshotId, baselineVersionId: versionIds[0] },
      candidateVersionIds: [versionIds[1]],
    };
    const draft = (await saved(rules)).data['saveAnalysisPlan'];
    await world.ask(statistician, lock, { id: draft.id, sha256: draft.sha256 });
    const { data } = await freeze({ purpose: 'CONFIRMATORY' });
    expect(data['createEvaluation'].comparison.headline.task).toBe(null);
    const swapped = await freeze({
      ...{ purpose: 'CONFIRMATORY', modelVersionIds: [versionIds[1], versionIds[0]] },
    });
    expect(deviationsOf(swapped.errors[0]!).map(({ rule }) => rule)).toEqual([
      'baselineVersionId',
      'candidateVersionIds',
    ]);
  });

  it.each([
    [{ endpoint: 'AUC' }, 'rules.primaryTask'],
    [
      { primaryTask: 'MELANOMA', cohortId: '00000000-0000-4000-8000-000000000000' },
      'rules.cohortId',
    ],
    [{ primaryTask: 'MELANOMA', snapshotId: 'x' }, 'rules.snapshotId'],
    [{ primaryTask: 'MELANOMA', baselineVersionId: 'x' }, 'rules.baselineVersionId'],
    [{ primaryTask: 'MELANOMA', candidateVersionIds: [] }, 'rules.candidateVersionIds'],
    [{ primaryTask: 'MELANOMA', margin: 2 }, 'rules.margin'],
    [{ primaryTask: 'MELANOMA', minimumCell: 3 }, 'rules.minimumCell'],
  ])('refuses the rules %j and names the field', async (rules, field) => {
    const answer = await saved(rules);
    expect(answer.codes).toEqual(['INVALID_INPUT']);
    expect(answer.errors[0]!.extensions['field']).toBe(field);
  });

  it('is absent for a stranger: plan, evaluation and check', async () => {
    const other = await world.db.study.create({ data: { name: 'Other', slug: 'other' } });
    const stranger = await world.member(other.id, 'COORDINATOR');
    const { id } = (await freeze()).data['createEvaluation'];
    expect(await checked(id, stranger)).toBe(null);
    expect((await saved({ primaryTask: 'MELANOMA' }, stranger)).codes).toEqual(['NOT_FOUND']);
    expect((await freeze({}, stranger)).codes).toEqual(['NOT_FOUND']);
  });
});
