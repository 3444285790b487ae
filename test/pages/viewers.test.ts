import type { Locator } from '@playwright/test';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { pressPlay } from '../e2e/pressPlay';
import { pixelsOf, type Picture } from '../e2e/pixels';
import type { Editor } from './editor/editor';
import { expect, test } from './fixtures';

const recording = (contentType: string, file: string): object => ({
  type: 'VoiceMail',
  attachments: [{ type: 'AudioRecording', contentType, file, fileName: file }],
});
const fax = (contentType: string, file: string): object => ({
  type: 'Fax',
  attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
});
const mms = (contentType: string, file: string): object => ({
  text: 'A file',
  attachments: [{ type: 'MmsAttachment', contentType, file, fileName: file }],
});

const senders = ['Ann Other', 'Bob Other', 'Cid Other', 'Dan Other'] as const;

/** Has messages come in, each from somebody else: `senders` in their order. */
async function deliver(admin: EmulatorAdmin, messages: readonly object[]): Promise<void> {
  await admin.deliverAll(
    messages.map((message, index) => ({
      from: { name: senders[index], phoneNumber: `+1650555010${index}` },
      ...message,
    })),
  );
}

/** Opens the page of a text message at its file. */
async function openFile(editor: Editor, admin: EmulatorAdmin, message: object): Promise<void> {
  await deliver(admin, [message]);
  await editor.signIn();
  await editor.openMessage(senders[0]);
  await editor.openPage(() => editor.webview.getByRole('button', { name: /^Open / }).click());
  expect(editor.tabs).toHaveLength(2);
  await editor.enterPage();
}

/** Starts a player by the keyboard and waits until it is under way. @returns how long it plays, in seconds */
async function play(player: Locator): Promise<number> {
  await pressPlay(player);
  return lengthOfPlaying(player);
}

/** Waits until a player is under way. @returns how long it plays, in seconds */
async function lengthOfPlaying(player: Locator): Promise<number> {
  await expect
    .poll(() => player.evaluate((media: HTMLMediaElement) => media.currentTime))
    .toBeGreaterThan(0.3);
  return player.evaluate((media: HTMLMediaElement) => media.duration);
}

/** Goes through a document, forward by the button and back by the key. @returns what was on each page */
async function pageThrough({ webview }: Editor, pages: number): Promise<Picture[]> {
  const sheet = (page: number): Locator => webview.getByRole('img', { name: `Page ${page} of ${pages}` });
  const number = webview.getByRole('textbox', { name: 'Page number' });
  const next = webview.getByRole('button', { name: 'Next Page' });
  const seen = [await pixelsOf(sheet(1))];
  for (let page = 2; page <= pages; page++) {
    await next.click();
    await expect(number).toHaveValue(String(page));
    await expect(sheet(page)).toBeInViewport();
    seen.push(await pixelsOf(sheet(page)));
  }
  await expect(next).toBeDisabled();
  for (let page = pages - 1; page >= 1; page--) {
    await webview.locator('body').press('PageUp');
    await expect(number).toHaveValue(String(page));
    await expect(sheet(page)).toBeInViewport();
  }
  expect(await pixelsOf(sheet(1))).toEqual(seen[0]);
  return seen;
}

function expectWrittenPages(pictures: readonly Picture[]): void {
  for (const { width, height, ink } of pictures) {
    expect(height / width, 'the shape of a sheet of paper').toBeGreaterThan(1.25);
    expect(height / width, 'the shape of a sheet of paper').toBeLessThan(1.45);
    expect(ink, 'not empty').toBeGreaterThan(0.005);
    expect(ink, 'not black').toBeLessThan(0.3);
  }
  expect(new Set(pictures.map(({ checksum }) => checksum)).size, 'each another').toBe(pictures.length);
}

test('voicemails in PCM, µ-law, MP3 and GSM play and report their duration', async ({ editor, admin }) => {
  const { webview } = editor;
  await deliver(admin, [
    recording('audio/x-wav', 'voicemail-maya.wav'),
    recording('audio/x-wav', 'voicemail-ben.wav'),
    recording('audio/mpeg', 'voicemail-ruth.mp3'),
    recording('audio/x-wav', 'voicemail-inspector.wav'),
  ]);
  await editor.signIn();
  const playable = [
    ['PCM', 7],
    ['µ-law', 10],
    ['MP3', 12],
    ['GSM', 8],
  ] as const;
  for (const [index, [format, seconds]] of playable.entries())
    await test.step(`a voicemail in ${format} plays for ${seconds} seconds`, async () => {
      await editor.openMessage(senders[index] ?? '');
      // The page may play the others by itself, because a key was pressed in it.
      if (index === 0) await webview.getByRole('slider', { name: /^Recording/ }).press(' ');
      expect(Math.abs((await lengthOfPlaying(webview.locator('audio'))) - seconds)).toBeLessThan(1);
    });
});

