import { expect, type Locator, type Page } from '@playwright/test';

/** Has a page remember what has been clicked; to be called before the page is loaded. */
export async function watchClicks(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const clicked: EventTarget[] = [];
    Object.assign(globalThis, { clicked });
    addEventListener('click', ({ target }) => target && clicked.push(target), { capture: true });
  });
}

/** What is clicked in a row: the row itself, one of its buttons, or what expands it. */
export type RowPart = '.monaco-list-row' | '.action-label' | '.monaco-tl-twistie';

/**
 * Clicks a row of a list, or a part of it. What VS Code paints anew between the press and the release of the mouse button never
 * gets the click, which then is for whatever is around it and does nothing; a person clicks once more.
 */
export async function clickRow(
  target: Locator,
  part: RowPart,
  options: Pick<NonNullable<Parameters<Locator['click']>[0]>, 'modifiers'> = {},
): Promise<void> {
  const page = target.page();
  const clicks = (): Promise<number> =>
    page.evaluate((selector) => {
      const { clicked } = globalThis as unknown as { clicked: readonly EventTarget[] };
      return clicked.filter((each) => each instanceof Element && each.closest(selector)).length;
    }, part);
  const before = await clicks();
  await expect(async () => {
    await target.click(options);
    expect(await clicks()).toBeGreaterThan(before);
  }).toPass({ intervals: [0] });
}
