import { randomUUID } from 'node:crypto';
import { createCohort } from '../cohorts/cohort.service.js';
import { createSnapshot } from '../cohorts/snapshot.service.js';
import type { Viewer } from '../context.js';
import { requestInference } from '../inference/inference-run.service.js';
import { registerPackageFolder } from '../models/register-model-version.service.js';
import { type ToyPackage, writeToyPackage } from './toy-model.js';
import type { ToyStudy } from './toy-study.js';
import type { World } from './world.js';

/** A study, someone who may score it, and a snapshot of all its images. */
export interface Scene {
  study: ToyStudy;
  engineer: Viewer;
  snapshotId: string;
  /** Registers a toy network as a version of its own. */
  register: (options?: ToyPackage) => Promise<string>;
  /** Asks for the whole snapshot, or for one image. */
  request: (modelVersionId: string, imageId?: string) => Promise<string>;
}

export async function createScene(world: World, study: ToyStudy): Promise<Scene> {
  const engineer = await world.member(study.id, 'ML_ENGINEER');
  const cohort = await createCohort(world.db, engineer, {
    ...{ studyId: study.id, name: 'All', filter: {} },
  });
  const { id: snapshotId } = await createSnapshot(world.db, engineer, cohort.id);
  return {
    ...{ study, engineer, snapshotId },
    register: async (options = {}) => {
      const name = `toy-${randomUUID().slice(0, 8)}`;
      const folder = await writeToyPackage(world.storage.folder, { name, ...options });
      return (await registerPackageFolder(world, engineer, folder)).id;
    },
    request: async (modelVersionId, imageId) => {
      const what = imageId ? { imageId } : { snapshotId };
      const asked = { modelVersionId, ...what, device: 'CPU' as const };
      return (await requestInference(world, engineer, asked)).id;
    },
  };
}

/** Waits until the run has ended, as a whole or with every image accounted for. */
export async function untilEnded({ db }: Pick<World, 'db'>, id: string) {
  for (;;) {
    const run = await db.inferenceRun.findUniqueOrThrow({ where: { id } });
    if (['DONE', 'FAILED', 'CANCELLED'].includes(run.state)) return run;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What is counted beside what is there, both by image: they must be equal. */
export async function accountsOf({ db }: Pick<World, 'db'>, id: string) {
  const run = await db.inferenceRun.findUniqueOrThrow({ where: { id } });
  const states = await db.runImage.groupBy({ by: ['state'], where: { runId: id }, _count: true });
  const of = (state: string) => states.find((row) => row.state === state)?._count ?? 0;
  const predictions = await db.prediction.count({ where: { runId: id } });
  const masks = await db.predictedMask.count({ where: { prediction: { runId: id } } });
  const scores = await db.score.count({ where: { prediction: { runId: id } } });
  const { scoredCount, failedCount, skippedCount, totalCount } = run;
  return {
    counted: {
      ...{ scored: scoredCount, failed: failedCount, skipped: skippedCount, total: totalCount },
      ...{ predictions: scoredCount, masks: scoredCount, scores: 2 * scoredCount },
    },
    there: {
      ...{ scored: of('SCORED'), failed: of('FAILED'), skipped: of('SKIPPED') },
      total: states.reduce((sum, row) => sum + row._count, 0),
      ...{ predictions, masks, scores },
    },
  };
}
