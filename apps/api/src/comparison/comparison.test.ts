import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { AnatomicSite, Diagnosis, FitzpatrickSkinType, ImageModality, Sex } from '../db.js';
import { registerPackageFolder } from '../models/register-model-version.service.js';
import { type FactsStudy, type ImageFact, writeFacts } from '../testing/facts-study.js';
import { writeToyPackage } from '../testing/toy-model.js';
import { createWorld, type World } from '../testing/world.js';
import { vocabularies } from './facts.type.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const { images } = JSON.parse(read('../../golden/study.json')) as { images: ImageFact[] };
const dashboard = read('../../bench/compare-dashboard.graphql');

const lists = /* GraphQL */ `
  query ($input: ComparisonInput!, $version: ID!, $after: String) {
    comparison(input: $input) {
      changedImages(
        task: MELANOMA
        modelVersionId: $version
        changes: [LOST]
        first: 2
        after: $after
      ) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            position
            change
            disagreement
            referenceLabel
            image {
              code
            }
            answers {
              slot
              score
              threshold
              isCalled
              modelVersion {
                id
              }
            }
          }
        }
      }
      disagreements(order: JACCARD_DIFFERENCE, modelVersionId: $version, first: 3) {
        totalCount
        edges {
          node {
            disagreement
            answers {
              jaccard
              dice
            }
          }
        }
      }
    }
  }
`;

const overlaps = /* GraphQL */ `
  query ($input: ComparisonInput!) {
    comparison(input: $input) {
      trainingOverlaps {
        modelVersion {
          title
        }
        isDeclared
        listedCount
        counts {
          sameFile
          sameCode
          sameLesion
          samePatient
          total
        }
      }
      withoutTrainingOverlap {
        leftOut
        images
        tasks {
          positives
          negatives
        }
      }
    }
  }
`;

/** The study with a change to the facts of some images. */
const changed = (change: (fact: ImageFact, at: number) => Partial<ImageFact>): ImageFact[] =>
  images.map((fact, at) => ({ ...fact, ...change(fact, at) }));

const without = (fact: ImageFact, v: number): ImageFact['versions'] =>
  fact.versions.map((version, k) => (k === v ? null : version));

/** What one version answered, as the answers of another one too. */
async function copyAnswers({ db }: World, of: string, to: string): Promise<void> {
  const answers = await db.prediction.findMany({
    where: { modelVersionId: of },
    include: { scores: true, agreements: true, run: { select: { studyId: true } } },
  });
  const { studyId } = answers[0]!.run;
  const number = 1 + (await db.inferenceRun.count({ where: { studyId } }));
  const { id: runId } = await db.inferenceRun.create({
    data: { studyId, number, modelVersionId: to, totalCount: answers.length, state: 'DONE' },
  });
  const copies = answers.map((answer) => ({ ...answer, predictionId: randomUUID() }));
  await db.prediction.createMany({
    data: copies.map(({ predictionId, imageId, device }) => ({
      ...{ id: predictionId, modelVersionId: to, imageId, runId, device },
    })),
  });
  await db.score.createMany({
    data: copies.flatMap(({ predictionId, scores }) =>
      scores.map((score) => ({ ...score, predictionId })),
    ),
  });
  await db.maskAgreement.createMany({
    data: copies.flatMap(({ predictionId, agreements }) =>
      agreements.map((agreement) => ({ ...agreement, predictionId })),
    ),
  });
}

