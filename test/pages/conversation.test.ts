import type { Locator } from '@playwright/test';
import { CONVERSATION, deliverConversation, FRIEND, idOf } from '../builders/conversation';
import { pixelsOf } from '../e2e/pixels';
import { boxOf } from './boxOf';
import { bubble, enter, message, openConversationOf, press, refresh } from './conversation';
import { expectAccessible } from './expectAccessible';
import { expect, test } from './fixtures';
import { pressPlay } from '../e2e/pressPlay';

/** A message of ours to the friend. */
const fromUs = { direction: 'Outbound', to: [FRIEND], messageStatus: 'Sent' };
const fromFriend = { from: FRIEND };

function mms(contentType: string, file: string, fileName = file): object {
  return { type: 'MmsAttachment', contentType, file, fileName };
}

/** Left and right edge on screen, in CSS pixels. */
async function edges(target: Locator): Promise<{ left: number; right: number }> {
  const box = await boxOf(target);
  return { left: box.x, right: box.x + box.width };
}

function direction(text: Locator): Promise<string> {
  return text.evaluate((element) => getComputedStyle(element).direction);
}

/** Plays over and over, so that a video cannot have come to its end before it is looked at. */
function neverEnd(player: Locator): Promise<void> {
  return player.evaluate((element: HTMLMediaElement) => void (element.loop = true));
}

function isPaused(player: Locator): Promise<boolean> {
  return player.evaluate((element: HTMLMediaElement) => element.paused);
}

test('a conversation shows received messages on the left and sent messages on the right', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  await admin.deliverAll([
    { ...fromFriend, text: 'Can the lemon tree move in already?' },
    { ...fromUs, text: 'On our way with the oil for the counter.' },
  ]);
  await editor.signIn();
  await editor.openConversation(FRIEND.name);
  const body = (text: string): Locator => bubble(webview, text).locator('.bubble-body');
  const page = await edges(bubble(webview, 'Can the lemon tree move in already?'));
  const theirs = await edges(body('Can the lemon tree move in already?'));
  const ours = await edges(body('On our way with the oil for the counter.'));
  expect(theirs.left).toBeLessThan(page.left + 40);
  expect(theirs.right).toBeLessThan(page.right - 100);
  expect(ours.right).toBeCloseTo(page.right, 0);
  expect(ours.left).toBeGreaterThan(page.left + 100);
});

test('a picture is shown in its message', async ({ editor, admin }) => {
  await admin.deliver({
    ...fromUs,
    text: 'Green is done.',
    attachments: [mms('image/jpeg', 'whiteboard.jpg')],
  });
  await editor.signIn();
  await editor.openConversation(FRIEND.name);
  const picture = editor.webview.getByRole('button', { name: 'Open whiteboard.jpg' }).locator('img');
  await expect(picture).toBeInViewport();
  const { width, height, colours } = await pixelsOf(picture);
  expect([width, height]).toEqual([1200, 900]);
  expect(colours).toBeGreaterThan(100);
});

test.describe('a conversation with a video, a sound and a recording that no browser plays:', () => {
  test.beforeEach(async ({ editor, admin }) => {
    await admin.deliver({
      ...fromFriend,
      text: 'Watch this pendant',
      attachments: [
        mms('video/mp4', 'pendant.mp4'),
        mms('audio/wav', 'voicemail-maya.wav', 'maya.wav'),
        mms('audio/amr', 'voicemail-maya.wav', 'maya.amr'),
      ],
    });
    await editor.signIn();
    await editor.openConversation(FRIEND.name);
  });

  test('the space bar on a video plays it in place and does not select its message', async ({ editor }) => {
    const { webview } = editor;
    const video = webview.locator('video');
    await expect(video).toBeInViewport();
    expect(await pixelsOf(video)).toMatchObject({ width: 360, height: 270 });
    await neverEnd(video);
    await pressPlay(video);
    await expect.poll(() => isPaused(video)).toBe(false);
    await expect(webview.getByText('1 selected')).toHaveCount(0);
  });

  test('a video is paused when a sound begins to play', async ({ editor }) => {
    const video = editor.webview.locator('video');
    const sound = editor.webview.locator('audio');
    await neverEnd(video);
    await video.evaluate((element: HTMLMediaElement) => element.play());
    expect(await isPaused(video)).toBe(false);
    await sound.evaluate((element: HTMLMediaElement) => element.play());
    expect(await isPaused(video)).toBe(true);
    expect(await isPaused(sound)).toBe(false);
  });

  test('a recording that cannot be played is shown by its name only', async ({ editor }) => {
    const { webview } = editor;
    await expect(webview.getByRole('button', { name: 'Open maya.amr' })).toBeVisible();
    await expect(webview.locator('[aria-busy]')).toHaveCount(0);
    await expect(webview.locator('audio')).toHaveCount(1);
    await expect(webview.locator('audio')).toHaveAttribute('aria-label', 'maya.wav');
  });
});

