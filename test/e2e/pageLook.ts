import type { Locator } from '@playwright/test';
import type { ThemeLook } from '../builders/themeLook';

/** What VS Code tells a page of its look. */
export function pageLook(body: Locator): Promise<ThemeLook> {
  return body.evaluate(({ dataset, ownerDocument }) => {
    const { style } = ownerDocument.documentElement;
    const names = [...style].filter((name) => name.startsWith('--')).toSorted();
    return {
      styles: Object.fromEntries(names.map((name) => [name.slice(2), style.getPropertyValue(name)])),
      activeTheme: dataset['vscodeThemeKind'] ?? '',
      themeId: dataset['vscodeThemeId'] ?? '',
      themeLabel: dataset['vscodeThemeName'] ?? '',
    };
  });
}
