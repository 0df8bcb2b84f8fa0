import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { signInAsAdministrator } from './administrator.js';
import { test } from './whole-pages.js';

const shipped = join(import.meta.dirname, '../models/multitask/0.1.0');
/** With UPDATE_SCREENSHOTS=1 the pictures of the user guide are taken anew. */
const pictures =
  process.env['UPDATE_SCREENSHOTS'] === '1'
    ? join(import.meta.dirname, '../docs/screenshots')
    : join(import.meta.dirname, 'test-results/screenshots');

interface Manifest {
  version: string;
  outputs: { scores: { task: string; index: number }[] };
}

/** The shipped package under another number, its two scores exchanged: as wrong as can be, and sure of it. */
function exchangedPackage() {
  const manifest = JSON.parse(readFileSync(join(shipped, 'manifest.json'), 'utf8')) as Manifest;
  const [first, second] = manifest.outputs.scores;
  if (!first || !second) throw new Error('The shipped package no longer gives two scores.');
  [first.index, second.index] = [second.index, first.index];
  manifest.version = '0.0.2';
  return [
    {
      name: 'manifest.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(manifest)),
    },
    {
      name: 'model.onnx',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(join(shipped, 'model.onnx')),
    },
  ];
}

/** The evidence below the fold is loaded when one scrolls to it. */
async function scrollThrough(page: Page) {
  await expect(async () => {
    await page.mouse.wheel(0, 900);
    await expect(page.getByRole('heading', { name: /^Images, / })).toBeInViewport({ timeout: 300 });
  }).toPass();
}

interface Asked {
  study: { cohorts: { snapshots: { id: string }[] }[] };
  models: { versions: { id: string; version: string }[] }[];
}
interface Compared {
  comparison: { headline: { sentence: string } };
}

async function ask<T>(page: Page, query: string, variables = {}): Promise<T> {
  const answer = await page.request.post('/graphql', { data: { query, variables } });
  const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

/** The page says what the API says of the same question, the claim before its numbers. */
async function expectVerdict(page: Page, numbers: string[]) {
  const { study, models } = await ask<Asked>(
    page,
    '{ study(slug: "journey") { cohorts { snapshots { id } } } models { versions { id version } } }',
  );
  const versions = models.flatMap((model) => model.versions);
  const input = {
    snapshotId: study.cohorts.flatMap(({ snapshots }) => snapshots)[0]?.id,
    modelVersionIds: numbers.map((number) => versions.find((v) => v.version === number)?.id),
  };
  const { comparison } = await ask<Compared>(
    page,
    'query ($input: ComparisonInput!) { comparison(input: $input) { headline { sentence } } }',
    { input },
  );
  const { sentence } = comparison.headline;
  const [claim = '', ...rest] = sentence.split(': ');
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict.getByRole('heading')).toHaveText(`${claim}.`);
  await expect(verdict).toContainText(rest.join(': '));
}

