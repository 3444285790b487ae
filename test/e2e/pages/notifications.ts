import type { Locator, Page } from '@playwright/test';

/** The messages in the corner. */
export class Notifications {
  constructor(private readonly page: Page) {}

  get all(): Locator {
    return this.page.locator('.notifications-toasts .notification-toast');
  }

  /** The message that contains `text`. */
  withText(text: string | RegExp): Locator {
    return this.all.filter({ hasText: text });
  }

  /** Presses a button of the message that contains `text`. */
  async press(text: string | RegExp, button: string): Promise<void> {
    await this.withText(text).getByRole('button', { name: button, exact: true }).click();
  }
}
