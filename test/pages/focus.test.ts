import type { Locator } from '@playwright/test';
import { deliverConversation, FRIEND } from '../builders/conversation';
import { mediaFolder } from '../e2e/mediaFolder';
import type { Editor } from './editor/editor';
import { expect, test } from './fixtures';

test.use({ emulatorOptions: { messages: 0, mediaDirectory: mediaFolder('media') } });

const voicemail = {
  type: 'VoiceMail',
  from: { name: 'Vera Voice', phoneNumber: '+16505550101' },
  attachments: [
    { type: 'AudioRecording', contentType: 'audio/x-wav', file: 'mu-law.wav', fileName: 'mu-law.wav' },
  ],
};

/** Presses a button as somebody does who has no mouse. */
async function pressByKey({ page }: Editor, button: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press('Enter');
}

/** Whether something in the page has the focus, which the keys go to. */
function hasFocus({ webview }: Editor): Promise<boolean> {
  return webview.locator('body').evaluate((body) => body !== body.ownerDocument.activeElement);
}

test.describe('the focus is not lost', () => {
  test('when an attachment is saved, and when it is loaded again after a failure', async ({
    editor,
    admin,
  }) => {
    const { webview } = editor;
    await admin.deliver(voicemail);
    await editor.signIn();
    await admin.fail({ path: '/content/', status: 403, errorCode: 'CMN-408' });
    await editor.openMessage('Vera Voice');
    await editor.enterPage();
    const retry = webview.getByRole('button', { name: 'Retry' });
    await pressByKey(editor, retry);
    await expect(webview.getByRole('slider', { name: /^Recording/ })).toBeVisible();
    expect(await hasFocus(editor)).toBe(true);

    const save = webview.getByRole('button', { name: 'Save mu-law.wav…' });
    await pressByKey(editor, save);
    await expect(save).toBeEnabled();
    await expect(save).toBeFocused();
  });

  test('when the message on the page is gone', async ({ editor, admin }) => {
    const { id } = await admin.deliver(voicemail);
    await editor.signIn();
    await editor.openMessage('Vera Voice');
    await editor.enterPage();
    await editor.webview.getByRole('slider', { name: /^Recording/ }).focus();
    await admin.change(id, { availability: 'Purged' });
    await expect(editor.webview.getByRole('group', { name: 'This message is no longer' })).toBeFocused();
  });

  test('when a jump button has led to where it leads', async ({ editor, admin }) => {
    const { webview } = editor;
    await deliverConversation(admin, 400);
    await editor.signIn();
    await editor.openConversation(FRIEND.name);
    await editor.enterPage();
    await editor.page.keyboard.press('Home');
    await expect(webview.getByRole('article').first()).toBeFocused();
    const latest = webview.getByRole('button', { name: 'Jump to Latest' });
    await pressByKey(editor, latest);
    await expect(webview.getByRole('article').last()).toBeFocused();
    await expect(latest).toBeHidden();
  });
});
