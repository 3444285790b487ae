import type { Locator } from '@playwright/test';
import { mediaFolder } from '../e2e/mediaFolder';
import type { Editor } from './editor/editor';
import { boxOf } from './boxOf';
import { expectAccessible } from './expectAccessible';
import { expect, test } from './fixtures';

test.use({ emulatorOptions: { messages: 0, mediaDirectory: mediaFolder('media') } });

const ADA = { name: 'Ada Park', phoneNumber: '+16505550101' };
const BEN = { name: 'Benedetta Castellano-Worthington', phoneNumber: '+16505550102' };

const voicemail = {
  type: 'VoiceMail',
  from: ADA,
  attachments: [
    { type: 'AudioRecording', contentType: 'audio/x-wav', file: 'mu-law.wav', fileName: 'mu-law.wav' },
  ],
};

const fax = {
  type: 'Fax',
  from: BEN,
  attachments: [
    {
      type: 'RenderedDocument',
      contentType: 'image/tiff',
      file: 'fax-timber-quote.tif',
      fileName: 'fax-timber-quote.tif',
    },
  ],
};

/** Lets the account be one of RingCentral's own server, which alone has numbers that its app can reach. */
function takeForProduction(editor: Editor): void {
  const account = editor.api.accounts.current;
  if (!account) throw new Error('Nobody is signed in.');
  Object.defineProperty(account, 'server', { value: 'production' });
}

async function signInToProduction(editor: Editor): Promise<void> {
  await editor.signIn();
  takeForProduction(editor);
}

const reply = ({ webview }: Editor, name: string): Locator =>
  webview.getByRole('button', { name: `Reply to ${name}`, exact: true });
const call = ({ webview }: Editor, name: string): Locator =>
  webview.getByRole('button', { name: `Call ${name}`, exact: true });

/** Expects that at 300 pixels nothing sticks out, and that what tells who it is has room. */
async function expectRoomWhenNarrow({ page, webview }: Editor, who: string): Promise<void> {
  await page.setViewportSize({ width: 300, height: 700 });
  await expect.poll(() => webview.locator('html').evaluate(() => innerWidth)).toBe(300);
  expect(await webview.locator('html').evaluate((root) => root.scrollWidth)).toBe(300);
  const { width } = await boxOf(webview.locator(who));
  expect(width).toBeGreaterThan(200);
}

test.describe('Reply and Call', () => {
  test('open RingCentral from a voicemail, and keep the focus when something of the message changes', async ({
    editor,
    admin,
  }) => {
    const { id } = await admin.deliver(voicemail);
    await signInToProduction(editor);
    await editor.openMessage(ADA.name);
    await expect(reply(editor, ADA.name)).toHaveAccessibleDescription('');
    await expect(reply(editor, ADA.name)).toHaveText('Reply…');
    await editor.enterPage();
    await call(editor, ADA.name).focus();
    await admin.change(id, { priority: 'High' });
    await expect(editor.webview.getByText('Urgent')).toBeVisible();
    await expect(call(editor, ADA.name)).toBeFocused();
    await editor.page.keyboard.press('Enter');
    await expect
      .poll(() => editor.opened)
      .toEqual(['https://app.ringcentral.com/r/call?number=%2B16505550101']);

    editor.typed = 'On my way & “soon”';
    await editor.page.keyboard.press('Shift+Tab');
    await expect(reply(editor, ADA.name)).toBeFocused();
    await editor.page.keyboard.press('Space');
    await expect
      .poll(() => editor.opened[1])
      .toBe(
        'https://app.ringcentral.com/r/sms?type=new&number=%2B16505550101' +
          '&content=On%20my%20way%20%26%20%E2%80%9Csoon%E2%80%9D',
      );
    await expectRoomWhenNarrow(editor, '.message-head');
    await expectAccessible(editor);
  });

  test('open RingCentral from a fax, where they leave the name its room', async ({ editor, admin }) => {
    await admin.deliver(fax);
    await signInToProduction(editor);
    await editor.openMessage(BEN.name);
    await reply(editor, BEN.name).click();
    await call(editor, BEN.name).click();
    // Nothing is typed: the reply is given up.
    await expect
      .poll(() => editor.opened)
      .toEqual(['https://app.ringcentral.com/r/call?number=%2B16505550102']);
    await expectRoomWhenNarrow(editor, '.message-head');
  });

  test('open RingCentral from a conversation, where they leave the name its room', async ({
    editor,
    admin,
  }) => {
    await admin.deliver({ direction: 'Outbound', to: [BEN], text: 'Shall I come?' });
    await signInToProduction(editor);
    await editor.openConversation(BEN.name);
    await call(editor, BEN.name).click();
    editor.typed = '';
    await reply(editor, BEN.name).click();
    await expect
      .poll(() => editor.opened)
      .toEqual([
        'https://app.ringcentral.com/r/call?number=%2B16505550102',
        'https://app.ringcentral.com/r/sms?type=new&number=%2B16505550102',
      ]);
    await expectRoomWhenNarrow(editor, '.conversation-who');
    await expectAccessible(editor);
  });

  test('are there for a number, and not for an extension or in an account of another server', async ({
    editor,
    admin,
  }) => {
    await admin.deliverAll([
      { type: 'Pager', from: { name: 'Cy Young', extensionNumber: '102' }, text: 'Lunch?' },
      { from: ADA, text: 'Dear one' },
    ]);
    const { webview } = editor;
    await editor.signIn();
    await editor.openConversation(ADA.name);
    await expect(webview.getByText('Dear one')).toBeVisible();
    await expect(reply(editor, ADA.name)).toBeHidden();
    await expect(call(editor, ADA.name)).toBeHidden();
    takeForProduction(editor);
    await editor.openConversation('Cy Young');
    await expect(webview.getByText('Lunch?')).toBeVisible();
    await expect(reply(editor, 'Cy Young')).toBeHidden();
    await expect(call(editor, 'Cy Young')).toBeHidden();
    await editor.openConversation(ADA.name);
    await expect(reply(editor, ADA.name)).toBeVisible();
    await expect(call(editor, ADA.name)).toBeVisible();
  });
});
