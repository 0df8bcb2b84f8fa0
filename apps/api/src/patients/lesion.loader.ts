import DataLoader from 'dataloader';
import { inVisibleStudy } from '../access.js';
import { perRequest } from '../per-request.js';

export const lesionLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (ids: readonly string[]) => {
      const lesions = await db.lesion.findMany({
        where: { AND: [{ id: { in: [...ids] } }, inVisibleStudy(viewer)] },
      });
      const byId = new Map(lesions.map((lesion) => [lesion.id, lesion]));
      return ids.map((id) => byId.get(id) ?? new Error(`lesion ${id} is gone`));
    }),
);

/** The lesions of each patient, by code. */
export const lesionsOfPatientLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (patientIds: readonly string[]) => {
      const lesions = await db.lesion.findMany({
        where: { AND: [{ patientId: { in: [...patientIds] } }, inVisibleStudy(viewer)] },
        orderBy: { code: 'asc' },
      });
      const byPatient = Map.groupBy(lesions, ({ patientId }) => patientId);
      return patientIds.map((id) => byPatient.get(id) ?? []);
    }),
);

/** The diagnosis that counts now, of each lesion that has one. */
export const diagnosisLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (lesionIds: readonly string[]) => {
      const diagnoses = await db.referenceDiagnosis.findMany({
        where: {
          lesionId: { in: [...lesionIds] },
          supersededAt: null,
          lesion: inVisibleStudy(viewer),
        },
      });
      const byLesion = new Map(diagnoses.map((diagnosis) => [diagnosis.lesionId, diagnosis]));
      return lesionIds.map((id) => byLesion.get(id) ?? null);
    }),
);

/** All versions of each lesion's diagnosis, newest first. */
export const diagnosisHistoryLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (lesionIds: readonly string[]) => {
      const diagnoses = await db.referenceDiagnosis.findMany({
        where: { lesionId: { in: [...lesionIds] }, lesion: inVisibleStudy(viewer) },
        orderBy: { version: 'desc' },
      });
      const byLesion = Map.groupBy(diagnoses, ({ lesionId }) => lesionId);
      return lesionIds.map((id) => byLesion.get(id) ?? []);
    }),
);
