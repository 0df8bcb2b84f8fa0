import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { encodeMask, maskFacts, packMaskRuns, readMask } from '@lesionwise/model';
import type { Services } from '../context.js';
import { type Db, inTransaction, Prisma } from '../db.js';
import { storeImage } from '../images/image-bytes.service.js';
import {
  prepareForInputs,
  recordPrepared,
  registeredInputs,
} from '../images/prepared-image.service.js';
import { mapLimited } from '../limit.js';
import { sha256Of, type Storage } from '../storage.js';
import { noteBrought, takeAwayUnneeded } from './brought-files.js';
import {
  hasErrors,
  type ImportOptions,
  type ImportPlan,
  type ImportReport,
  type NewMask,
  planImport,
} from './import-plan.js';
import type { NewImage } from './plan-homes.js';
import { provenanceOf } from './provenance.js';
import { filesAtOnce, type Scan } from './scan-folder.js';
import { readStudyState } from './study-state.js';

/** Into what a folder is written: found, or made, inside the transaction. */
export interface Destination {
  studyId: string;
  importId: string;
}

export interface Application {
  scan: Scan;
  options: ImportOptions & { leaveOutErrors: boolean };
  /** Begins the transaction's work. Undefined: there is nothing left to do. */
  open: (tx: Prisma.TransactionClient) => Promise<Destination | undefined>;
  /** Ends it; what this writes and the images are one fact. */
  close: (tx: Prisma.TransactionClient, report: ImportReport) => Promise<void>;
  /** Called as images and masks have been written. */
  progress?: (done: number, total: number) => Promise<void> | void;
  signal?: AbortSignal;
}

/** A folder has errors, and nobody said that they may be left out. Nothing was written. */
export class FaultyFolder extends Error {
  constructor(readonly report: ImportReport) {
    super('the folder has errors');
  }
}

/** Long enough for a hundred thousand photographs; a killed process frees it at once. */
const longestMs = 6 * 3600 * 1000;
const rowsAtOnce = 500;
const filesPerStep = 50;
/** How often somebody else may take a code that the plan had found free. */
const mostAttempts = 3;

/**
 * Writes what a folder adds to a study: all of it, or nothing. Bytes go to the store first, rows in one
 * transaction; when it fails, the bytes that it brought are taken away again. Applications happen one at
 * a time, so that none removes bytes that another relies on. Undefined when there was nothing left to do.
 */
export async function applyFolder(
  services: Services,
  application: Application,
): Promise<ImportReport | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const outcome = await attemptApplication(services, application);
      if (outcome !== 'BUSY') return outcome.report;
      await sleep(500, undefined, { signal: application.signal });
      attempt = 0;
    } catch (error) {
      // Somebody created a patient or an image by hand between our reading and our writing.
      const isTaken =
        error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
      if (!isTaken || attempt >= mostAttempts) throw error;
    }
  }
}

async function attemptApplication(services: Services, application: Application) {
  const { scan, options, open, close } = application;
  return inTransaction(
    services.db,
    async (tx) => {
      // Asked for, not waited for: waiting would hold a connection that the other one may need.
      if (!(await tryLock(tx))) return 'BUSY';
      await takeAwayUnneeded(services.db, services.storage);
      await services.storage.sweepPartials();
      const destination = await open(tx);
      if (!destination) return { report: undefined };
      const study = await readStudyState(tx, destination.studyId, scan);
      const plan = planImport(scan, study, options);
      if (hasErrors(plan.report) && !options.leaveOutErrors) throw new FaultyFolder(plan.report);
      await insertRows(tx, destination, plan);
      try {
        await writeFiles(tx, services.storage, application, plan);
        await enqueueAgreements(services, tx, plan.masks);
        await close(tx, plan.report);
      } catch (error) {
        await takeAwayUnneeded(services.db, services.storage);
        throw error;
      }
      return { report: plan.report };
    },
    { timeoutMs: longestMs },
  );
}

