import { inVisibleStudy, studyFor } from '../access.js';
import type { Viewer } from '../context.js';
import { type Db, inTransaction, type ModelAliasModel, type Prisma } from '../db.js';
import { conflict, invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import { requireInUse } from '../models/version-retirement.service.js';
import type { RemoveModelAliasInput, SetModelAliasInput } from './model-alias.input.js';

/** The version whose numbers the study stands by: who takes the name must be compared with who has it. */
const champion = 'champion';
/** Names that every study knows, in the order in which people look for them. */
const firstNames = [champion, 'candidate'];
const namePattern = /^[a-z][a-z0-9-]{0,39}$/;
const longestReason = 1000;

const rank = (name: string) => {
  const place = firstNames.indexOf(name);
  return place < 0 ? firstNames.length : place;
};
/** Champion, candidate, then the others by name. */
export const inOrderOfNames = <T extends { name: string }>(aliases: readonly T[]) =>
  aliases.toSorted((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1));

/**
 * Gives a name to a version in one study, and writes down why and on what evidence. Of callers at once
 * one wins; the others get CONFLICT with the alias as it `stored` is.
 *
 * @throws INVALID_INPUT without a reason, or where the evaluation is not one of this study with the
 *   version (and, for the champion, the present champion) in it
 */
export async function setModelAlias(db: Db, viewer: Viewer, input: SetModelAliasInput) {
  const { studyId, name, modelVersionId } = input;
  await studyFor(db, viewer, studyId, 'promoteModels');
  const reason = checked(input);
  return inTransaction(db, async (tx) => {
    const stored = await lockedAlias(tx, input);
    if (stored?.modelVersionId === modelVersionId) {
      throw invalid('modelVersionId', `This version is the ${name} already.`);
    }
    await requireVersion(tx, modelVersionId);
    const rivals = name === champion && stored ? [stored.modelVersionId] : [];
    await requireEvidence(tx, input, [modelVersionId, ...rivals]);
    await write(tx, input, stored);
    await tx.aliasChange.create({
      data: {
        ...changeOf(viewer, input, reason),
        fromVersionId: stored?.modelVersionId ?? null,
        toVersionId: modelVersionId,
      },
    });
    return tx.modelAlias.findUniqueOrThrow({ where: { studyId_name: { studyId, name } } });
  });
}

/** Takes a name away; its history stays. Answers with the last change. */
export async function removeModelAlias(db: Db, viewer: Viewer, input: RemoveModelAliasInput) {
  const { studyId, name } = input;
  await studyFor(db, viewer, studyId, 'promoteModels');
  const reason = checked(input);
  return inTransaction(db, async (tx) => {
    const stored = await lockedAlias(tx, input);
    if (!stored) throw notFound('alias', name);
    await requireEvidence(tx, input, [stored.modelVersionId]);
    await tx.modelAlias.delete({ where: { studyId_name: { studyId, name } } });
    return tx.aliasChange.create({
      data: { ...changeOf(viewer, input, reason), fromVersionId: stored.modelVersionId },
    });
  });
}

/** The reason, once name, reason and ids can be what they are called. */
function checked({ name, reason, evaluationId }: RemoveModelAliasInput): string {
  if (!namePattern.test(name)) {
    throw invalid(
      'name',
      'A name has 1 to 40 lower-case letters, digits and hyphens and begins with a letter.',
    );
  }
  const words = reason.trim();
  if (!words || words.length > longestReason) {
    throw invalid('reason', `Say why, in 1 to ${longestReason} characters.`);
  }
  if (!isId(evaluationId)) throw notFound('evaluation', evaluationId);
  return words;
}

/** The alias as it is, held against other changes; CONFLICT where it is not as the caller saw it. */
async function lockedAlias(tx: Db, { studyId, name, expectedRevision }: RemoveModelAliasInput) {
  const [stored] = await tx.$queryRaw<ModelAliasModel[]>`
    SELECT "studyId"::text, name, "modelVersionId"::text, revision, "updatedAt" FROM "ModelAlias"
    WHERE "studyId" = ${studyId}::uuid AND name = ${name} FOR UPDATE`;
  if ((stored?.revision ?? 0) !== expectedRevision) throw changedMeanwhile(name, stored);
  return stored;
}

const changedMeanwhile = (name: string, stored: ModelAliasModel | undefined) =>
  conflict(`Somebody changed who is ${name} after you looked.`, {
    field: 'expectedRevision',
    stored: stored
      ? { modelVersionId: stored.modelVersionId, revision: stored.revision }
      : { modelVersionId: null, revision: 0 },
  });

async function requireVersion(tx: Db, id: string) {
  const version = isId(id) ? await tx.modelVersion.findUnique({ where: { id } }) : null;
  if (!version) throw notFound('model version', id);
  requireInUse(version);
}

/** @throws INVALID_INPUT unless the evaluation is of the study and has all these versions in it */
async function requireEvidence(
  tx: Db,
  { studyId, evaluationId, name }: RemoveModelAliasInput,
  versionIds: readonly string[],
) {
  const evaluation = await tx.evaluation.findFirst({
    where: { id: evaluationId, studyId },
    include: { versions: { select: { modelVersionId: true } } },
  });
  if (!evaluation) throw notFound('evaluation', evaluationId);
  const compared = new Set(evaluation.versions.map(({ modelVersionId }) => modelVersionId));
  const [version, rival] = versionIds.map((id) => compared.has(id));
  if (!version) {
    throw invalid('evaluationId', 'The evaluation that justifies it must have the version in it.');
  }
  if (rival === false) {
    throw invalid('evaluationId', `The evaluation must compare it with the present ${name}.`);
  }
}

async function write(
  tx: Db,
  { studyId, name, modelVersionId }: SetModelAliasInput,
  stored: ModelAliasModel | undefined,
) {
  if (stored) {
    const data = { modelVersionId, revision: { increment: 1 } };
    await tx.modelAlias.update({ where: { studyId_name: { studyId, name } }, data });
    return;
  }
  // A name that was taken away goes on counting, so that no revision comes twice.
  const before = await tx.aliasChange.count({ where: { studyId, name } });
  const { count } = await tx.modelAlias.createMany({
    data: { studyId, name, modelVersionId, revision: before + 1 },
    skipDuplicates: true,
  });
  if (count === 0) {
    const winner = await tx.modelAlias.findUnique({ where: { studyId_name: { studyId, name } } });
    throw changedMeanwhile(name, winner ?? undefined);
  }
}

const changeOf = (
  viewer: Viewer,
  { studyId, name, evaluationId }: RemoveModelAliasInput,
  reason: string,
): Prisma.AliasChangeUncheckedCreateInput => ({
  ...{ studyId, name, evaluationId, reason },
  changedById: viewer.id,
});

/** Who may see the study may see its names. */
export async function listAliases(db: Db, viewer: Viewer, studyIds: readonly string[]) {
  const aliases = await db.modelAlias.findMany({
    where: { AND: [{ studyId: { in: studyIds.filter(isId) } }, inVisibleStudy(viewer)] },
  });
  return inOrderOfNames(aliases);
}
