import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import { ContextMenu } from './contextMenu';
import { Dialog } from './dialog';
import { Notifications } from './notifications';
import { QuickInput } from './quickInput';
import { clickRowOnce, watchClicks } from './rowClick';
import { View } from './view';

/** VS Code's window, as a person uses it. Every method waits for what it needs. */
export class Workbench {
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  readonly contextMenu: ContextMenu;
  readonly messages: View;
  readonly deleted: View;

  /** @param text the extension's texts in the language that VS Code is shown in, by what they are in English */
  constructor(
    readonly page: Page,
    readonly text: (english: string) => string = (english) => english,
  ) {
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(page);
    this.dialog = new Dialog(page);
    this.contextMenu = new ContextMenu(page);
    this.messages = new View(page, text('Messages'));
    this.deleted = new View(page, text('Deleted'));
  }

  /** Our entry in the activity bar; its text is the badge. */
  get activity(): Locator {
    // Its name ends with the badge's.
    return this.page.locator('.activitybar').getByRole('tab', { name: this.text('RingCentral Mailbox') });
  }

  /** Loads the workbench at `url` and waits until the extension's views are there. */
  async open(url: string): Promise<void> {
    // Where the workbench fetches the key that it keeps secrets with; without one they would not outlive a reload.
    await this.page.context().route('**/mint-key', (route) => route.fulfill({ body: Buffer.alloc(32, 1) }));
    await watchClicks(this.page);
    await this.page.goto(url);
    await this.activity.waitFor();
  }

  /** Loads the window anew, as after a restart: the extension host is another. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.activity.waitFor();
  }

  /** Shows our views in the sidebar. */
  async openMailbox(): Promise<void> {
    // A click on the entry of what is shown already would hide it.
    await expect(async () => {
      if (!(await this.messages.pane.isVisible())) await this.activity.click();
      await expect(this.messages.pane).toBeVisible({ timeout: 5_000 });
    }).toPass();
    // Where it points to nothing that would show buttons or a hover.
    await this.page.mouse.move(0, 0);
  }

  /** Drags the sidebar's edge until it is so many CSS pixels wide. */
  async resizeSidebar(width: number): Promise<void> {
    const box = await this.page.locator('.part.sidebar').boundingBox();
    if (!box) throw new Error('The sidebar is hidden.');
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 5 });
    await this.page.mouse.up();
  }

  /** Runs one of our commands by its title in the command palette, e.g. `Mark as Read`. */
  async command(title: string): Promise<void> {
    await this.palette(`RingCentral Mailbox: ${title}`);
  }

  /** Runs any command by its full title in the command palette, e.g. `View: Close All Editors`. */
  async palette(title: string): Promise<void> {
    const entry = this.quickInput.item(title).first();
    // A window that is still loading does not hear the key. The palette does not notice commands that turn up while it is open, and
    // closes when something else takes the focus; so it is opened again until its entry has been clicked.
    await expect(async () => {
      await this.page.keyboard.press('F1');
      await this.quickInput.type(`>${title}`, { timeout: 3_000 });
      try {
        await clickRowOnce(entry, '.monaco-list-row', { timeout: 3_000 });
      } catch (error) {
        if (await this.quickInput.widget.isVisible()) await this.quickInput.cancel();
        throw error;
      }
    }).toPass();
    // The next to look at the input must not see the palette's entries.
    await entry.waitFor({ state: 'hidden' });
  }

  /** The tab of an editor or viewer. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.editor-group-container').getByRole('tab', { name });
  }

  /** Has the tab in front kept, as opposed to showing what is opened next. */
  async keepOpen(): Promise<void> {
    const button = this.page.getByRole('button', { name: 'Keep Tab Open' });
    await button.click();
    await expect(button).toHaveCount(0);
  }

  /** The document inside the visible webview. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
  }

  get statusBar(): Locator {
    return this.page.locator('.part.statusbar');
  }
}
