import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Message } from '../../../src/api/schema';
import { View } from '../../../src/ids';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import type { GroupBy } from '../../../src/mailbox/query';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { MailboxViews } from '../../../src/tree/mailboxViews';
import type { GroupNode, MessageNode, Node } from '../../../src/tree/nodes';
import { ViewState } from '../../../src/tree/viewState';
import { Emitter } from '../../../src/util/emitter';
import { aMessage } from '../../builders/message';
import { FakeMemento } from '../../fakes/memento';
import { revealed, shownViews } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

const caller = (name: string): Partial<Message> => ({
  type: 'VoiceMail',
  from: { name, phoneNumber: `+1650555${String(name.length).padStart(4, '0')}` },
});

/** Oldest last, as they are shown. */
function anHourApart(...fields: readonly Partial<Message>[]): Message[] {
  return fields.map((each, index) =>
    aMessage({ ...each, creationTime: new Date(Date.UTC(2026, 5, 17, 12 - index)).toISOString() }),
  );
}

/** Views of these messages, in which everything is expanded. */
function setUp(messages: readonly Message[], groupBy: GroupBy = 'typeAndConversation') {
  const store = new MemoryMessageStore();
  store.apply({ put: messages });
  const account = { id: '1@example.com', label: 'Rosa Lind', mailbox: { store } } as unknown as Account;
  const accounts: Accounts = {
    all: [account],
    current: account,
    onDidChange: new Emitter<void>().event,
    get: () => account,
  };
  Object.assign(account.mailbox, { onDidChangeState: new Emitter<void>().event });
  const memento = new FakeMemento();
  void memento.update('groupBy', groupBy);
  const views = new MailboxViews(accounts, new ViewState(memento));
  onTestFinished(() => views.dispose());
  const tree = views.trees.messages;
  const walk = (nodes: readonly Node[]): Node[] =>
    nodes.flatMap((node) => [node, ...walk(tree.getChildren(node))]);
  const rows = walk(tree.getChildren());
  const rowOf = ({ id }: Message): MessageNode => {
    const row = rows.find((node) => node.kind === 'message' && node.message.id === id);
    if (row?.kind !== 'message') throw new Error(`There is no row of ${id}.`);
    return row;
  };
  const groupOf = (message: Message): GroupNode => {
    const { parent } = rowOf(message);
    if (parent?.kind !== 'group') throw new Error(`There is no group of ${message.id}.`);
    return parent;
  };
  return { views, account, store, rowOf, groupOf };
}

/** What got the focus: the id of a message, or the newest of a group. */
function focused(): readonly string[] {
  return revealed.map(({ node, options }) => {
    expect(options).toEqual({ select: false, focus: true });
    const row = node as Node;
    if (row.kind === 'message') return row.message.id;
    return row.kind === 'group' ? `group ${row.group.newest.id}` : row.kind;
  });
}

beforeEach(() => {
  revealed.length = 0;
});

