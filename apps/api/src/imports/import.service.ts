import { randomUUID } from 'node:crypto';
import { inVisibleStudy, studyFor } from '../access.js';
import { decodeCursor, pageSize, toConnection } from '../connection.js';
import type { Services, Viewer } from '../context.js';
import { type Db, type ImportModel, type ImportState, inTransaction, Prisma } from '../db.js';
import { conflict, invalid, notFound } from '../errors.js';
import { isId } from '../ids.js';
import { applyFolder, FaultyFolder } from './apply-import.js';
import { findChallengeFiles } from './challenge-folder.js';
import { hasErrors, type ImportReport, planImport } from './import-plan.js';
import type { ApplyImportInput, CreateImportInput } from './import.input.js';
import type { ImportConnection, ImportRow } from './import.type.js';
import type { Storage } from '../storage.js';
import { type Scan, scanFolder } from './scan-folder.js';
import { countStaged, removeStaged, stagedFolder } from './staging.service.js';
import { readStudyState } from './study-state.js';

export const findImport = (db: Db, viewer: Viewer, id: string) =>
  isId(id)
    ? db.import.findFirst({ where: { AND: [{ id }, inVisibleStudy(viewer)] } })
    : Promise.resolve(null);

/** The imports of a study, newest first. */
export async function listImports(
  db: Db,
  viewer: Viewer,
  studyId: string,
  { first, after }: { first: number; after?: string | null },
): Promise<ImportConnection> {
  const where: Prisma.ImportWhereInput = { AND: [{ studyId }, inVisibleStudy(viewer)] };
  const rows = await db.import.findMany({
    where: after ? { AND: [where, olderThan(after)] } : where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: pageSize(first) + 1,
  });
  return toConnection(
    rows,
    first,
    ({ createdAt, id }) => [createdAt.toISOString(), id],
    () => db.import.count({ where }),
  );
}

function olderThan(after: string): Prisma.ImportWhereInput {
  const [time, id] = decodeCursor(after, 2).map(String);
  const createdAt = new Date(time!);
  if (Number.isNaN(createdAt.getTime()) || !isId(id!)) {
    throw invalid('after', 'The cursor `after` does not belong to this list.');
  }
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

export async function createImport(db: Db, viewer: Viewer, { studyId, reason }: CreateImportInput) {
  await studyFor(db, viewer, studyId, 'importImages');
  return db.import.create({ data: { studyId, reason: reason.trim(), createdById: viewer.id } });
}

/** The import, where the viewer may bring images into its study. */
export async function importToChange(db: Db, viewer: Viewer, id: string) {
  const found = await findImport(db, viewer, id);
  if (!found) throw notFound('import', id);
  await studyFor(db, viewer, found.studyId, 'importImages');
  return found;
}

/** Has a worker look at every file. Asking again while it looks is harmless. */
export async function checkImport({ db, queue, storage }: Services, viewer: Viewer, id: string) {
  await importToChange(db, viewer, id);
  if ((await countStaged(storage, id)) === 0) throw invalid('id', 'No file has been uploaded yet.');
  return inTransaction(db, async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id, state: { in: ['UPLOADING', 'CHECKED', 'FAILED'] } },
      data: { state: 'CHECKING', ...unlooked },
    });
    if (count > 0) await queue.enqueue(tx, 'import', [{ importId: id }]);
    return inStates(tx, id, ['CHECKING'], 'checked');
  });
}

const unlooked = {
  doneCount: 0,
  totalCount: 0,
  report: Prisma.DbNull,
  failure: null,
  finishedAt: null,
};

/** Has a worker write what the check found. Of callers at once, one starts it and all are told of it. */
export async function applyImport(
  { db, queue }: Services,
  viewer: Viewer,
  { id, duplicates, leaveOutErrors, reason }: ApplyImportInput,
) {
  await importToChange(db, viewer, id);
  return inTransaction(db, async (tx) => {
    const { count } = await tx.import.updateMany({
      where: { id, state: 'CHECKED' },
      data: {
        ...{ state: 'APPLYING', duplicates, leaveOutErrors, doneCount: 0, totalCount: 0 },
        reason: reason.trim() || undefined,
      },
    });
    const found = await inStates(tx, id, ['APPLYING', 'APPLIED'], 'applied');
    const report = found.report as unknown as ImportReport;
    if (count > 0 && hasErrors(report) && !leaveOutErrors) {
      throw invalid(
        'leaveOutErrors',
        'The import has errors. Fix them, or say that they are left out.',
      );
    }
    if (count > 0) await queue.enqueue(tx, 'import', [{ importId: id }]);
    return found;
  });
}

/** Forgets the uploaded files. What was applied stays. */
export async function discardImport({ db, storage }: Services, viewer: Viewer, id: string) {
  await importToChange(db, viewer, id);
  await db.import.updateMany({
    where: { id, state: { in: ['UPLOADING', 'CHECKING', 'CHECKED', 'FAILED'] } },
    data: { state: 'DISCARDED', finishedAt: new Date() },
  });
  const found = await inStates(db, id, ['DISCARDED'], 'discarded');
  await removeStaged(storage, id);
  return found;
}

