import * as assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Message } from '../../src/api/schema';
import type { LoggedRequest } from '../../src/emulator/requestLog';
import { Command } from '../../src/ids';
import { conversationOf } from '../../src/mailbox/group';
import { eventually } from './eventually';
import { fillDisk } from './fullDisk';
import { groupRow, openMailbox, type OpenMailbox } from './openMailbox';
import { run } from './run';
import { Person } from './window';

const STORE = '/restapi/v1.0/account/~/extension/~/message-store';
const FRIEND = { name: 'Uma _Vale_', phoneNumber: '+14155550123' };
const CONVERSATION = '8234962969801171948';
const LONG = 40;

/** The messages that a request names in its path or its body. */
function idsIn({ path: requested, body }: LoggedRequest): readonly string[] {
  const named = requested.slice(`${STORE}/`.length);
  if (named !== '*') return named.split(',');
  return (JSON.parse(body) as (string | { resourceId: string })[]).map((each) =>
    typeof each === 'string' ? each : each.resourceId,
  );
}

suite('Commands on a conversation', () => {
  let opened: OpenMailbox;
  let person: Person;
  let folder: string;
  /** Oldest first. */
  let messages: readonly Message[];

  setup(async () => {
    person = new Person();
    folder = mkdtempSync(path.join(tmpdir(), 'conversation-'));
    opened = await openMailbox();
    await opened.admin.deliverAll(
      Array.from({ length: LONG }, (_, index) => ({
        conversationId: CONVERSATION,
        from: FRIEND,
        text: `Line *${String(index)}*`,
        creationTime: new Date(Date.UTC(2026, 0, 1, 12, index)).toISOString(),
      })),
    );
    await run(Command.Refresh);
    messages = await eventually(() => {
      const page = { offset: 0, limit: 100 };
      const query = { availability: 'Alive', filter: { conversationId: CONVERSATION } } as const;
      const found = opened.mailbox.store.messages(query, page).reverse();
      assert.equal(found.length, LONG);
      return found;
    });
    await opened.admin.resetRequests();
  });

  teardown(async () => {
    await opened.close();
    person.leave();
    rmSync(folder, { recursive: true });
  });

  const named = (...indexes: number[]): { accountId: string; messageIds: string[] } => ({
    accountId: opened.account.id,
    messageIds: indexes.map((index) => messages[index]?.id ?? ''),
  });
  const whole = (fields: object = {}): object => ({
    accountId: opened.account.id,
    conversationId: CONVERSATION,
    deleted: false,
    ...fields,
  });
  const picksFormat = (name: string): void => person.picks(({ label }) => label === name);
  const saveAs = (name: string): void =>
    person.answers('showSaveDialog', () => vscode.Uri.file(path.join(folder, name)));

  test('deleting messages that a page names deletes exactly these, and undo brings them back', async () => {
    person.answers('showInformationMessage', (_text: string, undo: string) => undo);
    const chosen = named(3, 17, 31);
    await run(Command.Delete, chosen);
    const [request, ...others] = (await opened.requests()).filter(({ method }) => method === 'DELETE');
    assert.deepEqual(others, []);
    assert.deepEqual([...idsIn(request ?? assert.fail())].sort(), [...chosen.messageIds].sort());
    assert.deepEqual(request?.query['conversationId'], undefined);
    assert.equal(person.texts('showWarningMessage').length, 0);
    await eventually(async () => {
      const { messages: there } = await opened.admin.state();
      const ours = there.filter(({ conversationId }) => conversationId === CONVERSATION);
      assert.ok(ours.every(({ availability }) => availability === 'Alive'));
      assert.equal(ours.length, LONG);
    });
  });

  test('deleting more messages than fit on the screen asks first', async () => {
    await run(Command.Delete, named(...messages.keys()));
    assert.match(person.texts('showWarningMessage')[0] ?? '', /^Delete 40 messages/);
    assert.deepEqual(await opened.requests(), []);
  });

  test('nothing is deleted for an account that is not signed in, whatever row is selected', async () => {
    const { views } = opened.api;
    await views.revealAccount(opened.account);
    await eventually(async () => {
      await vscode.commands.executeCommand('list.focusFirst');
      await vscode.commands.executeCommand('list.toggleSelection');
      assert.ok(views.selectionIn('messages').length > 0);
    });
    await run(Command.Delete, { ...named(1), accountId: 'somebody else' });
    await run(Command.Delete, { ...named(), messageIds: [] });
    assert.deepEqual(await opened.requests(), []);
  });

  test('marking and restoring messages that a page names changes exactly these', async () => {
    const { messageIds } = named(5, 6);
    await run(Command.MarkRead, named(5, 6));
    await run(Command.Delete, named(6));
    await run(Command.Restore, named(5, 6));
    const changes = (await opened.requests()).filter(({ method }) => method !== 'POST');
    assert.deepEqual(
      changes.map((request) => [request.method, idsIn(request).toSorted()]),
      [
        ['PUT', messageIds.toSorted()],
        ['DELETE', [messageIds[1]]],
        ['PATCH', [messageIds[1]]],
      ],
    );
  });

  test('copying the text of messages that a page names puts the oldest first', async () => {
    await run(Command.CopyText, named(9, 2));
    assert.equal(await vscode.env.clipboard.readText(), 'Line *2*\n\nLine *9*');
  });

  test('copying a conversation from its row takes all of it and escapes other people’s words', async () => {
    const row = groupRow(opened.api, (group) => conversationOf(group) === CONVERSATION);
    picksFormat('Markdown');
    await run(Command.CopyConversation, row);
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /^# Conversation with Uma \\_Vale\\_\n/);
    assert.equal(copied.match(/^Line \\\*\d+\\\*$/gm)?.length, LONG);
  });

  test('a caller’s voicemails are copied, oldest first', async () => {
    const from = { name: 'Vera Mail', phoneNumber: '+14155550177' };
    for (const hour of [9, 10])
      await opened.admin.deliver({
        type: 'VoiceMail',
        from,
        creationTime: new Date(Date.UTC(2026, 0, 2, hour)).toISOString(),
      });
    await run(Command.Refresh);
    const row = await eventually(() =>
      groupRow(opened.api, ({ newest, total }) => newest.from?.name === from.name && total === 2),
    );
    picksFormat('JSON');
    await run(Command.CopyMessages, row);
    const { messages: copied } = JSON.parse(await vscode.env.clipboard.readText()) as {
      messages: { time: string }[];
    };
    assert.deepEqual(
      copied.map(({ time }) => new Date(time).getUTCHours()),
      [9, 10],
    );
  });

  test('copying takes only the messages that are selected on the page', async () => {
    picksFormat('Plain Text');
    await run(Command.CopyConversation, whole({ messageIds: named(4, 2).messageIds }));
    const copied = await vscode.env.clipboard.readText();
    assert.deepEqual(copied.match(/^Line .*$/gm), ['Line *2*', 'Line *4*']);
  });

  test('exporting writes one whole file, with deleted messages if they are shown', async () => {
    await run(Command.Delete, named(0));
    for (const [deleted, count] of [
      [false, LONG - 1],
      [true, LONG],
    ] as const) {
      picksFormat('JSON');
      saveAs('conversation.json');
      await run(Command.ExportConversation, whole({ deleted }));
      const file = readFileSync(path.join(folder, 'conversation.json'), 'utf8');
      const exported = JSON.parse(file) as { messages: { text: string }[] };
      assert.equal(exported.messages.length, count);
      assert.equal(exported.messages.at(-1)?.text, `Line *${String(LONG - 1)}*`);
      assert.deepEqual(readdirSync(folder), ['conversation.json']);
    }
  });

  test('an export is offered under a safe name, and one that fails leaves nothing behind', async () => {
    picksFormat('Plain Text');
    saveAs('there/is/no/such/folder.txt');
    await run(Command.ExportConversation, whole());
    const [options] = person.asked.find(({ dialog }) => dialog === 'showSaveDialog')?.args ?? [];
    const { defaultUri } = options as vscode.SaveDialogOptions;
    assert.equal(path.posix.basename(defaultUri?.path ?? ''), 'Conversation with Uma _Vale_.txt');
    assert.equal(person.texts('showErrorMessage').length, 1);
    assert.deepEqual(readdirSync(folder), []);
  });

  test('an export replaces the file that was chosen, and touches no other', async () => {
    writeFileSync(path.join(folder, 'conversation.txt'), 'What was exported last year');
    writeFileSync(path.join(folder, 'conversation.txt.part'), 'Something of the user’s own');
    picksFormat('Plain Text');
    saveAs('conversation.txt');
    await run(Command.ExportConversation, whole());
    const exported = readFileSync(path.join(folder, 'conversation.txt'), 'utf8');
    assert.equal(exported.match(/^Line /gm)?.length, LONG);
    assert.deepEqual(readdirSync(folder).toSorted(), ['conversation.txt', 'conversation.txt.part']);
    const other = readFileSync(path.join(folder, 'conversation.txt.part'), 'utf8');
    assert.equal(other, 'Something of the user’s own');
  });

  test('an export on a full disk says so, and leaves the file that was there', async () => {
    writeFileSync(path.join(folder, 'conversation.txt'), 'What was exported last year');
    picksFormat('Plain Text');
    saveAs('conversation.txt');
    const makeRoom = fillDisk(100);
    try {
      await run(Command.ExportConversation, whole());
    } finally {
      makeRoom();
    }
    assert.deepEqual(person.texts('showErrorMessage'), [
      'The disk is full. Free up some space and try again.',
    ]);
    assert.deepEqual(readdirSync(folder), ['conversation.txt']);
    const left = readFileSync(path.join(folder, 'conversation.txt'), 'utf8');
    assert.equal(left, 'What was exported last year');
  });

  test('an export to where the user may not write says so', async function () {
    // Where not even root may.
    if (process.platform !== 'linux') return this.skip();
    picksFormat('Plain Text');
    person.answers('showSaveDialog', () => vscode.Uri.file('/sys/conversation.txt'));
    await run(Command.ExportConversation, whole());
    assert.deepEqual(person.texts('showErrorMessage'), [
      "You don't have permission to save the file there. Choose another location.",
    ]);
  });

  test('an export that cannot fetch the whole of a text leaves the older file, and succeeds once it can', async () => {
    const text = `A long story. ${'It goes on. '.repeat(200)}The end.`;
    await opened.admin.fail({
      kind: 'error',
      status: 404,
      errorCode: 'CMN-102',
      method: 'GET',
      path: '/message-store/',
      count: 1_000,
    });
    const { id } = await opened.admin.deliver({ conversationId: CONVERSATION, from: FRIEND, text });
    await run(Command.Refresh);
    await eventually(() => assert.ok(opened.mailbox.store.get(String(id))));
    writeFileSync(path.join(folder, 'conversation.json'), 'What was exported last year');
    const exportIt = async (): Promise<string> => {
      picksFormat('JSON');
      saveAs('conversation.json');
      await run(Command.ExportConversation, whole());
      assert.deepEqual(readdirSync(folder), ['conversation.json']);
      return readFileSync(path.join(folder, 'conversation.json'), 'utf8');
    };
    assert.equal(await exportIt(), 'What was exported last year');
    assert.equal(person.texts('showErrorMessage').length, 1);
    await opened.admin.clearFaults();
    const exported = JSON.parse(await exportIt()) as { messages: { text: string }[] };
    assert.equal(exported.messages.at(-1)?.text, text);
  });

  test('the palette’s command takes the conversation in front', async () => {
    await run(
      Command.Open,
      groupRow(opened.api, (group) => conversationOf(group) === CONVERSATION),
    );
    // The command asks for a conversation as long as none is in front; that question is dismissed.
    person.alwaysAnswers('showQuickPick', (items: readonly vscode.QuickPickItem[]) =>
      items.find(({ label }) => label === 'Plain Text'),
    );
    await eventually(async () => {
      await run(Command.CopyConversation);
      assert.match(await vscode.env.clipboard.readText(), /^Conversation with Uma _Vale_\n/);
    });
  });
});
