// `npm test`: everything. Unit and integration tests on a real Postgres, then the journey in a real browser.
import { prepare } from './install.mjs';

await prepare();

const { spawnSync } = await import('node:child_process');
const { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } = await import('node:fs');
const { tmpdir } = await import('node:os');
const { join } = await import('node:path');
const { environment, root, run } = await import('./install.mjs');
const { build, startSystem } = await import('./system.mjs');
const { ensureBrowser } = await import('./browser.mjs');

const only = process.argv.slice(2);
const wanted = (name) => only.length === 0 || only.includes(name);
const reports = mkdtempSync(join(tmpdir(), 'lesionwise-reports-'));
const sum = { passed: 0, failed: 0 };
const skipped = [];

/** Counts what a runner reported; a runner that died before reporting is one failure. */
function count(name, status, file, read) {
  const began = sum.failed;
  if (existsSync(file)) {
    const { passed, failed } = read(JSON.parse(readFileSync(file, 'utf8')));
    sum.passed += passed;
    sum.failed += failed;
  }
  if (status !== 0 && sum.failed === began) {
    console.error(`${name} ended with status ${status}`);
    sum.failed++;
  }
}

/** A user's machine may lack what some tests run against; where everybody's changes are judged nothing may. */
const required = process.env.CI ? { LESIONWISE_REQUIRE_TRITON: '1' } : {};

function vitest(folder) {
  console.log(`\n== ${folder}`);
  const report = join(reports, `${folder.replaceAll('/', '-')}.json`);
  const { status } = spawnSync(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: join(root, folder), env: environment({ CI: '1', ...required }), stdio: 'inherit' },
  );
  count(folder, status, report, ({ numPassedTests, numFailedTests, testResults }) => {
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const left = tests.filter(({ status }) => status === 'skipped' || status === 'pending');
    skipped.push(...left.map(({ fullName }) => `${folder}: ${fullName}`));
    return { passed: numPassedTests, failed: numFailedTests };
  });
}

/** The tests of training/, where there is a Python: a machine without one tests all the rest. */
async function training() {
  console.log('\n== training');
  const report = join(reports, 'training.json');
  let status = 1;
  try {
    const { ensurePython } = await import('./python.mjs');
    const binaries = ensurePython('training', 'PyTorch for the training tests, some gigabytes');
    if (binaries === undefined) {
      const absence = 'The training tests were not run: there is no Python from 3.10 with venv.';
      if (process.env.CI) throw new Error(absence);
      console.log(absence);
      return;
    }
    const cwd = join(root, 'training');
    run(join(binaries, 'ruff'), ['check', '--quiet', '.'], { cwd });
    run(join(binaries, 'ruff'), ['format', '--quiet', '--check', '.'], { cwd });
    const junit = join(reports, 'training.xml');
    const options = { cwd, env: environment(), stdio: 'inherit' };
    ({ status } = spawnSync(
      join(binaries, 'python'),
      ['-m', 'pytest', `--junitxml=${junit}`],
      options,
    ));
    writeFileSync(report, JSON.stringify(junitTotals(readFileSync(junit, 'utf8'))));
  } catch (error) {
    console.error(error.message);
  }
  count('training', status, report, (totals) => totals);
}

