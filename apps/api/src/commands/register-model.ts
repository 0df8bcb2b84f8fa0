// Registers a model package from a folder of this machine.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { actingAdministrator } from '../accounts/acting-administrator.service.js';
import { requireInAnyStudy } from '../access.js';
import { readConfig } from '../config.js';
import { openDatabase } from '../db.js';
import { Refusal } from '../errors.js';
import { registerPackageFolder } from '../models/register-model-version.service.js';
import { Storage } from '../storage.js';

const { values, positionals } = parseArgs({
  options: { as: { type: 'string' } },
  allowPositionals: true,
});
const [folder] = positionals;
if (folder === undefined || positionals.length > 1) {
  console.error('Usage: npm run register-model -- <package folder> [--as <e-mail address>]');
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
  const version = await registerPackageFolder({ db, storage }, viewer, folder);
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