test('a failed delivery is shown in its message without loading the picture again', async ({
  editor,
  admin,
}) => {
  const { id } = await admin.deliver({
    ...fromUs,
    text: 'Here it is',
    attachments: [mms('image/jpeg', 'tile-samples.jpg')],
  });
  await editor.signIn();
  await editor.openConversation(FRIEND.name);
  const ours = bubble(editor.webview, 'Here it is');
  await expect(ours).toContainText('Sent');
  const picture = ours.locator('img');
  await expect(picture).toBeInViewport();
  const shown = await picture.elementHandle();
  await admin.change(id, { messageStatus: 'DeliveryFailed', deliveryErrorCode: 'SMS-UP-430' });
  await refresh(editor);
  await expect(ours).toContainText('SMS-UP-430');
  expect(await shown.evaluate((image) => image.isConnected)).toBe(true);
});

test('each text of a conversation is laid out in the direction of its script', async ({ editor, admin }) => {
  const { webview } = editor;
  await admin.deliverAll([
    { ...fromFriend, text: 'ممتاز، إلى اللقاء' },
    { ...fromUs, text: 'He knows.' },
  ]);
  await editor.signIn();
  await editor.openConversation(FRIEND.name);
  expect(await direction(webview.getByText('ممتاز، إلى اللقاء'))).toBe('rtl');
  expect(await direction(webview.getByText('He knows.'))).toBe('ltr');
});

test('a link is opened once for each click', async ({ editor, admin }) => {
  const { webview } = editor;
  const [courtyard, fountain] = [
    'https://plans.example/haddad/courtyard.pdf',
    'https://plans.example/fountain',
  ];
  await admin.deliver({ ...fromFriend, text: `Here they are: ${courtyard} and ${fountain}` });
  await editor.signIn();
  await editor.openConversation(FRIEND.name);
  await webview.getByRole('link', { name: courtyard }).click();
  // What is heard of the first link comes before anything of the second.
  await webview.getByRole('link', { name: fountain }).click();
  await expect.poll(() => editor.opened).toContain(fountain);
  expect(editor.opened).toEqual([courtyard, fountain]);
});

test('a message that comes in is added at the end, and is marked as read only if somebody reads there', async ({
  editor,
  admin,
}) => {
  const { webview } = editor;
  const statusOf = async (id: number): Promise<unknown> =>
    (await admin.state()).messages.find((each) => each.id === String(id))?.readStatus;
  await openConversationOf(40, editor, admin);
  // Opened from a row, which keeps the focus.
  const unseen = await admin.deliver({ ...fromFriend, conversationId: CONVERSATION, text: 'Hungry?' });
  await refresh(editor);
  await expect(bubble(webview, 'Hungry?')).toBeInViewport();
  await expect(bubble(webview, 'Hungry?')).toHaveAttribute('aria-posinset', '41');

  await enter(bubble(webview, 'Hungry?'));
  const seen = await admin.deliver({ ...fromFriend, conversationId: CONVERSATION, text: 'Noodles at noon' });
  await expect(bubble(webview, 'Noodles at noon')).toBeInViewport();
  await expect.poll(() => statusOf(seen.id)).toBe('Read');
  expect(await statusOf(unseen.id)).toBe('Unread');
});

