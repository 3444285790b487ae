import { expect } from '@playwright/test';
import type { Workbench } from './pages/workbench';

/** The themes of VS Code's own that differ in kind, with the class that its pages have in each. */
export const themes = {
  'Light Modern': 'vscode-light',
  'Dark Modern': 'vscode-dark',
  'Light High Contrast': 'vscode-high-contrast-light',
  'Dark High Contrast': 'vscode-high-contrast',
} as const;

export type Theme = keyof typeof themes;

/** Chooses a theme as a person does, and waits until the page in front has it. */
export async function chooseTheme({ page, webview }: Workbench, theme: Theme): Promise<void> {
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.press('ControlOrMeta+T');
  await page.locator('.quick-input-widget input').fill(theme);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: theme }).first().click();
  await expect(webview.locator('body')).toHaveClass(new RegExp(`(^| )${themes[theme]}( |$)`));
}
