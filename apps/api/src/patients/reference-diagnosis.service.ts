import type { Viewer } from '../context.js';
import { type Db, inTransaction, type ReferenceDiagnosisModel } from '../db.js';
import { conflict, invalid } from '../errors.js';
import type { SetReferenceDiagnosisInput } from './lesion.input.js';
import { lesionToEdit } from './lesion.service.js';

/**
 * Adds the next version of a lesion's diagnosis and marks the one before as superseded. Of callers who
 * saw the same version, one gets through and the others are told what stands now.
 */
export async function setReferenceDiagnosis(
  db: Db,
  viewer: Viewer,
  input: SetReferenceDiagnosisInput,
) {
  const { lesionId, diagnosis, method, expectedVersion } = input;
  const reason = input.reason.trim();
  const { lesion, study } = await lesionToEdit(db, viewer, lesionId);
  if (method === 'BY_CONSTRUCTION' && !study.isSynthetic) {
    throw invalid('method', 'BY_CONSTRUCTION is for synthetic images; this study has real ones.');
  }
  await inTransaction(db, async (tx) => {
    // The lesion's row is the lock: versions of one lesion are written one after the other.
    await tx.$queryRaw`SELECT FROM "Lesion" WHERE id = ${lesionId}::uuid FOR UPDATE`;
    const current = await tx.referenceDiagnosis.findFirst({
      where: { lesionId, supersededAt: null },
    });
    if ((current?.version ?? null) !== (expectedVersion ?? null)) throw versionConflict(current);
    if (current && !reason) {
      throw invalid(
        'reason',
        'Say why the diagnosis is replaced; the old one is kept in its history.',
      );
    }
    const now = new Date();
    if (current) {
      await tx.referenceDiagnosis.update({
        where: { id: current.id },
        data: { supersededAt: now },
      });
    }
    const version = (current?.version ?? 0) + 1;
    await tx.referenceDiagnosis.create({
      data: { lesionId, version, diagnosis, method, reason, authorId: viewer.id, createdAt: now },
    });
  });
  return lesion;
}

function versionConflict(current: ReferenceDiagnosisModel | null) {
  const stored = current && {
    version: current.version,
    diagnosis: current.diagnosis,
    method: current.method,
  };
  const words = stored
    ? `Version ${stored.version} of the diagnosis counts now, and it says ${stored.diagnosis}.`
    : 'The lesion has no diagnosis yet.';
  return conflict(words, { field: 'expectedVersion', stored });
}
