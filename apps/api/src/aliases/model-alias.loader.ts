import DataLoader from 'dataloader';
import { studyVisibleSql } from '../access.js';
import { Prisma } from '../db.js';
import { perRequest } from '../per-request.js';
import { listAliases } from './model-alias.service.js';
import type { AliasChange, ModelAlias } from './model-alias.type.js';

/** The names of each study: champion, candidate, then the others. */
export const aliasesOfStudyLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<string, ModelAlias[]>(
      async (studyIds) => {
        const aliases = await listAliases(db, viewer, studyIds);
        const byStudy = Map.groupBy(aliases, ({ studyId }) => studyId);
        return studyIds.map((id) => byStudy.get(id) ?? []);
      },
      // A mutation changes them within its own request.
      { cache: false },
    ),
);

interface LastChangeKey {
  studyId: string;
  name: string;
}
const keyOf = ({ studyId, name }: LastChangeKey) => `${studyId} ${name}`;

/** The change by which each name went to who has it. */
export const lastAliasChangeLoader = perRequest(
  ({ db, viewer }) =>
    new DataLoader<LastChangeKey, AliasChange, string>(
      async (keys) => {
        const changes = await db.$queryRaw<AliasChange[]>`
          SELECT DISTINCT ON (c."studyId", c.name) c.id::text, c."studyId"::text, c.name, c.reason,
            c."createdAt", c."fromVersionId"::text, c."toVersionId"::text, c."evaluationId"::text,
            c."changedById"::text
          FROM unnest(${keys.map(({ studyId }) => studyId)}::uuid[],
            ${keys.map(({ name }) => name)}::text[]) AS k("studyId", name)
          JOIN "AliasChange" c ON c."studyId" = k."studyId" AND c.name = k.name
          WHERE ${studyVisibleSql(viewer, Prisma.sql`c."studyId"`)}
          ORDER BY c."studyId", c.name, c."createdAt" DESC, c.id DESC`;
        const byKey = new Map(changes.map((change) => [keyOf(change), change]));
        return keys.map((key) => byKey.get(keyOf(key)) ?? new Error(`${key.name} has no history`));
      },
      { cacheKeyFn: keyOf, cache: false },
    ),
);
