import type { Locator, Page } from '@playwright/test';
import { clickRow } from './rowClick';

/** The input at the top of the window: palette, pickers and input boxes. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;
  readonly items: Locator;
  /** What is wrong with the input, or what it asks for. */
  readonly message: Locator;

  constructor(page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
    this.input = this.widget.locator('input.input');
    this.items = this.widget.locator('.quick-input-list .monaco-list-row');
    this.message = this.widget.locator('.quick-input-message');
  }

  /** The entries whose label is exactly `label`. */
  item(label: string): Locator {
    return this.items.filter({ has: this.widget.page().locator('.label-name', { hasText: exactly(label) }) });
  }

  /** @param options how long (ms) there may be no input */
  async type(text: string, options?: { readonly timeout: number }): Promise<void> {
    await this.input.fill(text, options);
  }

  /** Types an answer and confirms it. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.input.press('Enter');
  }

  /** Picks an entry by its label. */
  async pick(label: string): Promise<void> {
    await clickRow(this.item(label), '.monaco-list-row');
  }

  /** Ticks exactly the entries named, in a picker of several, and confirms. */
  async pickSeveral(...labels: readonly string[]): Promise<void> {
    for (const label of labels) await this.item(label).waitFor();
    for (const item of await this.items.all()) {
      const label = await item.locator('.label-name').first().innerText();
      await item.getByRole('checkbox').setChecked(labels.includes(label));
    }
    await this.input.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.input.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
