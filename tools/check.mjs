// `npm run check`: format, lint (with import boundaries), types, generated files up to date, migrations equal the schema.
import { prepare } from './install.mjs';

await prepare();

const { readFileSync } = await import('node:fs');
const { join } = await import('node:path');
const { root, run } = await import('./install.mjs');
const { build } = await import('./system.mjs');
const { prisma } = await import('./prisma.mjs');
const { createDatabase, dropDatabase, startPostgres } = await import('./postgres.mjs');

const isQuick = process.argv.includes('--quick');

/** The committed contract is what the code says. */
function schemaIsPrinted() {
  const printed = run('node', ['apps/api/dist/commands/print-schema.js'], { quiet: true });
  const committed = readFileSync(join(root, 'apps/api/schema.graphql'), 'utf8');
  if (printed !== committed) {
    throw new Error('apps/api/schema.graphql is out of date: npm run schema');
  }
}

/** All migrations, applied to an empty database, give the schema. */
async function migrationsEqualSchema() {
  const server = await startPostgres(join(root, '.lesionwise/test-postgres'), { durable: false });
  const name = `check_${process.pid}`;
  try {
    await createDatabase(server.url('postgres'), name);
    prisma(['migrate', 'deploy'], server.url(name));
    prisma(
      [
        'migrate',
        'diff',
        '--from-config-datasource',
        '--to-schema',
        'prisma/schema.prisma',
        '--exit-code',
      ],
      server.url(name),
    );
  } finally {
    await dropDatabase(server.url('postgres'), name);
    await server.stop();
  }
}

/** What may never be committed: data, absolute paths, registry hosts, large files, silenced checks. */
function repositoryIsClean() {
  const tracked = run('git', ['ls-files', '-z'], { quiet: true }).split('\0').filter(Boolean);
  const data = tracked.filter((file) => /ISIC_\d{7}.*\.(jpe?g|png)$/i.test(file));
  if (data.length > 0) throw new Error(`Photographs may not be committed: ${data.join(', ')}`);
  const text = tracked.filter((file) =>
    /\.(ts|tsx|mjs|js|json|ya?ml|md|prisma|css|sh)$/.test(file),
  );
  const faults = text.flatMap((file) => {
    const content = readFileSync(join(root, file), 'utf8');
    return [
      ...(/"resolved": "https?:/.test(content) ? [`${file} names a package registry`] : []),
      ...(/\b(it|test|describe)\.(skip|only|todo)\b/.test(content) && /\.test\.|\.spec\./.test(file)
        ? [`${file} skips a test`]
        : []),
    ];
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

const steps = [
  ['format', () => run('prettier', ['--check', '--log-level=warn', '.'], { quiet: true })],
  ['repository', repositoryIsClean],
  ['build', () => build('@lesionwise/api', '@lesionwise/web', '@lesionwise/client')],
  ['types', () => run('node', ['tools/types.mjs'], { quiet: true })],
  ['lint', () => run('eslint', ['.', '--quiet'], { quiet: true })],
  ['schema.graphql', schemaIsPrinted],
  ['migrations', migrationsEqualSchema],
];

let failed = 0;
for (const [name, step] of isQuick ? steps.slice(0, 2) : steps) {
  const began = performance.now();
  try {
    await step();
    console.log(`✓ ${name} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.error(`✗ ${name}\n${error.message}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
