import { expect, type Locator, type Page } from '@playwright/test';
import { ContextMenu } from './contextMenu';
import { type Outcome, TRY_MS, tryFor } from './outcome';
import { clickRow, clickRowOnce } from './rowClick';

/**
 * A row of a tree view.
 *
 * While VS Code reads the rows again, which it does whenever something in the mailbox has changed, it does not know the row that
 * a command is called for, and the extension then rather does nothing. A person tries again. So whatever is done by a row's
 * commands takes the outcome that ends the trying.
 */
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

  /** Selects the row. */
  async click(...modifiers: readonly ('ControlOrMeta' | 'Shift')[]): Promise<void> {
    await clickRow(this.locator, '.monaco-list-row', { modifiers: [...modifiers] });
  }

  /** Clicks the row for what that opens. */
  async open(outcome: Outcome): Promise<void> {
    await tryFor(outcome, () => this.click());
  }

  async expand(): Promise<void> {
    await this.#setExpanded('true');
  }

  async collapse(): Promise<void> {
    await this.#setExpanded('false');
  }

  /** Chooses from the context menu; of several titles all but the last open a submenu. */
  async choose(titles: string | readonly string[], outcome: Outcome): Promise<void> {
    const menu = new ContextMenu(this.page);
    await tryFor(outcome, async () => {
      // One that an earlier try has left open takes whatever the mouse does.
      if (await menu.items.first().isVisible()) await menu.close();
      await this.locator.click({ button: 'right', timeout: TRY_MS });
      await menu.choose(...[titles].flat());
    });
  }

  /** Presses a button that the row shows while the mouse is over it. */
  async pressAction(title: string | RegExp, outcome: Outcome): Promise<void> {
    const button = this.locator.getByRole('button', { name: title });
    await tryFor(outcome, async () => {
      await this.locator.hover({ timeout: TRY_MS });
      await button.waitFor({ timeout: TRY_MS });
      await clickRowOnce(button, '.action-label', { timeout: TRY_MS });
    });
  }

  /** Drags the row onto something. Where it can be dropped shows only while the mouse moves. */
  async dragTo(target: Locator, outcome: Outcome): Promise<void> {
    const box = await target.boundingBox();
    if (!box) throw new Error('There is nothing to drop the row on.');
    await tryFor(outcome, async () => {
      await this.label.hover({ timeout: TRY_MS });
      await this.page.mouse.down();
      await this.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 10 });
      await this.page.mouse.up();
    });
  }

  async #setExpanded(expanded: 'true' | 'false'): Promise<void> {
    if ((await this.locator.getAttribute('aria-expanded')) !== expanded)
      await clickRow(this.locator.locator('.monaco-tl-twistie'), '.monaco-tl-twistie');
    await expect(this.locator).toHaveAttribute('aria-expanded', expanded);
  }
}
