// Prepares the example study that a first start shows: images, a cohort, the shipped models, a run, an evaluation.
// Every step looks first at what is there, so that a later start takes no time.
import 'reflect-metadata';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { writeSyntheticCohort } from '@lesionwise/synthetic';
import { actingAdministrator } from '../accounts/acting-administrator.service.js';
import { createCohort } from '../cohorts/cohort.service.js';
import { createSnapshot } from '../cohorts/snapshot.service.js';
import { readConfig } from '../config.js';
import type { Viewer } from '../context.js';
import { openDatabase } from '../db.js';
import { createEvaluation } from '../evaluation/evaluation.service.js';
import type { Evaluation } from '../evaluation/evaluation.type.js';
import { importFolder } from '../imports/import-folder.service.js';
import { reportText } from '../imports/report-text.js';
import { requestInference } from '../inference/inference-run.service.js';
import { createLogger } from '../logger.js';
import { registerPackageFolder } from '../models/register-model-version.service.js';
import { openQueue } from '../queue.js';
import { Storage } from '../storage.js';
import { createStudy, findStudy } from '../studies/study.service.js';

const { values } = parseArgs({
  options: {
    /** Where the synthetic cohort is drawn. */
    folder: { type: 'string' },
    /** Where the packages lie: <name>/<version>/. */
    models: { type: 'string' },
    /** A folder in challenge layout to use instead of the synthetic cohort. */
    data: { type: 'string' },
    /** `journey` stops before the import: the end-to-end journey does the rest by hand. */
    stage: { type: 'string', default: 'full' },
  },
});
/** The end-to-end journey registers further versions by hand. */
const journeyPackages = ['multitask/0.1.0'];
/** What the example scores and compares: an earlier version, its successor, and one network for each single task. */
const comparedPackages = [
  'multitask/0.1.0',
  'multitask/1.0.0',
  'segmentation-only/1.0.0',
  'classification-only/1.0.0',
];
const { folder, models } = values;
if (folder === undefined || models === undefined) {
  console.error(
    'Usage: demo --folder <folder> --models <folder> [--data <folder>] [--stage journey]',
  );
  process.exit(2);
}

const config = readConfig();
const logger = createLogger('demo', 'error');
const db = openDatabase(config.databaseUrl);
const queue = await openQueue(config.databaseUrl, logger);
const services = { db, queue, logger, storage: new Storage(config.storageFolder) };
try {
  const viewer = await actingAdministrator(db);
  if (values.stage === 'journey') await prepareJourney(viewer, folder, models);
  else await prepareExample(viewer, folder, models);
} finally {
  await queue.stop();
  await db.$disconnect();
}

/** An empty synthetic study, a model, and a small folder to upload. */
async function prepareJourney(viewer: Viewer, target: string, packages: string) {
  await writeSyntheticCohort(join(target, 'upload'), { images: 48, patients: 32 });
  await registerModels(viewer, packages, journeyPackages);
  const study = { name: 'Journey', slug: 'journey', protocol: 'End-to-end test.' };
  await createStudy(db, viewer, { ...study, isSynthetic: true });
}

async function prepareExample(viewer: Viewer, target: string, packages: string) {
  const slug = values.data === undefined ? 'example' : 'example-images';
  const known = await findStudy(db, viewer, slug);
  const done = known && (await db.evaluation.count({ where: { studyId: known.id } })) > 0;
  if (done) {
    console.log(`The example study is at ${config.publicUrl}/s/${slug}`);
    return;
  }
  await importImages(viewer, slug, values.data ?? (await drawCohort(target)));
  const versions = await registerModels(viewer, packages, comparedPackages);
  const study = (await findStudy(db, viewer, slug))!;
  const name = 'All images';
  const cohort =
    (await db.cohort.findFirst({ where: { studyId: study.id, name } })) ??
    (await createCohort(db, viewer, { studyId: study.id, name, filter: {} }));
  const snapshot = await createSnapshot(db, viewer, cohort.id);
  for (const { id, title } of versions) {
    const input = { modelVersionId: id, snapshotId: snapshot.id, device: 'AUTO' } as const;
    const run = await requestInference(services, viewer, input);
    console.log(`Watch: ${config.publicUrl}/s/${slug}/runs/${run.number}`);
    await watchRun(run.id, title);
  }
  const evaluation = await createEvaluation(services, viewer, {
    snapshotId: snapshot.id,
    modelVersionIds: versions.map(({ id }) => id),
  });
  for (const line of summary(evaluation, versions)) console.log(line);
  console.log(`Dashboard: ${config.publicUrl}/s/${slug}/evaluations/${evaluation.id}`);
}

