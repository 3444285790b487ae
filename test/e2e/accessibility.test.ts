import { rmSync } from 'node:fs';
import type { FrameLocator, Page } from '@playwright/test';
import { accessibilityProblems } from './accessibility';
import { expect, signIn, test } from './emulated';
import { mediaFolder } from './mediaFolder';

const media = mediaFolder('media');
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });
test.afterAll(() => rmSync(media, { recursive: true, force: true }));

const THEMES = ['Light Modern', 'Dark Modern', 'Light High Contrast', 'Dark High Contrast'];

const attachment = (type: string, contentType: string, file: string): object => ({
  type,
  contentType,
  file,
  fileName: file,
});

const messages = [
  {
    type: 'VoiceMail',
    from: { name: 'Vera Voice', phoneNumber: '+16505550101' },
    vmTranscriptionStatus: 'CompletedPartially',
    attachments: [
      attachment('AudioRecording', 'audio/x-wav', 'mu-law.wav'),
      { type: 'AudioTranscription', contentType: 'text/plain', text: 'See https://example.com, please.' },
    ],
  },
  {
    type: 'VoiceMail',
    from: { name: 'Gus Mobile', phoneNumber: '+16505550102' },
    vmTranscriptionStatus: 'Failed',
    attachments: [attachment('AudioRecording', 'audio/x-wav', 'gsm.wav')],
  },
  {
    from: { name: 'Mia Mms', phoneNumber: '+16505550103' },
    text: 'Files, see https://example.com',
    attachments: [
      attachment('MmsAttachment', 'image/gif', 'blink.gif'),
      attachment('MmsAttachment', 'image/png', 'site-plan.png'),
      attachment('MmsAttachment', 'video/mp4', 'pendant.mp4'),
      attachment('MmsAttachment', 'text/vcard', 'ben-castellano.vcf'),
      attachment('MmsAttachment', 'text/plain', 'materials.txt'),
      attachment('MmsAttachment', 'image/tiff', 'green.tif'),
      { ...attachment('MmsAttachment', 'image/heic', 'materials.txt'), fileName: 'IMG_0001.HEIC' },
    ],
  },
  {
    direction: 'Outbound',
    to: [{ name: 'Mia Mms', phoneNumber: '+16505550103' }],
    messageStatus: 'DeliveryFailed',
    priority: 'High',
    text: 'Thank you!',
  },
];

/** Chooses a theme as a person does. */
async function chooseTheme(page: Page, name: string, webview: FrameLocator): Promise<void> {
  const kind = name.includes('High Contrast')
    ? name.startsWith('Light')
      ? 'vscode-high-contrast-light'
      : 'vscode-high-contrast'
    : name.startsWith('Light')
      ? 'vscode-light'
      : 'vscode-dark';
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.press('ControlOrMeta+T');
  const input = page.locator('.quick-input-widget input');
  await input.fill(name);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
  await expect(webview.locator('body')).toHaveClass(new RegExp(`(^| )${kind}( |$)`));
}

/** Elements that lie partly beside the page, which then has to be scrolled sideways. */
function sidewaysScroll(webview: FrameLocator): Promise<number> {
  return webview.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
}

test('every page can be read and used by everybody, in every theme and in a narrow pane', async ({
  workbench,
  emulator,
  admin,
  page,
}) => {
  test.setTimeout(240_000);
  const { webview, messages: view } = workbench;
  await admin.deliverAll(messages);
  await signIn(workbench, emulator);

  const pages: Readonly<Record<string, () => Promise<void>>> = {
    voicemail: async () => {
      await view.row(/^Vera Voice/).expand();
      await view.row(/, from Vera Voice/).click();
      await expect(webview.getByRole('slider', { name: /^Recording/ })).toBeVisible();
      await expect(webview.getByRole('link', { name: 'https://example.com' })).toBeVisible();
    },
    'a voicemail that cannot be played': async () => {
      await view.row(/^Gus Mobile/).expand();
      await view.row(/, from Gus Mobile/).click();
      await expect(webview.getByText('This audio format cannot be played here.')).toBeVisible();
    },
    conversation: async () => {
      await view.row(/^Mia Mms/).pressAction('Open');
      await expect(webview.getByText('Thank you!')).toBeVisible();
      await expect(webview.getByRole('button', { name: 'Open site-plan.png' }).locator('img')).toBeVisible();
    },
    'pictures, contact, text and a TIFF': async () => {
      await webview.getByRole('button', { name: 'Open materials.txt' }).click();
      await expect(webview.getByRole('region', { name: 'materials.txt' })).toContainText('pocket screws');
      await webview.getByRole('heading', { name: 'Ben Castellano' }).scrollIntoViewIfNeeded();
      await webview.getByRole('group', { name: 'blink.gif' }).scrollIntoViewIfNeeded();
      await expect(webview.getByRole('img', { name: 'blink.gif' })).toBeVisible();
    },
    'a video': async () => {
      await webview.getByRole('button', { name: /^pendant\.mp4, / }).click();
      await expect(webview.locator('video')).toBeVisible();
    },
    'a picture that cannot be shown': async () => {
      await webview.getByRole('button', { name: /^IMG_0001\.HEIC, / }).click();
      await expect(webview.getByText('This file cannot be shown here.')).toBeVisible();
    },
    'a message that is gone': async () => {
      for (const { id } of (await admin.state()).messages) await admin.change(id, { availability: 'Purged' });
      await view.pressAction('Refresh');
      await expect(webview.getByText('This message is no longer in the mailbox.')).toBeVisible();
    },
  };
  for (const [name, show] of Object.entries(pages)) {
    await show();
    for (const theme of THEMES)
      await test.step(`${name}: ${theme}`, async () => {
        await chooseTheme(page, theme, webview);
        expect(await accessibilityProblems(webview)).toEqual([]);
      });
    await test.step(`${name}: in a narrow pane`, async () => {
      // As much room as there is on a small screen at 200 %.
      await workbench.page.setViewportSize({ width: 660, height: 450 });
      await expect.poll(() => webview.locator('html').evaluate(() => innerWidth)).toBeLessThanOrEqual(320);
      expect(await sidewaysScroll(webview)).toBe(0);
      expect(await accessibilityProblems(webview)).toEqual([]);
      await workbench.page.setViewportSize({ width: 1280, height: 900 });
    });
  }
});

test('a voicemail and its pictures are used with the Tab key, and show where one is', async ({
  workbench,
  emulator,
  admin,
  page,
}) => {
  const { webview, messages: view } = workbench;
  await admin.deliverAll(messages);
  await signIn(workbench, emulator);
  await view.row(/^Vera Voice/).expand();
  await view.row(/, from Vera Voice/).click();
  const slider = webview.getByRole('slider', { name: /^Recording/ });
  await slider.focus();
  const reached: string[] = [];
  for (let step = 0; step < 12; step++) {
    const focused = webview.locator(':focus');
    reached.push((await focused.getAttribute('aria-label')) ?? (await focused.innerText()));
    const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline, reached.at(-1)).not.toBe('none');
    await page.keyboard.press('Tab');
  }
  expect(reached.map((name) => name.trim().split('\n')[0])).toEqual([
    'Recording mu-law.wav',
    'Play',
    'Slower',
    'Speed',
    'Faster',
    'Skip Silence',
    'Mute',
    'Volume',
    'Previous Unread',
    'Next Unread',
    'Play Through All Unread',
    'https://example.com',
  ]);
});
