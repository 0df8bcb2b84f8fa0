import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { countOperations } from '../testing/count-operations.js';
import { createWorld, type World } from '../testing/world.js';

const createPatient = /* GraphQL */ `
  mutation ($input: CreatePatientInput!) {
    createPatient(input: $input) {
      id
      code
      sex
      ageYears
      skinType
      consent
      revision
      lesionCount
      imageCount
      study {
        slug
      }
    }
  }
`;
const updatePatient = /* GraphQL */ `
  mutation ($input: UpdatePatientInput!) {
    updatePatient(input: $input) {
      code
      sex
      ageYears
      consent
      revision
    }
  }
`;
const createLesion = /* GraphQL */ `
  mutation ($input: CreateLesionInput!) {
    createLesion(input: $input) {
      id
      code
      anatomicSite
      patient {
        code
      }
      diagnosis {
        version
      }
    }
  }
`;
const listPatients = /* GraphQL */ `
  query ($first: Int, $after: String, $search: String) {
    study(slug: "pigment") {
      patients(first: $first, after: $after, search: $search) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            code
            lesionCount
            imageCount
            study {
              slug
            }
            lesions {
              code
              patient {
                code
              }
              diagnosis {
                diagnosis
                author {
                  name
                }
              }
              diagnosisHistory {
                version
              }
            }
          }
        }
      }
    }
  }
`;

