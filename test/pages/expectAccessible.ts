import { accessibilityProblems } from './accessibilityProblems';
import { themes } from '../e2e/themes';
import type { Editor } from './editor/editor';
import { expect } from './fixtures';

/** Expects that the page in front can be read and used by everybody, in every theme and in the narrow pane that is left at 200 %. */
export async function expectAccessible(editor: Editor): Promise<void> {
  const { webview } = editor;
  for (const [index, theme] of themes.entries()) {
    await editor.chooseTheme(theme);
    const what = index === 0 ? 'everything' : 'colors';
    expect(await accessibilityProblems(webview, what), theme).toEqual([]);
  }
  await editor.zoom(2);
  expect(await accessibilityProblems(webview), 'at 200 %').toEqual([]);
  const beside = await webview.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
  expect(beside, 'nothing sticks out at 200 %').toBe(0);
}
