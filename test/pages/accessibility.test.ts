import { mediaFolder } from '../e2e/mediaFolder';
import type { Editor } from './editor/editor';
import { expectAccessible, expectSaidOnce } from './expectAccessible';
import { expect, test } from './fixtures';

const media = mediaFolder('media');
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

const attachment = (type: string, contentType: string, file: string): object => ({
  type,
  contentType,
  file,
  fileName: file,
});

const voicemail = {
  type: 'VoiceMail',
  from: { name: 'Vera Voice', phoneNumber: '+16505550101' },
  vmTranscriptionStatus: 'CompletedPartially',
  attachments: [
    attachment('AudioRecording', 'audio/x-wav', 'mu-law.wav'),
    { type: 'AudioTranscription', contentType: 'text/plain', text: 'See https://example.com, please.' },
  ],
};

const unplayableVoicemail = {
  type: 'VoiceMail',
  from: { name: 'Gus Mobile', phoneNumber: '+16505550102' },
  vmTranscriptionStatus: 'Failed',
  attachments: [attachment('AudioRecording', 'audio/midi', 'gsm.wav')],
};

const fax = {
  type: 'Fax',
  from: { name: 'Tina Fine', phoneNumber: '+16505550104' },
  attachments: [attachment('RenderedDocument', 'image/tiff', 'fax-timber-quote.tif')],
};

const mia = { name: 'Mia Mms', phoneNumber: '+16505550103' };

const conversation = [
  {
    from: mia,
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
    to: [mia],
    messageStatus: 'DeliveryFailed',
    priority: 'High',
    text: 'Thank you!',
  },
];

/** Opens the page of the message that has the files of the conversation. */
async function openFiles(editor: Editor): Promise<void> {
  const { webview } = editor;
  await editor.openConversation('Mia Mms');
  await editor.openPage(() => webview.getByRole('button', { name: 'Open materials.txt' }).click());
  await expect(webview.getByRole('region', { name: 'materials.txt' })).toContainText('pocket screws');
}

/** What the Tab key leads to, beginning with what has the focus now. Wherever one is, it is seen. */
async function tabStops({ page, webview }: Editor, count: number): Promise<readonly string[]> {
  const reached: string[] = [];
  for (let step = 0; step < count; step++) {
    const focused = webview.locator(':focus');
    // An icon is named by its tooltip.
    const name =
      (await focused.getAttribute('aria-label')) ??
      ((await focused.innerText()).trim() || (await focused.getAttribute('title')));
    reached.push(name?.trim().split('\n')[0] ?? '');
    const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline, reached.at(-1)).not.toBe('none');
    await page.keyboard.press('Tab');
  }
  return reached;
}

