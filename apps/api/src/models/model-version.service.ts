import { parseContract } from '@lesionwise/model';
import type { Db, ModelVersionModel } from '../db.js';
import type { ModelCheck, ModelVersion } from './model-version.type.js';

type Row = ModelVersionModel & { model: { name: string } };

/** What the API says of a row; everything but its name stands in the manifest. */
export function toModelVersion({ model, manifest: stored, checks, ...row }: Row): ModelVersion {
  const manifest = parseContract(stored);
  return {
    ...row,
    title: `${model.name} ${row.version}`,
    tasks: (manifest.outputs.scores ?? []).map(({ task }) => task),
    hasMask: manifest.outputs.mask !== undefined,
    inputHeightPx: manifest.input.height,
    inputWidthPx: manifest.input.width,
    fit: manifest.input.fit,
    maskThreshold: manifest.maskThreshold,
    licence: manifest.licence,
    trainingData: manifest.training.data,
    manifest,
    checks: checks as unknown as ModelCheck[],
  };
}

/** The registry belongs to no study: everybody who signs in sees all of it. */
export const listModels = (db: Db) => db.model.findMany({ orderBy: { name: 'asc' } });

export const findModel = (db: Db, name: string) => db.model.findUnique({ where: { name } });

export async function findModelVersion(db: Db, name: string, version: string) {
  const row = await db.modelVersion.findFirst({
    where: { version, model: { name } },
    include: { model: true },
  });
  return row && toModelVersion(row);
}
