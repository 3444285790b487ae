import * as assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { Command, Setting } from '../../src/ids';
import { isUnread } from '../../src/mailbox/message';
import { cuttable, type CuttableServer } from '../builders/cuttableServer';
import { eventually } from './eventually';
import { isShown, labelOf, messageRow, openMailbox, type OpenMailbox, rows, testApi } from './openMailbox';
import { run } from './run';
import { Person } from './window';

suite('Without a network', () => {
  let opened: OpenMailbox;
  let line: CuttableServer;
  let person: Person;
  /** What other accounts have left on this computer. */
  let filesOfOthers: string[];

  setup(async () => {
    person = new Person();
    const { mailboxFolder } = await testApi();
    filesOfOthers = existsSync(mailboxFolder) ? readdirSync(mailboxFolder) : [];
    opened = await openMailbox({
      reachedBy: async (url) => {
        line = await cuttable(url);
        return line.url;
      },
    });
    await opened.admin.resetRequests();
    await line.cut();
  });
  teardown(async () => {
    await opened.close();
    await line.stop();
    person.leave();
  });

  test('messages stay, changes are shown as not sent, and are sent in order after reconnecting', async () => {
    const read = messageRow(opened.api, 'messages', isUnread);
    const deleted = messageRow(opened.api, 'messages', ({ id }) => id !== read.message.id);
    await run(Command.MarkRead, read);
    await run(Command.Delete, deleted);

    const row = rows(opened.api, 'messages').find(
      ({ node }) => node.kind === 'message' && node.message.id === read.message.id,
    );
    assert.doesNotMatch(labelOf(row), /^●/);
    assert.match(String(row?.item.description), /Change pending/);
    assert.match(row?.item.accessibilityInformation?.label ?? '', /change pending$/);
    assert.ok(isShown(opened.api, 'deleted', deleted.message.id));
    assert.deepEqual(person.texts('showErrorMessage'), []);
    assert.equal(opened.mailbox.waitingCount, 2);
    assert.deepEqual(await opened.requests(), []);

    await line.mend();
    await run(Command.Refresh);
    await eventually(() => assert.equal(opened.mailbox.waitingCount, 0));
    const sent = (await opened.requests()).map(
      ({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`,
    );
    assert.deepEqual(sent, [`PUT ${read.message.id}`, `DELETE ${deleted.message.id}`]);
    assert.ok(!opened.mailbox.store.isPending(read.message.id));
  });

  test('a deletion that was not sent yet can be undone', async () => {
    const row = messageRow(opened.api, 'messages', () => true);
    await run(Command.Delete, row);
    await run(Command.UndoDelete);
    assert.ok(isShown(opened.api, 'messages', row.message.id));
    await line.mend();
    await run(Command.Refresh);
    await eventually(() => assert.equal(opened.mailbox.waitingCount, 0));
    const { messages } = await opened.admin.state();
    assert.equal(messages.find(({ id }) => id === row.message.id)?.availability, 'Alive');
  });

  test('unsent changes survive switching off storage on this computer, and are sent', async () => {
    const files = (): string[] =>
      readdirSync(opened.api.mailboxFolder).filter((file) => !filesOfOthers.includes(file));
    const row = messageRow(opened.api, 'messages', isUnread);
    await run(Command.MarkRead, row);
    const keepOnDisk = (value: boolean | undefined): Thenable<void> =>
      vscode.workspace
        .getConfiguration()
        .update(Setting.KeepOnDisk, value, vscode.ConfigurationTarget.Global);
    try {
      await keepOnDisk(false);
      await eventually(() => assert.equal(opened.api.accounts.current?.mailbox.waitingCount, 1));
      assert.notDeepEqual(files(), []);
      await line.mend();
      await run(Command.Refresh);
      await eventually(() => assert.deepEqual(files(), []));
      assert.deepEqual(
        (await opened.requests()).map(({ method }) => method),
        ['PUT'],
      );
      await eventually(() => assert.deepEqual(opened.api.accounts.current?.mailbox.state, { kind: 'ready' }));
    } finally {
      await keepOnDisk(undefined);
    }
  });

  test('a change that the server later refuses is undone, and an error says why', async () => {
    const row = messageRow(opened.api, 'messages', isUnread);
    await run(Command.MarkRead, row);
    await opened.admin.setPermissions({ user: { EditMessages: false } });
    await line.mend();
    await run(Command.Refresh);
    await eventually(() =>
      assert.match(person.texts('showErrorMessage').join(), /lacks a required permission: EditMessages/),
    );
    assert.equal(opened.mailbox.store.get(row.message.id)?.readStatus, 'Unread');
  });

  test('Pending Changes lists what waits with why, sends it, and discards what is chosen', async () => {
    const marked = messageRow(opened.api, 'messages', isUnread);
    const deleted = messageRow(opened.api, 'messages', ({ id }) => id !== marked.message.id);
    await run(Command.MarkRead, marked);
    await run(Command.Delete, deleted);
    let shown: readonly vscode.QuickPickItem[] = [];
    person.answers('showQuickPick', (items: readonly vscode.QuickPickItem[]) => {
      shown = items;
      return items[0];
    });
    person.answers('showWarningMessage', () => 'Discard');
    await run(Command.PendingChanges).catch(() => undefined);
    assert.deepEqual(
      shown.map(({ label }) => label),
      ['Mark as read (1)', 'Delete (1)', 'Send All Now'],
    );
    assert.match(String(shown[0]?.detail), /Couldn't reach/);
    assert.equal(opened.mailbox.waitingCount, 1);
    assert.equal(opened.mailbox.store.get(marked.message.id)?.readStatus, 'Unread');

    await line.mend();
    person.picks(({ label }) => label === 'Send All Now');
    await run(Command.PendingChanges);
    await eventually(() => assert.equal(opened.mailbox.waitingCount, 0));
    assert.deepEqual(
      (await opened.requests()).map(({ method }) => method),
      ['DELETE'],
    );
    await run(Command.PendingChanges);
    assert.match(person.texts('showInformationMessage').at(-1) ?? '', /No changes are pending/);
  });
});