/** What pytest writes: one element with its totals. A skipped test has not passed. */
function junitTotals(xml) {
  const of = (name) => Number(new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`).exec(xml)[1]);
  const failed = of('failures') + of('errors');
  return { passed: of('tests') - failed - of('skipped'), failed };
}

/**
 * The images on which the shipped model's figures are known: real ones where they lie beside the
 * repository, otherwise the synthetic ones that the journey brings in.
 */
async function importFigures(system) {
  const challenge = join(root, '../shared/data/isic2017');
  const expected = join(root, '../shared/models/multitask-0.1.0/expected.json');
  if (!existsSync(challenge) || !existsSync(expected)) {
    console.log('Figures are checked on the synthetic images.');
    return { LESIONWISE_E2E_FIGURES: join(root, 'e2e/recorded-figures.json') };
  }
  console.log('Figures are checked on real images.');
  await system.command('import', [
    ...[challenge, '--split', 'validation', '--duplicates', 'keep'],
    ...['--study', 'isic-2017', '--create', 'ISIC 2017', '--json'],
  ]);
  return { LESIONWISE_E2E_FIGURES: expected, LESIONWISE_E2E_FIGURES_STUDY: 'isic-2017' };
}

/** What the copied scripts run in. Where a language is missing its tests are named as not run. */
async function interpreters() {
  const { ensurePython } = await import('./python.mjs');
  const python = ensurePython('clients/python', 'scikit-learn for the copied scripts');
  if (!python) {
    const absence = 'scripts in Python: there is no Python from 3.10 with venv';
    if (process.env.CI) throw new Error(absence);
    skipped.push(`e2e: ${absence}`);
  }
  const hasR = spawnSync('Rscript', ['-e', 'library(pROC)'], { stdio: 'ignore' }).status === 0;
  if (!hasR) skipped.push('e2e: scripts in R: there is no Rscript with pROC');
  return {
    ...(python && { LESIONWISE_E2E_PYTHON: join(python, 'python') }),
    ...(hasR && { LESIONWISE_E2E_RSCRIPT: 'Rscript' }),
  };
}

async function journey() {
  console.log('\n== e2e');
  const home = mkdtempSync(join(tmpdir(), 'lesionwise-e2e-'));
  // The folder's server runs as another user when we are root; it must be able to enter.
  const { chmodSync } = await import('node:fs');
  chmodSync(home, 0o755);
  const report = join(root, 'e2e/test-results/report.json');
  rmSync(report, { force: true });
  let system;
  let status = 1;
  try {
    await ensureBrowser();
    system = await startSystem(home, { apiPort: 0, webPort: 0, durable: false });
    const passwordFile = join(home, 'password');
    writeFileSync(passwordFile, 'correct horse battery staple');
    await system.command('create-admin', [
      ...['--email', 'admin@example.org', '--name', 'Test administrator'],
      ...['--password-file', passwordFile],
    ]);
    await system.command('demo', [
      ...['--folder', join(home, 'demo'), '--models', join(root, 'models')],
      ...['--stage', 'journey'],
    ]);
    const figures = await importFigures(system);
    await system.startWeb();
    ({ status } = spawnSync('playwright', ['test'], {
      cwd: join(root, 'e2e'),
      env: environment({
        LESIONWISE_URL: system.url,
        LESIONWISE_E2E_FOLDER: join(home, 'demo'),
        LESIONWISE_E2E_EMAIL: 'admin@example.org',
        LESIONWISE_E2E_PASSWORD: 'correct horse battery staple',
        ...figures,
        ...(await interpreters()),
      }),
      stdio: 'inherit',
    }));
  } catch (error) {
    console.error(error.message);
  } finally {
    await system?.stop();
    rmSync(home, { recursive: true, force: true });
  }
  count('e2e', status, report, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
  }));
}

console.log('Building…');
build('@lesionwise/api', '@lesionwise/web', '@lesionwise/client');
const folders = [
  'tools',
  'libs/metrics',
  'libs/model',
  'libs/synthetic',
  'apps/api',
  'apps/web',
  'clients/typescript',
];
if (wanted('libs/model')) {
  // The WebGPU device is tested on the GPU in software that a browser brings.
  await ensureBrowser().catch((error) => console.log(error.message));
}
for (const folder of folders) if (wanted(folder)) vitest(folder);
if (wanted('training')) await training();
if (wanted('e2e')) await journey();
rmSync(reports, { recursive: true, force: true });

// What was not run has not passed: it is named, with the reason that its name gives.
for (const test of skipped) console.log(`Not run: ${test}`);
const rest = skipped.length > 0 ? `, ${skipped.length} not run` : '';
console.log(`\n${sum.passed} passed, ${sum.failed} failed${rest}`);
process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);
