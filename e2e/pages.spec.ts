import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { signInAsAdministrator } from './administrator.js';
import { test } from './whole-pages.js';

/** Pages that no journey passes, each by a word that shows it has come. */
const pages: [address: string, shown: RegExp][] = [
  ['/studies', /^Studies$/],
  ['/settings/tokens', /^API tokens$/],
  ['/s/journey', /^Journey$/],
  ['/s/journey/patients', /^Patients$/],
  ['/s/journey/patients/SP-001', /SP-001/],
  ['/s/journey/images?view=table', /^Images$/],
  ['/s/journey/images?dx=bcc', /^Images$/],
  ['/s/journey/cohorts', /^Cohorts$/],
  ['/s/journey/import', /^Import$/],
  ['/s/journey/runs', /^Runs$/],
  ['/s/journey/evaluations', /^Evaluations$/],
  ['/s/journey/models/multitask', /^Models$/],
  ['/s/journey/nothing-here', /^Not found$/],
];

/** What is wider than the window must scroll in a place of its own, or the page would move sideways. */
const widthBeyondWindow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const windows = [
  { name: 'on a desk, in light', width: 1440, height: 900, colorScheme: 'light' },
  { name: 'on a phone, in dark', width: 390, height: 844, colorScheme: 'dark' },
] as const;

for (const { name, width, height, colorScheme } of windows) {
  test(`every page can be read by everybody, ${name}`, async ({ page }) => {
    await signInAsAdministrator(page);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    for (const [address, shown] of pages) {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1, name: shown })).toBeVisible();
      await expect.poll(() => widthBeyondWindow(page), { message: address }).toBeLessThanOrEqual(0);
      await expectAccessible(page);
    }
  });
}

test('the report of an evaluation can be read by everybody', async ({ page }) => {
  await signInAsAdministrator(page);
  await page.goto('/s/journey/evaluations');
  await page.getByRole('table').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/evaluations\/[0-9a-f-]{36}/);
  await page.getByRole('button', { name: 'Export' }).click();
  const report = page.getByRole('menuitem', { name: 'Study report as HTML' });
  const address = (await report.getAttribute('href')) ?? '';
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
});

test('a token limited to a study sees no other', async ({ page, playwright, baseURL }) => {
  await signInAsAdministrator(page);
  await page.goto('/settings/tokens');
  await page.getByRole('button', { name: 'Create token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('one study');
  await dialog.getByLabel('In', { exact: true }).selectOption('some');
  await expectAccessible(page);
  await dialog.getByRole('checkbox', { name: 'Journey' }).check();
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const shown = page.getByRole('dialog', { name: 'Copy the token now' });
  const secret = (await shown.getByText(/^lwt_/).textContent()) ?? '';
  await shown.getByRole('button', { name: 'I have copied it' }).click();
  const script = await playwright.request.newContext({
    baseURL: baseURL ?? '',
    extraHTTPHeaders: { authorization: `Bearer ${secret.trim()}` },
  });
  const answer = await script.post('/graphql', { data: { query: '{ studies { name } }' } });
  expect(await answer.json()).toEqual({ data: { studies: [{ name: 'Journey' }] } });
  await script.dispose();
  await page.reload();
  await expect(page.getByRole('row', { name: /one study/ })).toContainText('Journey');
});
