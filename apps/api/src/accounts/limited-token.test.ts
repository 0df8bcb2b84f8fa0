import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainingOverlap } from '../cohorts/training-overlap.service.js';
import type { Viewer } from '../context.js';
import { type FactsStudy, type ImageFact, writeFacts } from '../testing/facts-study.js';
import { createWorld, type World } from '../testing/world.js';
import { viewerOfToken } from './api-token.service.js';

const create = /* GraphQL */ `
  mutation ($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      secret
      token {
        id
        scope
        isLimited
        studies {
          id
        }
      }
    }
  }
`;

const facts = (patient: string): ImageFact[] => [
  {
    ...{ patient, diagnosis: 'NEVUS', hasMask: false },
    versions: [{ scores: { melanoma: 0.4, seborrheic_keratosis: 0.2 }, px: null }],
  },
];

describe('a token limited to studies', () => {
  let world: World;
  let admin: Viewer;
  let owner: Viewer;
  let [named, other, foreign]: FactsStudy[] = [];

  beforeAll(async () => {
    world = await createWorld();
    named = await writeFacts(world, facts('P1'));
    other = await writeFacts(world, facts('P2'));
    foreign = await writeFacts(world, facts('P3'));
    admin = await world.admin();
    owner = await world.member(named.studyId, 'COORDINATOR');
    await world.db.studyMember.create({
      data: { studyId: other.studyId, userId: owner.id, role: 'COORDINATOR' },
    });
  });
  afterAll(() => world.close());

  const issue = (viewer: Viewer, input: Record<string, unknown>) =>
    world.ask(viewer, create, { input: { name: 'script', ...input } });
  const holderOf = async (viewer: Viewer, input: Record<string, unknown>) => {
    const { data, messages } = await issue(viewer, input);
    expect(messages).toEqual([]);
    return (await viewerOfToken(world.db, data['createApiToken'].secret as string))!;
  };
  const studiesSeen = async (viewer: Viewer) =>
    ((await world.ask(viewer, '{ studies { id } }')).data['studies'] as { id: string }[]).map(
      ({ id }) => id,
    );

  it('says what it is limited to, and null where it is not', async () => {
    const { data } = await issue(owner, { studyIds: [named!.studyId, named!.studyId] });
    expect(data['createApiToken'].token).toMatchObject({
      isLimited: true,
      scope: 'READ',
      studies: [{ id: named!.studyId }],
    });
    const whole = await issue(owner, {});
    expect(whole.data['createApiToken'].token).toMatchObject({ isLimited: false, studies: null });
    const seen = await world.ask(owner, '{ viewer { apiTokens { isLimited studies { id } } } }');
    expect(seen.data['viewer'].apiTokens).toContainEqual({
      ...{ isLimited: true, studies: [{ id: named!.studyId }] },
    });
  });

  it('sees the named study and nothing of the others, by every way of asking', async () => {
    const holder = await holderOf(owner, { studyIds: [named!.studyId] });
    expect((await studiesSeen(owner)).sort()).toEqual([named!.studyId, other!.studyId].sort());
    expect(await studiesSeen(holder)).toEqual([named!.studyId]);
    const compare = (study: FactsStudy) =>
      world.ask(
        holder,
        'query ($input: ComparisonInput!) { comparison(input: $input) { imageSet { images } referenceChanges { masks } } }',
        { input: { snapshotId: study.snapshotId, modelVersionIds: study.versionIds } },
      );
    expect((await compare(named!)).codes).toEqual([]);
    expect((await compare(other!)).codes).toEqual(['NOT_FOUND']);
    // By SQL alone, where the others go by Prisma's where.
    const overlaps = ({ snapshotId, versionIds }: FactsStudy) =>
      trainingOverlap(world.db, holder, snapshotId, versionIds);
    expect(await overlaps(named!)).toHaveLength(1);
    await expect(overlaps(other!)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const image = (study: FactsStudy) =>
      world.ask(holder, 'query ($id: ID!) { image(id: $id) { lesion { patient { code } } } }', {
        id: study.imageIds[0],
      });
    expect((await image(named!)).data['image'].lesion.patient.code).toBe('P1');
    expect((await image(other!)).data['image']).toBeNull();
  });

  it('reads alone unless its scope lets it write, and writes in the named study alone', async () => {
    const cohort = (viewer: Viewer, studyId: string) =>
      world.ask(
        viewer,
        'mutation ($input: CreateCohortInput!) { createCohort(input: $input) { id } }',
        { input: { studyId, name: `Cohort ${Math.random()}`, filter: {} } },
      );
    const reader = await holderOf(owner, { studyIds: [named!.studyId] });
    expect((await cohort(reader, named!.studyId)).codes).toEqual(['FORBIDDEN']);
    const writer = await holderOf(owner, { studyIds: [named!.studyId], scope: 'WRITE' });
    expect((await cohort(writer, named!.studyId)).codes).toEqual([]);
    expect((await cohort(writer, other!.studyId)).codes).toEqual(['NOT_FOUND']);
    expect(await world.db.cohort.count({ where: { studyId: other!.studyId } })).toBe(1);
  });

  it('of an administrator sees what it names and administers nothing', async () => {
    const holder = await holderOf(admin, { studyIds: [foreign!.studyId], scope: 'WRITE' });
    expect(await studiesSeen(holder)).toEqual([foreign!.studyId]);
    for (const mutation of [
      'mutation { createStudy(input: { name: "New", slug: "new-one" }) { id } }',
      'mutation { createUser(input: { name: "New", email: "new@example.org" }) { email } }',
      'mutation { createApiToken(input: { name: "wider" }) { secret } }',
      `mutation { revokeApiToken(id: "${foreign!.studyId}") { id } }`,
    ]) {
      expect((await world.ask(holder, mutation)).codes).toEqual(['FORBIDDEN']);
    }
    const { data } = await world.ask(holder, '{ viewer { apiTokens { name } } }');
    expect(data['viewer'].apiTokens).toEqual([]);
    expect(await world.db.study.count({ where: { slug: 'new-one' } })).toBe(0);
  });

  it('sees nothing any more once its owner has left the study or the study is gone', async () => {
    const leaver = await world.member(named!.studyId, 'AUDITOR');
    const holder = await holderOf(leaver, { studyIds: [named!.studyId] });
    expect(await studiesSeen(holder)).toEqual([named!.studyId]);
    await world.db.studyMember.deleteMany({ where: { userId: leaver.id } });
    expect(await studiesSeen(holder)).toEqual([]);

    const empty = await world.db.study.create({ data: { slug: 'short-lived', name: 'Short' } });
    const { data } = await issue(admin, { studyIds: [empty.id] });
    await world.db.study.delete({ where: { id: empty.id } });
    const orphan = await viewerOfToken(world.db, data['createApiToken'].secret as string);
    expect(await studiesSeen(orphan!)).toEqual([]);
  });

  it.each([
    [[], 'INVALID_INPUT'],
    [['not-an-id'], 'NOT_FOUND'],
    [['00000000-0000-4000-8000-000000000000'], 'NOT_FOUND'],
  ])('is not made for %j', async (studyIds, code) => {
    const before = await world.db.apiToken.count();
    expect((await issue(owner, { studyIds })).codes).toEqual([code]);
    expect((await issue(owner, { studyIds: [named!.studyId, foreign!.studyId] })).codes).toEqual([
      'NOT_FOUND',
    ]);
    expect(await world.db.apiToken.count()).toBe(before);
  });
});
