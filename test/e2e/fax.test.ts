import { expect, test } from './emulated';
import { keptState } from './keptState';
import { mediaFolder } from './mediaFolder';
import { pixelsOf } from './pixels';

const media = mediaFolder('fax');
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

function fax(name: string, index: number, contentType: string, file: string): Record<string, unknown> {
  return {
    type: 'Fax',
    from: { name, phoneNumber: `+1650555010${index}` },
    attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
  };
}

test('faxes are decoded in the workbench, keep the focus order of tree and page, and come back after a reload', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { webview, messages } = workbench;
  const first = webview.getByRole('img', { name: 'Page 1 of 3' });
  const second = webview.getByRole('img', { name: 'Page 2 of 3' });
  const focused = (): Promise<boolean> =>
    webview.locator('body').evaluate(({ ownerDocument }) => ownerDocument.hasFocus());
  await admin.deliverAll([
    fax('Tess Text', 1, 'application/pdf', 'text.pdf'),
    fax('Tina Fine', 2, 'image/tiff', 'fax-timber-quote.tif'),
  ]);
  await signIn();

  for (const sender of ['Tess Text', 'Tina Fine'])
    await test.step(`the fax from ${sender} is decoded`, async () => {
      await messages.row(new RegExp(`^${sender}`)).expand();
      const heading = webview.getByRole('heading', { name: sender, level: 1 });
      await messages.row(new RegExp(`, from ${sender}`)).open({ shows: heading });
      await expect(workbench.tab(sender)).toBeVisible();
      expect((await pixelsOf(first)).ink).toBeGreaterThan(0.005);
    });
  await expect(workbench.tab('Tess Text'), 'its tab was used again').toHaveCount(0);

  await test.step('the focus stays in the tree until a key moves it into the page, and can be moved back', async () => {
    const row = messages.row(/, from Tina Fine/).locator;
    const tree = messages.pane.getByRole('tree');
    await expect(row).toHaveAttribute('aria-selected', 'true');
    await expect(tree).toBeFocused();
    await page.keyboard.press('ControlOrMeta+1');
    await expect.poll(focused).toBe(true);
    await page.keyboard.press('PageDown');
    await expect(webview.getByRole('textbox', { name: 'Page number' })).toHaveValue('2');
    await page.keyboard.press('ControlOrMeta+0');
    await expect(tree).toBeFocused();
    await expect.poll(focused).toBe(false);
  });

  await test.step('a reload restores the tab at the page of the fax that was shown', async () => {
    await expect.poll(() => keptState(page)).toMatch(/place[\\"]+:\{[\\"]+page[\\"]+:2/);
    await workbench.reload();
    expect((await pixelsOf(second)).ink).toBeGreaterThan(0.005);
    await expect(webview.getByRole('textbox', { name: 'Page number' })).toHaveValue('2');
    await expect(workbench.tab('Tina Fine')).toBeVisible();
  });
});
