import { expect, type Page } from '@playwright/test';

export const email = process.env['LESIONWISE_E2E_EMAIL'] ?? '';
export const password = process.env['LESIONWISE_E2E_PASSWORD'] ?? '';

let session: Parameters<ReturnType<Page['context']>['addCookies']>[0] | undefined;

/** Signs in by the form once and keeps the session for later tests: the server takes few attempts in a short time. */
export async function signInAsAdministrator(page: Page) {
  if (session) {
    await page.context().addCookies(session);
    await page.goto('/studies');
  } else {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
  await expect(page).toHaveURL(/studies/);
  session = await page.context().cookies();
}