async function drawCohort(target: string) {
  const cohort = join(target, 'synthetic-cohort');
  const show = progressOf('Drawing the synthetic cohort');
  await writeSyntheticCohort(cohort, { onProgress: show });
  return cohort;
}

async function importImages(viewer: Viewer, slug: string, source: string) {
  const parts = await readdir(source);
  const hasValidation = parts.some((part) => /validation_data$/i.test(part));
  const { isApplied, report } = await importFolder(
    services,
    viewer,
    {
      ...{ folder: source, slug },
      // Somebody's own folder may have faults; ours may not.
      leaveOutErrors: values.data !== undefined,
      create: values.data === undefined ? 'Example study' : 'Example study, your images',
      // Of the whole challenge the validation part is enough for an example.
      ...(hasValidation ? { split: 'validation' as const } : {}),
      reason: 'Example study of the first start.',
    },
    { progress: progressOf('Reading images') },
  );
  if (!isApplied || report.problems.some(({ severity }) => severity === 'ERROR')) {
    console.log(reportText(report, isApplied));
  }
  if (!isApplied) throw new Error('The images of the example study could not be imported.');
}

/** Registers packages, each by its `<name>/<version>`, in their order. The others of the folder wait for whoever wants them. */
async function registerModels(viewer: Viewer, packages: string, wanted: string[]) {
  const versions = [];
  for (const name of wanted) {
    versions.push(await registerPackageFolder(services, viewer, join(packages, name)));
  }
  return versions;
}

async function watchRun(id: string, title: string) {
  const show = progressOf(`Scoring images by ${title}`);
  for (;;) {
    const run = await db.inferenceRun.findUniqueOrThrow({ where: { id } });
    const handled = run.scoredCount + run.failedCount + run.skippedCount;
    if (run.state === 'QUEUED' || run.state === 'RUNNING') show(handled, run.totalCount);
    else if (run.state === 'DONE') {
      show(run.totalCount, run.totalCount);
      return;
    } else
      throw new Error(`Run ${run.number} ended ${run.state}: ${run.failure ?? 'no reason given'}`);
    await setTimeout(300);
  }
}

/** A line that is written over on a terminal; in a log, one line at each quarter. */
function progressOf(what: string) {
  let shown = -1;
  return (done: number, total: number) => {
    const step = process.stdout.isTTY ? done : Math.floor((4 * done) / Math.max(total, 1));
    if (step === shown) return;
    shown = step;
    const line = `${what}: ${done} of ${total}`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${done === total ? '\n' : ''}`);
    else console.log(line);
  };
}

function* summary({ versions }: Evaluation, titles: { id: string; title: string }[]) {
  const shown = ({
    value,
    low,
    high,
  }: {
    value: number | null;
    low: number | null;
    high: number | null;
  }) =>
    value === null || low === null || high === null
      ? 'not defined'
      : `${value.toFixed(3)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
  for (const { modelVersionId, tasks, segmentation } of versions) {
    const title = titles.find(({ id }) => id === modelVersionId)?.title ?? modelVersionId;
    for (const { task, auc } of tasks)
      yield `${title}  AUC ${task.replaceAll('_', ' ')}: ${shown(auc)}`;
    if (segmentation) yield `${title}  mean Jaccard: ${shown(segmentation.meanJaccard)}`;
  }
}
