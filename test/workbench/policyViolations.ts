import { expect, type Page, type TestFixture } from '@playwright/test';

/** For fixtures of tests that look at what pages may do. */
export interface PolicyViolations {
  /** What pages have tried that their policy forbids, in the browser's words; in the end there must be nothing. */
  violations: string[];
}

/** The fixture of that name. */
export const violations: [TestFixture<string[], { page: Page }>, { auto: true }] = [
  async ({ page }, use) => {
    const heard: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) heard.push(message.text());
    });
    await use(heard);
    expect(heard).toEqual([]);
  },
  { auto: true },
];
