// `npm run bench:web`: what a first visit of each page loads, measured in a real browser on the built system
// with the example study. States the machine; never fails on a number.
import { mkdtempSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser, installedBrowser } from '../../../tools/browser.mjs';
import { startSystem } from '../../../tools/system.mjs';
import { root } from '../../../tools/install.mjs';
import { lighthouseScores } from './lighthouse.mjs';
import { firstVisit } from './page-load.mjs';

const asJson = process.argv.includes('--json');
const email = 'bench@example.org';
const password = 'correct horse battery staple';
const pages = {
  signIn: '/sign-in',
  studies: '/studies',
  tokens: '/settings/tokens',
  overview: '/s/example',
  patients: '/s/example/patients',
  images: '/s/example/images',
  viewer: '/s/example/images/SYN_0001',
  cohorts: '/s/example/cohorts',
  import: '/s/example/import',
  models: '/s/example/models',
  runs: '/s/example/runs',
  compare: '/s/example/compare?v=multitask@0.1.0,multitask@1.0.0&base=multitask@0.1.0',
  evaluations: '/s/example/evaluations',
  plan: '/s/example/plan',
  planning: '/s/example/planning',
  members: '/s/example/members',
};
/** A first visit is made so often; its times are the medians. VISITS=1 where time is short. */
const visits = Number(process.env.VISITS ?? 3);

const home = mkdtempSync(join(tmpdir(), 'lesionwise-bench-web-'));
chmodSync(home, 0o755);
await ensureBrowser();
const system = await startSystem(home, { apiPort: 0, webPort: 0, durable: false });
try {
  await prepareStudy();
  const measured = await measure();
  const most = (key) => Math.max(...Object.values(measured.pages).map((page) => page[key]));
  const firstLoadJsKb = most('documentJsKb');
  const report = {
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
    // What must come before a page answers to clicks; the rest, for what is further down, comes after it.
    firstLoadJsKb,
    untilQuietJsKb: most('jsKb'),
    ...measured,
  };
  if (asJson) console.log(JSON.stringify(report));
  else {
    for (const [page, { documentJsKb: jsKb, lcpMs, tbtMs, cls }] of Object.entries(measured.pages))
      console.log(`${page}: ${jsKb} kB, drawn at ${lcpMs} ms, blocked ${tbtMs} ms, shifted ${cls}`);
    console.log(`most: ${firstLoadJsKb} kB of JavaScript, compressed, on first load`);
  }
} finally {
  await system.stop();
  rmSync(home, { recursive: true, force: true });
}

async function prepareStudy() {
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, password);
  await system.command('create-admin', ['--email', email, '--password-file', passwordFile]);
  await system.command('demo', [
    ...['--folder', join(home, 'demo'), '--models', join(root, 'models')],
  ]);
  await system.startWeb();
}

/** Each page by a first visit with an empty cache, and by Lighthouse where LIGHTHOUSE says it is installed. */
async function measure() {
  const launch = {
    ...installedBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  };
  const browser = await chromium.launch(launch);
  const found = {};
  let storageState;
  try {
    storageState = await signIn(browser);
    for (const [name, path] of Object.entries(pages)) {
      const all = [];
      for (let visit = 0; visit < visits; visit++) {
        const context = await browser.newContext(name === 'signIn' ? {} : { storageState });
        all.push(await firstVisit(context, `${system.url}${path}`));
        await context.close();
      }
      const median = (key) => all.map((one) => one[key]).sort((a, b) => a - b)[all.length >> 1];
      found[name] = {
        documentJsKb: Math.round(Math.max(...all.map(({ documentJsKb }) => documentJsKb))),
        jsKb: Math.round(Math.max(...all.map(({ jsKb }) => jsKb))),
        fcpMs: Math.round(median('fcpMs')),
        lcpMs: Math.round(median('lcpMs')),
        tbtMs: Math.round(median('tbtMs')),
        cls: Math.round(median('cls') * 1000) / 1000,
      };
    }
  } finally {
    await browser.close();
  }
  if (!process.env.LIGHTHOUSE) return { pages: found };
  const cookie = storageState.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const addresses = Object.entries(pages).map(([name, path]) => [
    name,
    { url: `${system.url}${path}`, ...(name !== 'signIn' && { cookie }) },
  ]);
  const scores = await lighthouseScores(
    process.env.LIGHTHOUSE,
    Object.fromEntries(addresses),
    launch,
  );
  return {
    lighthousePerformance: Math.min(...Object.values(scores)),
    lighthouse: scores,
    pages: found,
  };
}

async function signIn(browser) {
  const signedIn = await browser.newContext();
  const answer = await signedIn.request.post(`${system.url}/api/auth/sign-in/email`, {
    data: { email, password },
  });
  if (!answer.ok()) throw new Error(`The sign-in was refused: ${answer.status()}.`);
  return signedIn.storageState();
}
