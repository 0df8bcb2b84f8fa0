// `npm run import -- …`, `npm run verify -- …`, `npm run bench:metrics -- …`: builds what is needed, then runs one command.
import { prepare } from './install.mjs';

await prepare();

const { spawnSync } = await import('node:child_process');
const { writeFileSync } = await import('node:fs');
const { join } = await import('node:path');
const { environment, root, run } = await import('./install.mjs');
const { build, keptSecret, openMigratedDatabase } = await import('./system.mjs');
const { startPostgres } = await import('./postgres.mjs');

const [name, ...args] = process.argv.slice(2);
const folder = process.env.LESIONWISE_HOME ?? join(root, '.lesionwise');

/** Runs a script with the terminal as its own and answers its exit status. */
const script = (path, env = {}) =>
  spawnSync(process.execPath, [join(root, path), ...args], {
    // Paths that the user gives are relative to where they stand.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: environment(env),
    stdio: 'inherit',
  }).status ?? 1;

/** Commands on the data of this installation. */
async function onInstallation(command) {
  build('@lesionwise/api');
  const database = await openMigratedDatabase(folder);
  try {
    return script(`apps/api/dist/commands/${command}.js`, {
      DATABASE_URL: database.databaseUrl,
      LESIONWISE_STORAGE: process.env.LESIONWISE_STORAGE ?? join(folder, 'storage'),
      LESIONWISE_SECRET: process.env.LESIONWISE_SECRET ?? keptSecret(join(folder, 'secret')),
      LESIONWISE_URL: process.env.LESIONWISE_URL ?? 'http://localhost:3000',
    });
  } finally {
    await database.stop();
  }
}

/** Commands that need a server only, and leave nothing on it. */
async function onServer(command, path = `apps/api/dist/commands/${command}.js`) {
  build('@lesionwise/api');
  const server = process.env.DATABASE_URL
    ? undefined
    : await startPostgres(join(folder, 'postgres'));
  try {
    return script(path, {
      DATABASE_URL: process.env.DATABASE_URL ?? server.url('postgres'),
    });
  } finally {
    await server?.stop();
  }
}

/** What this machine has, with or without a database: its absence is a finding. */
async function doctor() {
  build('@lesionwise/api');
  let server;
  const failure = [];
  if (!process.env.DATABASE_URL) {
    server = await startPostgres(join(folder, 'postgres')).catch((error) => {
      failure.push('--postgres-failure', String(error?.message ?? error).split('\n')[0]);
    });
  }
  args.push(...failure);
  try {
    return script('apps/api/dist/commands/doctor.js', {
      DATABASE_URL: process.env.DATABASE_URL ?? server?.url('postgres') ?? '',
      LESIONWISE_STORAGE: process.env.LESIONWISE_STORAGE ?? join(folder, 'storage'),
    });
  } finally {
    await server?.stop();
  }
}

const commands = {
  import: () => onInstallation('import'),
  'create-admin': () => onInstallation('create-admin'),
  'create-user': () => onInstallation('create-user'),
  'register-model': () => onInstallation('register-model'),
  certify: () => onInstallation('certify'),
  'check-evaluation': () => onInstallation('check-evaluation'),
  doctor,
  verify: () => onServer('verify'),
  schema: () => {
    build('@lesionwise/api');
    const printed = run('node', ['apps/api/dist/commands/print-schema.js'], { quiet: true });
    writeFileSync(join(root, 'apps/api/schema.graphql'), printed);
    const columns = run('node', ['apps/api/dist/commands/print-dictionary.js'], { quiet: true });
    writeFileSync(join(root, 'docs/data-dictionary.md'), columns);
    return 0;
  },
  'bench:api': () => onServer('bench:api', 'apps/api/bench/api.mjs'),
  'bench:exports': () => onServer('bench:exports', 'apps/api/bench/exports.mjs'),
  'bench:inference': () => onServer('bench:inference', 'apps/api/bench/inference.mjs'),
  'bench:metrics': () => {
    build('@lesionwise/metrics');
    return script('libs/metrics/bench/metrics.mjs');
  },
  'bench:web': () => {
    build('@lesionwise/api', '@lesionwise/web');
    return script('apps/web/bench/web.mjs');
  },
};

const command = commands[name];
if (!command) {
  console.error(`There is no command ${name}. There are: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
process.exit(await command());
