import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { studyFor } from '../access.js';
import type { Services, Viewer } from '../context.js';
import type { DuplicatePolicy, Prisma } from '../db.js';
import { invalid, notFound } from '../errors.js';
import { createStudy, findStudy } from '../studies/study.service.js';
import { applyFolder, FaultyFolder } from './apply-import.js';
import { findChallengeFiles, type Split } from './challenge-folder.js';
import { hasErrors, type ImportReport, planImport } from './import-plan.js';
import { type Scan, type ScanOptions, scanFolder } from './scan-folder.js';
import { emptyStudy, readStudyState } from './study-state.js';

export interface FolderImport {
  /** In the layout of the ISIC challenges. */
  folder: string;
  /** Of the study. */
  slug: string;
  /** The name for the study, should there be none with that slug. Synthetic, if all its images are. */
  create?: string;
  split?: Split;
  duplicates?: DuplicatePolicy;
  /** Keeps ids that are not public as codes. */
  keepIds?: boolean;
  leaveOutErrors?: boolean;
  /** Only looks. */
  dryRun?: boolean;
  reason?: string;
}

export interface ImportedFolder {
  /** False for a dry run, and where errors kept everything out. */
  isApplied: boolean;
  report: ImportReport;
}

/** Takes in a folder of this machine: all that is sound in it, or nothing. */
export async function importFolder(
  services: Services,
  viewer: Viewer,
  request: FolderImport,
  scanning: ScanOptions = {},
): Promise<ImportedFolder> {
  const { db } = services;
  const { folder, slug, split } = request;
  const study = await findStudy(db, viewer, slug);
  if (study) await studyFor(db, viewer, study.id, 'importImages');
  else if (!request.create) throw notFound('study', slug);
  if (!(await isFolder(folder))) throw invalid('folder', 'There is no such folder.');

  const scan = await scanFolder(await findChallengeFiles(folder, split), scanning);
  if (request.dryRun) {
    const state = study ? await readStudyState(db, study.id, scan) : emptyStudy(isSynthetic(scan));
    return { isApplied: false, report: planImport(scan, state, optionsOf(request)).report };
  }
  const studyIn = async (tx: Prisma.TransactionClient) =>
    study ?? (await createStudyFor(tx, viewer, request, scan));
  try {
    const writing = { scan, studyIn, signal: scanning.signal };
    return { isApplied: true, report: await write(services, viewer, request, writing) };
  } catch (error) {
    if (error instanceof FaultyFolder) return { isApplied: false, report: error.report };
    throw error;
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );

const optionsOf = ({
  duplicates = 'SKIP',
  keepIds = false,
  leaveOutErrors = false,
}: FolderImport) => ({
  duplicates,
  keepIds,
  leaveOutErrors,
});

interface Writing {
  scan: Scan;
  studyIn: (tx: Prisma.TransactionClient) => Promise<{ id: string }>;
  signal?: AbortSignal;
}

/** The study, the import and all its images are one fact. */
async function write(
  services: Services,
  viewer: Viewer,
  request: FolderImport,
  { scan, studyIn, signal }: Writing,
): Promise<ImportReport> {
  const importId = randomUUID();
  const { duplicates, leaveOutErrors } = optionsOf(request);
  const report = await applyFolder(services, {
    scan,
    signal,
    options: optionsOf(request),
    open: async (tx) => {
      const { id: studyId } = await studyIn(tx);
      const entry = { id: importId, studyId, createdById: viewer.id, reason: request.reason };
      await tx.import.create({ data: { ...entry, state: 'APPLYING', duplicates, leaveOutErrors } });
      return { studyId, importId };
    },
    close: async (tx, final) => {
      const written = final as unknown as Prisma.InputJsonValue;
      await tx.import.update({
        where: { id: importId },
        data: { state: 'APPLIED', report: written, finishedAt: new Date() },
      });
    },
  });
  return report!;
}

const isSynthetic = ({ images }: Scan) =>
  images.length > 0 && images.every(({ metadata }) => metadata?.isSynthetic);

const createStudyFor = (
  tx: Prisma.TransactionClient,
  viewer: Viewer,
  { slug, create: name = slug }: FolderImport,
  scan: Scan,
) => createStudy(tx, viewer, { slug, name, protocol: '', isSynthetic: isSynthetic(scan) });

/** Whether the folder, as reported, may not come in as it is. */
export const isFaulty = hasErrors;
