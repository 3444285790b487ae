import { expect, type Locator, type Page } from '@playwright/test';
import { ContextMenu } from './contextMenu';
import { isReached, type Outcome, TRY_MS, tryFor } from './outcome';
import { clickRowOnce } from './rowClick';
import { TreeRow } from './treeRow';

/** A tree view in the sidebar. */
export class View {
  /** The view's header, a button that expands and collapses it; hidden while the view is the only one. */
  readonly header: Locator;
  /** Where the view's title and buttons are: the header, or the sidebar's title while the view is the only one. */
  readonly title: Locator;
  /** The view with everything in it. */
  readonly pane: Locator;

  constructor(
    private readonly page: Page,
    name: string,
  ) {
    this.pane = page
      .locator('.pane')
      .filter({ has: page.locator('.pane-header h3.title', { hasText: name }) });
    this.header = this.pane.locator('.pane-header');
    this.title = this.header.or(page.locator('.part.sidebar > .title')).filter({ visible: true }).last();
  }

  /** All rows on screen; a long tree keeps only those in the document. */
  get rows(): Locator {
    return this.pane.getByRole('treeitem');
  }

  get selected(): Locator {
    return this.pane.locator('[role=treeitem][aria-selected=true]');
  }

  /** What an empty view says, with its buttons. */
  get welcome(): Locator {
    return this.pane.locator('.welcome-view-content');
  }

  /** The line under the header that a view shows above its rows. */
  get message(): Locator {
    return this.pane.locator('.message');
  }

  /** The text beside the header's title. */
  get description(): Locator {
    return this.header.locator('.description');
  }

  /** The first row on screen whose accessible name contains `name`. */
  row(name: string | RegExp): TreeRow {
    return new TreeRow(this.page, this.pane.getByRole('treeitem', { name }).first());
  }

  async expand(): Promise<void> {
    await this.setExpanded('true');
  }

  /** Gives the other views more room. */
  async collapse(): Promise<void> {
    await this.setExpanded('false');
  }

  /** Presses a button of the view's title bar. */
  async pressAction(title: string | RegExp): Promise<void> {
    const button = this.title.getByRole('button', { name: title, exact: true });
    await expect(async () => {
      await this.title.hover({ timeout: TRY_MS });
      await clickRowOnce(button, '.action-label', { timeout: TRY_MS });
    }).toPass({ intervals: [0] });
  }

  /** Moves the focus from the row above to the row whose accessible name contains `name`, and waits until the view is still. */
  async moveTo(name: string | RegExp): Promise<void> {
    await this.settle();
    await this.page.keyboard.press('ArrowDown');
    await expect(this.row(name).locator).toHaveClass(/\bfocused\b/);
    await this.settle();
  }

  /** Opens the row that has the focus. */
  async openFocused(outcome: Outcome): Promise<void> {
    await tryFor(outcome, () => this.page.keyboard.press('Enter'));
  }

  /**
   * Presses a key that is for the row that has the focus. While VS Code reads the rows again it does not know that row, and the
   * extension says so and does nothing; then, and only then, the key is pressed once more.
   */
  async press(key: string, outcome: Outcome): Promise<void> {
    const refusal = this.page
      .locator('.notification-toast')
      .filter({ hasText: 'the list was being updated', visible: true });
    for (;;) {
      await this.settle();
      await this.page.keyboard.press(key);
      await expect.poll(async () => (await isReached(outcome)) || (await refusal.isVisible())).toBe(true);
      if (!(await refusal.isVisible())) return;
      await refusal.hover();
      await refusal.getByRole('button', { name: /^Clear Notification/ }).click();
      await expect(refusal).toHaveCount(0);
      await this.pane.locator('.monaco-list').first().focus();
    }
  }

  /** Opens a submenu or the "…" menu of the title bar by its title. */
  async openMenu(title: string | RegExp = /More Actions/): Promise<void> {
    const menu = this.page.locator('.monaco-menu').first();
    const button = this.title.getByRole('button', { name: title, exact: true });
    await expect(async () => {
      // An open menu takes whatever the mouse does.
      if (await menu.isVisible()) return;
      await this.title.hover({ timeout: TRY_MS });
      await button.click({ timeout: TRY_MS });
      await menu.waitFor({ timeout: TRY_MS });
    }).toPass({ intervals: [0] });
  }

  /** Chooses from the "…" menu of the title bar. */
  async chooseFromMenu(title: string): Promise<void> {
    await this.openMenu();
    await new ContextMenu(this.page).choose(title);
  }

  /** Scrolls from the top until the row is on screen. */
  async reveal(name: string | RegExp): Promise<TreeRow> {
    const row = this.row(name);
    await this.pane.locator('.monaco-list').first().focus();
    await this.page.keyboard.press('Home');
    await expect(async () => {
      if (await row.locator.isVisible()) return;
      await this.page.keyboard.press('PageDown');
      await row.locator.waitFor({ timeout: 300 });
    }).toPass({ intervals: [0] });
    return row;
  }

  /** Waits until nothing has changed in the view for a moment: what is loading paints its rows several times. */
  async settle(): Promise<void> {
    // No function in it has a name, because tsx wraps those that have one in a helper of its own, which the page does not have.
    await this.pane.evaluate(async (pane, quietMs) => {
      let observer: MutationObserver | undefined;
      await new Promise<void>((resolve) => {
        let timer = setTimeout(resolve, quietMs);
        observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(resolve, quietMs);
        });
        observer.observe(pane, { subtree: true, childList: true, characterData: true });
      });
      observer?.disconnect();
    }, 250);
  }

  private async setExpanded(expanded: 'true' | 'false'): Promise<void> {
    // At its title, because there are buttons elsewhere in the header.
    if ((await this.header.getAttribute('aria-expanded')) !== expanded)
      await this.header.locator('h3').click();
    await expect(this.header).toHaveAttribute('aria-expanded', expanded);
  }
}
