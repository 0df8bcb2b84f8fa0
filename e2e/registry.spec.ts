import { expect, type Browser, type Page } from '@playwright/test';
import { expectAccessible } from './accessible.js';
import { signInAsAdministrator } from './administrator.js';
import { test } from './whole-pages.js';

async function signIn(page: Page, as: { email: string; password: string }) {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(as.email);
  await page.getByLabel('Password', { exact: true }).fill(as.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a version becomes champion by reason and evidence', async ({ page }) => {
  await signInAsAdministrator(page);

  await test.step('promote', async () => {
    await page.goto('/s/journey/models/multitask/0.1.0');
    await expect(page.getByRole('heading', { level: 2, name: 'multitask 0.1.0' })).toBeVisible();
    await expect(page.getByRole('table', { name: /Metrics of multitask 0\.1\.0/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Promote…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('No version is champion now.')).toBeVisible();
    await expect(dialog.getByText(/overlap with training not checked/)).toBeVisible();
    await expectAccessible(page);
    await dialog.getByLabel('Reason, kept in the history').fill('The first version of the study.');
    await dialog.getByRole('button', { name: 'Make it champion' }).click();
    await expect(dialog).toBeHidden();
    const row = page.getByRole('table', { name: 'Versions of multitask' }).getByRole('row');
    await expect(row.nth(1)).toContainText('champion');
    await expect(page.getByText('“The first version of the study.”')).toBeVisible();
  });

  await test.step('read who is champion on the overview, and why in the history', async () => {
    await page.goto('/s/journey');
    await expect(page.getByRole('table', { name: /^Model versions on/ })).toContainText('champion');
    await page.goto('/s/journey/models/-/history');
    await expect(page.getByText('“The first version of the study.”')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: /evaluation on snapshot/ }).click();
    await expect(page).toHaveURL(/\/evaluations\//);
  });

  await test.step('compare manifests setting by setting', async () => {
    // A link kept from before these pages stood beside the families.
    await page.goto('/s/journey/models/compare?all=1');
    await expect(page).toHaveURL(/\/models\/-\/compare\?all=1$/);
    await expect(page.getByRole('cell', { name: 'input.fit' })).toBeVisible();
    await expectAccessible(page);
  });
});

test('the size of the next study follows from the address', async ({ page }) => {
  await signInAsAdministrator(page);
  await page.goto('/s/journey/planning');
  await page.getByRole('textbox', { name: 'AUC expected' }).fill('0.8');
  await page.getByRole('textbox', { name: 'Power wanted' }).fill('0.9');
  await page.getByRole('button', { name: 'Compute' }).click();
  // pROC::power.roc.test(auc = 0.8, power = 0.9, kappa = 4): 10.9 cases, 43.6 controls.
  const answer = page.getByRole('region', { name: 'Answer', exact: true });
  await expect(answer.getByText(/^55 images \(11 positives and 44 negatives\)/)).toBeVisible();
  await expect(page).toHaveURL(/auc=0\.8/);
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Power wanted' }).fill('certain');
  await page.getByRole('button', { name: 'Compute' }).click();
  await expect(page.getByText('A number, with a decimal point.')).toBeVisible();
  await page.getByRole('link', { name: 'Difference of two versions' }).click();
  await expect(page.getByText('Nothing computed yet')).toBeVisible();
  await expectAccessible(page);
});

test('somebody new gets an account, a password of their own, and a study', async ({
  page,
  browser,
}) => {
  const person = { name: 'Nia New', email: 'nia@example.org' };
  await signInAsAdministrator(page);
  await page.goto('/s/journey/members');
  await expectAccessible(page);
  const oneTimePassword = await createAccount(page, person);

  const theirs = await newcomer(browser);
  await signIn(theirs, { email: person.email, password: oneTimePassword });
  await expect(theirs).toHaveURL(/choose-password/);
  await expectAccessible(theirs);
  await theirs.goto('/s/journey');
  await expect(theirs).toHaveURL(/sign-in/);
  await theirs.goto('/choose-password');
  await theirs.getByLabel('Present password').fill(oneTimePassword);
  await theirs.getByLabel('New password').fill('a sentence of my own');
  await theirs.getByRole('button', { name: 'Choose password' }).click();
  await expect(theirs).toHaveURL(/studies/);
  expect((await theirs.goto('/s/journey'))?.status()).toBe(404);

  await page.getByRole('button', { name: 'Add member' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail').fill(person.email);
  await dialog.getByLabel('Role').selectOption('STATISTICIAN');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add member' }).click();
  const row = page.getByRole('row', { name: new RegExp(person.name) });
  await expect(row).toContainText('Statistician');

  await theirs.goto('/s/journey');
  await expect(theirs.getByRole('heading', { level: 1, name: 'Journey' })).toBeVisible();
  await expect(theirs.getByRole('link', { name: 'Members & access' })).toHaveCount(0);

  await row.getByRole('button', { name: `Remove ${person.name}…` }).click();
  await page.getByRole('button', { name: 'Remove member' }).click();
  await expect(row).toHaveCount(0);
  expect((await theirs.goto('/s/journey'))?.status()).toBe(404);
});

/** The one-time password that the administrator sees. */
async function createAccount(page: Page, person: { name: string; email: string }) {
  await page.getByRole('button', { name: 'Create account' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(person.name);
  await dialog.getByLabel('E-mail').fill(person.email);
  await dialog.getByRole('button', { name: 'Create account' }).click();
  const shown = page.getByRole('dialog', { name: /Give this password/ });
  const oneTimePassword = (await shown.locator('code').textContent()) ?? '';
  expect(oneTimePassword).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  await shown.getByRole('button', { name: 'I have passed it on' }).click();
  return oneTimePassword;
}

const newcomer = async (browser: Browser) => (await browser.newContext()).newPage();
