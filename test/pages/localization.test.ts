/** Pages in another language: nothing is left in English, and numbers and dates are that language's. */
import { readBundle } from '../localization/bundles';
import { englishIn, PSEUDO_LOCALE, pseudoBundle } from '../localization/pseudo';
import { mediaFolder } from '../e2e/mediaFolder';
import type { Editor } from './editor/editor';
import { expect, test } from './fixtures';

const bundle = pseudoBundle(readBundle('l10n/bundle.l10n.json'));

test.use({
  localization: { language: PSEUDO_LOCALE, bundle },
  emulatorOptions: { messages: 0, mediaDirectory: mediaFolder('media') },
});

const attachment = (type: string, contentType: string, file: string): object => ({
  type,
  contentType,
  file,
  fileName: file,
});

const vera = { name: 'Vera Voice', phoneNumber: '+16505550101' };
const tina = { name: 'Tina Fine', phoneNumber: '+16505550104' };
const mia = { name: 'Mia Mms', phoneNumber: '+16505550103' };
const messages = [
  {
    type: 'VoiceMail',
    from: vera,
    vmTranscriptionStatus: 'CompletedPartially',
    attachments: [
      attachment('AudioRecording', 'audio/x-wav', 'mu-law.wav'),
      { type: 'AudioTranscription', contentType: 'text/plain', text: 'See you there.' },
    ],
  },
  {
    type: 'VoiceMail',
    from: { name: 'Gus Mobile', phoneNumber: '+16505550102' },
    vmTranscriptionStatus: 'Failed',
    attachments: [attachment('AudioRecording', 'audio/midi', 'gsm.wav')],
  },
  {
    type: 'Fax',
    from: tina,
    faxPageCount: 2,
    coverPageText: 'Please sign.',
    attachments: [attachment('RenderedDocument', 'image/tiff', 'fax-timber-quote.tif')],
  },
  {
    from: mia,
    text: 'Files',
    attachments: [
      attachment('MmsAttachment', 'image/png', 'site-plan.png'),
      attachment('MmsAttachment', 'video/mp4', 'pendant.mp4'),
      attachment('MmsAttachment', 'text/vcard', 'ben-castellano.vcf'),
      attachment('MmsAttachment', 'text/plain', 'materials.txt'),
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

/** What people wrote and are called, and what their files say. */
const DATA = [
  ...[
    'Vera Voice',
    'Gus Mobile',
    'Tina Fine',
    'Mia Mms',
    'Ben Castellano',
    'See you there.',
    'Please sign.',
    'Files',
    'Thank you!',
  ],
  ...[
    'mu-law.wav',
    'gsm.wav',
    'fax-timber-quote.tif',
    'site-plan.png',
    'pendant.mp4',
    'ben-castellano.vcf',
    'materials.txt',
  ],
  ...['IMG_0001.HEIC', 'audio/midi'],
];

/** Where a link leads, which its hover says. */
const ADDRESS = /\b(?:tel|mailto|https?):\S+/g;

/** Everything that the page in front says, to the eye and to a screen reader, by elements. */
async function texts({ webview }: Editor): Promise<string[]> {
  return webview.locator('html').evaluate((html) => {
    const said: string[] = [];
    const attributes = [
      'aria-label',
      'title',
      'alt',
      'placeholder',
      'aria-valuetext',
      'aria-description',
      'aria-roledescription',
    ];
    for (const each of html.querySelectorAll('*')) {
      for (const name of attributes) said.push(each.getAttribute(name) ?? '');
      if (each.matches('script, style')) continue;
      for (const node of each.childNodes)
        if (node.nodeType === Node.TEXT_NODE) said.push(node.nodeValue ?? '');
    }
    return [...new Set(said.map((text) => text.trim()).filter(Boolean))];
  });
}

async function expectNoEnglish(editor: Editor, where: string, data: readonly string[] = []): Promise<void> {
  const said = [...(await texts(editor)), ...editor.tabs];
  // What it looks at is there, and is what the extension says.
  expect.soft(said.filter((text) => text.includes('⟦')).length, where).toBeGreaterThan(5);
  const english = said.filter((text) => englishIn(text.replace(ADDRESS, ''), [...DATA, ...data]).length > 0);
  expect.soft(english, where).toEqual([]);
}

test('pages have no English in them in another language, and say which it is', async ({ editor, admin }) => {
  await admin.deliverAll(messages);
  await editor.signIn();
  const { webview } = editor;

  await test.step('a voicemail', async () => {
    await editor.openMessage('Vera Voice');
    await expect(webview.getByText('See you there.')).toBeVisible();
    await expect(webview.locator('html')).toHaveAttribute('lang', PSEUDO_LOCALE);
    await expectNoEnglish(editor, 'voicemail');
  });

  await test.step('a voicemail that cannot be played', async () => {
    await editor.openMessage('Gus Mobile');
    await expect(webview.getByRole('button', { name: 'gsm.wav' }).first()).toBeVisible();
    await expectNoEnglish(editor, 'voicemail that cannot be played');
  });

  await test.step('a fax', async () => {
    await editor.openMessage('Tina Fine');
    await expect(webview.locator('canvas').first()).toBeVisible();
    await expectNoEnglish(editor, 'fax');
  });

  await test.step('a conversation, with a message that is selected', async () => {
    await editor.openConversation('Mia Mms');
    await expect(webview.getByText('Thank you!')).toBeVisible();
    await webview.getByText('Thank you!').click({ modifiers: ['Control'] });
    await expectNoEnglish(editor, 'conversation');
  });

  await test.step('the files of a message', async () => {
    await editor.openPage(() => webview.getByRole('button', { name: 'materials.txt' }).first().click());
    await expect(webview.getByText('pocket screws')).toBeVisible();
    const content = await webview.locator('pre').allInnerTexts();
    const card = await webview.locator('.contact, .vcard').allInnerTexts();
    await expectNoEnglish(
      editor,
      'files',
      [...content, ...card].flatMap((text) => text.split('\n')),
    );
  });
});
