// A browser for the end-to-end journey: the system's, Playwright's own, or one that is installed now.
import { existsSync } from 'node:fs';
import { run } from './install.mjs';

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Playwright's launch option for the system's browser; nothing where there is only Playwright's own. */
export function installedBrowser() {
  const executablePath = places.find((path) => path && existsSync(path));
  return executablePath ? { executablePath } : {};
}

async function isThere() {
  if (places.some((path) => path && existsSync(path))) return true;
  const { chromium } = await import('@playwright/test');
  return existsSync(chromium.executablePath());
}

/** Makes sure of a browser; throws with what to do when none can be had. */
export async function ensureBrowser() {
  if (await isThere()) return;
  console.log('Installing a browser (once)…');
  const attempts = [
    () => run('playwright', ['install', 'chromium'], { quiet: true }),
    () => {
      run('apt-get', ['update'], { quiet: true });
      run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { quiet: true });
    },
  ];
  const reasons = [];
  for (const attempt of attempts) {
    try {
      attempt();
      if (await isThere()) return;
    } catch (error) {
      reasons.push(error.message.split('\n')[0]);
    }
  }
  throw new Error(
    `No browser could be installed (${reasons.join('; ')}). Install Chromium, or set CHROMIUM_PATH to it.`,
  );
}
