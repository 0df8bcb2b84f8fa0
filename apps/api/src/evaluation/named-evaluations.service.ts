import { inVisibleStudy } from '../access.js';
import type { Viewer } from '../context.js';
import type { Db } from '../db.js';
import { invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';

/** As many hexadecimal digits of the inputs' hash as a page shows, or fewer while they name one alone. */
const codePattern = /^[0-9a-f]{6,64}$/i;
const idsPerStep = 100;

/**
 * The id of the evaluation that is named by its id or by the beginning of its inputs' hash.
 *
 * @throws INVALID_INPUT for what is neither, or names several; NOT_FOUND where there is none to be seen
 */
export async function evaluationNamed(db: Db, viewer: Viewer, name: string): Promise<string> {
  if (!isId(name) && !codePattern.test(name)) {
    throw invalid(
      'evaluation',
      `${name} is neither the id of an evaluation nor the first 6 or more digits of its inputs' hash.`,
    );
  }
  const named = isId(name) ? { id: name } : { inputsHash: { startsWith: name.toLowerCase() } };
  const [found, second] = await db.evaluation.findMany({
    where: { AND: [named, inVisibleStudy(viewer)] },
    select: { id: true },
    take: 2,
  });
  if (!found) throw notFound('evaluation', name);
  if (second) throw invalid('evaluation', `${name} begins more than one hash; give more digits.`);
  return found.id;
}

/** The ids of all evaluations, oldest first. */
export async function* allEvaluations(db: Db, viewer: Viewer): AsyncGenerator<string> {
  let after: { createdAt: Date; id: string } | undefined;
  for (;;) {
    const later = after && {
      OR: [
        { createdAt: { gt: after.createdAt } },
        { createdAt: after.createdAt, id: { gt: after.id } },
      ],
    };
    const rows = await db.evaluation.findMany({
      where: { AND: [inVisibleStudy(viewer), ...(later ? [later] : [])] },
      select: { id: true, createdAt: true },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      take: idsPerStep,
    });
    for (const { id } of rows) yield id;
    after = rows.at(-1);
    if (rows.length < idsPerStep) return;
  }
}
