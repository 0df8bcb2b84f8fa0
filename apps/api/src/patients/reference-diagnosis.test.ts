import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../context.js';
import { createWorld, type World } from '../testing/world.js';
import {
  diagnosisHistoryLoader,
  diagnosisLoader,
  lesionLoader,
  lesionsOfPatientLoader,
} from './lesion.loader.js';
import { patientCountsLoader, patientLoader } from './patient.loader.js';

const setReferenceDiagnosis = /* GraphQL */ `
  mutation ($input: SetReferenceDiagnosisInput!) {
    setReferenceDiagnosis(input: $input) {
      diagnosis {
        version
        diagnosis
        method
        reason
        author {
          id
        }
        supersededAt
      }
      diagnosisHistory {
        version
        diagnosis
        supersededAt
      }
    }
  }
`;

describe('reference diagnoses', () => {
  let world: World;
  let coordinator: Viewer;
  let auditor: Viewer;
  let stranger: Viewer;
  let studyId: string;
  let patientId: string;
  let lesions = 0;

  beforeAll(async () => {
    world = await createWorld();
    const study = await world.db.study.create({ data: { slug: 'pigment', name: 'Pigment' } });
    const other = await world.db.study.create({ data: { slug: 'other', name: 'Other' } });
    studyId = study.id;
    coordinator = await world.member(studyId, 'COORDINATOR');
    auditor = await world.member(studyId, 'AUDITOR');
    stranger = await world.member(other.id, 'COORDINATOR');
    patientId = (await world.db.patient.create({ data: { studyId, code: 'P' } })).id;
  });
  afterAll(() => world.close());

  const newLesion = async () => {
    lesions += 1;
    const data = { studyId, patientId, code: `L${lesions}` };
    return (await world.db.lesion.create({ data })).id;
  };
  const set = (viewer: Viewer, input: Record<string, unknown>) =>
    world.ask(viewer, setReferenceDiagnosis, { input: { method: 'HISTOPATHOLOGY', ...input } });

  it('are replaced by a next version and kept in the history', async () => {
    const lesionId = await newLesion();
    await set(coordinator, { lesionId, diagnosis: 'NEVUS' });
    const { data } = await set(coordinator, {
      lesionId,
      diagnosis: 'MELANOMA',
      reason: 'Second cut',
      expectedVersion: 1,
    });
    const { diagnosis, diagnosisHistory } = data['setReferenceDiagnosis'];
    expect(diagnosis).toEqual({
      version: 2,
      diagnosis: 'MELANOMA',
      method: 'HISTOPATHOLOGY',
      reason: 'Second cut',
      author: { id: coordinator.id },
      supersededAt: null,
    });
    expect(diagnosisHistory).toMatchObject([
      { version: 2, diagnosis: 'MELANOMA', supersededAt: null },
      { version: 1, diagnosis: 'NEVUS', supersededAt: expect.any(String) },
    ]);
  });

  it('need a reason when they replace another, and none at first', async () => {
    const lesionId = await newLesion();
    expect((await set(coordinator, { lesionId, diagnosis: 'NEVUS' })).codes).toEqual([]);
    const silent = await set(coordinator, {
      lesionId,
      diagnosis: 'MELANOMA',
      reason: '  ',
      expectedVersion: 1,
    });
    expect(silent.codes).toEqual(['INVALID_INPUT']);
    expect(silent.errors[0]!.extensions).toMatchObject({ field: 'reason' });
    expect(await world.db.referenceDiagnosis.findMany({ where: { lesionId } })).toMatchObject([
      { version: 1, supersededAt: null },
    ]);
  });

  it('refuse who saw another version, and name the one that counts', async () => {
    const lesionId = await newLesion();
    const early = await set(coordinator, { lesionId, diagnosis: 'NEVUS', expectedVersion: 1 });
    expect(early.codes).toEqual(['CONFLICT']);
    await set(coordinator, { lesionId, diagnosis: 'NEVUS' });
    const late = await set(coordinator, { lesionId, diagnosis: 'MELANOMA', reason: 'No' });
    expect(late.codes).toEqual(['CONFLICT']);
    expect(late.errors[0]!.extensions).toMatchObject({
      field: 'expectedVersion',
      stored: { version: 1, diagnosis: 'NEVUS', method: 'HISTOPATHOLOGY' },
    });
  });

  it('let one of twenty through who saw the same version, at first and later', async () => {
    const lesionId = await newLesion();
    for (const expectedVersion of [null, 1]) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () =>
          set(coordinator, { lesionId, diagnosis: 'MELANOMA', reason: 'Race', expectedVersion }),
        ),
      );
      const codes = answers.flatMap((answer) => answer.codes);
      expect(codes).toEqual(Array.from({ length: 19 }, () => 'CONFLICT'));
    }
    const rows = await world.db.referenceDiagnosis.findMany({
      where: { lesionId },
      orderBy: { version: 'asc' },
    });
    expect(rows.map(({ version, supersededAt }) => [version, supersededAt === null])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it('are by construction in synthetic studies only', async () => {
    const lesionId = await newLesion();
    const byConstruction = { lesionId, diagnosis: 'NEVUS', method: 'BY_CONSTRUCTION' };
    expect((await set(coordinator, byConstruction)).codes).toEqual(['INVALID_INPUT']);
    await world.db.study.update({ where: { id: studyId }, data: { isSynthetic: true } });
    expect((await set(coordinator, byConstruction)).codes).toEqual([]);
    await world.db.study.update({ where: { id: studyId }, data: { isSynthetic: false } });
  });

  it('are not for strangers, auditors, or lesions that do not exist', async () => {
    const lesionId = await newLesion();
    expect((await set(stranger, { lesionId, diagnosis: 'NEVUS' })).codes).toEqual(['NOT_FOUND']);
    expect((await set(auditor, { lesionId, diagnosis: 'NEVUS' })).codes).toEqual(['FORBIDDEN']);
    for (const absent of ['no-id', crypto.randomUUID()]) {
      const { codes } = await set(coordinator, { lesionId: absent, diagnosis: 'NEVUS' });
      expect(codes).toEqual(['NOT_FOUND']);
    }
    expect(await world.db.referenceDiagnosis.count({ where: { lesionId } })).toBe(0);
  });

  it('are not loaded for strangers from any other row that names them', async () => {
    const lesionId = await newLesion();
    await set(coordinator, { lesionId, diagnosis: 'NEVUS' });
    const seen = async (viewer: Viewer) => {
      const context = world.contextFor(viewer);
      const loads = [patientLoader(context).load(patientId), lesionLoader(context).load(lesionId)];
      const settled = await Promise.allSettled(loads);
      return {
        rows: settled.map(({ status }) => status),
        lesions: (await lesionsOfPatientLoader(context).load(patientId)).length > 0,
        counts: (await patientCountsLoader(context).load(patientId)).lesions > 0,
        diagnosis: (await diagnosisLoader(context).load(lesionId))?.diagnosis ?? null,
        history: (await diagnosisHistoryLoader(context).load(lesionId)).length,
      };
    };
    expect(await seen(auditor)).toEqual({
      rows: ['fulfilled', 'fulfilled'],
      ...{ lesions: true, counts: true, diagnosis: 'NEVUS', history: 1 },
    });
    expect(await seen(stranger)).toEqual({
      rows: ['rejected', 'rejected'],
      ...{ lesions: false, counts: false, diagnosis: null, history: 0 },
    });
  });
});
