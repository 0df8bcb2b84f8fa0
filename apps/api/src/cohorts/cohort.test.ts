import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { countOperations } from '../testing/count-operations.js';
import { createToyStudy, leftMask, type ToyStudy } from '../testing/toy-study.js';
import { createWorld, type World } from '../testing/world.js';
import { createSnapshot } from './snapshot.service.js';

const createCohort = /* GraphQL */ `
  mutation ($input: CreateCohortInput!) {
    createCohort(input: $input) {
      id
      name
      filter
      imageCount
      patientCount
    }
  }
`;
const takeSnapshot = /* GraphQL */ `
  mutation ($id: ID!) {
    createSnapshot(cohortId: $id) {
      id
      contentHash
      code
      imageCount
      patientCount
      imagesWithMask
      diagnosisCounts {
        value
        count
      }
      cohort {
        name
      }
    }
  }
`;

describe('cohorts', () => {
  let world: World;
  let study: ToyStudy;
  let statistician: Viewer;
  let auditor: Viewer;
  let stranger: Viewer;

  beforeAll(async () => {
    world = await createWorld();
    study = await createToyStudy(world, [
      { patient: 'P1', red: 200, green: 10, diagnosis: 'MELANOMA', maskShare: 0.5 },
      { patient: 'P1', red: 100, green: 10, diagnosis: 'NEVUS', maskShare: 0.25 },
      { patient: 'P2', red: 50, green: 90, diagnosis: 'SEBORRHEIC_KERATOSIS' },
      { patient: 'P3', red: 50, green: 10 },
      { patient: 'P4', red: 50, green: 10, diagnosis: 'MELANOMA' },
      { patient: 'P5', red: 50, green: 10, diagnosis: 'MELANOMA' },
    ]);
    await world.db.patient.updateMany({ where: { code: 'P4' }, data: { consent: 'WITHDRAWN' } });
    await world.db.image.update({
      where: { id: study.imageIds[5]! },
      data: { quality: 'EXCLUDED' },
    });
    const other = await world.db.study.create({ data: { slug: 'other', name: 'Other' } });
    statistician = await world.member(study.id, 'STATISTICIAN');
    auditor = await world.member(study.id, 'AUDITOR');
    stranger = await world.member(other.id, 'COORDINATOR');
  });
  afterAll(() => world.close());

  async function cohort(name: string, filter: Record<string, unknown>): Promise<string> {
    const input = { studyId: study.id, name, filter };
    const { data, messages } = await world.ask(statistician, createCohort, { input });
    expect(messages).toEqual([]);
    return data['createCohort'].id as string;
  }

  it('keep their filter in the words of the schema and count what a snapshot would have', async () => {
    const modelVersionId = '00000000-0000-4000-8000-000000000000';
    const filter = { score: { modelVersionId, task: 'MELANOMA', range: { min: 0.5 } } };
    const id = await cohort('By score', filter);
    const input = { studyId: study.id, name: 'All', filter: {} };
    const { data } = await world.ask(statistician, createCohort, { input });
    expect(data['createCohort']).toMatchObject({ filter: {}, imageCount: 4, patientCount: 3 });
    const saved = await world.ask(
      auditor,
      'query ($slug: String!, $id: ID!) { study(slug: $slug) { cohort(id: $id) { filter imageCount } } }',
      { slug: study.slug, id },
    );
    expect(saved.data['study'].cohort).toEqual({ filter, imageCount: 0 });
  });

  it('have a name of their own, a filter that can be asked, and a creator who may', async () => {
    await cohort('Taken', {});
    for (const [viewer, name, filter, code] of [
      [statistician, 'Taken', {}, 'CONFLICT'],
      [statistician, '  ', {}, 'INVALID_INPUT'],
      [statistician, 'Bad', { jaccard: { modelVersionId: 'x', range: {} } }, 'INVALID_INPUT'],
      [auditor, 'Audit', {}, 'FORBIDDEN'],
      [stranger, 'Foreign', {}, 'NOT_FOUND'],
    ] as const) {
      const input = { studyId: study.id, name, filter };
      expect([name, (await world.ask(viewer, createCohort, { input })).codes]).toEqual([
        name,
        [code],
      ]);
    }
  });

  it('freeze the references that count, without excluded images and withdrawn patients', async () => {
    const id = await cohort('Everything', {});
    const { data } = await world.ask(statistician, takeSnapshot, { id });
    const snapshot = data['createSnapshot'];
    expect(snapshot).toMatchObject({
      imageCount: 4,
      patientCount: 3,
      imagesWithMask: 2,
      diagnosisCounts: [
        { value: 'MELANOMA', count: 1 },
        { value: 'SEBORRHEIC_KERATOSIS', count: 1 },
        { value: 'NEVUS', count: 1 },
        { value: 'NONE', count: 1 },
      ],
      cohort: { name: 'Everything' },
    });
    expect(snapshot.code).toBe(
      `${snapshot.contentHash.slice(0, 4)}-${snapshot.contentHash.slice(4, 8)}`,
    );
    const rows = await world.db.snapshotImage.findMany({
      where: { snapshotId: snapshot.id },
      orderBy: { position: 'asc' },
    });
    expect(rows.map(({ imageId, position }) => [imageId, position])).toEqual(
      study.imageIds.slice(0, 4).map((imageId, position) => [imageId, position]),
    );
  });

  it('give the snapshot that is there while nothing changed, also to twenty callers at once', async () => {
    const id = await cohort('Melanoma', { diagnosis: ['MELANOMA'] });
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => createSnapshot(world.db, statistician, id)),
    );
    expect(new Set(taken.map((snapshot) => snapshot.id)).size).toBe(1);
    const snapshotId = taken[0]!.id;
    expect(await world.db.snapshotImage.count({ where: { snapshotId } })).toBe(1);

    const imageId = study.imageIds[0]!;
    const { png, areaPx } = await leftMask(0.75);
    await world.db.referenceMask.updateMany({
      where: { imageId },
      data: { supersededAt: new Date() },
    });
    await world.db.referenceMask.create({
      data: {
        ...{ imageId, version: 2, widthPx: 40, heightPx: 20, areaPx },
        png: new Uint8Array(png),
      },
    });
    const later = await createSnapshot(world.db, statistician, id);
    expect(later.contentHash).not.toBe(taken[0]!.contentHash);
    const frozen = await world.db.snapshotImage.findFirstOrThrow({
      where: { snapshotId },
      include: { referenceMask: true },
    });
    expect(frozen.referenceMask?.version).toBe(1);
  });

  it('cannot be frozen empty, nor by who may not see or may not write', async () => {
    const empty = await cohort('Empty', { search: 'no such code' });
    const some = await cohort('Some', { hasMask: true });
    for (const [viewer, id, code] of [
      [statistician, empty, 'INVALID_INPUT'],
      [statistician, 'not-an-id', 'NOT_FOUND'],
      [auditor, some, 'FORBIDDEN'],
      [stranger, some, 'NOT_FOUND'],
    ] as const) {
      expect((await world.ask(viewer, takeSnapshot, { id })).codes).toEqual([code]);
    }
    expect(
      await world.db.cohortSnapshot.count({ where: { cohortId: { in: [empty, some] } } }),
    ).toBe(0);
  });

  it('are read in as many statements however many there are', async () => {
    const list = /* GraphQL */ `
      query ($slug: String!) {
        study(slug: $slug) {
          cohorts {
            name
            imageCount
            createdBy {
              name
            }
            snapshots {
              code
              imagesWithMask
              diagnosisCounts {
                count
              }
            }
          }
        }
      }
    `;
    const count = () => countOperations(world, auditor, list, { slug: study.slug });
    const few = await count();
    for (const name of ['X', 'Y', 'Z']) {
      await createSnapshot(world.db, statistician, await cohort(name, { search: 'TOY' }));
    }
    expect(await count()).toBe(few);
  });

  it('are absent for strangers, by list and by id', async () => {
    const id = await cohort('Hidden', {});
    const { data } = await world.ask(
      stranger,
      'query ($slug: String!, $id: ID!) { study(slug: $slug) { cohort(id: $id) { id } } }',
      { slug: study.slug, id },
    );
    expect(data).toEqual({ study: null });
  });
});
