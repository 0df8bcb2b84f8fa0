import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { createWorld, type World } from '../testing/world.js';

const createStudy = /* GraphQL */ `
  mutation ($input: CreateStudyInput!) {
    createStudy(input: $input) {
      id
      slug
      viewerRole
      permissions {
        editRecords
      }
      summary {
        patients
        images
        activeRuns
      }
    }
  }
`;

describe('studies', () => {
  let world: World;
  let admin: Viewer;
  let studyId: string;

  beforeAll(async () => {
    world = await createWorld();
    admin = await world.admin();
    const { data } = await world.ask(admin, createStudy, {
      input: { name: 'Pigment', slug: 'pigment' },
    });
    studyId = data['createStudy'].id;
  });
  afterAll(() => world.close());

  it('makes the administrator who creates one its coordinator', async () => {
    const { data } = await world.ask(admin, createStudy, {
      input: { name: 'Second', slug: 'second' },
    });
    expect(data['createStudy']).toMatchObject({
      viewerRole: 'COORDINATOR',
      permissions: { editRecords: true },
      summary: { patients: 0, images: 0, activeRuns: 0 },
    });
  });

  it('refuses an address that is taken, malformed or without a name, and names the field', async () => {
    for (const [input, code] of [
      [{ name: 'Again', slug: 'pigment' }, 'CONFLICT'],
      [{ name: 'Bad', slug: 'Not An Address' }, 'INVALID_INPUT'],
      [{ name: ' ', slug: 'nameless' }, 'INVALID_INPUT'],
    ] as const) {
      expect((await world.ask(admin, createStudy, { input })).codes).toEqual([code]);
    }
    expect(await world.db.study.count({ where: { slug: 'nameless' } })).toBe(0);
  });

  it('is created by administrators only', async () => {
    const coordinator = await world.member(studyId, 'COORDINATOR');
    const { codes } = await world.ask(coordinator, createStudy, {
      input: { name: 'Mine', slug: 'mine' },
    });
    expect(codes).toEqual(['FORBIDDEN']);
  });

  it('is absent for who is no member, in the list and by its address', async () => {
    const second = await world.db.study.findUniqueOrThrow({ where: { slug: 'second' } });
    const stranger = await world.member(second.id, 'AUDITOR');
    const { data } = await world.ask(
      stranger,
      '{ studies { slug } study(slug: "pigment") { id } }',
    );
    expect(data).toEqual({ studies: [{ slug: 'second' }], study: null });
  });

  it('is shown to nobody without signing in', async () => {
    const { codes } = await world.ask(undefined, '{ studies { slug } }');
    expect(codes).toEqual(['UNAUTHENTICATED']);
    expect((await world.ask(undefined, '{ viewer { name } }')).data).toEqual({ viewer: null });
  });

  it('cannot be written by a token that may only read', async () => {
    const { codes } = await world.ask({ ...admin, mayWrite: false }, createStudy, {
      input: { name: 'By token', slug: 'by-token' },
    });
    expect(codes).toEqual(['FORBIDDEN']);
  });
});