async function inStates(db: Db, id: string, states: ImportState[], wanted: string) {
  const found = await db.import.findUniqueOrThrow({ where: { id } });
  if (states.includes(found.state)) return found;
  throw conflict(`The import is ${found.state} and cannot be ${wanted}.`, {
    field: 'id',
    stored: { state: found.state },
  });
}

/**
 * Makes sure that the import takes files, and has `put` put one in its place before anybody can begin to
 * check. A check that was made before no longer says what is there, so it is taken back.
 */
export async function addStagedFile(db: Db, id: string, put: () => Promise<void>) {
  await inTransaction(db, async (tx) => {
    // The row is locked until the file is in its place.
    const { count } = await tx.import.updateMany({
      where: { id, state: { in: ['UPLOADING', 'CHECKED', 'FAILED'] } },
      data: { state: 'UPLOADING', ...unlooked },
    });
    if (count === 0) await inStates(tx, id, ['UPLOADING'], 'added to');
    await put();
  });
}

/** How many files lie ready; once they are applied and gone, how many there were. */
export async function uploadedFiles(storage: Storage, { id, state, report }: ImportRow) {
  if (state !== 'APPLIED') return countStaged(storage, id);
  const { imagesRead, masksRead } = report as ImportReport;
  return imagesRead + masksRead;
}

/**
 * What a worker does for a job `import`: looks at the uploaded files, or writes them. Safe to repeat after
 * the worker died at any moment, and harmless when the import has gone on meanwhile.
 */
export async function runImport(
  services: Services,
  importId: string,
  signal?: AbortSignal,
): Promise<void> {
  const { db, storage, logger } = services;
  const found = await db.import.findUnique({ where: { id: importId } });
  if (!found) return;
  try {
    if (found.state === 'CHECKING') await check(services, found, signal);
    if (found.state === 'APPLYING') await apply(services, found, signal);
  } catch (error) {
    // The job goes back to the queue, and another worker begins anew.
    if (signal?.aborted) throw error;
    const reference = randomUUID().slice(0, 8);
    logger.error({ err: error, importId, reference }, 'import failed');
    await db.import.updateMany({
      where: { id: importId, state: found.state },
      data: {
        state: 'FAILED',
        failure: `Something went wrong on our side, and nothing was written. Reference ${reference}.`,
        finishedAt: new Date(),
      },
    });
  }
  const { state } = await db.import.findUniqueOrThrow({ where: { id: importId } });
  if (state === 'APPLIED' || state === 'DISCARDED') await removeStaged(storage, importId);
}

async function check(services: Services, { id, studyId }: ImportModel, signal?: AbortSignal) {
  const { db } = services;
  const scan = await scanStaged(services, id, 0, signal);
  const study = await readStudyState(db, studyId, scan);
  const { report } = planImport(scan, study, { duplicates: 'SKIP' });
  await db.import.updateMany({
    where: { id, state: 'CHECKING' },
    data: { state: 'CHECKED', report: asJson(report) },
  });
}

async function apply(
  services: Services,
  { id, duplicates, leaveOutErrors }: ImportModel,
  signal?: AbortSignal,
) {
  const { db } = services;
  const scan = await scanStaged(services, id, 1, signal);
  const looked = scan.imagesRead;
  const report = progressOf(services, id);
  try {
    await applyFolder(services, {
      scan,
      options: { duplicates, leaveOutErrors },
      signal,
      progress: (done, total) => report(looked + done, looked + total),
      open: async (tx) => {
        const found = await tx.import.findFirst({ where: { id, state: 'APPLYING' } });
        return found ? { studyId: found.studyId, importId: id } : undefined;
      },
      close: async (tx, final) => {
        await tx.import.update({
          where: { id, state: 'APPLYING' },
          data: { state: 'APPLIED', report: asJson(final), finishedAt: new Date() },
        });
      },
    });
  } catch (error) {
    if (!(error instanceof FaultyFolder)) throw error;
    // The study changed since the check, so that there are errors now: its owner decides again.
    await db.import.updateMany({
      where: { id, state: 'APPLYING' },
      data: { state: 'CHECKED', report: asJson(error.report) },
    });
  }
}

/** @param writes how often each image is touched again after the look, for the total */
async function scanStaged(
  services: Services,
  id: string,
  writes: number,
  signal?: AbortSignal,
): Promise<Scan> {
  const folder = await findChallengeFiles(stagedFolder(services.storage, id));
  const report = progressOf(services, id);
  const later = writes * (folder.images.length + folder.masks.length);
  return scanFolder(folder, { signal, progress: (done, total) => report(done, total + later) });
}

const asJson = (report: ImportReport) => report as unknown as Prisma.InputJsonValue;

/** Writes progress where everybody sees it, now and then and at the end, in the order in which it is made. */
function progressOf({ db }: Services, id: string) {
  let next = 0;
  let last: Promise<unknown> = Promise.resolve();
  return async (doneCount: number, totalCount: number) => {
    if (Date.now() < next && doneCount < totalCount) return;
    next = Date.now() + 500;
    last = last.then(() =>
      db.import.updateMany({ where: { id }, data: { doneCount, totalCount } }),
    );
    await last;
  };
}