describe('comparisons', () => {
  let world: World;
  let admin: Viewer;
  let facts: FactsStudy;
  let partial: FactsStudy;

  beforeAll(async () => {
    world = await createWorld();
    admin = await world.admin();
    facts = await writeFacts(world, images);
    // Version 2 lacks 7 images, version 3 gives no scores, version 1 draws no masks.
    partial = await writeFacts(
      world,
      changed((fact, at) => ({
        versions: (at < 7 ? without(fact, 1) : fact.versions).map((version, v) =>
          version === null
            ? null
            : { scores: v === 2 ? {} : version.scores, px: v === 0 ? null : version.px },
        ),
      })),
    );
  });
  afterAll(() => world.close());

  const compare = async (
    input: Record<string, unknown>,
    { viewer = admin, study = facts }: { viewer?: Viewer; study?: FactsStudy } = {},
  ) => {
    const { snapshotId, versionIds: modelVersionIds } = study;
    const answer = await world.ask(viewer, dashboard, {
      input: { snapshotId, modelVersionIds, ...input },
    });
    return { ...answer, comparison: answer.data['comparison'] };
  };
  const melanomaOf = (comparison: any) => comparison.tasks[0];

  it('spells the vocabularies of its columns as the database does', () => {
    expect(vocabularies).toEqual({
      diagnosis: Object.values(Diagnosis),
      sex: Object.values(Sex),
      skinType: Object.values(FitzpatrickSkinType),
      anatomicSite: Object.values(AnatomicSite),
      modality: Object.values(ImageModality),
    });
  });

  it('puts the difference first: verdict, numbers and changed calls in one sentence', async () => {
    const { comparison, messages } = await compare({});
    expect(messages).toEqual([]);
    const [first] = melanomaOf(comparison).differences;
    const { value, low, high } = first.difference;
    const [calls] = melanomaOf(comparison).changedCalls;
    expect(comparison.headline).toMatchObject({ task: 'MELANOMA', sentence: first.sentence });
    expect(first.verdict).toBe(
      low > 0 && first.adjustedP < 0.05 ? 'SUPERIOR' : 'NO_DIFFERENCE_SHOWN',
    );
    expect(first.sentence).toContain(`ΔAUC +${value.toFixed(3)}, 95 % CI`);
    expect(first.sentence).toContain(`${low.toFixed(3)} to ${high.toFixed(3)}, Holm p`);
    expect(first.sentence).toContain('(4 tests)');
    const { found, lost, cleared, called } = calls as Record<string, number>;
    const all = found! + lost! + cleared! + called!;
    expect(first.sentence).toContain(`${found! + cleared!} of ${all} changed calls are fixes`);
    expect(comparison.imageSet).toMatchObject({
      images: images.length,
      leftOut: [],
      isFiltered: false,
    });
    expect(comparison.question).toMatchObject({
      tasks: ['MELANOMA', 'SEBORRHEIC_KERATOSIS'],
      threshold: { kind: 'AT_SENSITIVITY', value: 0.89, fromSnapshotId: null },
      ...{ clustering: 'PATIENT', correction: 'HOLM', margin: null, alpha: 0.05, minimumCell: 5 },
    });
  });

  it('claims non-inferiority only against a margin set in advance, by the interval shown', async () => {
    const tasks = (comparison: any) => melanomaOf(comparison).differences;
    const none = tasks((await compare({})).comparison);
    const wide = tasks((await compare({ margin: 0.3 })).comparison);
    const narrow = tasks((await compare({ margin: 0.001 })).comparison);
    expect(none.every((one: any) => one.nonInferiority === null)).toBe(true);
    expect(none.some((one: any) => one.verdict === 'NON_INFERIOR')).toBe(false);
    expect(wide[1]).toMatchObject({ verdict: 'NON_INFERIOR', nonInferiority: { holds: true } });
    expect(wide[1].sentence).toContain('is non-inferior to');
    expect(narrow[1].verdict).toMatch(/NOT_DECISIVE|WORSE/);
    expect(narrow[1].nonInferiority.holds).toBe(false);
  });

  it('corrects all tests of the comparison as one family, and says by what', async () => {
    const { comparison } = await compare({
      correction: 'NONE',
      modelVersionIds: facts.versionIds.slice(0, 2),
    });
    const all = comparison.tasks.flatMap((task: any) => task.differences);
    expect(all.map((one: any) => one.tests)).toEqual([2, 2]);
    expect(all.every((one: any) => one.adjustedP === one.p)).toBe(true);
    expect(all[0].sentence).toContain('uncorrected p');
    expect(comparison.tasks.every((task: any) => task.omnibus === null)).toBe(true);
  });

  it('labels intervals of images as such where patients have several', async () => {
    const bandVersionIds = facts.versionIds.slice(0, 1);
    const byImage = (await compare({ clustering: 'NONE', bandVersionIds })).comparison;
    const byPatient = (await compare({ bandVersionIds })).comparison;
    const bandOf = (of: any) => melanomaOf(of).versions[0].rocBand.method as string;
    expect(bandOf(byImage)).toMatch(/^pointwise .* assumes independent images$/);
    expect(bandOf(byPatient)).toMatch(/^pointwise .* seed 1, clustered by patient$/);
    expect(melanomaOf(byImage).versions[0].auc.method).toContain('assumes independent images');
    expect(melanomaOf(byPatient).versions[0].auc.method).toContain('clustered by patient');
    expect(melanomaOf(byImage).changedCalls[0].test).toBe('McNemar, exact');
    expect(melanomaOf(byPatient).changedCalls[0].test).toContain('patients');
  });

  it('stops at versions that cover different images, and compares common ones only when asked', async () => {
    const stopped = await compare({}, { study: partial });
    expect(stopped.codes).toEqual(['CONFLICT']);
    expect(stopped.messages[0]).toContain('2.0.0 has no score for 7 images');
    expect(stopped.errors[0]!.extensions['missing']).toMatchObject([{ count: 7 }]);
    const { comparison } = await compare({ commonImagesOnly: true }, { study: partial });
    expect(comparison.imageSet).toMatchObject({
      images: images.length - 7,
      leftOut: [{ reason: 'not scored by every version', images: 7 }],
    });
    expect(comparison.imageSet.sentence).toContain('7 images not scored by every version');
    const coverage = await world.ask(
      admin,
      `query ($s: ID!, $v: [ID!]!, $after: String) { coverage(snapshotId: $s, modelVersionIds: $v) {
        scored missing missingImages(first: 4, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { node { code } } } } }`,
      { s: partial.snapshotId, v: partial.versionIds },
    );
    expect(coverage.data['coverage'].map((one: any) => one.missing)).toEqual([0, 7, 0]);
    expect(coverage.data['coverage'][1].missingImages).toMatchObject({
      ...{ totalCount: 7, pageInfo: { hasNextPage: true } },
      edges: ['F00000', 'F00001', 'F00002', 'F00003'].map((code) => ({ node: { code } })),
    });
  });

  it('leaves a version without scores out of the AUCs and one without masks out of Jaccard, and says so', async () => {
    const { comparison } = await compare({ commonImagesOnly: true }, { study: partial });
    expect(melanomaOf(comparison).versions.map((one: any) => one.slot)).toEqual([1, 2]);
    expect(melanomaOf(comparison).withoutScores).toHaveLength(1);
    expect(comparison.segmentation.versions.map((one: any) => one.slot)).toEqual([2, 3]);
    expect(comparison.segmentation.differences).toEqual([]);
    expect(comparison.versions[2].absence).toContain(
      'no score for melanoma and seborrheic keratosis',
    );
    expect(comparison.versions[0].absence).toContain('draws no masks');
    const others = { modelVersionIds: [partial.versionIds[2], partial.versionIds[1]] };
    const masks = (await compare({ ...others, commonImagesOnly: true }, { study: partial }))
      .comparison;
    expect(masks.headline).toMatchObject({ task: null });
    expect(masks.segmentation.differences).toHaveLength(1);
    expect(melanomaOf(masks).differences).toEqual([]);
  });

  it('recomputes everything for a cell, a change or a subgroup, with the thresholds of the whole set', async () => {
    const whole = (await compare({})).comparison;
    const [, second] = facts.versionIds;
    const point = melanomaOf(whole).versions[1].operatingPoint;
    const ofCell = await compare({
      filter: { calls: [{ modelVersionId: second, task: 'MELANOMA', cell: 'FALSE_POSITIVE' }] },
    });
    expect(ofCell.comparison.imageSet).toMatchObject({
      ...{ images: point.counts.falsePositives, isFiltered: true },
    });
    expect(melanomaOf(ofCell.comparison)).toMatchObject({
      ...{ positives: 0, negatives: point.counts.falsePositives },
      notEstimated: 'not estimated: no melanoma',
    });
    const [calls] = melanomaOf(whole).changedCalls;
    const ofChange = await compare({
      filter: {
        changedCalls: [{ modelVersionId: second, task: 'MELANOMA', changes: ['CLEARED', 'FOUND'] }],
      },
    });
    expect(ofChange.comparison.imageSet.images).toBe(Number(calls.cleared) + Number(calls.found));
    const women = melanomaOf(whole).subgroups[0].levels[0];
    const ofWomen = (
      await compare({ filter: { subgroups: [{ attribute: 'SEX', level: 'FEMALE' }] } })
    ).comparison;
    expect(melanomaOf(ofWomen).versions[1].auc.value).toBe(women.versions[1].auc.value);
    expect(melanomaOf(ofWomen).versions[1].operatingPoint.threshold).toBe(point.threshold);
    const byImages = (await compare({ filter: { images: { sex: ['FEMALE'] } } })).comparison;
    expect(byImages.imageSet.sha256).toBe(ofWomen.imageSet.sha256);
    expect(byImages.imageSet.sha256).not.toBe(whole.imageSet.sha256);
  });

  it('suppresses small cells in words, and tests only levels with ten images of each class', async () => {
    const { comparison } = await compare({});
    const [, , , skin] = melanomaOf(comparison).subgroups;
    const small = skin.levels.find((level: any) => level.notEstimated !== null);
    expect(small).toMatchObject({ level: 'V_VI', versions: [] });
    expect(small.notEstimated).toMatch(/^not estimated: (\d|no) melanomas?$/);
    expect(small.positives).toBeLessThan(5);
    for (const { interactions, levels } of melanomaOf(comparison).subgroups) {
      const large = levels.filter((level: any) => level.positives >= 10 && level.negatives >= 10);
      expect(interactions[0].auc.levels).toEqual(large.map((level: any) => level.level));
    }
    const strict = (await compare({ minimumCell: 40 })).comparison;
    expect(strict.tasks[1].notEstimated).toBe('not estimated: 22 seborrheic keratoses');
    expect((await compare({ minimumCell: 4 })).errors[0]!.extensions['field']).toBe('minimumCell');
  });

  it('applies thresholds chosen on another snapshot unchanged, and shows what they do in both', async () => {
    const other = await world.db.cohortSnapshot.create({
      data: {
        ...{ cohortId: facts.cohortId, contentHash: randomUUID().replaceAll('-', '').repeat(2) },
        ...{
          imageCount: 90,
          patientCount: new Set(images.slice(0, 90).map((i) => i.patient)).size,
        },
      },
    });
    await world.db.$executeRaw`
      INSERT INTO "SnapshotImage" ("snapshotId", "imageId", position, "referenceDiagnosisId", "referenceMaskId")
      SELECT ${other.id}::uuid, "imageId", position, "referenceDiagnosisId", "referenceMaskId"
      FROM "SnapshotImage" WHERE "snapshotId" = ${facts.snapshotId}::uuid AND position < 90`;
    const there = await compare({ snapshotId: other.id, threshold: { kind: 'YOUDEN' } });
    expect(there.messages).toEqual([]);
    const threshold = { kind: 'YOUDEN', fromSnapshotId: other.id };
    const { comparison } = await compare({ threshold });
    const [chosen, applied] = [there.comparison, comparison].map(
      (of) => melanomaOf(of).versions[1].operatingPoint,
    );
    expect(applied.threshold).toBe(chosen.threshold);
    expect(applied.sourceCounts).toEqual(chosen.counts);
    expect(applied.counts).not.toEqual(chosen.counts);
    expect(applied.chosen).toContain('on another snapshot');
  });

  it('pages through changed calls and disagreements, largest first, without a row twice', async () => {
    const { snapshotId, versionIds } = facts;
    const [, , third] = versionIds;
    const seen: number[] = [];
    let after: string | null = null;
    let total: number;
    do {
      const answer = await world.ask(admin, lists, {
        input: { snapshotId, modelVersionIds: versionIds },
        ...{ version: third, after },
      });
      expect(answer.messages).toEqual([]);
      const { changedImages, disagreements } = answer.data['comparison'];
      total = changedImages.totalCount;
      for (const { node } of changedImages.edges) {
        const [baseline, , other] = node.answers;
        expect(node).toMatchObject({ change: 'LOST', referenceLabel: 1 });
        expect([baseline.isCalled, other.isCalled]).toEqual([true, false]);
        expect(node.disagreement).toBeCloseTo(Math.abs(other.score - baseline.score), 14);
        expect(node.image.code).toBe(`F${String(node.position).padStart(5, '0')}`);
        seen.push(node.position);
      }
      const gaps = disagreements.edges.map(({ node }: any) => node.disagreement);
      expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
      after = changedImages.pageInfo.hasNextPage ? changedImages.pageInfo.endCursor : null;
    } while (after !== null);
    const whole = (await compare({})).comparison;
    expect(total).toBe(melanomaOf(whole).changedCalls[1].lost);
    expect(new Set(seen).size).toBe(total);
    expect(seen).toHaveLength(total);
  });

  it('warns of images near to a training list, gives the result without them, or leaves them out', async () => {
    const [, second] = facts.versionIds;
    await world.db.trainingImage.createMany({
      data: [{ modelVersionId: second!, code: 'F00003' }],
    });
    const near = images.filter(({ patient }) => patient === images[3]!.patient).length;
    const { comparison } = await compare({});
    expect(comparison.withoutTrainingOverlap).toMatchObject({
      ...{ leftOut: near, images: images.length - near },
    });
    const left = (await compare({ withoutTrainingOverlap: true })).comparison;
    expect(left.imageSet).toMatchObject({ images: images.length - near });
    expect(left.withoutTrainingOverlap).toBe(null);
    const [again] = comparison.withoutTrainingOverlap.tasks[0].differences;
    expect(again.difference).toEqual(melanomaOf(left).differences[0].difference);
    await world.db.trainingImage.deleteMany();
  });

  it('counts what the images share with the list that a package was registered with', async () => {
    const [first, second] = facts.versionIds;
    const register = async (name: string, trainingList: string) => {
      const folder = await writeToyPackage(world.storage.folder, { name, trainingList });
      const { id } = await registerPackageFolder(world, admin, folder);
      await copyAnswers(world, second!, id);
      return id;
    };
    // One image by its public name, one by its bytes, and one that the study does not have.
    const file = `ELSEWHERE,${(9).toString(16).padStart(64, '0')}`;
    const declared = await register('declared', `image_id,sha256\nF00003.jpg,\n${file}\nABSENT,\n`);
    const free = await register('free', 'image_id\nABSENT\n');
    const modelVersionIds = [first, free, declared];
    const { data, codes } = await world.ask(admin, overlaps, {
      input: { snapshotId: facts.snapshotId, modelVersionIds },
    });
    expect(codes).toEqual([]);
    const patients = [images[3]!.patient, images[9]!.patient];
    const near = images.filter(({ patient }) => patients.includes(patient));
    const none = { sameFile: 0, sameCode: 0, sameLesion: 0, samePatient: 0, total: 0 };
    const counts = { ...none, sameFile: 1, sameCode: 1, samePatient: near.length - 2 };
    expect(counts.samePatient).toBeGreaterThan(0);
    const { trainingOverlaps, withoutTrainingOverlap } = data['comparison'];
    expect(trainingOverlaps).toMatchObject([
      { isDeclared: false, listedCount: 0, counts: none },
      {
        ...{ modelVersion: { title: 'free 1.0.0' }, isDeclared: true, listedCount: 1 },
        counts: none,
      },
      {
        ...{ modelVersion: { title: 'declared 1.0.0' }, isDeclared: true, listedCount: 3 },
        counts: { ...counts, total: near.length },
      },
    ]);
    const rest = images.filter(({ patient }) => !patients.includes(patient));
    expect(withoutTrainingOverlap).toMatchObject({ leftOut: near.length, images: rest.length });
    const melanomas = rest.filter(({ diagnosis }) => diagnosis === 'MELANOMA').length;
    expect(withoutTrainingOverlap.tasks[0]).toMatchObject({ positives: melanomas });

    const left = await compare({ modelVersionIds, withoutTrainingOverlap: true });
    expect(left.comparison.imageSet.leftOut).toEqual([
      { reason: 'near to a training list', images: near.length },
    ]);
    const unwarned = await compare({ modelVersionIds: [first, free] });
    expect(unwarned.comparison.withoutTrainingOverlap).toBe(null);
  });

  it('sees an edited record at once, though the facts are kept in memory', async () => {
    const before = (await compare({})).comparison;
    const [level] = melanomaOf(before).subgroups[0].levels;
    const code = images.find(({ sex, diagnosis }) => sex === 'MALE' && diagnosis === 'MELANOMA')!;
    const where = { studyId: facts.studyId, code: code.patient };
    await world.db.patient.updateMany({ where, data: { sex: 'FEMALE' } });
    const after = (await compare({})).comparison;
    expect(melanomaOf(after).subgroups[0].levels[0].positives).toBeGreaterThan(level.positives);
    expect(after.inputsHash).not.toBe(before.inputsHash);
    await world.db.patient.updateMany({ where, data: { sex: 'MALE' } });
    expect((await compare({})).comparison.inputsHash).toBe(before.inputsHash);
  });

  it('is absent for a stranger and open to an auditor', async () => {
    const stranger = await world.member(partial.studyId, 'STATISTICIAN');
    const auditor = await world.member(facts.studyId, 'AUDITOR');
    expect((await compare({}, { viewer: stranger })).codes).toEqual(['NOT_FOUND']);
    expect((await compare({}, { viewer: auditor })).codes).toEqual([]);
    const threshold = { kind: 'YOUDEN', fromSnapshotId: partial.snapshotId };
    expect((await compare({ threshold }, { viewer: auditor })).codes).toEqual(['NOT_FOUND']);
  });

  it.each([
    [{ modelVersionIds: [] }, 'modelVersionIds'],
    [{ tasks: [] }, 'tasks'],
    [{ threshold: { kind: 'FIXED' } }, 'threshold.value'],
    [{ threshold: { kind: 'FIXED', value: 1.5 } }, 'threshold.value'],
    [{ threshold: { kind: 'AT_SENSITIVITY', value: 0 } }, 'threshold.value'],
    [{ threshold: { kind: 'YOUDEN', value: 0.5 } }, 'threshold.value'],
    [{ margin: 0 }, 'margin'],
    [{ alpha: 0.5 }, 'alpha'],
    [{ filter: { subgroups: [{ attribute: 'SEX', level: 'NONE' }] } }, 'filter.subgroups.level'],
  ])('refuses %j and names the field', async (input, field) => {
    const answer = await compare(input);
    expect(answer.codes).toEqual(['INVALID_INPUT']);
    expect(answer.errors[0]!.extensions['field']).toBe(field);
  });
});