test('paging through a TIFF or PDF fax shows each of its pages', async ({ editor, admin }) => {
  const faxes = [
    ['a TIFF fax in fine resolution', 'image/tiff', 'fax-timber-quote.tif', 3],
    ['a TIFF fax in coarse resolution', 'image/tiff', 'fax-permit-review.tif', 2],
    ['a scanned PDF fax', 'application/pdf', 'fax-agreement.pdf', 2],
    ['a typed PDF fax', 'application/pdf', 'fax-change-order.pdf', 3],
  ] as const;
  await deliver(
    admin,
    faxes.map(([, contentType, file]) => fax(contentType, file)),
  );
  await editor.signIn();
  for (const [index, [what, , , pages]] of faxes.entries())
    await test.step(what, async () => {
      await editor.openMessage(senders[index] ?? '');
      expectWrittenPages(await pageThrough(editor, pages));
    });
});

test('a video of a text message plays with visible pictures', async ({ editor, admin }) => {
  await openFile(editor, admin, mms('video/mp4', 'pendant.mp4'));
  const video = editor.webview.locator('video');
  expect(Math.abs((await play(video)) - 4)).toBeLessThan(0.5);
  expect(await pixelsOf(video)).toMatchObject({ width: 360, height: 270 });
  expect((await pixelsOf(video)).colours).toBeGreaterThan(50);
});

test('a picture of a text message is shown in full resolution', async ({ editor, admin }) => {
  await openFile(editor, admin, mms('image/png', 'site-plan.png'));
  const picture = editor.webview.getByRole('img', { name: 'site-plan.png' });
  expect(await pixelsOf(picture)).toMatchObject({ width: 1000, height: 750 });
  expect((await pixelsOf(picture)).colours).toBeGreaterThan(50);
});

test('a contact of a text message is shown with a link to call its number', async ({ editor, admin }) => {
  await openFile(editor, admin, mms('text/vcard', 'ben-castellano.vcf'));
  const contact = editor.webview.getByRole('region', { name: 'ben-castellano.vcf' });
  await contact.scrollIntoViewIfNeeded();
  await expect(contact.getByRole('heading', { name: 'Ben Castellano' })).toBeVisible();
  const number = contact.getByRole('link', { name: '+1-541-555-0175' });
  await expect(number).toHaveAttribute('href', 'tel:+15415550175');
});

test('a text file of a text message is shown', async ({ editor, admin }) => {
  await openFile(editor, admin, mms('text/plain', 'materials.txt'));
  const text = editor.webview.getByRole('region', { name: 'materials.txt' });
  await text.scrollIntoViewIfNeeded();
  await expect(text).toContainText('box of pocket screws');
});

test('a file without a name has the name, the place and the icon that its type gives it', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const file = (contentType: string, name: string, fileName?: string): object => ({
    type: 'MmsAttachment',
    contentType,
    file: name,
    fileName,
  });
  await deliver(admin, [
    {
      text: 'Files',
      attachments: [
        file('audio/x-wav', 'voicemail-maya.wav'),
        file('audio/wav', 'voicemail-maya.wav', 'named.wav'),
        file('application/x-pdf', 'fax-agreement.pdf'),
        file('application/pdf', 'fax-agreement.pdf', 'named.pdf'),
        file('text/x-vcard', 'ben-castellano.vcf'),
        file('text/vcard', 'ben-castellano.vcf', 'named.vcf'),
        file('application/x-unknown', 'materials.txt'),
      ],
    },
  ]);
  await editor.signIn();
  await editor.openMessage(senders[0]);
  await editor.openPage(() => webview.getByRole('button', { name: 'Open named.wav' }).click());
  const iconOf = async (name: string, kind: string): Promise<string | null> => {
    const label = webview.locator('.attachment-name').getByText(name, { exact: true });
    const card = webview.locator('.attachment').filter({ has: label }).first();
    await expect(card).toHaveClass(`attachment ${kind}`);
    return card.locator('.attachment-head > .icon path').getAttribute('d');
  };
  const icons = [
    await iconOf('Recording', 'audio'),
    await iconOf('PDF', 'pdf'),
    await iconOf('Contact card', 'vcard'),
  ];
  expect(new Set(icons).size).toBe(3);
  expect(icons).toEqual([
    await iconOf('named.wav', 'audio'),
    await iconOf('named.pdf', 'pdf'),
    await iconOf('named.vcf', 'vcard'),
  ]);
  expect(await iconOf('application/x-unknown', 'unshowable')).not.toBe(icons[0]);
});

test('opening a video from a conversation opens its message in another tab at that video', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const [plan, video] = [mms('image/png', 'site-plan.png'), mms('video/mp4', 'pendant.mp4')] as const;
  await deliver(admin, [
    {
      text: 'Two files',
      attachments: [plan, video].flatMap((each) => (each as { attachments: object[] }).attachments),
    },
  ]);
  await editor.signIn();
  await editor.openMessage(senders[0]);
  await editor.openPage(() => webview.getByRole('button', { name: 'Open pendant.mp4' }).click());
  await expect(webview.getByRole('button', { name: 'pendant.mp4, 2 of 2' })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await expect(webview.locator('video')).toBeVisible();
  expect(editor.tabs).toEqual([senders[0], senders[0]]);
});