describe('patients', () => {
  let world: World;
  let coordinator: Viewer;
  let auditor: Viewer;
  let stranger: Viewer;
  let studyId: string;
  let otherStudyId: string;

  beforeAll(async () => {
    world = await createWorld();
    const study = await world.db.study.create({ data: { slug: 'pigment', name: 'Pigment' } });
    const other = await world.db.study.create({ data: { slug: 'other', name: 'Other' } });
    studyId = study.id;
    otherStudyId = other.id;
    coordinator = await world.member(studyId, 'COORDINATOR');
    auditor = await world.member(studyId, 'AUDITOR');
    stranger = await world.member(otherStudyId, 'COORDINATOR');
  });
  afterAll(() => world.close());

  const create = (viewer: Viewer, input: Record<string, unknown>) =>
    world.ask(viewer, createPatient, { input: { studyId, ...input } });

  it('are created by coordinators with a code that is unique in the study', async () => {
    const { data } = await create(coordinator, { code: 'P-001', sex: 'FEMALE', ageYears: 45 });
    expect(data['createPatient']).toMatchObject({
      code: 'P-001',
      sex: 'FEMALE',
      ageYears: 45,
      skinType: null,
      consent: 'ACTIVE',
      revision: 1,
      lesionCount: 0,
      imageCount: 0,
      study: { slug: 'pigment' },
    });
    expect((await create(coordinator, { code: 'P-001' })).codes).toEqual(['CONFLICT']);
    expect((await create(auditor, { code: 'P-002' })).codes).toEqual(['FORBIDDEN']);
    expect((await create(stranger, { code: 'P-002' })).codes).toEqual(['NOT_FOUND']);
    expect((await create(coordinator, { code: 'P-002', studyId: 'nonsense' })).codes).toEqual([
      'NOT_FOUND',
    ]);
    expect(await world.db.patient.count({ where: { studyId } })).toBe(1);
  });

  it('refuse ages that are no multiple of 5 from 0 to 85, and codes that no address could hold', async () => {
    for (const input of [
      { code: 'A', ageYears: 42 },
      { code: 'A', ageYears: 90 },
      { code: 'A', ageYears: -5 },
      { code: '' },
      { code: 'Jane Doe' },
      { code: '../up' },
      { code: 'x'.repeat(65) },
    ]) {
      expect((await create(coordinator, input)).codes).toEqual(['INVALID_INPUT']);
    }
    expect((await create(coordinator, { code: 'OLD', ageYears: 85 })).codes).toEqual([]);
  });

  it('are edited against the revision that was opened, and a conflict tells what stands now', async () => {
    const { data } = await create(coordinator, { code: 'EDIT', sex: 'MALE', ageYears: 30 });
    const id = data['createPatient'].id as string;
    const edit = (input: Record<string, unknown>) =>
      world.ask(coordinator, updatePatient, { input: { id, ...input } });

    const first = await edit({ revision: 1, ageYears: null, consent: 'WITHDRAWN' });
    expect(first.data['updatePatient']).toEqual({
      code: 'EDIT',
      sex: 'MALE',
      ageYears: null,
      consent: 'WITHDRAWN',
      revision: 2,
    });
    const late = await edit({ revision: 1, sex: 'OTHER' });
    expect(late.codes).toEqual(['CONFLICT']);
    expect(late.errors[0]!.extensions).toMatchObject({
      field: 'revision',
      stored: { revision: 2, sex: 'MALE', ageYears: null, consent: 'WITHDRAWN' },
    });
    expect((await edit({ revision: 2, code: 'P-001' })).codes).toEqual(['CONFLICT']);
    expect((await edit({ revision: 2, code: null })).codes).toEqual(['INVALID_INPUT']);
    expect(await world.db.patient.findUnique({ where: { id } })).toMatchObject({
      code: 'EDIT',
      sex: 'MALE',
      revision: 2,
    });
  });

  it('let one of twenty simultaneous editors through', async () => {
    const { data } = await create(coordinator, { code: 'RACE' });
    const input = { id: data['createPatient'].id, revision: 1 };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        world.ask(coordinator, updatePatient, { input: { ...input, ageYears: (i % 17) * 5 } }),
      ),
    );
    const refused = answers.filter(({ codes }) => codes.length > 0);
    expect(refused).toHaveLength(19);
    expect(new Set(refused.flatMap(({ codes }) => codes))).toEqual(new Set(['CONFLICT']));
  });

  it('cannot be edited or given lesions from outside their study', async () => {
    const patient = await world.db.patient.findFirstOrThrow({ where: { studyId, code: 'P-001' } });
    const edit = { input: { id: patient.id, revision: 1, sex: 'OTHER' } };
    const lesion = { input: { patientId: patient.id, code: 'L1' } };
    for (const [viewer, code] of [
      [stranger, 'NOT_FOUND'],
      [auditor, 'FORBIDDEN'],
    ] as const) {
      expect((await world.ask(viewer, updatePatient, edit)).codes).toEqual([code]);
      expect((await world.ask(viewer, createLesion, lesion)).codes).toEqual([code]);
    }
    const malformed = { input: { id: 'no-id', revision: 1 } };
    expect((await world.ask(coordinator, updatePatient, malformed)).codes).toEqual(['NOT_FOUND']);
    expect(await world.db.lesion.count()).toBe(0);
  });

  it('have lesions whose codes are unique within the patient', async () => {
    const [one, two] = await Promise.all(
      ['WITH-1', 'WITH-2'].map(async (code) => (await create(coordinator, { code })).data),
    );
    const lesion = (patient: any, code: string) =>
      world.ask(coordinator, createLesion, {
        input: { patientId: patient['createPatient'].id, code, anatomicSite: 'PALMS_SOLES' },
      });
    expect((await lesion(one, 'L1')).data['createLesion']).toMatchObject({
      code: 'L1',
      anatomicSite: 'PALMS_SOLES',
      patient: { code: 'WITH-1' },
      diagnosis: null,
    });
    expect((await lesion(two, 'L1')).codes).toEqual([]);
    expect((await lesion(one, 'L1')).codes).toEqual(['CONFLICT']);
  });

  it('are listed by code, page by page, each once, with a total', async () => {
    await world.db.patient.createMany({
      data: Array.from({ length: 25 }, (_, i) => ({
        studyId,
        code: `PAGE_${String(i).padStart(2, '0')}`,
      })),
    });
    await world.db.patient.create({ data: { studyId, code: 'PAGEX00' } });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Record<string, any> } = await world.ask(coordinator, listPatients, {
        first: 10,
        after,
        search: 'page_',
      });
      const page = data['study'].patients;
      expect(page.totalCount).toBe(25);
      seen.push(...page.edges.map((edge: any) => edge.node.code as string));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(25);
    expect(seen).toEqual([...new Set(seen)].sort());
  });

  it('refuse a page of no rows, of too many, and a cursor of another list', async () => {
    for (const variables of [{ first: 0 }, { first: 201 }, { first: 5, after: 'bm9uc2Vuc2U' }]) {
      expect((await world.ask(coordinator, listPatients, variables)).codes).toEqual([
        'INVALID_INPUT',
      ]);
    }
  });

  it('ask the database equally often whatever the size of the page', async () => {
    const patients = await world.db.patient.findMany({ where: { code: { startsWith: 'PAGE_' } } });
    for (const { id } of patients) {
      const lesion = await world.db.lesion.create({ data: { studyId, patientId: id, code: 'L1' } });
      await world.db.referenceDiagnosis.create({
        data: {
          lesionId: lesion.id,
          version: 1,
          diagnosis: 'NEVUS',
          method: 'FOLLOW_UP',
          authorId: coordinator.id,
        },
      });
    }
    const count = (first: number) =>
      countOperations(world, coordinator, listPatients, { first, search: 'PAGE_' });
    expect(await count(20)).toBe(await count(2));
  });

  it('are hidden from who is no member, by code and in lists', async () => {
    const query = `{ study(slug: "pigment") { patient(code: "P-001") { id } } }`;
    expect((await world.ask(coordinator, query)).data['study'].patient).not.toBeNull();
    expect((await world.ask(stranger, query)).data).toEqual({ study: null });
    const other = `{ study(slug: "other") { patient(code: "P-001") { id } patients { totalCount edges { cursor } } } }`;
    expect((await world.ask(stranger, other)).data['study']).toEqual({
      patient: null,
      patients: { totalCount: 0, edges: [] },
    });
  });
});
