import { accessibilityProblems } from './accessibilityProblems';
import { themes } from '../e2e/themes';
import type { Editor } from './editor/editor';
import { expect } from './fixtures';
import { repetitions, saidIn } from './saidOnce';

/** Expects that the page in front can be read and used by everybody, in every theme and in the narrow pane that is left at 200 %. */
export async function expectAccessible(editor: Editor): Promise<void> {
  const { webview } = editor;
  await expectSaidOnce(editor);
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

/** Expects that whatever one comes to in the page in front says one thing once. */
export async function expectSaidOnce({ page, webview }: Editor): Promise<void> {
  const body = await webview.locator('body').elementHandle();
  const frame = await body.ownerFrame();
  if (!frame) throw new Error('There is no webview.');
  const said = await saidIn(page, frame);
  expect(repetitions(said)).toEqual([]);
}
