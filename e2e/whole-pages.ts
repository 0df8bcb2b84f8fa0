import { test as base } from '@playwright/test';

/**
 * Playwright's `test`, whose `page.goto` ends when all that was streamed stands in its place. Until then the
 * document holds parts twice, once hidden, and a question for "the" text finds two.
 */
export const test = base.extend({
  page: async ({ page }, use) => {
    const goto = page.goto.bind(page);
    page.goto = async (...destination) => {
      const response = await goto(...destination);
      await page
        .waitForFunction(() => !document.querySelector('div[hidden][id^="S:"]'), undefined, {
          timeout: 10_000,
        })
        .catch(() => undefined);
      return response;
    };
    await use(page);
  },
});
