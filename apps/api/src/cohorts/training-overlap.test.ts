import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { registerPackageFolder } from '../models/register-model-version.service.js';
import { countOperations } from '../testing/count-operations.js';
import { writeToyPackage } from '../testing/toy-model.js';
import { createToyStudy, type ToyStudy } from '../testing/toy-study.js';
import { createWorld, type World } from '../testing/world.js';
import { createCohort } from './cohort.service.js';
import { createSnapshot } from './snapshot.service.js';
import { trainingOverlap } from './training-overlap.service.js';

const ask = /* GraphQL */ `
  query ($slug: String!, $cohort: ID!, $versions: [ID!]!, $after: String) {
    study(slug: $slug) {
      cohort(id: $cohort) {
        snapshots {
          trainingOverlap(modelVersionIds: $versions) {
            isDeclared
            listedCount
            modelVersion {
              title
            }
            counts {
              sameFile
              sameCode
              sameLesion
              samePatient
              total
            }
            images(first: 2, after: $after) {
              totalCount
              edges {
                node {
                  kind
                  image {
                    code
                  }
                }
              }
              pageInfo {
                hasNextPage
                endCursor
              }
            }
          }
        }
      }
    }
  }
`;

describe('overlap with training', () => {
  let world: World;
  let study: ToyStudy;
  let statistician: Viewer;
  let stranger: Viewer;
  let cohortId: string;
  let snapshotId: string;
  let listed: string;
  let undeclared: string;

  beforeAll(async () => {
    world = await createWorld();
    const image = { red: 10, green: 10 };
    study = await createToyStudy(world, [
      { patient: 'P1', ...image }, // its file is listed, under another name
      { patient: 'P2', ...image }, // its name is listed
      { patient: 'P3', ...image }, // shares a lesion with the next, which is listed and not in the snapshot
      { patient: 'P3', ...image },
      { patient: 'P4', ...image }, // shares a patient with the next, which is listed and excluded
      { patient: 'P4', ...image },
      { patient: 'P5', ...image }, // free
      { patient: 'P5', ...image },
    ]);
    const { db } = world;
    const images = await db.image.findMany({ orderBy: { code: 'asc' } });
    await db.image.update({
      where: { id: images[3]!.id },
      data: { lesionId: images[2]!.lesionId, quality: 'EXCLUDED' },
    });
    await db.image.update({ where: { id: images[5]!.id }, data: { quality: 'EXCLUDED' } });
    // An image of another study stands on the list too and must not count.
    const other = await createToyStudy(world, [{ patient: 'P1', ...image }]);
    await db.image.updateMany({ where: { studyId: other.id }, data: { code: 'OTHER' } });
    statistician = await world.member(study.id, 'STATISTICIAN');
    stranger = await world.member(other.id, 'STATISTICIAN');
    const engineer = await world.admin();
    const register = async (name: string, trainingList?: string) =>
      (
        await registerPackageFolder(
          world,
          engineer,
          await writeToyPackage(world.storage.folder, {
            name,
            ...(trainingList !== undefined && { trainingList }),
          }),
        )
      ).id;
    listed = await register(
      'listed',
      `image_id,sha256\nELSEWHERE,${images[0]!.sha256}\nTOY_0002,${'0'.repeat(64)}\nTOY_0001,\nTOY_0004,\nTOY_0006,\nOTHER,\n`,
    );
    undeclared = await register('undeclared');
    const cohort = await createCohort(db, statistician, {
      ...{ studyId: study.id, name: 'All', filter: {} },
    });
    cohortId = cohort.id;
    snapshotId = (await createSnapshot(db, statistician, cohortId)).id;
  });
  afterAll(() => world.close());

  const asked = (after?: string) =>
    world.ask(statistician, ask, {
      ...{ slug: study.slug, cohort: cohortId, versions: [undeclared, listed], after },
    });

  it('names each image once, by the nearest of file, name, lesion and patient, wherever in the study the listed image is', async () => {
    const { data, codes } = await asked();
    expect(codes).toEqual([]);
    const [none, some] = data['study'].cohort.snapshots[0].trainingOverlap;
    expect(none).toMatchObject({
      isDeclared: false,
      listedCount: 0,
      modelVersion: { title: 'undeclared 1.0.0' },
      counts: { total: 0 },
      images: { edges: [], pageInfo: { hasNextPage: false } },
    });
    expect(some).toMatchObject({
      isDeclared: true,
      listedCount: 6,
      counts: { sameFile: 1, sameCode: 1, sameLesion: 1, samePatient: 1, total: 4 },
      images: { totalCount: 4, pageInfo: { hasNextPage: true } },
    });
    const rest = await asked(some.images.pageInfo.endCursor as string);
    const page = rest.data['study'].cohort.snapshots[0].trainingOverlap[1].images;
    expect(
      [...some.images.edges, ...page.edges].map(({ node }) => [node.image.code, node.kind]),
    ).toEqual([
      ['TOY_0001', 'FILE'],
      ['TOY_0002', 'CODE'],
      ['TOY_0003', 'LESION'],
      ['TOY_0005', 'PATIENT'],
    ]);
    expect(page.pageInfo.hasNextPage).toBe(false);
  });

  it('gives services the ids, in the order of the snapshot', async () => {
    const [overlap] = await trainingOverlap(world.db, statistician, snapshotId, [listed]);
    expect(overlap!.images.map(({ imageId }) => imageId)).toEqual(
      [0, 1, 2, 4].map((at) => study.imageIds[at]),
    );
  });

  it('is absent for who may not see the snapshot, and for a version that is not there', async () => {
    const overlap = (viewer: Viewer, snapshot: string, versions: string[]) =>
      trainingOverlap(world.db, viewer, snapshot, versions);
    const absent = { code: 'NOT_FOUND' };
    await expect(overlap(stranger, snapshotId, [listed])).rejects.toMatchObject(absent);
    await expect(overlap(statistician, randomUUID(), [listed])).rejects.toMatchObject(absent);
    await expect(overlap(statistician, 'no id', [listed])).rejects.toMatchObject(absent);
    await expect(overlap(statistician, snapshotId, [randomUUID()])).rejects.toMatchObject(absent);
    await expect(overlap(statistician, snapshotId, ['x'])).rejects.toMatchObject(absent);
    const many = Array.from({ length: 21 }, () => listed);
    await expect(overlap(statistician, snapshotId, many)).rejects.toMatchObject({
      extensions: { field: 'modelVersionIds' },
    });
  });

  it('asks the database no more often for more versions', async () => {
    const cost = (versions: string[]) =>
      countOperations(world, statistician, ask, { slug: study.slug, cohort: cohortId, versions });
    expect(await cost([listed, undeclared])).toBe(await cost([listed]));
  });
});
