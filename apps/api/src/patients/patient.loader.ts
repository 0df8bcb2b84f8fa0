import DataLoader from 'dataloader';
import { inVisibleStudy, studyVisibleSql } from '../access.js';
import { Prisma } from '../db.js';
import { perRequest } from '../per-request.js';

export const patientLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (ids: readonly string[]) => {
      const patients = await db.patient.findMany({
        where: { AND: [{ id: { in: [...ids] } }, inVisibleStudy(viewer)] },
      });
      const byId = new Map(patients.map((patient) => [patient.id, patient]));
      return ids.map((id) => byId.get(id) ?? new Error(`patient ${id} is gone`));
    }),
);

interface PatientCounts {
  id: string;
  lesions: number;
  images: number;
}

export const patientCountsLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader(async (ids: readonly string[]) => {
      const rows = await db.$queryRaw<PatientCounts[]>`
        SELECT p.id,
          count(DISTINCT l.id)::int AS lesions,
          count(i.id)::int AS images
        FROM "Patient" p
        LEFT JOIN "Lesion" l ON l."patientId" = p.id
        LEFT JOIN "Image" i ON i."lesionId" = l.id
        WHERE p.id = ANY(${ids}::uuid[]) AND ${studyVisibleSql(viewer, Prisma.sql`p."studyId"`)}
        GROUP BY p.id`;
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? { id, lesions: 0, images: 0 });
    }),
);
