import { rmSync } from 'node:fs';
import type { FrameLocator } from '@playwright/test';
import { accessibilityProblems } from './accessibility';
import { expect, test } from './emulated';
import { mediaFolder } from './mediaFolder';
import type { Workbench } from './pages/workbench';
import { chooseTheme, themes } from './themes';
import { zoomWindow } from './zoomWindow';

const media = mediaFolder('media');
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });
test.afterAll(() => rmSync(media, { recursive: true, force: true }));

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
    type: 'Fax',
    from: { name: 'Tina Fine', phoneNumber: '+16505550104' },
    attachments: [attachment('RenderedDocument', 'image/tiff', 'fax-timber-quote.tif')],
  },
  {
    direction: 'Outbound',
    to: [{ name: 'Mia Mms', phoneNumber: '+16505550103' }],
    messageStatus: 'DeliveryFailed',
    priority: 'High',
    text: 'Thank you!',
  },
];

/** What the Tab key leads to, beginning with what has the focus now. Wherever one is, it is seen. */
async function tabStops({ page, webview }: Workbench, count: number): Promise<readonly string[]> {
  const reached: string[] = [];
  for (let step = 0; step < count; step++) {
    const focused = webview.locator(':focus');
    const name = (await focused.getAttribute('aria-label')) ?? (await focused.innerText());
    reached.push(name.trim().split('\n')[0] ?? '');
    const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline, reached.at(-1)).not.toBe('none');
    await page.keyboard.press('Tab');
  }
  return reached;
}

/** Elements that lie partly beside the page, which then has to be scrolled sideways. */
function sidewaysScroll(webview: FrameLocator): Promise<number> {
  return webview.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
}

test('every page can be read and used by everybody, in every theme and at 200 %', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  test.setTimeout(240_000);
  const { webview, messages: view } = workbench;
  await admin.deliverAll(messages);
  await signIn();

  const pages: Readonly<Record<string, () => Promise<void>>> = {
    voicemail: async () => {
      await view.row(/^Vera Voice/).expand();
      await view.row(/, from Vera Voice/).open({ shows: workbench.tab(/Vera Voice/) });
      await expect(webview.getByRole('slider', { name: /^Recording/ })).toBeVisible();
      await expect(webview.getByRole('link', { name: 'https://example.com' })).toBeVisible();
    },
    'a voicemail that cannot be played': async () => {
      await view.row(/^Gus Mobile/).expand();
      await view.row(/, from Gus Mobile/).open({ shows: workbench.tab(/Gus Mobile/) });
      await expect(webview.getByText('This audio format cannot be played here.')).toBeVisible();
    },
    conversation: async () => {
      await view.row(/^Mia Mms/).pressAction('Open', { shows: workbench.tab('Mia Mms') });
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
    for (const theme of themes)
      await test.step(`${name}: ${theme}`, async () => {
        await chooseTheme(workbench, theme);
        expect(await accessibilityProblems(webview)).toEqual([]);
      });
    await test.step(`${name}: at 200 %, in the narrow pane that is left`, async () => {
      await zoomWindow(page, 2);
      await expect.poll(() => webview.locator('html').evaluate(() => innerWidth)).toBeLessThanOrEqual(320);
      expect(await sidewaysScroll(webview)).toBe(0);
      expect(await accessibilityProblems(webview)).toEqual([]);
      await zoomWindow(page, 1);
    });
  }
});

test('everything on a page is reached with the Tab key, which shows where one is', async ({
  workbench,
  admin,
  signIn,
}) => {
  const { webview, messages: view } = workbench;
  await admin.deliverAll(messages);
  await signIn();

  await test.step('a voicemail', async () => {
    await view.row(/^Vera Voice/).expand();
    await view.row(/, from Vera Voice/).open({ shows: workbench.tab(/Vera Voice/) });
    await webview.getByRole('slider', { name: /^Recording/ }).focus();
    expect(await tabStops(workbench, 12)).toEqual([
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

  await test.step('pictures', async () => {
    await view.row(/^Mia Mms/).pressAction('Open', { shows: workbench.tab('Mia Mms') });
    await webview.getByRole('button', { name: 'Open site-plan.png' }).click();
    await webview.getByRole('img', { name: 'site-plan.png' }).waitFor();
    await webview.getByRole('button', { name: 'Zoom Out' }).filter({ visible: true }).focus();
    expect(await tabStops(workbench, 14)).toEqual([
      'Zoom Out',
      'Zoom In',
      'Fit',
      'Save site-plan.png…',
      'Open Externally: site-plan.png',
      'site-plan.png',
      'Previous',
      'blink.gif, 1 of 4',
      'site-plan.png, 2 of 4',
      'pendant.mp4, 3 of 4',
      'IMG_0001.HEIC, 4 of 4',
      'Next',
      'Save ben-castellano.vcf…',
      'Open Externally: ben-castellano.vcf',
    ]);
  });

  await test.step('a fax', async () => {
    await view.row(/^Tina Fine/).expand();
    await view.row(/, from Tina Fine/).open({ shows: workbench.tab(/Tina Fine/) });
    await webview.getByRole('img', { name: 'Page 1 of 3' }).waitFor();
    await webview.getByRole('button', { name: 'Thumbnails' }).focus();
    expect(await tabStops(workbench, 14)).toEqual([
      'Thumbnails',
      'Previous Page',
      'Page number',
      'Next Page',
      'Zoom Out',
      'Zoom In',
      'Fit Width',
      'Fit Page',
      'Rotate',
      'Light on Dark',
      'Find',
      'Print fax-timber-quote.tif…',
      'Page 1 of 3',
      'Document fax-timber-quote.tif',
    ]);
  });
});
