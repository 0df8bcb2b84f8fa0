// `npm run bench:web`: what a first visit of each page loads, measured in a real browser on the built system
// with the example study. States the machine; never fails on a number.
import { mkdtempSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureBrowser, installedBrowser } from '../../../tools/browser.mjs';
import { startSystem } from '../../../tools/system.mjs';
import { root } from '../../../tools/install.mjs';

const asJson = process.argv.includes('--json');
const email = 'bench@example.org';
const password = 'correct horse battery staple';
const pages = {
  signIn: '/sign-in',
  studies: '/studies',
  overview: '/s/example',
  images: '/s/example/images',
  compare: '/s/example/compare?v=multitask@0.1.0',
  evaluations: '/s/example/evaluations',
  plan: '/s/example/plan',
  models: '/s/example/models',
  runs: '/s/example/runs',
};

const home = mkdtempSync(join(tmpdir(), 'lesionwise-bench-web-'));
chmodSync(home, 0o755);
await ensureBrowser();
const system = await startSystem(home, { apiPort: 0, webPort: 0, durable: false });
try {
  await prepareStudy();
  const firstLoad = await measure();
  const firstLoadJsKb = Math.max(...Object.values(firstLoad));
  const report = {
    machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
    firstLoadJsKb,
    pages: firstLoad,
  };
  if (asJson) console.log(JSON.stringify(report));
  else {
    for (const [page, kb] of Object.entries(firstLoad)) console.log(`${page}: ${kb} kB`);
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

/** Kilobytes of scripts over the wire until the page is quiet, with an empty cache, by page. */
async function measure() {
  const browser = await chromium.launch({
    ...installedBrowser(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const signedIn = await browser.newContext();
    const answer = await signedIn.request.post(`${system.url}/api/auth/sign-in/email`, {
      data: { email, password },
    });
    if (!answer.ok()) throw new Error(`The sign-in was refused: ${answer.status()}.`);
    const storageState = await signedIn.storageState();
    const found = {};
    for (const [name, path] of Object.entries(pages)) {
      const context = await browser.newContext(name === 'signIn' ? {} : { storageState });
      found[name] = await scriptsOf(context, `${system.url}${path}`);
      await context.close();
    }
    return found;
  } finally {
    await browser.close();
  }
}

async function scriptsOf(context, url) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const scripts = new Set();
  let bytes = 0;
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  return Math.round(bytes / 1000);
}
