import { expect, type Locator, type Page } from '@playwright/test';
import { TRY_MS } from './outcome';

/** Milliseconds that a notification is waited for before it is looked up. */
const TOAST_MS = 15_000;

/**
 * VS Code's notifications. Each is shown in the corner, which VS Code takes most of them away from after ten to fifteen seconds: on
 * a busy machine before a test gets to look at it. Then it is found in the notification center, as by a person who missed it.
 */
export class Notifications {
  readonly #center: Locator;

  constructor(private readonly page: Page) {
    this.#center = page.locator('.notifications-center');
  }

  /** The notification that contains `text`, while it is shown. */
  withText(text: string | RegExp): Locator {
    const toasts = this.page.locator('.notifications-toasts .notification-toast');
    return toasts.or(this.#center.locator('.monaco-list-row')).filter({ hasText: text, visible: true });
  }

  /** Waits until the notification that contains `text` is shown, or has been. */
  async expectShown(text: string | RegExp): Promise<void> {
    await this.#find(text);
    await this.#hideCenter();
  }

  /** The notification that contains `text`, shown. */
  shown(text: string | RegExp): Promise<Locator> {
    return this.#find(text);
  }

  /** Presses a button of the notification that contains `text`. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await expect(async () => {
      // It may be taken away in the moment in which it is clicked.
      const notification = await this.#find(text);
      await notification.getByRole('button', { name: button, exact: true }).click({ timeout: TRY_MS });
    }).toPass({ intervals: [0] });
    await this.#hideCenter();
  }

  async #find(text: string | RegExp): Promise<Locator> {
    const notification = this.withText(text);
    await expect(async () => {
      if (!(await appears(notification)) && !(await this.#center.isVisible()))
        await this.page.locator('[id="status.notifications"]').click();
      await expect(notification).toBeVisible({ timeout: 5_000 });
    }).toPass();
    return notification;
  }

  async #hideCenter(): Promise<void> {
    const hide = this.#center.getByRole('button', { name: 'Hide Notifications' });
    await expect(async () => {
      // With its last notification it hides itself.
      if (await hide.isVisible()) await hide.click({ timeout: 2_000 });
      await expect(this.#center.filter({ visible: true })).toHaveCount(0, { timeout: 2_000 });
    }).toPass({ intervals: [0] });
  }
}

function appears(notification: Locator): Promise<boolean> {
  return notification.waitFor({ timeout: TOAST_MS }).then(
    () => true,
    () => false,
  );
}
