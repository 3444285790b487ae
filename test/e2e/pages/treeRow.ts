import { expect, type Locator, type Page } from '@playwright/test';
import { ContextMenu } from './contextMenu';
import { clickRow } from './rowClick';

/** A row of a tree view. */
export class TreeRow {
  constructor(
    private readonly page: Page,
    readonly locator: Locator,
  ) {}

  get label(): Locator {
    return this.locator.locator('.label-name');
  }

  get description(): Locator {
    return this.locator.locator('.label-description');
  }

  async click(...modifiers: readonly ('ControlOrMeta' | 'Shift')[]): Promise<void> {
    await clickRow(this.locator, { modifiers: [...modifiers] });
  }

  async expand(): Promise<void> {
    await this.setExpanded('true');
  }

  async collapse(): Promise<void> {
    await this.setExpanded('false');
  }

  /** Chooses from the context menu, through submenus if several titles are given. */
  async choose(...titles: readonly string[]): Promise<void> {
    await this.locator.click({ button: 'right' });
    await new ContextMenu(this.page).choose(...titles);
  }

  /** Drags the row onto something. Where it can be dropped shows only while the mouse moves. */
  async dragTo(target: Locator): Promise<void> {
    const box = await target.boundingBox();
    if (!box) throw new Error('There is nothing to drop the row on.');
    await this.label.hover();
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 10 });
    await this.page.mouse.up();
  }

  /** Presses a button that the row shows while the mouse is over it. */
  async pressAction(title: string | RegExp): Promise<void> {
    const button = this.locator.getByRole('button', { name: title });
    // A row that is painted anew shows its buttons when the mouse moves over it again.
    await expect(async () => {
      await this.locator.hover();
      await expect(button).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await clickRow(button);
  }

  private async setExpanded(expanded: 'true' | 'false'): Promise<void> {
    await expect(async () => {
      if ((await this.locator.getAttribute('aria-expanded')) !== expanded)
        await clickRow(this.locator.locator('.monaco-tl-twistie'));
      await expect(this.locator).toHaveAttribute('aria-expanded', expanded, { timeout: 5_000 });
    }).toPass();
  }
}
