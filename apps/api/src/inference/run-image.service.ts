import { inVisibleStudy } from '../access.js';
import { decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Viewer } from '../context.js';
import type { Db, RunImageState } from '../db.js';
import type { FailureReason, InferenceRun, RunImage } from './inference-run.type.js';

/** The images of a run in its order; all, or those in some states. */
export async function listRunImages(
  db: Db,
  viewer: Viewer,
  page: {
    run: InferenceRun;
    first: number;
    after?: string | undefined;
    states?: RunImageState[] | undefined;
  },
) {
  const { run, first, after, states } = page;
  const where = {
    ...{ runId: run.id, run: inVisibleStudy(viewer) },
    ...(states && { state: { in: states } }),
  };
  const [last] = after ? decodeCursor(after, 1) : [];
  const rows = await db.runImage.findMany({
    where: { ...where, ...(typeof last === 'number' && { position: { gt: last } }) },
    orderBy: { position: 'asc' },
    take: pageSize(first) + 1,
  });
  const images = rows.map<RunImage>((row) => ({
    ...row,
    modelVersionId: run.modelVersionId,
    failureReason: row.failureReason as FailureReason | null,
  }));
  return toConnection(
    images,
    first,
    ({ position }) => [position],
    () => db.runImage.count({ where }),
  );
}