test('a line tells where the unread messages begin', async ({ editor, admin }) => {
  const { webview } = editor;
  await openConversationOf(40, editor, admin);
  await expect(message(webview, 38)).toContainText('2 unread messages');
  await expect(message(webview, 39)).not.toContainText('unread messages');
});

test('a message that comes in leaves the reader where they are, is announced, and a button leads to it', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openConversationOf(400, editor, admin);
  await enter(message(webview, 397));
  await press(page, 'Home');
  await expect(message(webview, 0)).toBeFocused();
  await admin.deliver({ ...fromFriend, conversationId: CONVERSATION, text: 'Are you there?' });
  await refresh(editor);
  await expect(webview.getByText('New message from Lena Long: Are you there?')).toBeAttached();
  await expect(message(webview, 0)).toBeInViewport();
  await webview.getByRole('button', { name: 'New messages' }).click();
  await expect(bubble(webview, 'Are you there?')).toBeInViewport();
});

test('a deleted message is shown again when one asks for deleted ones, and can be restored', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await openConversationOf(40, editor, admin);
  const deleted = message(webview, 36);
  await enter(deleted);
  await press(page, 'Delete');
  await expect(deleted).toHaveCount(0);
  await editor.answer('Deleted text message');
  await webview.getByRole('button', { name: 'Show Deleted' }).click();
  await expect(deleted).toContainText('Deleted');
  await deleted.getByRole('button', { name: /^Restore/ }).click();
  await expect(deleted).not.toContainText('Deleted');
  await expect
    .poll(async () => (await admin.state()).messages.find(({ id }) => id === idOf(36))?.availability)
    .toBe('Alive');
});

for (const count of [25, 100, 400]) {
  test(`a conversation of ${count} messages keeps its place and its selection after a restart, also when a message comes in`, async ({
    editor,
    admin,
    page,
  }) => {
    const { webview } = editor;
    await openConversationOf(count, editor, admin);
    await enter(message(webview, count - 2));
    await press(page, 'Home', ' ', 'ArrowDown', 'ControlOrMeta+ ');
    await expect(webview.getByText('2 selected')).toBeVisible();
    const { activePanel } = editor;
    await expect.poll(() => activePanel.state).toContain(`"selected":["${idOf(0)}","${idOf(1)}"]`);
    await expect.poll(() => activePanel.state).toContain(`"place":{"messageId":"${idOf(0)}"`);

    await editor.restart();
    await expect(message(webview, 0)).toBeInViewport();
    await expect(webview.getByText('2 selected')).toBeVisible();
    await expect(message(webview, 1).getByRole('checkbox')).toBeChecked();
    await expect(message(webview, 2).getByRole('checkbox')).not.toBeChecked();

    await admin.deliver({ conversationId: CONVERSATION, from: FRIEND, text: 'Are you there?' });
    await refresh(editor);
    await expect(webview.getByText('New message from Lena Long: Are you there?')).toBeAttached();
    await expect(message(webview, 0)).toBeInViewport();
  });
}

test('axe finds nothing wrong with a conversation, in any theme, wide or narrow', async ({
  editor,
  admin,
  page,
}) => {
  const { webview } = editor;
  await deliverConversation(admin, 19);
  await admin.deliverAll([
    {
      ...fromFriend,
      conversationId: CONVERSATION,
      text: 'See https://plans.example/courtyard',
      attachments: [mms('image/jpeg', 'tile-samples.jpg')],
    },
    {
      ...fromUs,
      conversationId: CONVERSATION,
      text: 'Thanks, see https://plans.example/too',
      messageStatus: 'DeliveryFailed',
      deliveryErrorCode: 'SMS-UP-430',
    },
  ]);
  await editor.signIn();
  await editor.openConversation(FRIEND.name);
  await enter(message(webview, 18));
  await press(page, ' ', 'ControlOrMeta+f');
  await page.keyboard.insertText('message');
  await expect(webview.getByRole('search').getByRole('status')).toHaveText(/ of 19$/);
  await expectAccessible(editor);
});
