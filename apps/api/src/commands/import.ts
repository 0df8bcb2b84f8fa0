// Takes a folder of images with their references into a study.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { actingAdministrator } from '../accounts/acting-administrator.service.js';
import { readConfig } from '../config.js';
import { openDatabase } from '../db.js';
import { Refusal } from '../errors.js';
import { splits } from '../imports/challenge-folder.js';
import { importFolder, isFaulty } from '../imports/import-folder.service.js';
import { reportText } from '../imports/report-text.js';
import { createLogger } from '../logger.js';
import { openQueue } from '../queue.js';
import { Storage } from '../storage.js';

const usage = `Usage: npm run import -- <folder> --study <slug> [options]

  <folder>              in the layout of the ISIC 2017 challenge
  --study <slug>        the study's address
  --create <name>       creates the study under that name, if there is none
  --split <split>       ${splits.join(', ')}: only that part of the folder
  --dry-run             looks at everything and writes nothing
  --duplicates <what>   skip (default) or keep
  --leave-out-errors    takes in what is sound, although there are errors
  --keep-ids            keeps ids as codes that are not public; they must be pseudonyms
  --as <e-mail>         acts as this account instead of the first administrator
  --reason <text>       why the images come in
  --json                prints the report as JSON`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    study: { type: 'string' },
    create: { type: 'string' },
    split: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    duplicates: { type: 'string', default: 'skip' },
    'leave-out-errors': { type: 'boolean', default: false },
    'keep-ids': { type: 'boolean', default: false },
    as: { type: 'string' },
    reason: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});
const [folder] = positionals;
const split = splits.find((name) => name === values.split);
const duplicates = values.duplicates.toUpperCase();
if (
  folder === undefined ||
  positionals.length > 1 ||
  values.study === undefined ||
  (values.split !== undefined && split === undefined) ||
  (duplicates !== 'SKIP' && duplicates !== 'KEEP')
) {
  console.error(usage);
  process.exit(2);
}

const config = readConfig();
const logger = createLogger('import', config.logLevel);
const db = openDatabase(config.databaseUrl);
const queue = await openQueue(config.databaseUrl, logger);
try {
  const viewer = await actingAdministrator(db, values.as);
  const services = { db, queue, logger, storage: new Storage(config.storageFolder) };
  const { isApplied, report } = await importFolder(
    services,
    viewer,
    {
      ...{ folder, slug: values.study, create: values.create, split, duplicates },
      ...{ keepIds: values['keep-ids'], leaveOutErrors: values['leave-out-errors'] },
      ...{ dryRun: values['dry-run'], reason: values.reason },
    },
    { progress: showProgress },
  );
  console.log(
    values.json ? JSON.stringify({ isApplied, ...report }, null, 2) : reportText(report, isApplied),
  );
  if (isFaulty(report) && !values['leave-out-errors']) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await queue.stop();
  await db.$disconnect();
}

/** On a terminal only: a log has no use for it. */
function showProgress(done: number, total: number) {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\rReading ${done} of ${total} images${done === total ? '\n' : ''}`);
}
