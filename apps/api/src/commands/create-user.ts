// Makes an account for somebody, or gives its owner a new one-time password.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { actingAdministrator } from '../accounts/acting-administrator.service.js';
import { createUser, replacePassword } from '../accounts/user-account.service.js';
import { readConfig } from '../config.js';
import { openDatabase } from '../db.js';
import { Refusal } from '../errors.js';

const { values } = parseArgs({
  options: {
    email: { type: 'string' },
    name: { type: 'string' },
    'new-password': { type: 'boolean', default: false },
    as: { type: 'string' },
  },
});
const { email, name, 'new-password': isForgotten } = values;
if (!email || (!name && !isForgotten)) {
  console.error(
    'Usage: npm run create-user -- --email <address> --name <name> [--as <e-mail address>]\n' +
      '       npm run create-user -- --email <address> --new-password',
  );
  process.exit(2);
}

const config = readConfig();
const db = openDatabase(config.databaseUrl, { connections: 2 });
try {
  const viewer = await actingAdministrator(db, values.as);
  const account = isForgotten
    ? await replacePassword(db, viewer, email)
    : await createUser(db, viewer, { email, name: name ?? '' });
  console.log(`Sign-in: ${config.publicUrl}/sign-in`);
  console.log(`E-mail: ${account.email}`);
  console.log(`One-time password, shown this once: ${account.oneTimePassword}`);
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await db.$disconnect();
}
