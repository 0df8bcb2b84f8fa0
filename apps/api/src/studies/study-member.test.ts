import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import type { StudyRole } from '../db.js';
import { countOperations } from '../testing/count-operations.js';
import { createWorld, type World } from '../testing/world.js';

const list = /* GraphQL */ `
  query ($slug: String!, $first: Int!, $after: String) {
    study(slug: $slug) {
      permissions {
        manageMembers
        seeMembers
      }
      members(first: $first, after: $after) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            role
            email
            user {
              id
              name
            }
          }
        }
      }
    }
  }
`;
const add = /* GraphQL */ `
  mutation ($input: AddStudyMemberInput!) {
    addStudyMember(input: $input) {
      role
      email
      user {
        id
      }
    }
  }
`;
const change = /* GraphQL */ `
  mutation ($input: ChangeStudyMemberInput!) {
    changeStudyMember(input: $input) {
      role
      email
    }
  }
`;
const remove = /* GraphQL */ `
  mutation ($input: RemoveStudyMemberInput!) {
    removeStudyMember(input: $input)
  }
`;

describe('members', () => {
  let world: World;
  let admin: Viewer;
  let stranger: Viewer;
  let studyId: string;
  let slug: string;
  let coordinator: Viewer;

  beforeAll(async () => {
    world = await createWorld();
    admin = await world.admin();
    const other = await world.db.study.create({ data: { slug: 'other', name: 'Other' } });
    stranger = await world.member(other.id, 'COORDINATOR');
  });
  beforeEach(async () => {
    slug = `s-${randomUUID().slice(0, 8)}`;
    studyId = (await world.db.study.create({ data: { slug, name: slug } })).id;
    coordinator = await world.member(studyId, 'COORDINATOR');
  });
  afterAll(() => world.close());

  const members = (viewer: Viewer, page: Record<string, unknown> = {}) =>
    world.ask(viewer, list, { slug, first: 50, ...page });
  const account = async () => {
    const email = `${randomUUID()}@example.org`;
    const { id } = await world.db.user.create({ data: { name: 'New person', email } });
    return { id, email };
  };
  const addAs = (viewer: Viewer, email: string, role: StudyRole = 'READER') =>
    world.ask(viewer, add, { input: { studyId, email, role } });
  const changeAs = (viewer: Viewer, userId: string, role: StudyRole) =>
    world.ask(viewer, change, { input: { studyId, userId, role } });
  const removeAs = (viewer: Viewer, userId: string) =>
    world.ask(viewer, remove, { input: { studyId, userId } });
  const roleOf = async (userId: string) =>
    (await world.db.studyMember.findFirst({ where: { studyId, userId } }))?.role;

  it('are let in by their address, given another role and taken out again', async () => {
    const { id, email } = await account();
    const added = await addAs(coordinator, ` ${email.toUpperCase()} `);
    expect(added.codes).toEqual([]);
    expect(added.data['addStudyMember']).toEqual({ role: 'READER', email, user: { id } });
    const person: Viewer = { id, isAdmin: false, mayWrite: true };
    const seen = async () => (await world.ask(person, '{ studies { slug } }')).data['studies'];
    expect(await seen()).toEqual([{ slug }]);
    const changed = await changeAs(coordinator, id, 'STATISTICIAN');
    expect(changed.data['changeStudyMember']).toEqual({ role: 'STATISTICIAN', email });
    expect((await removeAs(coordinator, id)).data['removeStudyMember']).toBe(id);
    expect(await seen()).toEqual([]);
    expect(await world.db.user.count({ where: { id } })).toBe(1);
  });

  it('are not let in twice, without an account, or by what is no address', async () => {
    const { email } = await account();
    expect((await addAs(coordinator, email)).codes).toEqual([]);
    for (const [address, code] of [
      [email, 'CONFLICT'],
      ['nobody@example.org', 'NOT_FOUND'],
      ['no address', 'INVALID_INPUT'],
      ['', 'INVALID_INPUT'],
    ] as const) {
      const { codes, errors } = await addAs(coordinator, address, 'AUDITOR');
      expect([codes, errors[0]?.extensions['field']]).toEqual([[code], 'email']);
    }
    expect(await world.db.studyMember.count({ where: { studyId } })).toBe(2);
  });

  it('are let in once by twenty callers at once', async () => {
    const { email } = await account();
    const answers = await Promise.all(Array.from({ length: 20 }, () => addAs(coordinator, email)));
    expect(answers.filter(({ codes }) => codes.length === 0)).toHaveLength(1);
  });

  it('are listed in pages, with addresses for who manages them only', async () => {
    const auditor = await world.member(studyId, 'AUDITOR');
    const { data } = await members(coordinator, { first: 1 });
    const page = data['study'].members;
    expect(page).toMatchObject({ totalCount: 2, pageInfo: { hasNextPage: true } });
    expect(page.edges[0].node).toMatchObject({
      ...{ role: 'COORDINATOR', user: { id: coordinator.id, name: 'Test person' } },
      email: expect.stringMatching(/@example\.org$/),
    });
    const rest = await members(coordinator, { first: 1, after: page.pageInfo.endCursor });
    expect(rest.data['study'].members.edges[0].node.user.id).toBe(auditor.id);
    const seen = (await members(auditor)).data['study'];
    expect(seen.permissions).toEqual({ manageMembers: false, seeMembers: true });
    expect(seen.members.edges.map(({ node }: any) => node.email)).toEqual([null, null]);
    expect((await members(coordinator, { after: 'x' })).codes).toEqual(['INVALID_INPUT']);
  });

  it('are hidden from other roles, and absent for other studies', async () => {
    const { id, email } = await account();
    for (const role of ['READER', 'STATISTICIAN', 'ML_ENGINEER'] as const) {
      expect((await members(await world.member(studyId, role))).codes).toEqual(['FORBIDDEN']);
    }
    for (const role of ['READER', 'STATISTICIAN', 'ML_ENGINEER', 'AUDITOR'] as const) {
      const viewer = await world.member(studyId, role);
      expect((await addAs(viewer, email)).codes).toEqual(['FORBIDDEN']);
      expect((await changeAs(viewer, viewer.id, 'COORDINATOR')).codes).toEqual(['FORBIDDEN']);
      expect((await removeAs(viewer, coordinator.id)).codes).toEqual(['FORBIDDEN']);
    }
    expect((await members(stranger)).data['study']).toBeNull();
    expect((await addAs(stranger, email)).codes).toEqual(['NOT_FOUND']);
    expect((await changeAs(stranger, coordinator.id, 'READER')).codes).toEqual(['NOT_FOUND']);
    expect((await removeAs(stranger, coordinator.id)).codes).toEqual(['NOT_FOUND']);
    // Somebody who has an account but is no member is as absent as nobody.
    expect((await changeAs(coordinator, id, 'READER')).codes).toEqual(['NOT_FOUND']);
    expect((await removeAs(coordinator, 'none')).codes).toEqual(['NOT_FOUND']);
  });

  it('always have a coordinator among them, unless an administrator takes the last one', async () => {
    expect((await changeAs(coordinator, coordinator.id, 'AUDITOR')).codes).toEqual(['CONFLICT']);
    expect((await removeAs(coordinator, coordinator.id)).codes).toEqual(['CONFLICT']);
    expect(await roleOf(coordinator.id)).toBe('COORDINATOR');
    expect((await changeAs(coordinator, coordinator.id, 'COORDINATOR')).codes).toEqual([]);
    expect((await removeAs(admin, coordinator.id)).codes).toEqual([]);
    const { email } = await account();
    expect((await addAs(admin, email, 'COORDINATOR')).codes).toEqual([]);
  });

  it('keep one coordinator when all of them leave at once', async () => {
    const second = await world.member(studyId, 'COORDINATOR');
    const third = await world.member(studyId, 'COORDINATOR');
    const viewers = [coordinator, second, third];
    const answers = await Promise.all(
      viewers.map((viewer, at) =>
        at === 2 ? changeAs(viewer, viewer.id, 'READER') : removeAs(viewer, viewer.id),
      ),
    );
    expect(answers.flatMap(({ codes }) => codes)).toEqual(['CONFLICT']);
    const where = { studyId, role: 'COORDINATOR' } as const;
    expect(await world.db.studyMember.count({ where })).toBe(1);
  });

  it('let a coordinator who was removed meanwhile change nothing', async () => {
    const second = await world.member(studyId, 'COORDINATOR');
    const [first, back] = await Promise.all([
      removeAs(coordinator, second.id),
      removeAs(second, coordinator.id),
    ]);
    // Whoever came second is no member any more: for them the study is absent.
    expect([...first.codes, ...back.codes]).toEqual(['NOT_FOUND']);
    const where = { studyId, role: 'COORDINATOR' } as const;
    expect(await world.db.studyMember.count({ where })).toBe(1);
  });

  it('cost as many questions to the database for many as for one', async () => {
    const cost = () => countOperations(world, coordinator, list, { slug, first: 50 });
    const few = await cost();
    for (let more = 0; more < 5; more += 1) await world.member(studyId, 'READER');
    expect(await cost()).toBe(few);
  });
});