test.describe('can be read and used by everybody, in every theme and at 200 %', () => {
  test('a voicemail', async ({ editor, admin }) => {
    const { webview } = editor;
    await admin.deliver(voicemail);
    await editor.signIn();
    await editor.openMessage('Vera Voice');
    await expect(webview.getByRole('slider', { name: /^Recording/ })).toBeVisible();
    await expect(webview.getByRole('link', { name: 'https://example.com' })).toBeVisible();
    await expectAccessible(editor);
  });

  test('a voicemail that cannot be played', async ({ editor, admin }) => {
    await admin.deliver(unplayableVoicemail);
    await editor.signIn();
    await editor.openMessage('Gus Mobile');
    await expect(editor.webview.getByText("This audio format isn't supported.")).toBeVisible();
    await expectAccessible(editor);
  });

  test('a conversation', async ({ editor, admin }) => {
    const { webview } = editor;
    await admin.deliverAll([...conversation, { from: mia, text: 'Never mind', availability: 'Deleted' }]);
    await editor.signIn();
    await editor.openConversation('Mia Mms');
    await webview.getByRole('button', { name: 'Show Deleted' }).press('Enter');
    await expect(webview.getByText('Never mind')).toBeVisible();
    await webview.getByRole('button', { name: 'Find', exact: true }).press('Enter');
    await webview.getByRole('article').first().press(' ');
    await expect(webview.getByText('1 selected')).toBeVisible();
    await expect(webview.getByText('Thank you!')).toBeVisible();
    await expect(webview.getByRole('button', { name: 'Open site-plan.png' }).locator('img')).toBeVisible();
    await expectAccessible(editor);
  });

  test('pictures, a contact, a text and a TIFF', async ({ editor, admin }) => {
    const { webview } = editor;
    await admin.deliverAll(conversation);
    await editor.signIn();
    await openFiles(editor);
    await webview.getByRole('heading', { name: 'Ben Castellano' }).scrollIntoViewIfNeeded();
    await webview.getByRole('img', { name: 'Page 1 of 1' }).scrollIntoViewIfNeeded();
    await webview.getByRole('group', { name: 'blink.gif' }).scrollIntoViewIfNeeded();
    await expect(webview.getByRole('img', { name: 'blink.gif' })).toBeVisible();
    await expectAccessible(editor);
  });

  test('a video', async ({ editor, admin }) => {
    const { webview } = editor;
    await admin.deliverAll(conversation);
    await editor.signIn();
    await openFiles(editor);
    await webview.getByRole('button', { name: /^pendant\.mp4, / }).click();
    await expect(webview.locator('video')).toBeVisible();
    await expectAccessible(editor);
  });

  test('a picture that cannot be shown', async ({ editor, admin }) => {
    const { webview } = editor;
    await admin.deliverAll(conversation);
    await editor.signIn();
    await openFiles(editor);
    await webview.getByRole('button', { name: /^IMG_0001\.HEIC, / }).click();
    await expect(webview.getByText("This file can't be shown here.")).toBeVisible();
    await expectAccessible(editor);
  });

  test('a message that is gone', async ({ editor, admin }) => {
    const { id } = await admin.deliver(voicemail);
    await editor.signIn();
    await editor.openMessage('Vera Voice');
    await admin.change(id, { availability: 'Purged' });
    await expect(editor.webview.getByText('This message is no longer in the mailbox.')).toBeVisible();
    await expectAccessible(editor);
  });
});

test.describe('is reached with the Tab key, which shows where one is', () => {
  test('everything about a voicemail', async ({ editor, admin }) => {
    await admin.deliverAll([voicemail, unplayableVoicemail]);
    await editor.signIn();
    await editor.openMessage('Vera Voice');
    await expect(editor.webview.getByRole('link', { name: 'https://example.com' })).toBeVisible();
    await editor.webview.getByRole('slider', { name: /^Recording/ }).focus();
    expect(await tabStops(editor, 12)).toEqual([
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
      'Play All Unread',
      'https://example.com',
    ]);
  });

  test('everything about pictures', async ({ editor, admin }) => {
    const { webview } = editor;
    await admin.deliverAll(conversation);
    await editor.signIn();
    await editor.openConversation('Mia Mms');
    await editor.openPage(() => webview.getByRole('button', { name: 'Open site-plan.png' }).click());
    await webview.getByRole('img', { name: 'site-plan.png' }).waitFor();
    // The document below has such buttons, too, once it is there.
    const picture = webview.locator('.gallery .attachment').filter({ visible: true });
    await picture.getByRole('button', { name: 'Zoom Out' }).focus();
    expect(await tabStops(editor, 14)).toEqual([
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

  test('everything about a fax', async ({ editor, admin }) => {
    const { webview } = editor;
    await admin.deliver(fax);
    await editor.signIn();
    await editor.openMessage('Tina Fine');
    await webview.getByRole('img', { name: 'Page 1 of 3' }).waitFor();
    await expectSaidOnce(editor);
    await webview.getByRole('button', { name: 'Thumbnails' }).focus();
    expect(await tabStops(editor, 14)).toEqual([
      'Thumbnails',
      'Previous Page',
      'Page number',
      'Next Page',
      'Zoom Out',
      'Zoom In',
      'Fit Width',
      'Fit Page',
      'Rotate',
      'Invert Colors',
      'Find',
      'Print fax-timber-quote.tif…',
      'Page 1 of 3',
      'Document fax-timber-quote.tif',
    ]);
  });
});
