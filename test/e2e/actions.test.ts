import type { EmulatorAdmin } from '../builders/emulatorAdmin';
import { expect, test } from './emulated';

test.use({ emulatorOptions: { messages: 0 } });

const ada = { name: 'Ada Park', phoneNumber: '+16505550101' };
const bea = { name: 'Bea Stone', phoneNumber: '+16505550102' };

/** Voicemails of somebody, told apart by their length in seconds: the first is the newest. @returns their ids */
async function deliverVoicemails(
  admin: EmulatorAdmin,
  from: typeof ada,
  ...seconds: readonly number[]
): Promise<string[]> {
  const now = Date.now();
  const records = await admin.deliverAll(
    seconds.map((vmDuration, index) => ({
      type: 'VoiceMail',
      from,
      creationTime: new Date(now - (index + 1) * 60_000).toISOString(),
      attachments: [
        { type: 'AudioRecording', contentType: 'audio/x-wav', vmDuration, file: 'voicemail-ben.wav' },
      ],
    })),
  );
  return records.map(({ id }) => String(id));
}

const voicemail = (seconds: number): RegExp => new RegExp(`^(Unread v|V)oicemail from .*, 0:0${seconds},`);
const unread = (seconds: number): RegExp => new RegExp(`^Unread voicemail from .*, 0:0${seconds},`);
const read = (seconds: number): RegExp => new RegExp(`^Voicemail from .*, 0:0${seconds},`);

/** The requests that change something, as "PUT /ids body". */
async function changesSent(admin: EmulatorAdmin): Promise<string[]> {
  const requests = await admin.requests();
  return requests
    .filter(({ method, path }) => method !== 'GET' && path.includes('/message-store'))
    .map(({ method, path, query, body }) =>
      [method, path.replace(/.*\/message-store/, ''), query['purge']?.includes('true') && 'purge', body]
        .filter(Boolean)
        .join(' '),
    );
}

async function availabilities(admin: EmulatorAdmin, ids: readonly string[]): Promise<unknown[]> {
  const { messages } = await admin.state();
  return ids.map((id) => messages.find((each) => each.id === id)?.availability);
}

