import type { Locator, Page } from '@playwright/test';
import { Command } from '../../src/ids';
import { deliverConversation, FRIEND } from '../builders/conversation';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import type { Editor, Webview } from './editor/editor';

/** Delivers a conversation of so many messages, and opens it. */
export async function openConversationOf(count: number, editor: Editor, admin: EmulatorAdmin): Promise<void> {
  await deliverConversation(admin, count);
  await editor.signIn();
  await editor.openConversation(FRIEND.name);
}

export async function refresh(editor: Editor): Promise<void> {
  await editor.run(Command.Refresh);
}

/** A message of `deliverConversation`. */
export function message(webview: Webview, index: number): Locator {
  return bubble(webview, `Message ${String(index)}.`);
}

/** The message that says something. */
export function bubble(webview: Webview, text: string): Locator {
  return webview.getByRole('article').filter({ hasText: text });
}

/** The focus goes to a message, as a click brings it there. */
export async function enter(target: Locator): Promise<void> {
  await target.locator('.bubble-text').click();
}

/** Presses keys one after the other. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