describe('the focus', () => {
  test('moves when the list changes, although the server has not answered', async () => {
    const [first, second, third] = anHourApart(caller('Ada'), caller('Ada'), caller('Ada'));
    if (!first || !second || !third) throw new Error('There are three.');
    const { views, rowOf } = setUp([first, second, third]);
    let answer = (): void => undefined;
    const running = views.keepingPlace(
      rowOf(first),
      [first.id],
      () => new Promise<string>((resolve) => (answer = () => resolve('done'))),
    );
    expect(focused()).toEqual([second.id]);
    answer();
    expect(await running).toBe('done');
  });

  test('stays among the caller’s voicemails while there are more than are shown', async () => {
    const messages = anHourApart(...Array.from({ length: 102 }, () => caller('Ada')));
    const { views, rowOf } = setUp(messages);
    const [first, ...others] = messages.slice(0, 100);
    const last = others.pop();
    if (!first || !last) throw new Error('There are 102.');
    await views.keepingPlace(
      rowOf(first),
      [first, ...others].map(({ id }) => id),
      () => Promise.resolve(),
    );
    expect(focused()).toEqual([last.id]);
    expect(revealed[0]?.node).toMatchObject({
      parent: { kind: 'group', group: { key: { kind: 'thread' } } },
    });
  });

  test('goes to the row of the caller’s last voicemail when it has taken the place of the caller’s', async () => {
    const [first, second] = anHourApart(caller('Ada'), caller('Ada'));
    if (!first || !second) throw new Error('There are two.');
    const { views, store, rowOf, groupOf } = setUp([first, second]);
    const { parent: type } = groupOf(first);
    let answer = (): void => undefined;
    const running = views.keepingPlace(
      rowOf(first),
      [first.id],
      () => new Promise<void>((resolve) => (answer = resolve)),
    );
    expect(focused(), 'there is no such row yet').toEqual([]);
    store.apply({ remove: [first.id] });
    await new Promise(setImmediate);
    expect(focused()).toEqual([second.id]);
    expect(revealed[0]?.node).toMatchObject({ kind: 'message', parent: type });
    answer();
    await running;
  });

  test.each([
    ['the next row', [0], 1],
    ['the row before the last one', [2], 1],
    ['the next row that stays', [0, 1], 2],
    ['the row before, if all that follow go as well', [1, 2], 0],
  ])('goes to %s', async (_, gone, expected) => {
    const messages = anHourApart(caller('Ada'), caller('Ada'), caller('Ada'));
    const chosen = gone.map((index) => messages[index]).filter((message) => message !== undefined);
    const { views, rowOf } = setUp(messages);
    const [row] = chosen;
    if (!row) throw new Error('Something goes.');
    await views.keepingPlace(
      rowOf(row),
      chosen.map(({ id }) => id),
      () => Promise.resolve(),
    );
    expect(focused()).toEqual([messages[expected]?.id]);
  });

  test('goes from the last row of a caller to the next caller, and from the last caller to the one before', async () => {
    const [ada, ben, cleo] = anHourApart(caller('Ada'), caller('Benn'), caller('Cleo P'));
    if (!ada || !ben || !cleo) throw new Error('There are three.');
    const { views, rowOf } = setUp([ada, ben, cleo]);
    await views.keepingPlace(rowOf(ada), [ada.id], () => Promise.resolve());
    await views.keepingPlace(rowOf(cleo), [cleo.id], () => Promise.resolve());
    expect(focused()).toEqual([ben.id, ben.id]);
  });

  test('goes from a caller that is deleted to the next, and past those that are deleted with it', async () => {
    const messages = anHourApart(caller('Ada'), caller('Ada'), caller('Benn'), caller('Cleo P'));
    const [one, two, ben, cleo] = messages;
    if (!one || !two || !ben || !cleo) throw new Error('There are four.');
    const { views, groupOf } = setUp(messages);
    await views.keepingPlace(groupOf(one), [one.id, two.id, ben.id], () => Promise.resolve());
    expect(focused()).toEqual([cleo.id]);
  });

  test('goes from the last message of a type to the next type', async () => {
    const [voicemail, text] = anHourApart(caller('Ada'), { conversationId: '7' });
    if (!voicemail || !text) throw new Error('There are two.');
    const { views, rowOf } = setUp([voicemail, text]);
    await views.keepingPlace(rowOf(voicemail), [voicemail.id], () => Promise.resolve());
    expect(focused()).toEqual([`group ${text.id}`]);
  });

  test('stays where it is if nothing is left', async () => {
    const [only] = anHourApart(caller('Ada'));
    if (!only) throw new Error('There is one.');
    const { views, rowOf } = setUp([only]);
    await views.keepingPlace(rowOf(only), [only.id], () => Promise.resolve());
    expect(focused()).toEqual([]);
  });

  test('goes to the next day where messages are grouped by date', async () => {
    const [today, older] = [
      aMessage({ creationTime: new Date().toISOString() }),
      aMessage({ creationTime: new Date(Date.UTC(2020, 1, 2)).toISOString() }),
    ];
    const { views, rowOf } = setUp([today, older], 'date');
    await views.keepingPlace(rowOf(today), [today.id], () => Promise.resolve());
    expect(focused()).toEqual([`group ${older.id}`]);
  });
});

test('the title of Deleted says how many messages are in it, as the language writes numbers', () => {
  const messages = Array.from({ length: 1_234 }, () => aMessage({ availability: 'Deleted' }));
  const { views, account } = setUp(messages);
  Object.assign(account.mailbox, {
    state: { kind: 'ready' },
    online: true,
    waitingCount: 0,
    actions: { canUndo: false },
  });
  views.start();
  expect(shownViews.get(View.Deleted)?.description).toBe('1,234');
});
