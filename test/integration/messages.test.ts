import * as assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { LoggedRequest } from '../../src/emulator/requestLog';
import { Command, Setting } from '../../src/ids';
import { conversationOf, type GroupKey } from '../../src/mailbox/group';
import { isInbound, isUnread } from '../../src/mailbox/message';
import { eventually } from './eventually';
import {
  groupRow,
  isShown,
  labelOf,
  messageRow,
  messagesIn,
  openMailbox,
  type OpenMailbox,
  rows,
} from './openMailbox';
import { run } from './run';
import { Person } from './window';

const STORE = '/restapi/v1.0/account/~/extension/~/message-store';

/** The messages that a DELETE names. */
function idsIn({ path, body }: LoggedRequest): string[] {
  const named = path.slice(`${STORE}/`.length);
  return named === '*' ? (JSON.parse(body) as string[]) : named.split(',');
}

suite('Commands on messages', () => {
  let opened: OpenMailbox;
  let person: Person;

  setup(async () => {
    person = new Person();
    opened = await openMailbox();
    await opened.admin.resetRequests();
  });

  teardown(async () => {
    await opened.close();
    person.leave();
  });

  test('marking a message read sends one update and changes its row', async () => {
    const row = messageRow(opened.api, 'messages', isUnread);
    await run(Command.MarkRead, row);
    const [request, ...others] = await opened.requests();
    assert.deepEqual(others, []);
    assert.equal(`${String(request?.method)} ${String(request?.path)}`, `PUT ${STORE}/${row.message.id}`);
    assert.deepEqual(JSON.parse(request?.body ?? ''), { readStatus: 'Read' });
    const shown = rows(opened.api, 'messages').find(
      ({ node }) => node.kind === 'message' && node.message.id === row.message.id,
    );
    assert.doesNotMatch(labelOf(shown), /^●/);
  });

  test('marking a selection unread sends all of it in one request', async () => {
    const chosen = rows(opened.api, 'messages')
      .flatMap(({ node }) =>
        node.kind === 'message' && isInbound(node.message) && !isUnread(node.message) ? [node] : [],
      )
      .slice(0, 3);
    await run(Command.MarkUnread, chosen[0], chosen);
    const [request, ...others] = await opened.requests();
    assert.deepEqual(others, []);
    assert.equal(request?.path, `${STORE}/*`);
    assert.deepEqual(
      JSON.parse(request.body),
      chosen.map(({ message }) => ({ resourceId: message.id, body: { readStatus: 'Unread' } })),
    );
    for (const { message } of chosen)
      assert.equal(opened.mailbox.store.get(message.id)?.readStatus, 'Unread');
  });

  test('marking read from the palette asks which, and offers unread messages only', async () => {
    let offered = 0;
    person.answers('showQuickPick', (items: readonly { message: { readStatus: string } }[]) => {
      offered = items.length;
      assert.ok(items.every(({ message }) => message.readStatus === 'Unread'));
      return items.slice(0, 1);
    });
    const before = opened.mailbox.store.tally({ availability: 'Alive', filter: {} }).unread;
    await run(Command.MarkRead);
    assert.equal(offered, before);
    assert.equal((await opened.requests()).length, 1);
  });

  test('marking a group read changes its unread messages only', async () => {
    const group = groupRow(opened.api, ({ unread, key }) => key.kind !== 'type' && unread > 0);
    const unread = messagesIn(opened.api, group)
      .filter(isUnread)
      .map(({ id }) => id);
    await run(Command.MarkGroupRead, group);
    const [request, ...others] = await opened.requests();
    assert.deepEqual(others, []);
    const sent =
      unread.length === 1
        ? [request?.path.split('/').at(-1)]
        : (JSON.parse(request?.body ?? '') as { resourceId: string }[]).map(({ resourceId }) => resourceId);
    assert.deepEqual(sent, unread);
    assert.ok(!isShownUnread(group.group.key));
  });

  const isShownUnread = (wanted: GroupKey): boolean =>
    groupRow(opened.api, ({ key }) => isDeepStrictEqual(key, wanted)).group.unread > 0;

  test('deleting moves exactly that message to Deleted, and Undo brings it back', async () => {
    const row = messageRow(opened.api, 'messages', () => true);
    const { id } = row.message;
    await run(Command.Delete, row);
    const request = (await opened.requests()).find(({ method }) => method === 'DELETE');
    assert.equal(request?.path, `${STORE}/${id}`);
    assert.deepEqual(request.query, {});
    assert.deepEqual(person.texts('showInformationMessage'), [], 'no notification for one message');
    await run(Command.UndoDelete);
    await assertServerHas({ [id]: 'Alive' });
    assert.ok(isShown(opened.api, 'messages', id));
    const sent = (await opened.requests()).map(({ method, body }) => `${method} ${body}`);
    assert.deepEqual(sent, ['DELETE ', 'PATCH {"availability":"Alive"}']);
  });

  test('a deletion is told of although the next row cannot get the focus', async () => {
    const all = rows(opened.api, 'messages').flatMap(({ node }) => (node.kind === 'message' ? [node] : []));
    const row = all.find((node, at) => node.parent === all[at + 1]?.parent);
    assert.ok(row);
    const { views } = opened.api;
    const tree = views.trees.messages;
    const getTreeItem = tree.getTreeItem.bind(tree);
    // As if it were gone.
    tree.getTreeItem = (node) => {
      if (node.kind === 'message') throw new Error('There is no such row.');
      return getTreeItem(node);
    };
    try {
      await run(Command.Delete, row);
    } finally {
      tree.getTreeItem = getTreeItem;
    }
    assert.deepEqual(person.texts('showErrorMessage'), []);
    assert.match(
      person.announced.join(),
      /^Deleted (voicemail|fax|text message|pager message) (from|to) .+\. .+ to undo$/,
    );
    await assertServerHas({ [row.message.id]: 'Deleted' });
  });

  test('Undo takes back the deletion it was offered for, also after a later deletion', async () => {
    const [first, second] = rows(opened.api, 'messages').flatMap(({ node }) =>
      node.kind === 'message' ? [node] : [],
    );
    assert.ok(first && second);
    let undoFirst = (): void => undefined;
    person.answers(
      'showInformationMessage',
      (_text: string, undo: string) => new Promise((resolve) => (undoFirst = () => resolve(undo))),
    );
    // As a page does, where the key that undoes is another's.
    await run(Command.Delete, { accountId: opened.account.id, messageIds: [first.message.id] });
    await run(Command.Delete, second);
    undoFirst();
    await eventually(() => assert.ok(isShown(opened.api, 'messages', first.message.id)));
    await eventually(() => assertServerHas({ [first.message.id]: 'Alive', [second.message.id]: 'Deleted' }));
    await run(Command.UndoDelete);
    await assertServerHas({ [second.message.id]: 'Alive' });
  });

  test('a command for a row that VS Code is just reading again does nothing, and asks nothing', async () => {
    person.picks(() => true);
    await run(Command.Delete, undefined);
    await run(Command.MarkUnread, null);
    const row = messageRow(opened.api, 'messages', () => true);
    await run(Command.Delete, row, [row, undefined]);
    assert.deepEqual(person.asked, [], 'it is said in the status bar');
    assert.deepEqual(await opened.requests(), []);
  });

  test('a deleted message is shown in Deleted and restored from there', async () => {
    const row = messageRow(opened.api, 'messages', () => true);
    const { id } = row.message;
    await run(Command.Delete, row);
    assert.ok(!isShown(opened.api, 'messages', id));
    const deleted = messageRow(opened.api, 'deleted', (message) => message.id === id);
    await run(Command.Restore, deleted);
    assert.ok(isShown(opened.api, 'messages', id));
    assert.ok(!isShown(opened.api, 'deleted', id));
    await assertServerHas({ [id]: 'Alive' });
  });

  test('a message that was meanwhile deleted elsewhere is not deleted again, which would purge it', async () => {
    const row = messageRow(opened.api, 'messages', () => true);
    await opened.admin.change(row.message.id, { availability: 'Deleted' });
    await run(Command.Delete, row);
    assert.deepEqual(await opened.requests(), []);
    await assertServerHas({ [row.message.id]: 'Deleted' });
  });

  test('a deletion whose answer was lost is not repeated, even if it is asked for again', async () => {
    const row = messageRow(opened.api, 'messages', () => true);
    await opened.admin.fail({ kind: 'lostAnswer', method: 'DELETE', count: 1 });
    await run(Command.Delete, row);
    assert.ok(isShown(opened.api, 'deleted', row.message.id));
    await run(Command.Delete, row);
    await eventually(() => assert.ok(!opened.mailbox.store.isPending(row.message.id)));
    assert.deepEqual(person.texts('showErrorMessage'), []);
    assert.equal((await opened.requests(({ method }) => method === 'DELETE')).length, 1);
    await assertServerHas({ [row.message.id]: 'Deleted' });
  });

  test('deleting permanently asks first, names the message, and sends nothing if dismissed', async () => {
    const row = messageRow(opened.api, 'deleted', () => true);
    await run(Command.DeletePermanently, row);
    assert.deepEqual(await opened.requests(), []);
    const [question, options] =
      person.asked.find(({ dialog }) => dialog === 'showWarningMessage')?.args ?? [];
    assert.match(String(question), /^Permanently delete the .+ (from|to) .+\?$/);
    assert.equal((options as vscode.MessageOptions).modal, true);
  });

  test('deleting permanently purges exactly what was chosen', async () => {
    const row = messageRow(opened.api, 'deleted', () => true);
    const before = await serverState();
    person.answers('showWarningMessage', (_text: string, _options: unknown, confirm: string) => confirm);
    await run(Command.DeletePermanently, row);
    const [request, ...others] = await opened.requests();
    assert.deepEqual(others, []);
    assert.equal(request?.path, `${STORE}/${row.message.id}`);
    assert.deepEqual(request.query, { purge: ['true'] });
    assert.ok(!isShown(opened.api, 'deleted', row.message.id));
    assert.deepEqual(await serverState(), { ...before, [row.message.id]: 'Purged' });
  });

  test('emptying Deleted purges what is in Deleted, and nothing else', async () => {
    const before = await serverState();
    person.answers('showWarningMessage', (_text: string, _options: unknown, confirm: string) => confirm);
    await run(Command.EmptyDeleted);
    assert.deepEqual(rows(opened.api, 'deleted'), []);
    const expected = Object.entries(before).map(([id, availability]) => [
      id,
      availability === 'Deleted' ? 'Purged' : availability,
    ]);
    assert.deepEqual(await serverState(), Object.fromEntries(expected));
    const named = (await opened.requests()).flatMap(idsIn);
    assert.deepEqual(
      named.sort(),
      Object.keys(before)
        .filter((id) => before[id] === 'Deleted')
        .sort(),
    );
  });

  test('emptying a filtered Deleted purges only what is shown, and the question says so', async () => {
    const shown = opened.mailbox.store.ids({ availability: 'Deleted', filter: { types: ['VoiceMail'] } });
    const all = opened.mailbox.store.ids({ availability: 'Deleted', filter: {} });
    assert.ok(shown.length > 0 && shown.length < all.length);
    person.takesLists();
    person.picks(({ label }) => label === 'Voicemail');
    const filtering = run(Command.FilterDeleted);
    const list = await eventually(() => {
      assert.ok(person.openList);
      return person.openList;
    });
    list.choose('Type');
    await eventually(() => assert.ok(person.openList && person.openList !== list, 'the type was asked for'));
    person.openList?.hide();
    await filtering;
    let detail: string | undefined;
    person.answers('showWarningMessage', (_text: string, options: vscode.MessageOptions, confirm: string) => {
      detail = options.detail;
      return confirm;
    });
    await run(Command.EmptyDeleted);
    await run(Command.ClearDeletedFilters);
    assert.match(detail ?? '', /Messages that the filter \(Voicemail\) hides are kept\./);
    assert.deepEqual((await opened.requests()).flatMap(idsIn).sort(), [...shown].sort());
    const left = all.filter((id) => !shown.includes(id));
    assert.deepEqual(
      [...opened.mailbox.store.ids({ availability: 'Deleted', filter: {} })].sort(),
      left.sort(),
    );
  });

  test('a long conversation is deleted by the ids of the messages that the user saw, 50 in a request', async () => {
    const conversationId = '987654321';
    await opened.admin.deliverAll(Array.from({ length: 51 }, () => ({ conversationId })));
    await opened.mailbox.refresh();
    await opened.admin.resetRequests();
    const group = groupRow(opened.api, (each) => conversationOf(each) === conversationId);
    const ids = opened.mailbox.store.ids({ availability: 'Alive', filter: { conversationId } });
    assert.equal(ids.length, 51);
    const before = await serverState();
    person.answers('showWarningMessage', (_text: string, _options: unknown, confirm: string) => confirm);
    await run(Command.DeleteConversation, group);
    const requests = await opened.requests();
    assert.deepEqual(
      requests.map(({ method, query }) => ({ method, query })),
      [1, 2].map(() => ({ method: 'DELETE', query: {} })),
    );
    const named = requests.flatMap(({ path }) => path.split('/').at(-1)?.split(',') ?? []);
    assert.deepEqual(named.sort(), [...ids].sort());
    const gone = Object.fromEntries(ids.map((id) => [id, 'Deleted']));
    assert.deepEqual(await serverState(), { ...before, ...gone });
  });

  test('a conversation that is partly in Deleted is deleted by message ids', async () => {
    const group = groupRow(opened.api, (each) => conversationOf(each) !== undefined && each.total > 3);
    const messages = messagesIn(opened.api, group);
    const [first] = messages;
    assert.ok(first);
    const { account } = group;
    await run(Command.Delete, { kind: 'message', account, message: first, parent: group });
    await opened.admin.resetRequests();
    const before = await serverState();
    person.answers('showWarningMessage', (_text: string, _options: unknown, confirm: string) => confirm);
    await run(
      Command.DeleteConversation,
      groupRow(opened.api, ({ key }) => isDeepStrictEqual(key, group.group.key)),
    );
    const [request, ...others] = await opened.requests();
    assert.deepEqual(others, []);
    assert.ok(request);
    const rest = messages.slice(1).map(({ id }) => id);
    assert.deepEqual(idsIn(request).sort(), [...rest].sort());
    assert.deepEqual(await serverState(), {
      ...before,
      ...Object.fromEntries(rest.map((id) => [id, 'Deleted'])),
    });
  });

  test('deleting a whole group asks first', async () => {
    const group = groupRow(opened.api, ({ key }) => key.kind === 'type');
    await run(Command.Delete, group);
    assert.deepEqual(await opened.requests(), []);
    assert.match(
      person.texts('showWarningMessage').join(),
      new RegExp(`Delete ${String(group.group.total)} messages`),
    );
  });

  test('deleting a caller asks with name and number, and deletes what was shown then, not what is hidden or comes later', async () => {
    const from = { name: 'Ada Park', phoneNumber: '+16505550199' };
    const records = await opened.admin.deliverAll(
      ['Unread', 'Read', 'Unread'].map((readStatus) => ({ type: 'VoiceMail', from, readStatus })),
    );
    const [one, , three] = records.map(({ id }) => String(id));
    await opened.mailbox.refresh();
    await opened.admin.resetRequests();
    await run(Command.ShowUnreadOnly);
    const group = groupRow(
      opened.api,
      ({ key, newest }) => key.kind === 'thread' && newest.from?.phoneNumber === from.phoneNumber,
    );
    let detail: string | undefined;
    person.answers(
      'showWarningMessage',
      async (_text: string, options: vscode.MessageOptions, confirm: string) => {
        ({ detail } = options);
        await opened.admin.deliver({ type: 'VoiceMail', from });
        await opened.mailbox.refresh();
        return confirm;
      },
    );
    await run(Command.Delete, group);
    assert.deepEqual(person.texts('showWarningMessage'), ['Delete 2 voicemails from Ada Park?']);
    assert.match(detail ?? '', /Messages that the filter \(unread\) hides are kept\./);
    const named = (await opened.requests()).flatMap(idsIn);
    assert.deepEqual(named.sort(), [one, three].map(String).sort());
  });

  test('the key that undoes takes back the last deletion, whatever account was current', async () => {
    const group = groupRow(opened.api, ({ key, total }) => key.kind === 'thread' && total > 1);
    person.answers('showWarningMessage', (_text: string, _options: unknown, confirm: string) => confirm);
    const ids = messagesIn(opened.api, group).map(({ id }) => id);
    await run(Command.Delete, group);
    await assertServerHas(Object.fromEntries(ids.map((id) => [id, 'Deleted'])));
    await run(Command.UndoDelete);
    await assertServerHas(Object.fromEntries(ids.map((id) => [id, 'Alive'])));
  });

  test('a conversation is marked as unread by its newest received message', async () => {
    const group = groupRow(
      opened.api,
      (each) => conversationOf(each) !== undefined && each.unread === 0 && each.total > 1,
    );
    const newest = messagesIn(opened.api, group).find(({ direction }) => direction === 'Inbound');
    await run(Command.MarkUnread, group);
    const [request, ...others] = await opened.requests();
    assert.deepEqual(others, []);
    assert.equal(request?.path, `${STORE}/${String(newest?.id)}`);
  });

  test('everything that is shown is marked as read after a question that says how much it is', async () => {
    const { store } = opened.mailbox;
    const shown = { availability: 'Alive', filter: { types: ['Fax'], readStatus: 'Unread' } } as const;
    const hidden = { availability: 'Alive', filter: { types: ['VoiceMail'], readStatus: 'Unread' } } as const;
    const [count, others] = [store.ids(shown).length, store.ids(hidden).length];
    assert.ok(count > 1 && others > 0);
    person.picks(({ label }) => label === 'Faxes');
    await run(Command.FilterByType);
    await run(Command.MarkAllRead);
    assert.deepEqual(person.texts('showWarningMessage'), [`Mark ${String(count)} messages as read?`]);
    assert.equal(store.ids(shown).length, count, 'dismissed');
    person.answers('showWarningMessage', (_text: string, _options: unknown, confirm: string) => confirm);
    await run(Command.MarkAllRead);
    assert.deepEqual([store.ids(shown).length, store.ids(hidden).length], [0, others]);
  });

  test('a change that the server refuses is undone, and an error says why', async () => {
    const row = messageRow(opened.api, 'messages', isUnread);
    await opened.admin.setPermissions({ user: { EditMessages: false } });
    await run(Command.MarkRead, row);
    assert.equal(opened.mailbox.store.get(row.message.id)?.readStatus, 'Unread');
    assert.match(person.texts('showErrorMessage').join(), /lacks a required permission: EditMessages/);
  });

  test('a change that is refused for one message names it and is kept for the others', async () => {
    const chosen = rows(opened.api, 'deleted')
      .flatMap(({ node }) => (node.kind === 'message' ? [node] : []))
      .slice(0, 3);
    const [lost, ...kept] = chosen;
    assert.ok(lost);
    // Nobody tells the mailbox before it tries.
    await opened.admin.changeSettings({ silentPush: true });
    await opened.admin.change(lost.message.id, { availability: 'Purged' });
    await run(Command.Restore, lost, chosen);
    assert.match(person.texts('showErrorMessage').join(), /^1 of 3 messages weren't changed: "/);
    for (const { message } of kept) assert.ok(isShown(opened.api, 'messages', message.id));
    assert.ok(!isShown(opened.api, 'messages', lost.message.id));
  });

  test('opening marks a message read unless the setting forbids it', async () => {
    const [first, second] = rows(opened.api, 'messages').flatMap(({ node }) =>
      node.kind === 'message' && isUnread(node.message) && node.message.type === 'VoiceMail' ? [node] : [],
    );
    assert.ok(first && second);
    await run(Command.Open, first);
    await eventually(() =>
      assert.equal(opened.mailbox.store.confirmed(first.message.id)?.readStatus, 'Read'),
    );
    const settings = vscode.workspace.getConfiguration();
    await settings.update(Setting.MarkReadOnOpen, false, vscode.ConfigurationTarget.Global);
    try {
      await run(Command.Open, second);
      assert.equal(opened.mailbox.store.get(second.message.id)?.readStatus, 'Unread');
      assert.equal((await opened.requests()).length, 1);
    } finally {
      await settings.update(Setting.MarkReadOnOpen, undefined, vscode.ConfigurationTarget.Global);
    }
  });

  test('opening a voicemail leaves it unread if it is to be marked when it is played, and opening anything else does not', async () => {
    const unread = (type: string) =>
      messageRow(opened.api, 'messages', (message) => isUnread(message) && message.type === type);
    const voicemail = unread('VoiceMail');
    const fax = unread('Fax');
    const status = ({ message: { id } }: typeof fax): unknown => opened.mailbox.store.get(id)?.readStatus;
    const settings = vscode.workspace.getConfiguration();
    const set = (id: string, value: unknown): Thenable<void> =>
      settings.update(id, value, vscode.ConfigurationTarget.Global);
    try {
      await set(Setting.MarkVoicemailRead, 'onPlay');
      await run(Command.Open, voicemail);
      await run(Command.Open, fax);
      assert.deepEqual([status(voicemail), status(fax)], ['Unread', 'Read']);
      await set(Setting.MarkVoicemailRead, 'onOpen');
      await run(Command.Open, voicemail);
      assert.equal(status(voicemail), 'Read', 'it takes effect at once');
    } finally {
      await set(Setting.MarkVoicemailRead, undefined);
    }
  });

  test('opening the row of a caller opens the newest voicemail that nobody has heard, and marks that', async () => {
    const from = { name: 'Cy Caller', phoneNumber: '+16505550177' };
    const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
    const records = await opened.admin.deliverAll([
      { type: 'VoiceMail', from, creationTime: minutesAgo(1), readStatus: 'Read' },
      { type: 'VoiceMail', from, creationTime: minutesAgo(2) },
      { type: 'VoiceMail', from, creationTime: minutesAgo(3) },
    ]);
    const ids = records.map(({ id }) => String(id));
    await run(Command.Refresh);
    const statuses = (): unknown[] => ids.map((id) => opened.mailbox.store.get(id)?.readStatus);
    for (const expected of [
      ['Read', 'Read', 'Unread'],
      ['Read', 'Read', 'Read'],
    ]) {
      await run(
        Command.Open,
        groupRow(opened.api, ({ newest }) => newest.id === ids[0]),
      );
      assert.deepEqual(statuses(), expected);
    }
  });

  test('text is copied whole even if the list has only its beginning', async () => {
    const text = 'All of it. '.repeat(300).trim();
    await opened.admin.deliver({ text });
    await run(Command.Refresh);
    const row = messageRow(
      opened.api,
      'messages',
      ({ subject }) => subject?.startsWith('All of it.') ?? false,
    );
    await run(Command.CopyText, row);
    assert.equal(await vscode.env.clipboard.readText(), text);
  });

  test('the other party’s number is copied in a form that can be dialed', async () => {
    const numbers = [
      ['(650)555-0177', '+16505550177'],
      ['22395', '22395'],
    ] as const;
    for (const [given] of numbers)
      await opened.admin.deliver({ from: { phoneNumber: given }, text: `Call ${given}` });
    await run(Command.Refresh);
    for (const [given, copied] of numbers) {
      const row = messageRow(opened.api, 'messages', ({ subject }) => subject === `Call ${given}`);
      await run(Command.CopyNumber, row);
      assert.equal(await vscode.env.clipboard.readText(), copied);
    }
  });

  test('a reply and a call go on in the app that is set, and are sent nowhere else', async () => {
    // The emulator's numbers are not known to RingCentral, so nothing is offered for them.
    Object.defineProperty(opened.account, 'server', { value: 'production' });
    await opened.admin.deliver({
      from: { name: 'Ada Park', phoneNumber: '(650) 555-0177' },
      text: 'Call me',
    });
    await run(Command.Refresh);
    const row = messageRow(opened.api, 'messages', ({ subject }) => subject === 'Call me');
    await opened.admin.resetRequests();
    const { openExternal } = vscode.env;
    const given: unknown[] = [];
    vscode.env.openExternal = (target) => Promise.resolve(given.push(target) > 0);
    const settings = vscode.workspace.getConfiguration();
    try {
      person.answers('showInputBox', () => 'At 5 & not before');
      await run(Command.Reply, row);
      await settings.update(Setting.OpenWith, 'app', vscode.ConfigurationTarget.Global);
      person.answers('showInputBox', () => 'Thanks');
      await run(Command.Reply, row);
      await run(Command.Call, row);
    } finally {
      vscode.env.openExternal = openExternal;
      await settings.update(Setting.OpenWith, undefined, vscode.ConfigurationTarget.Global);
    }
    assert.deepEqual(given, [
      'https://app.ringcentral.com/r/sms?type=new&number=%2B16505550177&content=At%205%20%26%20not%20before',
      'rcmobile://sms?number=%2B16505550177',
      'rcmobile://call?number=%2B16505550177',
    ]);
    assert.equal(await vscode.env.clipboard.readText(), 'Thanks');
    assert.deepEqual(await opened.requests(), []);
  });

  async function serverState(): Promise<Record<string, string>> {
    const { messages } = await opened.admin.state();
    return Object.fromEntries(messages.map(({ id, availability }) => [id, availability]));
  }

  async function assertServerHas(expected: Record<string, string>): Promise<void> {
    const state = await serverState();
    for (const [id, availability] of Object.entries(expected)) assert.equal(state[id], availability);
  }
});
