// `npm run prisma -- migrate dev --name add-site`: Prisma's CLI on the embedded database (or DATABASE_URL),
// with the schema engine that npm delivers instead of a binary downloaded from elsewhere.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Environment for Prisma's CLI. */
export const prismaEnvironment = (databaseUrl) => ({
  ...process.env,
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  // Windows cannot execute a script by its first line; there Prisma downloads its own engine.
  ...(process.platform === 'win32'
    ? {}
    : { PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'tools/schema-engine.mjs') }),
  ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
});

/** Runs Prisma's CLI; throws with its output when it fails. */
export function prisma(args, databaseUrl, { quiet = true } = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/prisma/build/index.js'), ...args],
    {
      cwd: root,
      env: prismaEnvironment(databaseUrl),
      encoding: 'utf8',
      stdio: quiet ? 'pipe' : 'inherit',
    },
  );
  if (status !== 0 && quiet)
    throw new Error(`prisma ${args.join(' ')} failed:\n${stdout}${stderr}`);
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { startPostgres, createDatabase } = await import('./postgres.mjs');
  let url = process.env.DATABASE_URL;
  let server;
  if (!url) {
    server = await startPostgres(join(root, '.lesionwise/postgres'));
    await createDatabase(server.url('postgres'), 'lesionwise');
    url = server.url('lesionwise');
  }
  try {
    prisma(process.argv.slice(2), url, { quiet: false });
  } finally {
    await server?.stop();
  }
  process.exit(0);
}
