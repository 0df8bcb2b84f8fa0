// Makes an account that administers the instance, or makes an existing account an administrator.
import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createAdministrator } from '../accounts/administrator.service.js';
import { createAuthentication } from '../accounts/authentication.js';
import { readConfig } from '../config.js';
import { openDatabase } from '../db.js';

const { values } = parseArgs({
  options: {
    email: { type: 'string' },
    name: { type: 'string', default: 'Administrator' },
    'password-file': { type: 'string' },
  },
});
const { email, name, 'password-file': passwordFile } = values;
if (!email || !passwordFile) {
  console.error(
    'Usage: npm run create-admin -- --email <address> --password-file <file> [--name <name>]',
  );
  process.exit(2);
}

const config = readConfig();
const db = openDatabase(config.databaseUrl, { connections: 2 });
try {
  // A file and not an argument: arguments are visible to every user of the machine.
  const password = (await readFile(passwordFile, 'utf8')).trim();
  await createAdministrator(db, createAuthentication(db, config), { email, name, password });
} finally {
  await db.$disconnect();
}
