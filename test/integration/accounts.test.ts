import * as assert from 'node:assert/strict';
import { Command } from '../../src/ids';
import { isInbound, isUnread } from '../../src/mailbox/message';
import type { AccountNode, MessageNode } from '../../src/tree/nodes';
import { eventually } from './eventually';
import { labelOf, messageRow, openMailbox, type OpenMailbox, rows } from './openMailbox';
import { run } from './run';
import { Person } from './window';

suite('Several accounts', () => {
  let first: OpenMailbox;
  let second: OpenMailbox;
  let person: Person;

  setup(async () => {
    person = new Person();
    first = await openMailbox();
    second = await openMailbox();
    await first.admin.resetRequests();
    await second.admin.resetRequests();
  });
  teardown(async () => {
    await second.close();
    await first.close();
    person.leave();
  });

  const accountRows = (): AccountNode[] =>
    first.api.views.trees.messages.getChildren().filter((node) => node.kind === 'account');
  const rowOf = (opened: OpenMailbox, wanted: (row: MessageNode) => boolean): MessageNode => {
    const row = rows(opened.api, 'messages').find(
      ({ node }) => node.kind === 'message' && node.account.mailbox === opened.mailbox && wanted(node),
    );
    assert.ok(row?.node.kind === 'message');
    return row.node;
  };

  test('are each a root of the tree with their own groups, and a single account is not', async () => {
    const { trees } = first.api.views;
    assert.deepEqual(
      accountRows().map(({ account }) => account.mailbox),
      [first.mailbox, second.mailbox],
    );
    for (const node of accountRows()) {
      const item = trees.messages.getTreeItem(node);
      assert.equal(item.label, node.account.label);
      const { total, unread } = node.account.mailbox.store.tally({ availability: 'Alive', filter: {} });
      assert.match(String(item.description), new RegExp(`^${String(unread)} unread`));
      assert.ok(typeof item.tooltip === 'string');
      assert.match(item.tooltip, new RegExp(`\\n${String(unread)} unread of ${String(total)}`));
      assert.deepEqual(
        trees.messages.getChildren(node).map((child) => labelOf({ item: trees.messages.getTreeItem(child) })),
        ['Voicemail', 'Text Messages', 'Faxes', 'Pager Messages'],
      );
    }
    await second.api.sessions.signOut(second.account.sessionId);
    assert.deepEqual(accountRows(), []);
    messageRow(first.api, 'messages', () => true);
  });

  test('keep apart changes to messages that have the same id', async () => {
    const row = rowOf(second, ({ message }) => isUnread(message));
    assert.ok(first.mailbox.store.get(row.message.id), 'the other account has a message of the same id');
    await run(Command.MarkRead, row);
    assert.equal((await second.requests()).length, 1);
    assert.deepEqual(await first.requests(), []);
    assert.equal(second.mailbox.store.get(row.message.id)?.readStatus, 'Read');
    assert.equal(first.mailbox.store.get(row.message.id)?.readStatus, 'Unread');
  });

  test('each get one request from a command on a selection across them', async () => {
    const chosen = [first, second].map((opened) =>
      rowOf(opened, ({ message }) => isInbound(message) && !isUnread(message)),
    );
    await run(Command.MarkUnread, chosen[0], chosen);
    for (const opened of [first, second]) assert.equal((await opened.requests()).length, 1);
  });

  test('are counted together in the status bar and on the badge', async () => {
    const unreadOf = ({ mailbox }: OpenMailbox): number =>
      mailbox.store.tally({ availability: 'Alive', filter: {} }).unread;
    await eventually(() => {
      const all = unreadOf(first) + unreadOf(second);
      assert.ok(all > 0);
      assert.equal(first.api.views.unread, all);
      assert.equal(first.api.statusBar.text, `$(mail) ${String(all)}`);
    });
  });

  test('can be switched, and the palette acts on the current one', async () => {
    for (const opened of [second, first]) {
      person.answers('showQuickPick', (items: readonly { account: unknown }[]) =>
        items.find(({ account }) => account === opened.account),
      );
      await run(Command.SwitchAccount);
      assert.equal(opened.api.accounts.current, opened.account);
      await opened.admin.resetRequests();
      person.answers('showQuickPick', (items: readonly unknown[]) => items.slice(0, 1));
      await run(Command.MarkRead);
      assert.equal((await opened.requests()).length, 1);
    }
  });

  test('are signed out of one at a time from their rows', async () => {
    const [, row] = accountRows();
    person.answers('showWarningMessage', (_text: string, _options: unknown, signOut: string) => signOut);
    await run(Command.SignOutOfAccount, row);
    assert.deepEqual(
      first.api.accounts.all.map(({ mailbox }) => mailbox),
      [first.mailbox],
    );
    assert.equal((await second.requests(({ path }) => path === '/restapi/oauth/revoke')).length, 1);
  });
});
