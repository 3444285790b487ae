import type { Locator, Page } from '@playwright/test';

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

  /** Chooses an item; of several titles all but the last open a submenu. */
  async choose(...titles: readonly string[]): Promise<void> {
    for (const title of titles) {
      await this.item(title).hover();
      // A menu ignores the mouse's button in its first moments.
      await this.page.keyboard.press('Enter');
    }
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
