// Registers a model package from a folder of this machine, or what an inference engine elsewhere serves.
import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { actingAdministrator } from '../accounts/acting-administrator.service.js';
import { requireInAnyStudy } from '../access.js';
import { readConfig } from '../config.js';
import type { Viewer } from '../context.js';
import { openDatabase } from '../db.js';
import { invalid, Refusal } from '../errors.js';
import { registerPackageFolder } from '../models/register-model-version.service.js';
import { registerRemoteVersion } from '../models/register-remote-version.service.js';
import { trainingListFile } from '../models/training-list.service.js';
import { Storage } from '../storage.js';

const { values, positionals } = parseArgs({
  options: {
    as: { type: 'string' },
    remote: { type: 'string' },
    model: { type: 'string' },
    'served-version': { type: 'string' },
    'token-variable': { type: 'string' },
  },
  allowPositionals: true,
});
const [path] = positionals;
const isRemote = values.remote !== undefined && values.model !== undefined;
if (path === undefined || positionals.length > 1 || (values.remote !== undefined && !isRemote)) {
  console.error(`Usage: npm run register-model -- <package folder> [--as <e-mail address>]
       npm run register-model -- <manifest.json> --remote <address> --model <name there>
         [--served-version <version there>] [--token-variable LESIONWISE_REMOTE_TOKEN_<name>]
         [--as <e-mail address>]`);
  process.exit(2);
}

interface FailedCheck {
  title: string;
  expected: string | null;
  found: string | null;
}

const config = readConfig();
const db = openDatabase(config.databaseUrl, { connections: 2 });
try {
  const viewer = await actingAdministrator(db, values.as);
  await requireInAnyStudy(db, viewer, 'registerModels');
  const storage = new Storage(config.storageFolder);
  const version = isRemote
    ? await registerRemote(path, viewer)
    : await registerPackageFolder({ db, storage }, viewer, path);
  console.log(`Registered ${version.title} (sha256 ${version.sha256}).`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  for (const check of (error.extensions['checks'] as FailedCheck[] | undefined) ?? []) {
    const difference = check.expected
      ? ` expected ${check.expected}, found ${check.found ?? 'nothing'}`
      : '';
    console.error(`  ✗ ${check.title}${difference}`);
  }
  process.exitCode = 1;
} finally {
  await db.$disconnect();
}

/** The card and the training list lie beside the manifest, as in a package, where there are any. */
async function registerRemote(manifestFile: string, viewer: Viewer) {
  const beside = (name: string) => readIfThere(join(dirname(manifestFile), name));
  return registerRemoteVersion({ db, engines: config.engines }, viewer, {
    manifest: await readManifest(manifestFile),
    ...{ card: await beside('MODEL_CARD.md'), trainingList: await beside(trainingListFile) },
    endpoint: {
      ...{ url: values.remote!, model: values.model! },
      ...(values['served-version'] !== undefined && { version: values['served-version'] }),
      ...(values['token-variable'] !== undefined && { tokenVariable: values['token-variable'] }),
    },
  });
}

async function readManifest(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw invalid('manifest', `${file} ${reason}.`);
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