test('from a second version to a verdict that can be checked', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await signInAsAdministrator(page);

  await test.step('register a version whose scores are exchanged', async () => {
    await page.goto('/s/journey/models');
    await page.getByRole('button', { name: 'Register version' }).click();
    await page.getByLabel('Files of the package').setInputFiles(exchangedPackage());
    await page.getByRole('button', { name: 'Upload and check' }).click();
    await expect(page).toHaveURL(/\/models\/multitask\/0\.0\.2$/, { timeout: 90_000 });
  });

  await test.step('one that has not scored every image stops the comparison', async () => {
    await page.goto('/s/journey/compare?v=multitask@0.1.0,multitask@0.0.2&colour=red');
    const stop = page.locator('#content').getByText('multitask 0.0.2 has no score for 48 of 48');
    await expect(stop).toBeVisible();
    await expect(page.getByText('colour=red')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Score the 48 images' }).click();
    await expect(page).toHaveURL(/\/runs\/\d+$/);
    await expect(page.getByText('done', { exact: true }).first()).toBeVisible({ timeout: 90_000 });
  });

  await test.step('read the verdict', async () => {
    // The address says nothing: the newest versions that scored everything are compared.
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await expect(page).toHaveURL(/compare\?snapshot=.+&v=/);
    await page.goto(
      page.url().replace(/&v=[^&]*/, '&v=multitask@0.1.0,multitask@0.0.2&base=multitask@0.1.0'),
    );
    await expectVerdict(page, ['0.1.0', '0.0.2']);
    await expect(page.getByText('exploratory', { exact: true }).first()).toBeVisible();
    await scrollThrough(page);
    await expectAccessible(page);
    await page.evaluate(() => {
      window.scrollTo(0, 0);
    });
    await page.screenshot({ path: join(pictures, 'compare.png') });
  });

  await test.step('a plot by keyboard, as table, and as file', async () => {
    const plot = page.getByRole('img', { name: /^ROC curve for melanoma/ });
    await plot.focus();
    await page.keyboard.press('End');
    await expect(page.getByText(/sensitivity 1\.00/).first()).toBeVisible();
    await page.keyboard.press('t');
    await expect(page.getByRole('table', { name: 'Melanoma ROC' })).toBeVisible();
    await page.keyboard.press('t');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download: Melanoma ROC' }).click();
    await page.getByRole('menuitem', { name: 'Plot as PNG' }).click();
    expect((await saved).suggestedFilename()).toMatch(/^roc-melanoma-[0-9a-f-]+\.png$/);
  });

  await test.step('a cell narrows every number, and its chip widens them again', async () => {
    await scrollThrough(page);
    const cell = page
      .getByRole('region', { name: /^Changed calls/ })
      .getByRole('link', { name: /benign called/ });
    const called = Number(/^\d+/.exec((await cell.innerText()).trim())?.[0]);
    expect(called).toBeGreaterThan(1);
    await cell.click();
    await expect(page).toHaveURL(/changed\.melanoma\.multitask@0\.0\.2=called/);
    const images = `${called} images`;
    await expect(page.getByText(`Exploratory: narrowed to ${images}`)).toBeVisible();
    await expect(page.getByText('exploratory, narrowed')).toBeVisible();
    await page.getByRole('button', { name: /^Remove filter Melanoma/ }).click();
    await expect(page).not.toHaveURL(/changed\./);
    await expect(page.getByText('exploratory, narrowed')).toBeHidden();
  });

  await test.step('another baseline turns the verdict round', async () => {
    await page.getByRole('button', { name: /^multitask 0\.0\.2: change its place/ }).click();
    await page.getByRole('menuitem', { name: 'Make it the baseline' }).click();
    await expect(page).toHaveURL(/base=multitask@0\.0\.2/);
    await expectVerdict(page, ['0.0.2', '0.1.0']);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  await test.step('save it, and have it computed again', async () => {
    await page.getByRole('button', { name: 'Save evaluation…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByRole('radio', { name: /Confirmatory/ })).toBeDisabled();
    await dialog.getByRole('button', { name: 'Save evaluation' }).click();
    await expect(page).toHaveURL(/\/evaluations\/[0-9a-f-]{36}/);
    await expect(page.getByText('exploratory').first()).toBeVisible();
    await page.getByRole('button', { name: 'Check: compute again and compare' }).click();
    await expect(page.getByText(/^Reproduced:/)).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
  });

  await test.step('an image whose call changed, with both outlines', async () => {
    await scrollThrough(page);
    await page
      .getByRole('region', { name: /^Images, / })
      .getByRole('link')
      .first()
      .click();
    await expect(page).toHaveURL(/\/images\/SYN_\d+\?list=.+&layers=ref,multitask@/);
    for (const version of ['multitask 0.1.0', 'multitask 0.0.2'])
      await expect(page.getByRole('checkbox', { name: new RegExp(version) })).toBeChecked();
  });

  expect(faults).toEqual([]);
});

test('a plan is locked before what follows it may be called confirmed', async ({ page }) => {
  await signInAsAdministrator(page);
  await page.goto('/s/journey/plan');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Write plan 1' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Baseline').selectOption({ label: 'multitask 0.0.2' });
  await dialog.getByRole('checkbox', { name: 'multitask 0.1.0' }).check();
  await dialog.getByLabel('In words').fill('The shipped version must tell melanoma better.');
  await dialog.getByRole('button', { name: 'Save draft' }).click();
  await expect(page.getByText('draft, counts for nothing yet')).toBeVisible();
  await page.getByRole('button', { name: 'Lock plan 1…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lock plan 1' }).click();
  await expect(page.getByText('locked, counts')).toBeVisible();

  await page.goto('/s/journey/compare?v=multitask@0.1.0,multitask@0.0.2');
  const save = async () => {
    await page.getByRole('button', { name: 'Save evaluation…' }).click();
    await page.getByRole('radio', { name: /Confirmatory/ }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Save evaluation' }).click();
  };
  await save();
  await expect(page.getByText(/deviations? from the plan/)).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'As plan 1 says' }).click();
  await expect(page).toHaveURL(/base=multitask@0\.0\.2/);
  await save();
  await expect(page).toHaveURL(/\/evaluations\//);
  await expect(page.getByText(/^pre-specified/)).toBeVisible();
});
