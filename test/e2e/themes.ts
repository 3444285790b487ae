import { expect } from '@playwright/test';
import type { Workbench } from './pages/workbench';

/** The themes of VS Code's own that differ in kind. */
export const themes = ['Light Modern', 'Dark Modern', 'Light High Contrast', 'Dark High Contrast'] as const;

export type Theme = (typeof themes)[number];

/** Where it is written down in test/fixtures/themes how VS Code gives pages the look of a theme. */
export function themeFile(theme: Theme): string {
  return `${theme.toLowerCase().replaceAll(' ', '-')}.json`;
}

/** Chooses a theme as a person does, and waits until the page in front has it. */
export async function chooseTheme(workbench: Workbench, theme: Theme): Promise<void> {
  const { quickInput, webview } = workbench;
  await workbench.palette('Preferences: Color Theme');
  await quickInput.type(theme);
  await quickInput.pick(theme);
  await expect(quickInput.widget).toBeHidden();
  await expect(webview.locator('body')).toHaveAttribute('data-vscode-theme-name', theme);
}
