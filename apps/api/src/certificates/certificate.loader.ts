import DataLoader from 'dataloader';
import { perRequest } from '../per-request.js';
import { toCertificate } from './certificate.service.js';
import type { Certificate } from './certificate.type.js';

/** By model version, newest first. The registry belongs to no study, so everybody sees them. */
export const certificatesLoader = perRequest(
  ({ db }) =>
    new DataLoader(async (versionIds: readonly string[]) => {
      const rows = await db.certificate.findMany({
        where: { modelVersionId: { in: [...versionIds] } },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      });
      const byVersion = new Map<string, Certificate[]>(versionIds.map((id) => [id, []]));
      for (const row of rows) byVersion.get(row.modelVersionId)?.push(toCertificate(row));
      return versionIds.map((id) => byVersion.get(id) ?? []);
    }),
);
