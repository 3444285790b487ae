import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Message } from '../../src/api/schema';
import { Command } from '../../src/ids';
import { isConversational, isInbound, isUnread } from '../../src/mailbox/message';
import { groupRow, labelOf, messageRow, openMailbox, type OpenMailbox, rows, shown } from './openMailbox';
import { run } from './run';
import { Person } from './window';

suite('Views', () => {
  let opened: OpenMailbox;
  let person: Person;

  suiteSetup(async () => {
    opened = await openMailbox({ messages: 'whole sample' });
  });
  setup(() => {
    person = new Person();
  });
  teardown(async () => {
    person.leave();
    await run(Command.ClearFilters);
    await run(Command.GroupByTypeAndConversation);
  });
  suiteTeardown(() => opened.close());

  const shownMessages = (): readonly Message[] => shown(opened.api, 'messages');
  const topLevel = (): string[] => {
    const tree = opened.api.views.trees.messages;
    return tree.getChildren().map((node) => labelOf({ item: tree.getTreeItem(node) }));
  };

  test('messages are grouped by type, then by conversation or caller', () => {
    assert.deepEqual(topLevel(), ['Voicemail', 'Text Messages', 'Faxes', 'Pager Messages']);
  });

  test('grouping by other party and by date rearranges the same messages', async () => {
    const all = shownMessages().length;
    await run(Command.GroupByDate);
    assert.ok(
      topLevel().some((label) => /^(Today|Yesterday|Last 7 Days)$/.test(label)),
      topLevel().join(),
    );
    await run(Command.GroupByOtherParty);
    assert.ok(!topLevel().includes('Voicemail'));
    assert.equal(shownMessages().length, all);
  });

  test('the grouping can be chosen from a list', async () => {
    person.picks(({ label }) => label === 'Date');
    await run(Command.GroupBy);
    assert.ok(!topLevel().includes('Voicemail'));
  });

  test('filters narrow the messages by read status, type, direction and text, and are cleared together', async () => {
    const all = shownMessages().length;
    await run(Command.ShowUnreadOnly);
    assert.ok(
      shownMessages().length > 0 && shownMessages().every(({ readStatus }) => readStatus === 'Unread'),
    );
    await run(Command.ShowReadAndUnread);
    assert.equal(shownMessages().length, all);

    person.picks(({ label }) => label === 'Faxes');
    await run(Command.FilterByType);
    assert.ok(shownMessages().length > 0 && shownMessages().every(({ type }) => type === 'Fax'));

    person.picks(({ label }) => label === 'Sent');
    await run(Command.FilterByDirection);
    assert.ok(
      shownMessages().length > 0 && shownMessages().every(({ direction }) => direction === 'Outbound'),
    );

    await run(Command.ClearFilters);
    assert.equal(shownMessages().length, all);
    const [message] = shownMessages().filter(({ subject }) => subject);
    const word = message?.subject?.split(/\s+/).find((each) => each.length > 4) ?? '';
    person.answers('showInputBox', () => word.toUpperCase());
    await run(Command.FilterByText);
    assert.ok(shownMessages().some(({ id }) => id === message?.id));
    assert.ok(shownMessages().length < all);
  });

  test('an unread row has a dot, and a label for screen readers that says unread, type and sender', () => {
    const row = rows(opened.api, 'messages').find(
      ({ node }) => node.kind === 'message' && isUnread(node.message),
    );
    assert.match(labelOf(row), /^● /);
    assert.match(
      row?.item.accessibilityInformation?.label ?? '',
      /^Unread (voicemail|fax|text message|pager message) from /,
    );
  });

  test('a type says in words how many of its messages are unread, a conversation by its badge', () => {
    const tree = opened.api.views.trees.messages;
    const type = groupRow(opened.api, ({ key, unread }) => key.kind === 'type' && unread > 0);
    const { unread, total } = type.group;
    assert.equal(tree.getTreeItem(type).description, `${String(unread)} unread`);
    assert.equal(
      tree.getTreeItem(type).tooltip,
      `${labelOf({ item: tree.getTreeItem(type) })}\n${String(unread)} unread of ${String(total)}`,
    );
    const thread = groupRow(opened.api, ({ key, unread: count }) => key.kind === 'thread' && count > 0);
    const item = tree.getTreeItem(thread);
    assert.doesNotMatch(String(item.description), /unread/);
    assert.equal(item.resourceUri?.query, String(thread.group.unread));
    assert.equal(item.resourceUri.fragment, 'badge');
    assert.equal(item.command?.command, Command.Open);
  });

  test('a voicemail or fax that is alone in its group stands for it, and a conversation stays a group', () => {
    const tree = opened.api.views.trees.messages;
    for (const type of tree.getChildren())
      for (const child of tree.getChildren(type)) {
        if (child.kind === 'group') assert.ok(child.group.total > 1 || isConversational(child.group.newest));
        else assert.ok(child.kind === 'message' && !isConversational(child.message));
        assert.equal(tree.getParent(child), type);
      }
  });

  test('the row of a failed fax says why it failed', () => {
    const row = rows(opened.api, 'messages').find(
      ({ node }) =>
        node.kind === 'message' && node.message.to.some(({ faxErrorCode }) => faxErrorCode !== undefined),
    );
    assert.match(String(row?.item.description), /Failed: /);
  });

  test('a tooltip shows other people’s words literally, not as Markdown or HTML', async () => {
    await opened.admin.deliver({ text: '[click](command:evil) <img src=x> **bold**' });
    await run(Command.Refresh);
    const row = messageRow(opened.api, 'messages', ({ subject }) => subject?.startsWith('[click]') ?? false);
    const tree = opened.api.views.trees.messages;
    const item = tree.getTreeItem(row);
    const tooltip = item.tooltip;
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.ok(!tooltip.isTrusted && !tooltip.supportHtml);
    const words = tooltip.value.split('---').at(-1)?.trim();
    assert.equal(words, '\\[click\\](command:evil) \\<img src=x\\> \\*\\*bold\\*\\*');
  });

  test('a refresh shows messages delivered since', async () => {
    await opened.admin.deliver({ type: 'SMS', text: 'Just delivered' });
    await run(Command.Refresh);
    messageRow(opened.api, 'messages', ({ subject }) => subject === 'Just delivered');
  });

  test('a sync token that the server refuses is replaced without losing anything on screen', async () => {
    for (const errorCode of ['CMN-101', 'MSG-333', 'MSG-411'] as const) {
      const before = shownMessages().length;
      await opened.admin.invalidateSyncTokens(errorCode);
      await opened.admin.deliver({ text: `After ${errorCode}` });
      await run(Command.Refresh);
      assert.equal(shownMessages().length, before + 1);
    }
  });
});

