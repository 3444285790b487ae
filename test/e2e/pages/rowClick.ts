import { expect, type Locator, type Page } from '@playwright/test';

/** Has a page count the clicks that reach a row of one of VS Code's lists; to be called before the page is loaded. */
export async function countRowClicks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const counter = globalThis as { rowClicks?: number };
    addEventListener(
      'click',
      ({ target }) => {
        if (target instanceof Element && target.closest('.monaco-list-row'))
          counter.rowClicks = (counter.rowClicks ?? 0) + 1;
      },
      { capture: true },
    );
  });
}

/**
 * Clicks a row of a list, or something in it. A row that VS Code paints anew between the press and the release of the mouse
 * button never gets the click, which then is for the list as a whole and does nothing; a person clicks once more.
 */
export async function clickRow(
  target: Locator,
  options: Pick<NonNullable<Parameters<Locator['click']>[0]>, 'modifiers'> = {},
): Promise<void> {
  const rowClicks = (): Promise<number> =>
    target.page().evaluate(() => (globalThis as { rowClicks?: number }).rowClicks ?? 0);
  const before = await rowClicks();
  await expect(async () => {
    await target.click(options);
    expect(await rowClicks()).toBeGreaterThan(before);
  }).toPass({ intervals: [0] });
}
