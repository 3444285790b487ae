import { CONVERSATION, deliverConversation, FRIEND, idOf } from '../builders/conversation';
import { saidTwice } from '../builders/saidTwice';
import { message } from '../pages/conversation';
import { saidIn } from '../pages/saidOnce';
import { expect, test } from './emulated';
import { mediaFolder } from './mediaFolder';
import { Keyboard, watchPointer } from './pages/keyboard';

const media = mediaFolder('media', 'fax');
test.use({ emulatorOptions: { messages: 0, mediaDirectory: media } });

const picture = (name: string): object => ({
  type: 'MmsAttachment',
  contentType: 'image/png',
  file: 'site-plan.png',
  fileName: name,
});

test('somebody without a mouse signs in, walks through the views, and uses every viewer and every action', async ({
  workbench,
  emulator,
  admin,
  page,
  open,
}) => {
  const { messages, deleted, quickInput, contextMenu, notifications, statusBar, webview } = workbench;
  const keyboard = new Keyboard(workbench);
  const tree = messages.pane.locator('.monaco-list').first();
  const player = webview.locator('audio');
  const heading = (name: string) => webview.getByRole('heading', { name, level: 1 });
  const changes = async (): Promise<readonly string[]> =>
    (await admin.requests())
      .filter(({ method, path }) => method !== 'GET' && path.includes('/message-store'))
      .map(({ method, path, body }) =>
        [method, path.replace(/.*\/message-store\//, ''), body].filter(Boolean).join(' '),
      );
  await deliverConversation(admin, 40);
  const [voicemail, , gone] = await admin.deliverAll([
    {
      type: 'VoiceMail',
      from: { name: 'Vera Voice', phoneNumber: '+16505550101' },
      attachments: [{ type: 'AudioRecording', contentType: 'audio/wav', file: 'voicemail-maya.wav' }],
    },
    {
      type: 'Fax',
      from: { name: 'Tina Fine', phoneNumber: '+16505550102' },
      attachments: [
        { type: 'RenderedDocument', contentType: 'application/pdf', file: 'text.pdf', fileName: 'text.pdf' },
      ],
    },
    {
      from: { name: 'Dora Dell', phoneNumber: '+16505550103' },
      text: 'Old news',
      availability: 'Deleted',
    },
    {
      from: FRIEND,
      conversationId: CONVERSATION,
      text: 'Two plans',
      readStatus: 'Read',
      attachments: [picture('first.png'), picture('second.png')],
    },
  ]);
  await watchPointer(page);
  await open();

  await test.step('the palette leads to the view, and Tab to signing in', async () => {
    await keyboard.palette('View: Show RingCentral Mailbox');
    const button = messages.welcome.getByRole('button', { name: 'Sign In to RingCentral' });
    await button.waitFor();
    await expect(async () => {
      await keyboard.press('Tab');
      await expect(button).toBeFocused({ timeout: 250 });
    }).toPass({ intervals: [0] });
    await keyboard.press('Escape');
    await keyboard.command('Sign In…');
    await keyboard.pick('JWT credential');
    await keyboard.pick(emulator.url);
    const answers = [emulator.clientId, emulator.clientSecret, emulator.jwt];
    for (const [index, answer] of answers.entries()) {
      await expect(quickInput.widget).toContainText(`(${index + 2}/4)`);
      await keyboard.answer(answer);
    }
    await expect(messages.row(/^Voicemail/).locator).toBeVisible();
    await expect(messages.message).toBeHidden();
  });

  await test.step('rows, the status bar and the badge say each thing once', async () => {
    // The badge comes a moment after the rows.
    await expect(workbench.activity).toHaveAccessibleName(/unread message/);
    const said = await saidIn(page);
    const ofRows = said.filter(({ role }) => role === 'treeitem');
    const ofStatus = said.filter(({ name }) => name.includes('unread message'));
    expect(ofRows.length).toBeGreaterThan(4);
    expect(ofStatus.map(({ role }) => role).sort()).toEqual(['button', 'tab']);
    const twice = [...ofRows, ...ofStatus].flatMap(({ name, description }) => {
      const words = saidTwice(`${name} ${description}`);
      return words.length > 0 ? [`${name} (${description}): ${words.join()}`] : [];
    });
    expect(twice).toEqual([]);
  });

  await test.step('Enter plays a voicemail, and keys pause, move, hurry and mute it', async () => {
    await keyboard.goToMessages();
    await keyboard.goTo(messages, /^Unread voicemail from Vera Voice/);
    await messages.openFocused({ shows: heading('Vera Voice') });
    await expect(webview.getByRole('button', { name: /^(Play|Pause)$/ })).toBeFocused();
    await expect
      .poll(() => player.evaluate((audio: HTMLAudioElement) => audio.currentTime))
      .toBeGreaterThan(0);
    await keyboard.tabTo(webview.getByRole('slider', { name: /^Recording/ }), 'Shift+Tab');
    await keyboard.press('Home', 'ArrowRight', '>', 'm');
    const sound = (): Promise<object> =>
      player.evaluate(({ playbackRate, muted }: HTMLAudioElement) => ({ playbackRate, muted }));
    await expect.poll(sound).toEqual({ playbackRate: 1.25, muted: true });
    await keyboard.tabTo(webview.getByRole('button', { name: 'Unmute' }));
    await keyboard.press('Enter');
    await expect.poll(sound).toEqual({ playbackRate: 1.25, muted: false });
    await expect(webview.getByRole('button', { name: 'Mute' })).toBeFocused();
    await keyboard.command('Keep Tab Open');
    await expect(page.getByRole('button', { name: 'Keep Tab Open' })).toHaveCount(0);
  });

  await test.step('keys turn the pages of a fax, zoom, rotate and invert it, and find words in it', async () => {
    await keyboard.goToMessages();
    await keyboard.goTo(messages, / from Tina Fine/);
    await messages.openFocused({ shows: heading('Tina Fine') });
    await webview.getByRole('img', { name: 'Page 1 of 3' }).waitFor();
    await keyboard.goToPage();
    await keyboard.press('PageDown');
    await expect(webview.getByRole('textbox', { name: 'Page number' })).toHaveValue('2');
    const scale = webview.locator('.scale');
    const before = await scale.textContent();
    await keyboard.press('+');
    await expect(scale).not.toHaveText(before ?? '');
    await keyboard.tabTo(webview.getByRole('button', { name: 'Rotate' }));
    await keyboard.press('Enter');
    await keyboard.tabTo(webview.getByRole('button', { name: 'Invert Colors' }));
    await keyboard.press('Enter');
    await expect(webview.getByRole('button', { name: 'Invert Colors' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await keyboard.press('ControlOrMeta+f');
    await page.keyboard.insertText('oak');
    await expect(webview.getByRole('search').getByRole('status')).toHaveText(/^\d of 3$/);
    await keyboard.press('Escape');
    await expect(webview.locator('.scroller')).toBeFocused();
    await keyboard.expectFocusSeen();
  });

  await test.step('messages of a conversation are found, selected, marked and deleted by keys, and come back', async () => {
    await keyboard.goToMessages();
    await keyboard.goTo(messages, /^Lena Long/);
    await messages.openFocused({ shows: heading('Lena Long') });
    await keyboard.goToPage();
    await keyboard.press('ControlOrMeta+f');
    await page.keyboard.insertText('Message 37');
    await expect(webview.getByRole('search').getByRole('status')).toHaveText('1 of 1');
    await keyboard.press('Escape');
    await expect(message(webview, 37)).toBeFocused();
    await keyboard.expectFocusSeen();
    await admin.resetRequests();
    await keyboard.press(' ', 'ArrowDown', 'ArrowDown', 'ControlOrMeta+ ');
    await expect(webview.getByText('2 selected')).toBeVisible();
    await keyboard.tabTo(webview.getByRole('button', { name: 'Mark as Unread' }));
    await keyboard.press('Enter');
    await expect(message(webview, 39)).toContainText('Unread');
    await keyboard.tabTo(webview.getByRole('button', { name: 'Clear Selection' }));
    await keyboard.press('Enter');
    await expect(webview.getByText('2 selected')).toBeHidden();
    await keyboard.expectFocusSeen();
    await keyboard.press('End', 'ArrowUp');
    await expect(message(webview, 39)).toBeFocused();
    await keyboard.press('Delete');
    await expect(message(webview, 39)).toHaveCount(0);
    await keyboard.expectFocusSeen();
    await keyboard.command('Undo Delete');
    await expect(message(webview, 39)).toBeVisible();
    await expect.poll(changes).toContain(`DELETE ${idOf(39)}`);
    expect((await changes()).filter((change) => change.startsWith('DELETE'))).toEqual([`DELETE ${idOf(39)}`]);
  });

  await test.step('a jump leads to the newest message, and a picture of it to a gallery', async () => {
    await keyboard.goToPage();
    await keyboard.press('Home');
    await expect(message(webview, 0)).toBeFocused();
    await keyboard.press('End');
    const newest = webview.getByRole('article').filter({ hasText: 'Two plans' });
    await expect(newest).toBeFocused();
    await keyboard.tabTo(webview.getByRole('button', { name: 'Open first.png' }));
    await keyboard.press('Enter');
    const first = webview.getByRole('group', { name: 'first.png' });
    await first.waitFor();
    await keyboard.goToPage();
    await keyboard.tabTo(first);
    await keyboard.press('ArrowRight');
    await expect(webview.getByRole('group', { name: 'second.png' })).toBeVisible();
    await keyboard.expectFocusSeen();
    await keyboard.press('1');
    await expect(webview.locator('.zoom').filter({ visible: true })).toHaveText('100%');
    await keyboard.tabTo(webview.getByRole('button', { name: 'Previous' }), 'Shift+Tab');
    await keyboard.press('Enter');
    await expect(first).toBeVisible();
    await keyboard.expectFocusSeen();
  });

  await test.step('keys mark, delete and undo in the tree, with exactly the requests that this needs', async () => {
    const id = String(voicemail?.id);
    const read = messages.row(/^Voicemail from Vera Voice/).locator;
    await keyboard.goToMessages();
    await keyboard.goTo(messages, /^Voicemail from Vera Voice/);
    await admin.resetRequests();
    await keyboard.press('ControlOrMeta+u');
    await expect(messages.row(/^Unread voicemail from Vera Voice/).locator).toBeVisible();
    await messages.settle();
    await keyboard.press('ControlOrMeta+i');
    await expect(read).toBeVisible();
    await messages.settle();
    await keyboard.press('Delete');
    await expect(read).toBeHidden();
    await expect(statusBar.getByRole('alert')).toHaveAccessibleName(/^Deleted voicemail/);
    await expect(tree).toBeFocused();
    await keyboard.press('ControlOrMeta+z');
    await expect(read).toBeVisible();
    await expect
      .poll(async () => (await changes()).map((change) => change.split(' ').slice(0, 2).join(' ')))
      .toEqual([`PUT ${id}`, `PUT ${id}`, `DELETE ${id}`, `PATCH ${id}`]);
  });

  await test.step('a deleted message is opened and restored in Deleted', async () => {
    await keyboard.palette('RingCentral Mailbox: Focus on Deleted View');
    const row = deleted.row(/Dora Dell/);
    await row.locator.waitFor();
    // A view that has no rows yet takes the focus itself.
    await keyboard.palette('RingCentral Mailbox: Focus on Deleted View');
    await keyboard.goTo(deleted, /Dora Dell/);
    await deleted.openFocused({ shows: heading('Dora Dell') });
    await keyboard.command('Filter Deleted Messages…');
    await keyboard.pick('Failed');
    await keyboard.cancel();
    await expect(deleted.welcome).toContainText('No deleted messages match your filters.');
    await keyboard.command('Clear Filters of Deleted Messages');
    await expect(row.locator).toBeVisible();
    await keyboard.palette('RingCentral Mailbox: Focus on Deleted View');
    await keyboard.goTo(deleted, /Dora Dell/);
    await keyboard.press('ControlOrMeta+z');
    await expect(deleted.welcome).toContainText('No deleted messages.');
    const availability = async (): Promise<unknown> =>
      (await admin.state()).messages.find(({ id }) => id === String(gone?.id))?.availability;
    await expect.poll(availability).toBe('Alive');
  });

  await test.step('search, filters and groups are used from the view, and a menu opens on a row', async () => {
    await keyboard.palette('RingCentral Mailbox: Focus on Messages View');
    await keyboard.goTo(messages, /^Voicemail from Vera Voice/);
    await keyboard.press('Shift+F10');
    await expect(contextMenu.items.first()).toBeVisible();
    await contextMenu.close();
    await expect(tree).toBeFocused();
    await keyboard.press('ControlOrMeta+Shift+k');
    await expect(quickInput.input).toBeFocused();
    await page.keyboard.insertText('quokka');
    await expect(quickInput.items).toHaveCount(1);
    const found = (await saidIn(page)).filter(({ role }) => role === 'option');
    // Before what the message itself says.
    const facts = found.map(({ name }) => name.replace(/Message \d+\. A quokka!.*/, ''));
    expect(facts.filter((each) => saidTwice(each).length > 0)).toEqual([]);
    await keyboard.cancel();
    await keyboard.command('Filter Messages…');
    await keyboard.pick('Direction');
    await keyboard.pick('Received');
    await expect(messages.description).toHaveText('received');
    await keyboard.cancel();
    await keyboard.command('Clear Filters');
    await expect(messages.description).toBeHidden();
    await keyboard.command('Group Messages By…');
    await keyboard.pick('Date');
    await expect(messages.row(/^Today/).locator).toHaveAttribute('aria-level', '1');
  });

  await expect(notifications.withText('the list was being updated')).toHaveCount(0);
  await keyboard.expectNoPointer();
});