async function tryLock(tx: Db): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ isOurs: boolean }]>`
    SELECT pg_try_advisory_xact_lock(hashtext('lesionwise import')) AS "isOurs"`;
  return row.isOurs;
}

async function insertRows(tx: Db, { studyId, importId }: Destination, plan: ImportPlan) {
  for (const patients of chunks(plan.patients)) {
    await tx.patient.createMany({ data: patients.map((row) => ({ studyId, ...row })) });
  }
  for (const lesions of chunks(plan.lesions)) {
    await tx.lesion.createMany({ data: lesions.map((row) => ({ studyId, ...row })) });
  }
  for (const images of chunks(plan.images)) {
    await tx.image.createMany({ data: images.map((image) => imageRow(image, studyId, importId)) });
  }
  for (const diagnoses of chunks(plan.diagnoses)) {
    await tx.referenceDiagnosis.createMany({
      data: diagnoses.map((row) => ({ version: 1, ...row })),
    });
  }
}

function imageRow({ scanned, ...row }: NewImage, studyId: string, importId: string) {
  const { widthPx, heightPx, sizeBytes, sha256 } = scanned;
  const provenance = provenanceOf(scanned);
  return { ...row, studyId, importId, widthPx, heightPx, sizeBytes, sha256, ...provenance };
}

/**
 * Photographs into the store, also as the registered networks take them; masks into their table. Some at a
 * time, so that memory stays flat.
 */
async function writeFiles(
  tx: Db,
  storage: Storage,
  { scan, progress, signal }: Application,
  { images, masks }: ImportPlan,
) {
  const total = images.length + masks.length;
  let done = 0;
  const step = async () => {
    done += 1;
    await progress?.(done, total);
  };
  const inputs = await registeredInputs(tx);
  const prepared = await mapLimited(
    images,
    filesAtOnce,
    async ({ id: imageId, scanned: { path, sha256 } }) => {
      if (!(await storage.has('originals', sha256))) await noteBrought(storage, sha256);
      const bytes = await readUnchanged(scan.root, path, sha256);
      await storeImage(storage, sha256, bytes);
      const rows = await prepareForInputs(storage, { imageId, sha256 }, bytes, inputs);
      await step();
      return rows;
    },
    signal,
  );
  for (const rows of chunks(prepared.flat())) await recordPrepared(tx, rows);
  for (const some of chunks(masks, filesPerStep)) {
    const rows = await mapLimited(
      some,
      filesAtOnce,
      async (mask) => {
        const row = await maskRow(scan.root, mask);
        await step();
        return row;
      },
      signal,
    );
    await tx.referenceMask.createMany({ data: rows });
  }
}

/** Words only: a file's name has no place in a log. */
const changed = () =>
  new Error('a file of the folder changed or went missing while it was written');

async function readUnchanged(root: string, path: string, sha256: string): Promise<Buffer> {
  const bytes = await readFile(join(root, path)).catch(() => undefined);
  if (!bytes || sha256Of(bytes) !== sha256) throw changed();
  return bytes;
}

async function maskRow(root: string, { imageId, path, pngSha256 }: NewMask) {
  const drawing = await readFile(join(root, path)).catch(() => undefined);
  if (!drawing) throw changed();
  const mask = await readMask(drawing);
  const png = await encodeMask(mask);
  if (sha256Of(png) !== pngSha256) throw changed();
  const { widthPx, heightPx } = mask;
  const { areaPx } = maskFacts(mask);
  const bytes = { png: new Uint8Array(png), packed: packMaskRuns(mask) };
  return { imageId, version: 1, widthPx, heightPx, areaPx, ...bytes };
}

/** Predictions that were there before their reference mask are measured against it now. */
async function enqueueAgreements({ queue }: Services, tx: Db, masks: NewMask[]) {
  const imageIds = masks.filter(({ isAwaited }) => isAwaited).map(({ imageId }) => imageId);
  const jobs = chunks(imageIds).map((some) => ({ imageIds: some }));
  await queue.enqueue(tx, 'mask-agreement', jobs);
}

function chunks<T>(items: T[], size = rowsAtOnce): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
