import { readFile, rm } from 'node:fs/promises';
import {
  checkModelPackage,
  type ModelManifest,
  ModelPackageError,
  readModelPackage,
} from '@lesionwise/model';
import { requireInAnyStudy } from '../access.js';
import type { Services, Viewer } from '../context.js';
import { conflict } from '../errors.js';
import { sha256Of } from '../storage.js';
import { failedOf, findKept, keepVersion, refused } from './keep-version.service.js';
import { uploadFolder } from './model-upload.service.js';
import type { ModelCheck, ModelVersion } from './model-version.type.js';
import type { RegisterModelVersionInput } from './register-model-version.input.js';
import { readTrainingList, TrainingListError } from './training-list.service.js';

/** A graph that takes longer than this over five small images is of no use in a study. */
const checkTimeoutMs = 120_000;

type Registrar = Pick<Services, 'db' | 'storage'>;

/** Registers what the viewer uploaded; the upload is gone afterwards, whatever became of it. */
export async function registerModelVersion(
  services: Registrar,
  viewer: Viewer,
  { uploadId }: RegisterModelVersionInput,
): Promise<ModelVersion> {
  await requireInAnyStudy(services.db, viewer, 'registerModels');
  const folder = uploadFolder(services.storage, viewer, uploadId);
  try {
    return await registerPackageFolder(services, viewer, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Registers the model package of a folder after every check has passed; the same package again is
 * the version that is there.
 *
 * @throws INVALID_INPUT with the failed `checks`, and nothing is kept; CONFLICT when another file
 *   has this name and version already
 */
export async function registerPackageFolder(
  services: Registrar,
  viewer: Pick<Viewer, 'id'> | undefined,
  folder: string,
): Promise<ModelVersion> {
  const { db, storage } = services;
  const { manifest, modelFile, sizeBytes, sha256, card } = await opened(folder);
  const list = await listOf(folder, manifest);
  const known = await findKept(db, { manifest, sha256 });
  if (known) return known;

  const checks = await checkModelPackage(folder, { timeoutMs: checkTimeoutMs });
  if (checks.some(({ passed }) => !passed)) throw refusedPackage(failedOf(checks));

  const bytes = await readFile(modelFile);
  if (sha256Of(bytes) !== sha256) throw conflict('The file changed while it was checked.');
  await storage.put('models', sha256, bytes);
  const row = { sizeBytes };
  return keepVersion({ db }, viewer, { manifest, sha256, row, card: card ?? '', checks, list });
}

async function opened(folder: string) {
  try {
    return await readModelPackage(folder);
  } catch (error) {
    if (!(error instanceof ModelPackageError)) throw error;
    // The checks say the same with what was expected and found; they need no readable package.
    throw refusedPackage(failedOf(await checkModelPackage(folder, { timeoutMs: checkTimeoutMs })));
  }
}

async function listOf(folder: string, manifest: ModelManifest) {
  try {
    return await readTrainingList(folder, manifest);
  } catch (error) {
    if (error instanceof TrainingListError) throw refusedPackage([error.check]);
    throw error;
  }
}

const refusedPackage = (failed: readonly ModelCheck[]) => refused('package', 'uploadId', failed);
