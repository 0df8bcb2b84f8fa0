import { randomUUID } from 'node:crypto';
import type { ModelCheck as PackageCheck, ModelContract, RemoteCheck } from '@lesionwise/model';
import type { Services, Viewer } from '../context.js';
import { type Db, inTransaction, type Prisma } from '../db.js';
import { conflict, Refusal } from '../errors.js';
import { toModelVersion } from './model-version.service.js';
import type { ModelCheck, ModelVersion } from './model-version.type.js';
import { writeTrainingImages, type TrainingList } from './training-list.service.js';

/** What makes two registrations the same: equal names must be equal in all of it. */
export interface VersionIdentity {
  manifest: ModelContract;
  sha256: string;
}

/** A version that has passed every check. */
export interface CheckedVersion extends VersionIdentity {
  row: Pick<Prisma.ModelVersionUncheckedCreateInput, 'sizeBytes' | 'origin' | 'endpoint'>;
  card: string;
  checks: readonly (PackageCheck | RemoteCheck | ModelCheck)[];
  list: TrainingList | undefined;
}

/** The version with this name; CONFLICT when it is another one, or says otherwise what it was trained on. */
export async function findKept(
  db: Db,
  { manifest, sha256 }: VersionIdentity,
): Promise<ModelVersion | undefined> {
  const { name, version } = manifest;
  const row = await db.modelVersion.findFirst({
    where: { version, model: { name } },
    include: { model: true },
  });
  if (!row) return undefined;
  const title = `${name} ${version} is registered with`;
  if (row.sha256 !== sha256) {
    const other = row.origin === 'REMOTE' ? 'another manifest or endpoint' : 'another file';
    throw conflict(`${title} ${other}; raise the version in the manifest.`, {
      ...{ field: 'version', expected: row.sha256, found: sha256 },
    });
  }
  const kept = toModelVersion(row);
  const [known, given] = [kept.manifest as ModelContract, manifest].map(
    ({ training }) => training.list?.sha256 ?? null,
  );
  if (known !== given) {
    throw conflict(
      `${title} ${known ? 'another' : 'no'} training list; raise the version in the manifest.`,
      { field: 'training.list', expected: known, found: given },
    );
  }
  return kept;
}

/** Writes the version; of callers at once each gets the one that is then there. */
export async function keepVersion(
  { db }: Pick<Services, 'db'>,
  viewer: Pick<Viewer, 'id'> | undefined,
  checked: CheckedVersion,
): Promise<ModelVersion> {
  const { manifest, sha256, row, card, checks, list } = checked;
  await inTransaction(db, async (tx) => {
    await tx.model.createMany({ data: { name: manifest.name }, skipDuplicates: true });
    const model = await tx.model.findUniqueOrThrow({ where: { name: manifest.name } });
    const id = randomUUID();
    const { count } = await tx.modelVersion.createMany({
      data: {
        ...row,
        ...{ id, modelId: model.id, version: manifest.version, sha256, card },
        manifest: manifest as unknown as Prisma.InputJsonObject,
        checks: [...checks, ...(list ? [list.check] : [])].map(published),
        registeredById: viewer?.id ?? null,
      },
      skipDuplicates: true,
    });
    // Of callers at once the first writes the list too; the others find both.
    if (count === 1 && list) await writeTrainingImages(tx, id, list.images);
  });
  const kept = await findKept(db, checked);
  if (!kept)
    throw new Error(`${manifest.name} ${manifest.version} was registered and is not there`);
  return kept;
}

/** What the API shows of a check. */
const published = ({
  name,
  title,
  passed,
  detail,
  expected,
  found,
}: PackageCheck | RemoteCheck | ModelCheck) => ({
  ...{ name, title, passed, detail },
  ...{ expected: expected ?? null, found: found ?? null },
});

/** Those without a code were not made, because one before them failed. */
export const failedOf = (checks: readonly (PackageCheck | RemoteCheck)[]): ModelCheck[] =>
  checks.filter(({ passed, code }) => !passed && code !== undefined).map(published);

/** Why nothing was registered; `field` is the part of the input at fault. */
export function refused(what: string, field: string, failed: readonly ModelCheck[]): Refusal {
  const [first] = failed;
  const reason = first ? `${first.title}: ${first.detail}` : 'it could not be checked';
  const message = `The ${what} is not registered. ${reason}`;
  return new Refusal('INVALID_INPUT', message, { field, checks: failed });
}