suite('A large mailbox', () => {
  let opened: OpenMailbox;
  let person: Person;

  suiteSetup(async () => {
    opened = await openMailbox({ messages: 10_000 });
  });
  setup(() => {
    person = new Person();
  });
  teardown(() => person.leave());
  suiteTeardown(() => opened.close());

  test('is loaded completely', async () => {
    const { messages } = await opened.admin.state();
    assert.equal(messages.length, 10_000);
    const ids = [...shown(opened.api, 'messages'), ...shown(opened.api, 'deleted')].map(({ id }) => id);
    assert.deepEqual(
      ids.sort(),
      messages
        .filter(({ availability }) => availability !== 'Purged')
        .map(({ id }) => id)
        .sort(),
    );
  });

  test('shows long groups in pages', async () => {
    const more = rows(opened.api, 'messages').find(({ node }) => node.kind === 'more');
    assert.ok(more?.node.kind === 'more' && more.node.parent);
    const tree = opened.api.views.trees.messages;
    const { parent } = more.node;
    const before = tree.getChildren(parent).length;
    await run(Command.LoadMore, more.node);
    assert.ok(tree.getChildren(parent).length > before);
  });

  test('changes 5,000 messages in requests of 1,000', async () => {
    const chosen = shown(opened.api, 'messages')
      .filter((message) => isInbound(message) && !isUnread(message))
      .slice(0, 5_000);
    assert.equal(chosen.length, 5_000);
    const { account } = opened;
    const nodes = chosen.map((message) => ({ kind: 'message', account, message, parent: undefined }));
    await opened.admin.resetRequests();
    await run(Command.MarkUnread, nodes[0], nodes);
    const sizes = (await opened.requests()).map(({ body }) => (JSON.parse(body) as unknown[]).length);
    assert.deepEqual(sizes, [1_000, 1_000, 1_000, 1_000, 1_000]);
    const unread = new Set(
      shown(opened.api, 'messages')
        .filter(isUnread)
        .map(({ id }) => id),
    );
    assert.ok(chosen.every(({ id }) => unread.has(id)));
  });
});
