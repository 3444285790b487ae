import { expect, type Locator, type Page } from '@playwright/test';

/** Has a page count the clicks on each part of rows; to be called before the page is loaded. */
export async function watchClicks(page: Page): Promise<void> {
  await page.addInitScript((parts) => {
    const clicks: Record<string, number> = {};
    Object.assign(globalThis, { rowClicks: clicks });
    addEventListener(
      'click',
      ({ target }) => {
        // Now, for what a click leads to may remove the row.
        for (const part of parts)
          if (target instanceof Element && target.closest(part)) clicks[part] = (clicks[part] ?? 0) + 1;
      },
      { capture: true },
    );
  }, rowParts);
}

/** What is clicked in a row: the row itself, one of its buttons, or what expands it. */
const rowParts = ['.monaco-list-row', '.action-label', '.monaco-tl-twistie'] as const;
export type RowPart = (typeof rowParts)[number];

type ClickOptions = Pick<NonNullable<Parameters<Locator['click']>[0]>, 'modifiers' | 'timeout'>;

/**
 * Clicks a row of a list, or a part of it. What VS Code paints anew between the press and the release of the mouse button never
 * gets the click, which then is for whatever is around it and does nothing; a person clicks once more.
 */
export async function clickRow(target: Locator, part: RowPart, options?: ClickOptions): Promise<void> {
  await expect(() => clickRowOnce(target, part, options)).toPass({ intervals: [0] });
}

/** @throws Error if the part of the row did not get the click. It did in all other cases, however late that was. */
export async function clickRowOnce(target: Locator, part: RowPart, options?: ClickOptions): Promise<void> {
  const page = target.page();
  const clicks = (): Promise<number> =>
    page.evaluate((selector) => {
      const { rowClicks } = globalThis as unknown as { rowClicks: Readonly<Record<string, number>> };
      return rowClicks[selector] ?? 0;
    }, part);
  const before = await clicks();
  const failure: unknown = await target.click(options).then(
    () => new Error('The row was painted anew while it was clicked.'),
    (error: unknown) => error,
  );
  if ((await clicks()) === before) throw failure;
}
