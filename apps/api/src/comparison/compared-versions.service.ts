import type { Db } from '../db.js';
import { notFound } from '../errors.js';
import { isId } from '../ids.js';

/** The versions with their families, in the order asked. */
export async function versionsInOrder(db: Db, ids: readonly string[]) {
  const rows = await db.modelVersion.findMany({
    where: { id: { in: ids.filter(isId) } },
    include: { model: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const version = byId.get(id);
    if (!version) throw notFound('model version', id);
    return version;
  });
}

/** Name and version, such as `multitask 0.1.0`. */
export const titleOf = ({ model, version }: { model: { name: string }; version: string }) =>
  `${model.name} ${version}`;
