import { inVisibleStudy } from '../access.js';
import { decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Viewer } from '../context.js';
import type { Db, Prisma } from '../db.js';
import { invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import type { AliasChangeConnection } from './model-alias.type.js';

interface AliasChangePage {
  studyId: string;
  first: number;
  after?: string | undefined;
  name?: string | undefined;
  /** Changes in which this version got or lost a name. */
  modelVersionId?: string | undefined;
}

/** The history of a study's names, newest first. */
export async function listAliasChanges(
  db: Db,
  viewer: Viewer,
  { studyId, first, after, name, modelVersionId }: AliasChangePage,
): Promise<AliasChangeConnection> {
  if (modelVersionId !== undefined && !isId(modelVersionId)) {
    throw notFound('model version', modelVersionId);
  }
  const where: Prisma.AliasChangeWhereInput = {
    AND: [
      { studyId, ...(name !== undefined && { name }) },
      inVisibleStudy(viewer),
      modelVersionId === undefined
        ? {}
        : { OR: [{ fromVersionId: modelVersionId }, { toVersionId: modelVersionId }] },
    ],
  };
  const rows = await db.aliasChange.findMany({
    where: after === undefined ? where : { AND: [where, olderThan(after)] },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize(first) + 1,
  });
  return toConnection(
    rows,
    first,
    ({ createdAt, id }) => [createdAt.toISOString(), id],
    () => db.aliasChange.count({ where }),
  );
}

function olderThan(after: string): Prisma.AliasChangeWhereInput {
  const [time, id] = decodeCursor(after, 2).map(String);
  const createdAt = new Date(time!);
  if (Number.isNaN(createdAt.getTime()) || !isId(id!)) {
    throw invalid('after', 'The cursor `after` does not belong to this list.');
  }
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id! } }] };
}
