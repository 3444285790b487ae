import * as assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Message } from '../../src/api/schema';
import { Command } from '../../src/ids';
import { failureCode } from '../../src/mailbox/delivery';
import { openableAttachments } from '../../src/mailbox/message';
import { readPhoneNumber } from '../../src/mailbox/phoneNumber';
import type { FakeQuickPick } from '../fakes/quickPick';
import { eventually } from './eventually';
import { openMailbox, type OpenMailbox, shown } from './openMailbox';
import { run } from './run';
import { Person } from './window';

const DAY = 24 * 60 * 60 * 1000;

/** Entries without a question. */
const TOGGLES: ReadonlySet<string> = new Set([
  'With Attachment',
  'Latest of Each Conversation',
  'Urgent',
  'Failed',
]);

suite('Filter Messages', () => {
  let opened: OpenMailbox;
  let person: Person;
  let all: readonly Message[];
  let listed: FakeQuickPick | undefined;

  suiteSetup(async () => {
    opened = await openMailbox({ messages: 'whole sample' });
    await opened.admin.deliver({ text: 'Come at once', priority: 'High' });
    await run(Command.Refresh);
  });
  setup(() => {
    person = new Person();
    person.takesLists();
    all = shown(opened.api, 'messages');
  });
  teardown(async () => {
    person.leave();
    await run(Command.ClearFilters);
    await run(Command.ClearDeletedFilters);
  });
  suiteTeardown(() => opened.close());

  type Choice = readonly [entry: string, answer?: string];
  /**
   * Chooses the entries in the list of filters, one after the other, each with the answer to its question: a label, else
   * whatever the person would say; then the list is closed.
   */
  const choose = async (...choices: readonly Choice[]): Promise<void> => {
    const done = run(Command.Filter);
    for (const [entry, answer] of choices) {
      if (answer !== undefined) person.picks(({ label }) => label === answer);
      const list = await eventually(() => {
        assert.ok(person.openList, 'the list is open');
        return person.openList;
      });
      list.choose(entry);
      if (TOGGLES.has(entry)) continue;
      await eventually(() => assert.ok(person.openList && person.openList !== list, 'the list has returned'));
    }
    listed = person.openList;
    person.openList?.hide();
    await done;
  };
  const ids = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);
  const expectShown = (wanted: (message: Message) => boolean): void => {
    const expected = all.filter(wanted);
    assert.ok(expected.length > 0 && expected.length < all.length, 'the filter takes some away');
    assert.deepEqual(ids(shown(opened.api, 'messages')), ids(expected));
  };
  /** What the list said of a filter when it was closed. */
  const valueOf = (entry: string): string | undefined => listed?.item(entry)?.description;

  test('each choice shows at once in the list and in the view, until the list is closed', async () => {
    await choose(['Type', 'Faxes'], ['Direction', 'Sent']);
    expectShown(({ type, direction }) => type === 'Fax' && direction === 'Outbound');
    assert.equal(valueOf('Type'), 'Faxes');
    assert.equal(valueOf('Direction'), 'sent');
    assert.equal(valueOf('Failed'), undefined);
    await choose(['Direction', 'Received and Sent']);
    expectShown(({ type }) => type === 'Fax');
  });

  test('a dismissed question changes nothing and leads back to the list', async () => {
    await choose(['Read Status', 'nothing of the kind'], ['Read Status', 'Unread']);
    expectShown(({ readStatus }) => readStatus === 'Unread');
    await choose(['Read Status', 'Read']);
    expectShown(({ readStatus }) => readStatus === 'Read');
  });

  test('choosing With Attachment, Urgent or Failed switches that filter', async () => {
    await choose(['With Attachment']);
    expectShown((message) => openableAttachments(message).length > 0);
    await choose(['With Attachment'], ['Urgent']);
    expectShown(({ priority }) => priority === 'High');
    await choose(['Urgent'], ['Failed']);
    expectShown((message) => failureCode(message) !== undefined);
  });

  test('messages since or before a day are shown', async () => {
    const midnight = new Date().setHours(0, 0, 0, 0);
    const time = ({ creationTime = '' }: Message): number => Date.parse(creationTime);
    await choose(['Before', '7 Days Ago']);
    // A day before a change of the clocks is not 24 hours long.
    expectShown((message) => time(message) < new Date(midnight - 7 * DAY + DAY / 2).setHours(0, 0, 0, 0));
    const day = new Date(midnight - 3 * DAY + DAY / 2);
    const text = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
      .map((part) => String(part).padStart(2, '0'))
      .join('-');
    person.answers('showInputBox', () => text);
    await choose(['Before', 'Any Time'], ['Since', 'Other Date…']);
    expectShown((message) => time(message) >= day.setHours(0, 0, 0, 0));
  });

  test('messages from or to a phone number are shown, however the number is written', async () => {
    const number = all.find(({ from, direction }) => from?.phoneNumber && direction === 'Inbound')?.from
      ?.phoneNumber;
    assert.ok(number);
    person.answers('showInputBox', () => number.replace(/^\+1(\d{3})(\d{3})/, '($1) $2-'));
    await choose(['Phone Number']);
    expectShown(({ from, to }) =>
      [from, ...to].some((party) => party?.phoneNumber && readPhoneNumber(party.phoneNumber).key === number),
    );
  });

  test('a single conversation is shown, and named in the list', async () => {
    let chosen: vscode.QuickPickItem | undefined;
    person.answers('showQuickPick', (items: readonly vscode.QuickPickItem[]) => (chosen = items[1]));
    await choose(['Conversation']);
    const [first] = shown(opened.api, 'messages');
    assert.ok(first?.conversationId);
    expectShown(({ conversationId }) => conversationId === first.conversationId);
    assert.equal(valueOf('Conversation'), chosen?.label);
  });

  test('the latest of each conversation is shown', async () => {
    await choose(['Type', 'Text Messages'], ['Latest of Each Conversation']);
    const seen = new Set<string | undefined>();
    expectShown(({ type, conversationId }) => {
      if (type !== 'SMS' || seen.has(conversationId)) return false;
      seen.add(conversationId);
      return true;
    });
  });

  test('messages are shown by owner', async () => {
    const shared = all.find(({ owner }) => owner?.extensionId !== undefined);
    assert.ok(shared?.owner, 'the sample has something shared');
    await choose(['Owner', 'Me']);
    expectShown(({ owner }) => owner === undefined);
    await choose(['Owner', 'Shared by Others']);
    expectShown(({ owner }) => owner !== undefined);
    await choose(['Owner', shared.owner.name ?? shared.owner.extensionId ?? '']);
    expectShown(({ owner }) => owner?.extensionId === shared.owner?.extensionId);
    assert.equal(valueOf('Owner'), shared.owner.name);
  });

  test('Deleted has a filter of its own, which starts as a copy of the one of Messages', async () => {
    const before = shown(opened.api, 'deleted');
    await choose(['Type', 'Voicemail'], ['Deleted Messages']);
    const deleted = shown(opened.api, 'deleted');
    assert.ok(deleted.length > 0 && deleted.length < before.length);
    assert.ok(deleted.every(({ type }) => type === 'VoiceMail'));
    await run(Command.ShowUnreadOnly);
    assert.deepEqual(ids(shown(opened.api, 'deleted')), ids(deleted));
    await run(Command.ClearFilters);
    assert.deepEqual(ids(shown(opened.api, 'messages')), ids(all));
    assert.deepEqual(ids(shown(opened.api, 'deleted')), ids(deleted));
    await run(Command.ShowUnreadOnly);
    await run(Command.ClearDeletedFilters);
    expectShown(({ readStatus }) => readStatus === 'Unread');
    assert.deepEqual(ids(shown(opened.api, 'deleted')), ids(before));
  });

  test('text is read as a query, and mistakes in it are reported while typing', async () => {
    person.answers('showInputBox', () => 'is:sent type:fax');
    await run(Command.FilterByText);
    expectShown(({ type, direction }) => type === 'Fax' && direction === 'Outbound');
    const [options] = person.asked.at(-1)?.args ?? [];
    const input = options as vscode.InputBoxOptions;
    assert.equal(await input.validateInput?.('lunch'), undefined);
    const problem = (await input.validateInput?.('type:letter')) as vscode.InputBoxValidationMessage;
    assert.match(problem.message, /^"type:" needs voicemail, fax/);
  });
});
