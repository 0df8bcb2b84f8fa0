import { createHash, randomBytes } from 'node:crypto';
import { studiesVisibleTo } from '../access.js';
import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { invalid, notFound, Refusal } from '../errors.js';
import { isId } from '../ids.js';
import type { CreateApiTokenInput } from './create-api-token.input.js';

/** Marks the secret as ours, so that scanners of public code can find a leaked one. */
const tokenPrefix = 'lwt_';
const longestLifeDays = 366;
/** Nobody asks for the second, and a script's many questions would each wait for the disk to write it down. */
const lastUsedGrainMs = 60_000;

/** SHA-256 suffices where the secret has 256 random bits: there is nothing to guess. */
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** More studies than this are better left without a limit. */
const mostStudies = 100;

/** The secret is in the answer and nowhere else. */
export async function createApiToken(db: Db, viewer: Viewer, input: CreateApiTokenInput) {
  requireUnlimited(viewer);
  const name = input.name.trim();
  if (!name) throw invalid('name', 'A token needs a name that tells what it is for.');
  if (input.expiresInDays < 1 || input.expiresInDays > longestLifeDays) {
    throw invalid('expiresInDays', `A token lives from 1 to ${longestLifeDays} days.`);
  }
  const studyIds = input.studyIds && (await namedStudies(db, viewer, input.studyIds));
  const secret = tokenPrefix + randomBytes(32).toString('base64url');
  const token = await db.apiToken.create({
    data: {
      userId: viewer.id,
      name,
      prefix: secret.slice(0, tokenPrefix.length + 4),
      sha256: hashOf(secret),
      scope: input.scope,
      expiresAt: new Date(Date.now() + input.expiresInDays * 86_400_000),
      ...(studyIds && {
        isLimited: true,
        studies: { create: studyIds.map((studyId) => ({ studyId })) },
      }),
    },
  });
  return { token, secret };
}

/** The ids, each once. @throws INVALID_INPUT for none or too many, NOT_FOUND for a study that is not the viewer's to see */
async function namedStudies(db: Db, viewer: Viewer, studyIds: readonly string[]) {
  const named = [...new Set(studyIds.map((id) => id.toLowerCase()))];
  if (named.length === 0 || named.length > mostStudies) {
    throw invalid(
      'studyIds',
      `Name from 1 to ${mostStudies} studies, or leave the list out for all that you see.`,
    );
  }
  const found = await db.study.findMany({
    where: { AND: [{ id: { in: named.filter(isId) } }, studiesVisibleTo(viewer)] },
    select: { id: true },
  });
  const isFound = new Set(found.map(({ id }) => id));
  const unknown = named.find((id) => !isFound.has(id));
  if (unknown !== undefined) throw notFound('study', unknown);
  return named;
}

/** A limited token that could make or end tokens would be limited by nothing. */
function requireUnlimited(viewer: Viewer) {
  if (viewer.studyIds === undefined) return;
  throw new Refusal(
    'FORBIDDEN',
    'This token is limited to studies; sign in to make or revoke tokens.',
  );
}

/** Newest first; none through a limited token, whose holder need not know of the others. */
export const listApiTokens = (db: Db, viewer: Viewer) =>
  db.apiToken.findMany({
    where: { userId: viewer.id, ...(viewer.studyIds && { id: { in: [] } }) },
    orderBy: { createdAt: 'desc' },
  });

export async function revokeApiToken(db: Db, viewer: Viewer, id: string) {
  requireUnlimited(viewer);
  const token = await db.apiToken.findFirst({ where: { id, userId: viewer.id } });
  if (!token) throw notFound('token', id);
  return db.apiToken.update({ where: { id }, data: { revokedAt: token.revokedAt ?? new Date() } });
}

/** Whom the secret stands for; undefined when it is unknown, expired or revoked. */
export async function viewerOfToken(db: Db, secret: string): Promise<Viewer | undefined> {
  const token = await db.apiToken.findUnique({
    where: { sha256: hashOf(secret) },
    include: { user: true, studies: { select: { studyId: true } } },
  });
  const now = new Date();
  if (!token || token.revokedAt || token.expiresAt <= now) return undefined;
  if (now.getTime() - (token.lastUsedAt?.getTime() ?? 0) >= lastUsedGrainMs) {
    await db.apiToken.update({ where: { id: token.id }, data: { lastUsedAt: now } });
  }
  return {
    ...{ id: token.userId, isAdmin: token.user.isAdmin, mayWrite: token.scope === 'WRITE' },
    ...(token.isLimited && { studyIds: token.studies.map(({ studyId }) => studyId) }),
  };
}
