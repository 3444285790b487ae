import type { FrameLocator, Locator } from '@playwright/test';
import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { boxOf } from './boxOf';
import { pixelsOf } from '../e2e/pixels';
import type { Editor } from './editor/editor';
import { expect, test } from './fixtures';

// The sample mailbox.
test.use({ emulatorOptions: {} });

const MAYA = { name: 'Maya Okafor', phoneNumber: '+15415550114' };

async function open(editor: Editor, name = MAYA.name): Promise<void> {
  await editor.signIn();
  await editor.openConversation(name);
}

function bubble(webview: FrameLocator, text: string): Locator {
  return webview.getByRole('article').filter({ hasText: text });
}

/** Left and right edge on screen, in CSS pixels. */
async function edges(target: Locator): Promise<{ left: number; right: number }> {
  const box = await boxOf(target);
  return { left: box.x, right: box.x + box.width };
}

function direction(text: Locator): Promise<string> {
  return text.evaluate((element) => getComputedStyle(element).direction);
}

async function statusOf(admin: EmulatorAdmin, id: string | number): Promise<string | undefined> {
  return (await admin.state()).messages.find((message) => message.id === String(id))?.readStatus;
}

function isPaused(player: Locator): Promise<boolean> {
  return player.evaluate((element: HTMLMediaElement) => element.paused);
}

test('a conversation that is opened is read, and no other', async ({ editor, admin }) => {
  await editor.signIn();
  const unread = async (): Promise<readonly { readonly conversationId?: string }[]> =>
    (await admin.state()).messages.filter(({ readStatus }) => readStatus === 'Unread');
  const before = await unread();
  await editor.openConversation(MAYA.name);
  await expect.poll(async () => (await unread()).length).toBe(before.length - 2);
  const ids = new Set((await unread()).map(({ conversationId }) => conversationId));
  const read = before.filter(({ conversationId }) => !ids.has(conversationId));
  expect(read).toHaveLength(2);
  expect(new Set(read.map(({ conversationId }) => conversationId)).size, 'of one conversation').toBe(1);
});

test('what others have written is on the left of a conversation, and what we have on the right', async ({
  editor,
}) => {
  const { webview } = editor;
  await open(editor);
  const whole = await edges(bubble(webview, 'can the lemon tree move in already?'));
  const body = (text: string): Locator => bubble(webview, text).locator('.bubble-body');
  const theirs = await edges(body('can the lemon tree move in already?'));
  const ours = await edges(body('On our way with the oil for the counter.'));
  expect(theirs.left).toBeLessThan(whole.left + 40);
  expect(theirs.right).toBeLessThan(whole.right - 100);
  expect(ours.right).toBeCloseTo(whole.right, 0);
  expect(ours.left).toBeGreaterThan(whole.left + 100);
});

test('a picture is in its place in a conversation', async ({ editor }) => {
  const { webview } = editor;
  await open(editor);
  const picture = webview.getByRole('button', { name: 'Open whiteboard.jpg' }).locator('img');
  await expect(picture).toBeInViewport();
  const { width, height, colours } = await pixelsOf(picture);
  expect([width, height]).toEqual([1200, 900]);
  expect(colours).toBeGreaterThan(100);
});

test('a message that comes in is added at the end of a conversation', async ({ editor, admin }) => {
  await open(editor);
  await admin.deliver({ from: MAYA, text: 'Is anybody hungry?' });
  const message = bubble(editor.webview, 'Is anybody hungry?');
  await expect(message).toBeInViewport();
  await expect(editor.webview.getByRole('article').last()).toContainText('Is anybody hungry?');
});

test('a message that comes while one reads at the end of its conversation is read', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await open(editor);
  const before = await admin.deliver({ from: MAYA, text: 'Is anybody hungry?' });
  await bubble(webview, 'Is anybody hungry?').locator('.bubble-text').click();
  const { id } = await admin.deliver({ from: MAYA, text: 'Noodles at noon then' });
  await expect(bubble(webview, 'Noodles at noon then')).toBeInViewport();
  await expect.poll(() => statusOf(admin, id)).toBe('Read');
  expect(await statusOf(admin, before.id), 'that came before anybody was there').toBe('Unread');
});

test('a video and a recording are played in their place, by their own keys, and one at a time', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await admin.deliver({
    from: MAYA,
    text: 'Watch this pendant',
    attachments: [
      { type: 'MmsAttachment', contentType: 'video/mp4', file: 'pendant.mp4', fileName: 'pendant.mp4' },
      { type: 'MmsAttachment', contentType: 'audio/wav', file: 'voicemail-maya.wav', fileName: 'maya.wav' },
      { type: 'MmsAttachment', contentType: 'audio/amr', file: 'voicemail-maya.wav', fileName: 'maya.amr' },
    ],
  });
  await open(editor);
  const message = bubble(webview, 'Watch this pendant');
  const video = message.locator('video');
  const sound = message.locator('audio');
  await expect(video).toBeInViewport();
  expect(await pixelsOf(video)).toMatchObject({ width: 360, height: 270 });
  await expect(sound, 'what cannot be played is its name alone').toHaveCount(1);
  await expect(message.getByRole('button', { name: 'Open maya.amr' })).toBeVisible();
  await video.press(' ');
  await expect.poll(() => isPaused(video)).toBe(false);
  await expect(webview.getByText('1 selected')).toHaveCount(0);
  await sound.evaluate((element: HTMLMediaElement) => element.play());
  expect(await isPaused(video), 'one thing is heard at a time').toBe(true);
});

test('what becomes of a message that was sent is told, and its picture stays as it is', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const { id } = await admin.deliver({
    direction: 'Outbound',
    to: [MAYA],
    text: 'Here it is',
    messageStatus: 'Sent',
    attachments: [{ type: 'MmsAttachment', contentType: 'image/jpeg', file: 'tile-samples.jpg' }],
  });
  await open(editor);
  const message = bubble(webview, 'Here it is');
  await expect(message).toContainText('Sent');
  const picture = message.locator('img');
  await expect(picture).toBeInViewport();
  const shown = await picture.elementHandle();
  await admin.change(id, { messageStatus: 'DeliveryFailed', deliveryErrorCode: 'SMS-UP-430' });
  await expect(message).toContainText('SMS-UP-430');
  expect(await shown.evaluate((image) => image.isConnected)).toBe(true);
});

test('each text of a conversation has the direction of its script', async ({ editor }) => {
  const { webview } = editor;
  await open(editor, 'Noor Haddad');
  await expect(bubble(webview, 'Here they are')).toBeVisible();
  expect(await direction(webview.getByText('ممتاز، إلى اللقاء'))).toBe('rtl');
  expect(await direction(webview.getByText('He knows.'))).toBe('ltr');
});

test('VS Code is asked once to open a link of a conversation', async ({ editor }) => {
  const link = 'https://plans.example/haddad/courtyard.pdf';
  await open(editor, 'Noor Haddad');
  await editor.webview.getByRole('link', { name: link }).click();
  await expect.poll(() => editor.opened).toEqual([link]);
});