test('messages are marked, deleted, restored and purged by keys, buttons and menus, with exactly the requests that this needs', async ({
  workbench,
  admin,
  page,
  signIn,
}) => {
  const { messages, deleted, notifications, dialog, activity } = workbench;
  const sent = (): Promise<string[]> => changesSent(admin);
  const ofAda = await deliverVoicemails(admin, ada, 1, 2, 3);
  const [first, second] = ofAda;
  await signIn();
  await messages.row(/^Ada Park/).expand();
  await expect(activity).toHaveText('3');
  await expect(messages.row(voicemail(1)).label).toHaveText('● Voicemail (0:01)');
  await admin.resetRequests();

  await test.step('Enter opens a message, which is then marked as read', async () => {
    await messages.moveTo(voicemail(1));
    await messages.openFocused({ shows: workbench.webview.getByRole('heading', { name: 'Ada Park' }) });
    await expect(workbench.webview.getByRole('button', { name: /^(Play|Pause)$/ })).toBeFocused();
    await expect(activity).toHaveText('2');
    await expect(messages.row(read(1)).label).toHaveText('Voicemail (0:01)');
    await expect.poll(sent).toEqual([`PUT /${first} {"readStatus":"Read"}`]);
  });

  await test.step('keys work on the row again when the view has the focus: they mark it as unread and as read', async () => {
    await messages.pane.locator('.monaco-list').first().focus();
    await messages.press('Control+u', { shows: messages.row(unread(1)).locator });
    await expect(activity).toHaveText('3');
    await messages.press('Control+i', { shows: messages.row(read(1)).locator });
    await expect(activity).toHaveText('2');
    await expect.poll(sent).toHaveLength(3);
  });

  await test.step('Delete deletes the row that the arrow keys moved to, not the row that was selected before', async () => {
    await admin.resetRequests();
    await messages.moveTo(voicemail(2));
    await messages.press('Delete', { hides: messages.row(voicemail(2)).locator });
    await expect(activity).toHaveText('1');
    await expect.poll(sent).toEqual([`DELETE /${second}`]);
    await expect(messages.row(voicemail(3)).locator).toHaveClass(/focused/);
  });

  await test.step('the status bar tells of the deletion, also to a screen reader, instead of a notification', async () => {
    const told = workbench.statusBar.getByRole('alert');
    await expect(told).toHaveAccessibleName('Deleted voicemail from Ada Park. Ctrl+Z or ⌘Z to undo');
    await expect(told).toBeVisible();
    await expect(notifications.withText('Deleted')).toHaveCount(0);
    await expect(messages.title.getByRole('button', { name: /^Undo Delete/ })).toBeVisible();
  });

  await test.step('Ctrl+Z restores the deleted message with its unread status', async () => {
    await page.keyboard.press('Control+z');
    await expect(messages.row(unread(2)).locator).toBeVisible();
    await expect(activity).toHaveText('2');
    await expect.poll(() => availabilities(admin, ofAda)).toEqual(['Alive', 'Alive', 'Alive']);
    await expect(messages.title.getByRole('button', { name: /^Undo Delete/ })).toHaveCount(0);
    await expect(workbench.statusBar.getByRole('alert')).toHaveCount(0);
  });

  const ids = await deliverVoicemails(admin, bea, 4, 5, 6, 7);
  await messages.row(/^Bea Stone, 4 unread/).expand();
  await expect(activity).toHaveText('6');
  await page.keyboard.press('Escape');
  await expect(messages.selected).toHaveCount(0);
  await admin.resetRequests();

  await test.step('messages selected with Ctrl and Shift are deleted by one request that names them all', async () => {
    await messages.row(voicemail(4)).click('ControlOrMeta');
    await messages.row(voicemail(6)).click('Shift');
    await messages.row(voicemail(5)).click('ControlOrMeta');
    await messages.row(voicemail(7)).click('ControlOrMeta');
    await expect(messages.selected).toHaveCount(3);
    await messages.press('Delete', { hides: messages.row(voicemail(4)).locator });
    await expect(activity).toHaveText('3');
    await expect(messages.row(voicemail(5)).locator).toBeVisible();
    for (const seconds of [4, 6, 7]) await expect(messages.row(voicemail(seconds)).locator).toBeHidden();
    await expect(
      messages.row(/^Bea Stone/).locator,
      'the one that is left stands for its group',
    ).toBeHidden();
    await expect.poll(sent).toEqual([`DELETE /${ids[0]},${ids[2]},${ids[3]}`]);
  });

  await test.step('Undo restores all deleted messages', async () => {
    await notifications.press('Deleted 3 messages.', 'Undo');
    await expect(activity).toHaveText('6');
    await messages.row(/^Bea Stone, 4 unread/).expand();
    for (const seconds of [4, 5, 6, 7]) await expect(messages.row(unread(seconds)).locator).toBeVisible();
  });

  await test.step('a deleted message is listed in Deleted and can be restored there', async () => {
    await messages.row(voicemail(4)).pressAction('Delete', { hides: messages.row(voicemail(4)).locator });
    await deleted.expand();
    await expect(deleted.rows).toHaveCount(1);
    await deleted.row(voicemail(4)).choose('Restore', { shows: messages.row(unread(4)).locator });
    await expect(deleted.welcome).toContainText('No deleted messages.');
    await expect.poll(() => availabilities(admin, ids)).toEqual(['Alive', 'Alive', 'Alive', 'Alive']);
  });

  await test.step('Delete Permanently names the message and sends nothing when it is cancelled', async () => {
    await admin.resetRequests();
    await messages.row(voicemail(4)).pressAction('Delete', { hides: messages.row(voicemail(4)).locator });
    await expect.poll(sent).toEqual([`DELETE /${ids[0]}`]);
    await deleted.row(voicemail(4)).choose('Delete Permanently…', { shows: dialog.box });
    await expect(dialog.message).toHaveText('Permanently delete the voicemail from Bea Stone?');
    await expect(dialog.detail).toHaveText("This can't be undone.");
    await dialog.press('Cancel');
    await expect(deleted.row(voicemail(4)).locator).toBeVisible();
  });

  await test.step('Delete Permanently purges the chosen message on the server and no other', async () => {
    await deleted.row(voicemail(4)).choose('Delete Permanently…', { shows: dialog.box });
    await dialog.press('Delete Permanently');
    await expect(deleted.rows).toHaveCount(0);
    await expect.poll(sent).toEqual([`DELETE /${ids[0]}`, `DELETE /${ids[0]} purge`]);
    await expect.poll(() => availabilities(admin, ids)).toEqual(['Purged', 'Alive', 'Alive', 'Alive']);
  });

  await test.step('Ctrl+Enter opens a message beside the one in front, and the row keeps the focus', async () => {
    const groups = page.locator('.editor-group-container');
    await messages.row(voicemail(5)).open({ shows: workbench.tab('Bea Stone') });
    await messages.pane.locator('.monaco-list').first().focus();
    await messages.moveTo(voicemail(6));
    await messages.press('Control+Enter', { shows: groups.nth(1) });
    await expect(workbench.tab('Bea Stone')).toHaveCount(2);
    await expect(messages.pane.locator('.monaco-list').first()).toBeFocused();
    await messages.moveTo(voicemail(7));
    await messages.press('Control+Enter', { hides: messages.row(unread(7)).locator });
    await expect(workbench.tab('Bea Stone'), 'the tab at the side is used again').toHaveCount(2);
  });

  await test.step('a caller is deleted after a question that names who and how many', async () => {
    await messages.row(/^Bea Stone/).collapse();
    await messages.row(/^Bea Stone/).choose('Delete', { shows: dialog.box });
    await expect(dialog.message).toHaveText('Delete 3 voicemails from Bea Stone?');
    await dialog.press('Delete');
    await expect(messages.row(/^Bea Stone/).locator).toBeHidden();
    await expect(messages.row(/^Ada Park/).locator).toHaveClass(/focused/);
    await page.keyboard.press('Control+z');
    await expect(messages.row(/^Bea Stone/).locator).toBeVisible();
  });

  await test.step('a link in the words of a stranger is no link in a notification', async () => {
    const from = { name: '[Eve](command:workbench.action.quit) $(trash)', phoneNumber: '+16505550103' };
    const text = 'Hello [Show photo](command:workbench.action.toggleZenMode)';
    await admin.deliver({ from, text });
    await admin.setPermissions({ user: { EditMessages: false } });
    await messages.row(/^\[Eve\]/).expand();
    await messages.moveTo(/^Unread text message .*Show photo/);
    await page.keyboard.press('Control+i');
    const notification = await notifications.shown('Hello [Show photo]');
    await expect(notification).toContainText('[Eve]');
    await expect(notification.locator('a[href], .notification-list-item-message a')).toHaveCount(0);
    await expect(notification).toContainText('(command:workbench.action.toggleZenMode)');
  });
});
