import { expect, type Locator, type Page } from '@playwright/test';
import { TRY_MS } from './outcome';
import type { View } from './view';
import type { Workbench } from './workbench';

/** Has a page take note of whatever a mouse does in it; to be called before the page is loaded. */
export async function watchPointer(page: Page): Promise<void> {
  await page.addInitScript((types) => {
    const seen: string[] = [];
    Object.assign(globalThis, { pointerEvents: seen });
    for (const type of types)
      addEventListener(type, ({ isTrusted }) => isTrusted && seen.push(type), { capture: true });
  }, POINTER_EVENTS);
}

/**
 * Moving into a webview is seen from around it, too. `pointerover` does not count: a pointer at rest causes it where something
 * appears below it.
 */
const POINTER_EVENTS = ['pointerdown', 'pointermove', 'wheel'];

/** VS Code's window for somebody who has no mouse: nothing here points or clicks. */
export class Keyboard {
  constructor(private readonly workbench: Workbench) {}

  /** Presses keys one after the other. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Types an answer and confirms it. */
  async answer(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
    await this.press('Enter');
  }

  /** Runs a command by its full title in the command palette. */
  async palette(title: string): Promise<void> {
    const { quickInput } = this.workbench;
    const entry = quickInput.item(title).first();
    // A window that is still loading does not hear the key, and the palette does not notice commands that turn up while it is open.
    await expect(async () => {
      if (await quickInput.widget.isVisible()) await this.press('Escape');
      await this.press('F1');
      await expect(quickInput.input).toHaveValue('>', { timeout: 3_000 });
      await this.#page.keyboard.insertText(title);
      await entry.waitFor({ timeout: 3_000 });
      await this.#goToItem(entry);
    }).toPass({ intervals: [0] });
    await this.press('Enter');
    // The next to look at the input must not see the palette's entries.
    await entry.waitFor({ state: 'hidden' });
  }

  /** Runs one of our commands. */
  async command(title: string): Promise<void> {
    await this.palette(`RingCentral Mailbox: ${title}`);
  }

  /** Chooses an entry of the list that is open. */
  async pick(label: string): Promise<void> {
    const entry = this.workbench.quickInput.item(label).first();
    await entry.waitFor();
    await this.#goToItem(entry);
    await this.press('Enter');
  }

  /** Closes the input at the top of the window. */
  async cancel(): Promise<void> {
    await this.press('Escape');
    await this.workbench.quickInput.widget.waitFor({ state: 'hidden' });
  }

  /** Moves the focus from the top of a view to a row. */
  async goTo(view: View, name: string | RegExp): Promise<void> {
    const row = view.row(name).locator;
    await view.settle();
    await this.press('Home');
    await expect(async () => {
      if (await isFocusedRow(row)) return;
      await this.press('ArrowDown');
      expect(await isFocusedRow(row)).toBe(true);
    }).toPass({ intervals: [0] });
    await view.settle();
  }

  /** Moves the focus to the messages. The key of the sidebar leads to whatever had the focus there last, such as a button. */
  async goToMessages(): Promise<void> {
    await this.command('Focus on Messages View');
    await expect(this.workbench.messages.pane.locator('.monaco-list').first()).toBeFocused();
  }

  /** Moves the focus into the page in front. */
  async goToPage(): Promise<void> {
    await this.press('ControlOrMeta+1');
    await expect.poll(() => this.#isInPage()).toBe(true);
  }

  /** Goes on with Tab to a part of the page in front. Wherever one is on the way there, it is seen. */
  async tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await target.waitFor();
    for (let stops = 0; stops < MOST_STOPS; stops++) {
      if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
      await this.press(key);
      await this.expectFocusSeen();
    }
    throw new Error('The Tab key does not lead there.');
  }

  /** Expects that the focus is somewhere in the page in front, and is seen. */
  async expectFocusSeen(): Promise<void> {
    const body = this.workbench.webview.locator('body');
    const state = await body.evaluate(({ ownerDocument }) => {
      const focused = ownerDocument.activeElement;
      if (!ownerDocument.hasFocus()) return 'elsewhere';
      if (focused === null || focused === ownerDocument.body) return 'lost';
      const seen = [focused, ...focused.querySelectorAll('*')].some((element) => {
        const { outlineStyle } = getComputedStyle(element);
        return outlineStyle !== 'none';
      });
      return seen ? 'seen' : `not seen at ${focused.outerHTML.slice(0, 100)}`;
    });
    expect(['seen', 'elsewhere']).toContain(state);
  }

  /** Whatever a mouse has done until now does not count. */
  async forgetPointer(): Promise<void> {
    await this.#page.evaluate(() => {
      (globalThis as unknown as { pointerEvents: string[] }).pointerEvents.length = 0;
    });
  }

  /** Expects that no mouse was used. */
  async expectNoPointer(): Promise<void> {
    const seen = await this.#page.evaluate(
      () => (globalThis as unknown as { pointerEvents: readonly string[] }).pointerEvents,
    );
    expect(seen).toEqual([]);
  }

  get #page(): Page {
    return this.workbench.page;
  }

  #isInPage(): Promise<boolean> {
    return this.workbench.webview.locator('body').evaluate(({ ownerDocument }) => ownerDocument.hasFocus());
  }

  async #goToItem(entry: Locator): Promise<void> {
    for (let steps = 0; steps < MOST_STOPS; steps++) {
      if (await isFocusedRow(entry)) return;
      await this.press('ArrowDown');
    }
    throw new Error('The keys do not lead to the entry.');
  }
}

/** More than any page or list has. */
const MOST_STOPS = 60;

async function isFocusedRow(row: Locator): Promise<boolean> {
  const names = await row.getAttribute('class', { timeout: TRY_MS });
  return /\bfocused\b/.test(names ?? '');
}
