import { expect, type Locator, type Page } from '@playwright/test';
import { TRY_MS } from './outcome';

/** The open menu, of a row or of a "…" button. */
export class ContextMenu {
  constructor(private readonly page: Page) {}

  get items(): Locator {
    return this.page.locator('.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)');
  }

  item(title: string): Locator {
    return this.page
      .locator('.monaco-menu .action-menu-item')
      .filter({ has: this.page.getByText(title, { exact: true }) });
  }

  /**
   * Chooses an item; of several titles all but the last open a submenu.
   * @throws Error if the menu has gone again, or is replaced, before that
   */
  async choose(...titles: readonly string[]): Promise<void> {
    for (const title of titles.slice(0, -1)) {
      await this.item(title).hover({ timeout: TRY_MS });
      // It opens by itself where the mouse rests, and takes the focus then.
      await expect(this.item(title)).toHaveAttribute('aria-expanded', 'true', { timeout: TRY_MS });
    }
    const item = this.item(titles.at(-1) ?? '');
    // A menu ignores the mouse's button in its first moments, so that the mouse only points and a key chooses.
    await item.hover({ timeout: TRY_MS });
    await expect(item).toBeFocused({ timeout: TRY_MS });
    await this.page.keyboard.press('Enter');
    await this.waitUntilClosed();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.waitUntilClosed();
  }

  private async waitUntilClosed(): Promise<void> {
    // A submenu is inside the menu that opened it.
    await this.page.locator('.monaco-menu').first().waitFor({ state: 'hidden' });
  }
}
