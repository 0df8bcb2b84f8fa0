import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import {
  checkModelPackage,
  type ModelCheck,
  type ModelManifest,
  ModelPackageError,
  parseManifest,
  readModelPackage,
} from '@lesionwise/model';
import { requireInAnyStudy } from '../access.js';
import type { Services, Viewer } from '../context.js';
import { type Db, inTransaction, type Prisma } from '../db.js';
import { conflict, Refusal } from '../errors.js';
import { sha256Of } from '../storage.js';
import { uploadFolder } from './model-upload.service.js';
import { toModelVersion } from './model-version.service.js';
import type { ModelVersion, ModelCheck as PublishedCheck } from './model-version.type.js';
import type { RegisterModelVersionInput } from './register-model-version.input.js';
import {
  readTrainingList,
  TrainingListError,
  writeTrainingImages,
} from './training-list.service.js';

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
  const listSha256 = manifest.training.list?.sha256;
  const identity = { name: manifest.name, version: manifest.version, sha256, listSha256 };
  const known = await registered(db, identity);
  if (known) return known;

  const checks = await checkModelPackage(folder, { timeoutMs: checkTimeoutMs });
  if (checks.some(({ passed }) => !passed)) throw refused(failedOf(checks));

  const bytes = await readFile(modelFile);
  if (sha256Of(bytes) !== sha256) throw conflict('The file changed while it was checked.');
  await storage.put('models', sha256, bytes);
  await inTransaction(db, async (tx) => {
    await tx.model.createMany({ data: { name: manifest.name }, skipDuplicates: true });
    const model = await tx.model.findUniqueOrThrow({ where: { name: manifest.name } });
    const id = randomUUID();
    const { count } = await tx.modelVersion.createMany({
      data: {
        id,
        modelId: model.id,
        version: manifest.version,
        sha256,
        sizeBytes,
        manifest: manifest as unknown as Prisma.InputJsonObject,
        card: card ?? '',
        checks: [...checks, ...(list ? [list.check] : [])].map(published),
        registeredById: viewer?.id ?? null,
      },
      skipDuplicates: true,
    });
    // Of callers at once the first writes the list too; the others find both.
    if (count === 1 && list) await writeTrainingImages(tx, id, list.images);
  });
  const row = await registered(db, identity);
  if (!row) throw new Error(`${manifest.name} ${manifest.version} was registered and is not there`);
  return row;
}

async function opened(folder: string) {
  try {
    return await readModelPackage(folder);
  } catch (error) {
    if (!(error instanceof ModelPackageError)) throw error;
    // The checks say the same with what was expected and found; they need no readable package.
    throw refused(failedOf(await checkModelPackage(folder, { timeoutMs: checkTimeoutMs })));
  }
}

async function listOf(folder: string, manifest: ModelManifest) {
  try {
    return await readTrainingList(folder, manifest);
  } catch (error) {
    if (error instanceof TrainingListError) throw refused([error.check]);
    throw error;
  }
}

interface Identity {
  name: string;
  version: string;
  sha256: string;
  listSha256: string | undefined;
}

/** The version with this name; CONFLICT when it is another file, or says otherwise what it was trained on. */
async function registered(db: Db, { name, version, sha256, listSha256 }: Identity) {
  const row = await db.modelVersion.findFirst({
    where: { version, model: { name } },
    include: { model: true },
  });
  if (row && row.sha256 !== sha256) {
    throw conflict(
      `${name} ${version} is registered with another file; raise the version in the manifest.`,
      { field: 'version', expected: row.sha256, found: sha256 },
    );
  }
  if (!row) return undefined;
  const { list } = parseManifest(row.manifest).training;
  if (list?.sha256 !== listSha256) {
    throw conflict(
      `${name} ${version} is registered with ${list ? 'another' : 'no'} training list; raise the version in the manifest.`,
      { field: 'training.list', expected: list?.sha256 ?? null, found: listSha256 ?? null },
    );
  }
  return toModelVersion(row);
}

/** What the API shows of a check. */
const published = ({
  name,
  title,
  passed,
  detail,
  expected,
  found,
}: ModelCheck | PublishedCheck) => ({
  ...{ name, title, passed, detail },
  ...{ expected: expected ?? null, found: found ?? null },
});

/** Those without a code were not made, because one before them failed. */
const failedOf = (checks: readonly ModelCheck[]) =>
  checks.filter(({ passed, code }) => !passed && code !== undefined).map(published);

function refused(failed: readonly PublishedCheck[]): Refusal {
  const [first] = failed;
  const reason = first ? `${first.title}: ${first.detail}` : 'it could not be checked';
  return new Refusal('INVALID_INPUT', `The package is not registered. ${reason}`, {
    field: 'uploadId',
    checks: failed,
  });
}
