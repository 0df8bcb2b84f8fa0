import { requireInAnyStudy } from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, inTransaction } from '../db.js';
import { conflict, invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import { toModelVersion } from './model-version.service.js';
import type { RetireModelVersionInput } from './retire-model-version.input.js';

const longestReason = 1000;

/**
 * Retires a version, or takes it back into use, and writes down who did so and why. A retired version
 * keeps its predictions, evaluations and names; no new run and no new name may take it.
 *
 * @throws FORBIDDEN without the right to register versions in any study; INVALID_INPUT without a reason;
 *   CONFLICT where the version is that already
 */
export async function setRetired(
  db: Db,
  viewer: Viewer,
  { modelVersionId, reason }: RetireModelVersionInput,
  isRetired: boolean,
) {
  await requireInAnyStudy(db, viewer, 'registerModels');
  const words = reason.trim();
  if (!words || words.length > longestReason) {
    throw invalid('reason', `Say why, in 1 to ${longestReason} characters.`);
  }
  if (!isId(modelVersionId)) throw notFound('model version', modelVersionId);
  return inTransaction(db, async (tx) => {
    const { count } = await tx.modelVersion.updateMany({
      // Of callers at once one changes it, and one line is written.
      where: { id: modelVersionId, retiredAt: isRetired ? null : { not: null } },
      data: { retiredAt: isRetired ? new Date() : null },
    });
    const version = await tx.modelVersion.findUnique({
      where: { id: modelVersionId },
      include: { model: true },
    });
    if (!version) throw notFound('model version', modelVersionId);
    if (count === 0) {
      throw conflict(
        isRetired ? 'This version is retired already.' : 'This version is in use already.',
        { field: 'modelVersionId' },
      );
    }
    await tx.versionRetirement.create({
      data: { modelVersionId, isRetired, reason: words, changedById: viewer.id },
    });
    return toModelVersion(version);
  });
}

/** @throws CONFLICT for a version that is retired */
export function requireInUse({ retiredAt }: { retiredAt: Date | null }): void {
  if (retiredAt === null) return;
  throw conflict('This version is retired: take it back into use first, or choose another one.', {
    field: 'modelVersionId',
  });
}
