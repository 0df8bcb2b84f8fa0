import { requireInAnyStudy } from '../access.js';
import type { Viewer } from '../context.js';
import type { CertificateModel, Db, Prisma } from '../db.js';
import type { Certificate } from './certificate.type.js';

/** Everything that a certificate says, before it is kept. */
export type CertificateFacts = Omit<
  Certificate,
  'id' | 'modelVersionId' | 'issuedById' | 'createdAt'
>;

type Report = Omit<CertificateFacts, 'passed' | 'imageCount' | 'imagesHash'>;

export function toCertificate({ report, ...row }: CertificateModel): Certificate {
  return { ...row, ...(report as unknown as Report) };
}

/** Keeps a certificate with the version it is of. Each measurement is one of its own. */
export async function storeCertificate(
  db: Db,
  viewer: Viewer,
  modelVersionId: string,
  { passed, imageCount, imagesHash, ...report }: CertificateFacts,
): Promise<Certificate> {
  await requireInAnyStudy(db, viewer, 'registerModels');
  const row = await db.certificate.create({
    data: {
      ...{ modelVersionId, passed, imageCount, imagesHash, issuedById: viewer.id },
      report: report satisfies Report as unknown as Prisma.InputJsonValue,
    },
  });
  return toCertificate(row);
}
