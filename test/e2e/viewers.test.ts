import { CONVERSATION, deliverConversation, FRIEND, idOf } from '../builders/conversation';
import { message, press } from '../pages/conversation';
import { expect, test } from './emulated';
import { keptState } from './keptState';
import { mediaFolder } from './mediaFolder';
import { pixelsOf } from './pixels';
import { pressPlay } from './pressPlay';
import { expectSafePage } from './safePage';

const media = mediaFolder('media', 'fax');
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

const senders = ['Maya Long', 'Pia Cem', 'Mo Law', 'Tess Text', 'Tina Fine'];

function voicemail(sender: string, contentType: string, file: string): Record<string, unknown> {
  return {
    type: 'VoiceMail',
    from: from(sender),
    attachments: [{ type: 'AudioRecording', contentType, file, fileName: file }],
  };
}

function fax(sender: string, contentType: string, file: string): Record<string, unknown> {
  return {
    type: 'Fax',
    from: from(sender),
    attachments: [{ type: 'RenderedDocument', contentType, file, fileName: file }],
  };
}

/** Voicemails and faxes are grouped by the number that they came from. */
function from(name: string): { name: string; phoneNumber: string } {
  return { name, phoneNumber: `+1650555010${senders.indexOf(name)}` };
}

test('conversations, pictures, voicemails and faxes are used in tabs of one window, which a reload restores', async ({
  workbench,
  emulator,
  admin,
  accessTokens,
  violations,
  page,
  signIn,
}) => {
  const { webview, messages, notifications, activity, dialog } = workbench;
  const rowOf = (count: string) => messages.row(new RegExp(`^Lena Long, ${count}`));
  const link = 'https://plans.example/haddad/courtyard.pdf';
  const deliverToConversation = (fields: object) =>
    admin.deliver({ conversationId: CONVERSATION, from: FRIEND, ...fields });
  /** As somebody does who has no mouse. */
  const goToPage = async (): Promise<void> => {
    await press(page, 'ControlOrMeta+1');
    await expect.poll(() => webview.locator('body').evaluate(() => document.hasFocus())).toBe(true);
  };
  const tabs = workbench.tab('Lena Long');
  const picture = webview.getByRole('img', { name: 'site-plan.png' });
  const stage = webview.getByRole('group', { name: 'site-plan.png' });
  const zoom = webview.locator('.zoom').filter({ visible: true });
  const recording = webview.getByRole('slider', { name: /^Recording/ });
  const player = webview.locator('audio');
  const position = (): Promise<number> => player.evaluate((audio: HTMLAudioElement) => audio.currentTime);
  const expectAt = (seconds: number): Promise<void> =>
    expect.poll(async () => Math.abs((await position()) - seconds)).toBeLessThan(0.1);
  const soundOf = (): Promise<object> =>
    player.evaluate(({ playbackRate, muted }: HTMLAudioElement) => ({ playbackRate, muted }));
  const pageNumber = webview.getByRole('textbox', { name: 'Page number' });
  const expectInk = (faxPage: number): Promise<void> =>
    expect(async () => {
      // A canvas that is replaced while it is looked at has no pixels to be read.
      const { ink } = await pixelsOf(webview.getByRole('img', { name: `Page ${faxPage} of 3` }));
      expect(ink).toBeGreaterThan(0.005);
    }).toPass();
  const open = async (sender: string): Promise<void> => {
    // What is expanded while VS Code reads the rows again may be collapsed by that.
    await messages.settle();
    const heading = webview.getByRole('heading', { name: sender, level: 1 });
    await messages.row(new RegExp(` from ${sender},`)).open({ shows: heading });
  };
  const surroundings = { emulator, accessTokens, violations };
  await deliverConversation(admin, 400);
  await deliverToConversation({
    text: `See ${link}`,
    readStatus: 'Read',
    attachments: [
      { type: 'MmsAttachment', contentType: 'image/png', file: 'site-plan.png', fileName: 'site-plan.png' },
      { type: 'MmsAttachment', contentType: 'video/mp4', file: 'pendant.mp4', fileName: 'pendant.mp4' },
    ],
  });
  await admin.deliver({ from: { name: 'Noor Haddad', phoneNumber: '+12065550176' } });
  await signIn();

  await test.step('opening a conversation marks it as read', async () => {
    await expect(activity).toHaveText('3');
    await rowOf('2 unread of 401').choose('Open', { shows: tabs });
    await expect(webview.getByRole('heading', { name: 'Lena Long', level: 1 })).toBeVisible();
    await expect(rowOf('401 messages').locator).toBeVisible();
    await expect(activity).toHaveText('1');
    await expectSafePage(workbench, surroundings, 'Lena Long');
  });

  await test.step('a message that comes in while the tree has the focus stays unread', async () => {
    await deliverToConversation({ text: 'Hungry?' });
    await expect(rowOf('1 unread of 402').locator).toBeVisible();
    await expect(activity).toHaveText('2');
  });

  await test.step('a key moves the focus from the tree into the page, where it stays', async () => {
    const newest = webview.getByRole('article').filter({ hasText: 'Hungry?' });
    await goToPage();
    await press(page, 'End');
    await expect(newest).toBeFocused();
    const { id } = await deliverToConversation({ text: 'Noodles at noon' });
    const statusOf = async (): Promise<unknown> =>
      (await admin.state()).messages.find((each) => each.id === String(id))?.readStatus;
    await expect.poll(statusOf, 'it is read there').toBe('Read');
    await expect(rowOf('1 unread of 403').locator).toBeVisible();
    await expect(newest).toBeFocused();
  });

  await test.step('VS Code asks before it opens a link', async () => {
    await webview.getByRole('link', { name: link }).click();
    await expect(dialog.message).toContainText('open the external website');
    await expect(dialog.box).toContainText(link);
    await dialog.press('Cancel');
  });

  await test.step('a picture opens in a second tab, beside the video of its message', async () => {
    await webview.getByRole('button', { name: 'Open site-plan.png' }).click();
    await expect(stage).toBeVisible();
    await expect(tabs).toHaveCount(2);
    expect(await pixelsOf(picture)).toMatchObject({ width: 1000, height: 750 });
    await expectSafePage(workbench, surroundings, 'site-plan.png');
    const video = webview.locator('video');
    await webview.getByRole('button', { name: 'pendant.mp4, 2 of 2' }).click();
    await pressPlay(video);
    await expect
      .poll(() => video.evaluate((player: HTMLVideoElement) => player.currentTime))
      .toBeGreaterThan(0.1);
    await webview.getByRole('button', { name: 'site-plan.png, 1 of 2' }).click();
    await stage.press('1');
    await expect(zoom).toHaveText('100%');
    await workbench.keepOpen();
  });

  await test.step('a message deleted in the page disappears from the tree, and Undo restores it', async () => {
    await tabs.first().click();
    await expect(webview.getByRole('article').first()).toBeVisible();
    await goToPage();
    await press(page, 'Home');
    await expect(message(webview, 0)).toBeFocused();
    await press(page, 'Delete');
    await expect(rowOf('1 unread of 402').locator).toBeVisible();
    await notifications.expectShown('Deleted text message');
    await expect(message(webview, 1)).toBeFocused();
    await expect(dialog.box, 'one question for a link is enough').toBeHidden();
    await notifications.press('Deleted text message', 'Undo');
    await expect(message(webview, 0)).toBeVisible();
    await expect(rowOf('1 unread of 403').locator).toBeVisible();
  });

  await test.step('messages of the conversation are selected', async () => {
    await goToPage();
    await press(page, 'Home', ' ', 'ArrowDown', 'ControlOrMeta+ ');
    await expect(webview.getByText('2 selected')).toBeVisible();
    await workbench.keepOpen();
  });

  await admin.deliverAll([
    voicemail('Maya Long', 'audio/wav', 'voicemail-maya.wav'),
    voicemail('Pia Cem', 'audio/wav', 'pcm.wav'),
    voicemail('Mo Law', 'audio/x-wav', 'mu-law.wav'),
    fax('Tess Text', 'application/pdf', 'text.pdf'),
    fax('Tina Fine', 'image/tiff', 'fax-timber-quote.tif'),
  ]);

  await test.step('a voicemail plays when it is opened, and its tab can be kept', async () => {
    await open('Maya Long');
    await expect.poll(position).toBeGreaterThan(0.2);
    await expect(webview.getByRole('button', { name: /^(Play|Pause)$/ })).toBeFocused();
    // It may have come to its end since, where a key would begin anew.
    await player.evaluate((audio: HTMLAudioElement) => audio.pause());
    await expectSafePage(workbench, surroundings, 'Maya Long');
    await workbench.keepOpen();
    await recording.press('Home');
    await recording.press('ArrowRight');
    await expectAt(5);
    await recording.press('>');
    await recording.press('m');
    await expect.poll(soundOf).toEqual({ playbackRate: 1.25, muted: true });
  });

  await test.step('the next voicemails reuse another tab, where it is told how many are unread', async () => {
    await open('Pia Cem');
    await open('Mo Law');
    await expect(workbench.tab(/Maya Long/)).toHaveCount(1);
    await expect(workbench.tab(/Pia Cem/)).toHaveCount(0);
    await expect(workbench.tab(/Mo Law/)).toHaveCount(1);
    await expect(webview.getByText('No other unread voicemails')).toBeVisible();
    const one = webview.getByText('1 more unread voicemail');
    await messages.row(/ from Pia Cem,/).choose('Mark as Unread', { shows: one });
  });

  await test.step('a PDF and a TIFF are decoded, in the tab of the voicemail before', async () => {
    for (const sender of ['Tess Text', 'Tina Fine']) {
      await open(sender);
      await expectInk(1);
    }
    await expectSafePage(workbench, surroundings, 'Tina Fine');
    await expect(workbench.tab(/Mo Law|Tess Text/)).toHaveCount(0);
    await expect(workbench.tab(/Tina Fine/)).toHaveCount(1);
  });

  await test.step('the focus stays in the tree until a key moves it into the page, and can be moved back', async () => {
    const tree = messages.pane.getByRole('tree');
    const focused = (): Promise<boolean> =>
      webview.locator('body').evaluate(({ ownerDocument }) => ownerDocument.hasFocus());
    await expect(messages.row(/ from Tina Fine,/).locator).toHaveAttribute('aria-selected', 'true');
    await expect(tree).toBeFocused();
    await page.keyboard.press('ControlOrMeta+1');
    await expect.poll(focused).toBe(true);
    await page.keyboard.press('PageDown');
    await expect(pageNumber).toHaveValue('2');
    await page.keyboard.press('ControlOrMeta+0');
    await expect(tree).toBeFocused();
    await expect.poll(focused).toBe(false);
  });

  await test.step('a reload restores the fax at its page', async () => {
    for (const kept of [
      new RegExp(`selected[\\\\"]+:\\[[\\\\"]+${idOf(0)}[\\\\"]+,[\\\\"]+${idOf(1)}`),
      /position:.*picture:/,
      /position:\d+[\\"]+:5\b/,
      /place[\\"]+:\{[\\"]+page[\\"]+:2/,
      /muted[\\"]+:true,[\\"]+rate[\\"]+:1\.25/,
    ])
      await expect.poll(async () => kept.test(await keptState(page)), `${kept} is kept`).toBe(true);
    await workbench.reload();
    await expectInk(2);
    await expect(pageNumber).toHaveValue('2');
    await expect(workbench.tab(/Tina Fine/)).toBeVisible();
  });

  await test.step('and the voicemail at its position, as fast and as quiet as it was', async () => {
    await workbench.tab(/Maya Long/).click();
    await expect(webview.getByRole('heading', { name: 'Maya Long', level: 1 })).toBeVisible();
    await expectAt(5);
    expect(await soundOf()).toEqual({ playbackRate: 1.25, muted: true });
  });

  await test.step('and the conversation at its scroll position, with its selection', async () => {
    await expect(tabs).toHaveCount(2);
    await tabs.first().click();
    await expect(message(webview, 0)).toBeInViewport();
    await expect(webview.getByText('2 selected')).toBeVisible();
    await expect(message(webview, 1).getByRole('checkbox')).toBeChecked();
    await expect(message(webview, 2).getByRole('checkbox')).not.toBeChecked();
  });

  await test.step('and the picture with its zoom', async () => {
    await tabs.last().click();
    await expect(zoom).toHaveText('100%');
    expect(await pixelsOf(picture)).toMatchObject({ width: 1000, height: 750 });
  });

  await test.step('a kept tab is still kept, and a pinned one is not reused either', async () => {
    await workbench.openMailbox();
    await open('Pia Cem');
    await expect(workbench.tab(/Maya Long/)).toHaveCount(1);
    await expect(workbench.tab(/Tina Fine/)).toHaveCount(0);
    await workbench.palette('View: Pin Editor');
    await open('Mo Law');
    await expect(workbench.tab(/Pia Cem/)).toHaveCount(1);
  });
});
