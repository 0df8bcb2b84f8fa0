import { join } from 'node:path';
import { expect } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { signInAsAdministrator } from './administrator.js';
import { test } from './whole-pages.js';

const email = process.env['LESIONWISE_E2E_EMAIL'] ?? '';
const password = process.env['LESIONWISE_E2E_PASSWORD'] ?? '';
const folder = join(process.env['LESIONWISE_E2E_FOLDER'] ?? '', 'upload');
/** With UPDATE_SCREENSHOTS=1 the pictures of the README are taken anew. */
const pictures =
  process.env['UPDATE_SCREENSHOTS'] === '1'
    ? join(import.meta.dirname, '../docs/screenshots')
    : join(import.meta.dirname, 'test-results/screenshots');

const images = 48;

/** The definition of the AUC, pair by pair, from the facts as a script would download them. */
function aucByPairs(csv: string, task: string): number {
  const [header = '', ...lines] = csv.trim().split('\n');
  const names = header.split(',');
  const column = (name: string) => lines.map((line) => line.split(',')[names.indexOf(name)] ?? '');
  const [labels, scores] = [column(`${task}_label`), column(`${task}_score`).map(Number)];
  const ofClass = (label: string) => scores.filter((_, i) => labels[i] === label);
  const [positives, negatives] = [ofClass('1'), ofClass('0')];
  const wins = positives.flatMap((p) => negatives.map((q) => (p > q ? 1 : p === q ? 0.5 : 0)));
  return wins.reduce((sum: number, win) => sum + win, 0) / wins.length;
}

test('from signing in to reading the AUC', async ({ page }) => {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));

  await test.step('sign in', async () => {
    await page.goto('/s/journey');
    await expect(page).toHaveURL(/sign-in/);
    await expectAccessible(page);
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert').filter({ hasText: /wrong/i })).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Journey' })).toBeVisible();
    await expect(page.getByText('Synthetic images').first()).toBeVisible();
  });

  await test.step('import a folder', async () => {
    await page.goto('/s/journey/import');
    await page.getByRole('button', { name: 'Import a folder' }).first().click();
    await page.getByLabel('Folder', { exact: true }).setInputFiles(folder);
    const check = page.getByRole('button', { name: /^Check \d+ files/ });
    await expect(check).toBeEnabled({ timeout: 60_000 });
    await check.click();
    const apply = page.getByRole('button', { name: `Apply: add ${images} images` });
    await expect(apply).toBeEnabled({ timeout: 60_000 });
    await expectAccessible(page);
    await apply.click();
    await expect(page.getByText('The import is in the study.')).toBeVisible({ timeout: 60_000 });
  });

  await test.step('run inference over all images', async () => {
    await page.goto('/s/journey/images');
    await expect(page.getByRole('list', { name: 'Images' }).getByRole('listitem')).toHaveCount(
      images,
    );
    await expectAccessible(page);
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: 'Name of the cohort' }).fill('All images');
    await page.getByRole('button', { name: `Score ${images} images` }).click();
    await expect(page).toHaveURL(/\/runs\/1$/);
    await expect(page.getByText('done', { exact: true }).first()).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText(`${images} scored`).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('read the AUC', async () => {
    await page.getByRole('link', { name: 'Evaluate' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: /multitask 0\.1\.0/ }).check();
    await dialog.getByRole('button', { name: 'Evaluate' }).click();
    await expect(page).toHaveURL(/\/evaluations\/[0-9a-f-]{36}/);
    const answer = page.getByRole('heading', { level: 2, name: /melanoma AUC/ });
    await expect(answer).toBeVisible();
    const id = page.url().split('/').at(-1)?.split('?')[0] ?? '';
    const csv = await (await page.request.get(`/exports/evaluations/${id}.csv`)).text();
    const shown = await answer.innerText();
    expect(shown).toContain(`melanoma AUC ${aucByPairs(csv, 'melanoma').toFixed(3)} [`);
    expect(shown).toContain(
      `seborrheic keratosis AUC ${aucByPairs(csv, 'seborrheic_keratosis').toFixed(3)} [`,
    );
    expect(csv.split('\n')[1]).toContain('multitask 0.1.0');
    await expectAccessible(page);
    await page.screenshot({ path: join(pictures, 'dashboard.png') });
  });

  await test.step('open the image with the largest error and its masks', async () => {
    await page.getByRole('table').last().getByRole('link', { name: /^SYN_/ }).first().click();
    await expect(page).toHaveURL(/\/images\/SYN_\d+/);
    const photograph = page.getByRole('img', { name: /Dermoscopy image SYN_/ });
    await expect(photograph).toBeVisible();
    await expect
      .poll(() => photograph.evaluate((element) => (element as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(300);
    for (const layer of ['Reference', 'multitask 0.1.0']) {
      await expect(page.getByRole('checkbox', { name: new RegExp(layer) })).toBeChecked();
    }
    // The legend draws outlines too; these are the ones over the photograph.
    const outlines = photograph.locator('..').locator('path');
    await expect(outlines.first()).toBeVisible();
    await page.screenshot({ path: join(pictures, 'viewer.png') });
    await page.keyboard.down('h');
    await expect(outlines).toHaveCount(0);
    // Longer than a tap, which would leave them hidden.
    await page.waitForTimeout(500);
    await page.keyboard.up('h');
    await expect(outlines.first()).toBeVisible();
    await expectAccessible(page);
  });

  expect(faults).toEqual([]);
});

test('what the browser is told names no address behind the one it asked', async ({ page }) => {
  await signInAsAdministrator(page);
  const image = await page.request.get('/images/00000000-0000-4000-8000-000000000000/display.jpg');
  expect(image.status()).toBe(404);
  const schema = await page.request.post('/graphql', { data: { query: '{ __typename }' } });
  expect(schema.status()).toBe(200);
  for (const answer of [image, schema]) {
    const told = Object.entries(answer.headers()).map(([name, value]) => `${name}: ${value}`);
    expect(told.filter((line) => /127\.0\.0\.1|x-middleware/.test(line))).toEqual([]);
  }
});

test('a stranger to a study finds nothing at its address', async ({ page }) => {
  const image = await page.request.get('/images/00000000-0000-4000-8000-000000000000/display.jpg');
  expect(image.status()).toBe(401);
  await page.goto('/s/journey/images');
  await expect(page).toHaveURL(/sign-in/);
});
