// Lighthouse itself, where somebody has installed it. With all it brings it is 176 MB, more than the rest of
// the tools together, and therefore not among the packages of this repository.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { freePort } from '../../../tools/postgres.mjs';

/**
 * @param {string} folder in which `npm install lighthouse` was run
 * @param {Record<string, {url: string, cookie?: string}>} pages
 * @returns {Promise<Record<string, number>>} the performance score of each page on a desktop, 0 to 100
 */
export async function lighthouseScores(folder, pages, launch) {
  const entry = createRequire(join(folder, 'package.json')).resolve('lighthouse');
  const { default: lighthouse, desktopConfig } = await import(pathToFileURL(entry).href);
  const port = await freePort();
  const browser = await chromium.launch({
    ...launch,
    args: [...launch.args, `--remote-debugging-port=${port}`],
  });
  try {
    const scores = {};
    for (const [name, { url, cookie }] of Object.entries(pages)) {
      const flags = {
        port,
        onlyCategories: ['performance'],
        logLevel: 'error',
        ...(cookie && { extraHeaders: { Cookie: cookie } }),
      };
      const { lhr } = await lighthouse(url, flags, desktopConfig);
      scores[name] = Math.round(lhr.categories.performance.score * 100);
    }
    return scores;
  } finally {
    await browser.close();
  }
}
