import { assert, beforeEach, expect, test, vi } from 'vitest';
import { FilterMenu } from '../../../src/commands/filterMenu';
import { showFiltered } from '../../../src/commands/filterCommands';
import { View } from '../../../src/ids';
import type { Accounts } from '../../../src/mailbox/accounts';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { ViewState } from '../../../src/tree/viewState';
import { FakeMemento } from '../../fakes/memento';
import type { FakeQuickPick } from '../../fakes/quickPick';
import { answers, pickers, ran } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

const NOTHING_SET = [
  '— Content',
  'Text',
  'Type',
  'With Attachment',
  '— People',
  'Phone Number',
  'Conversation',
  'Owner',
  '— Time',
  'Since',
  'Before',
  'Latest of Each Conversation',
  '— State',
  'Read Status',
  'Direction',
  'Urgent',
  'Failed',
  'Deleted Messages',
];

let viewState: ViewState;
let closed: Promise<void>;

beforeEach(() => {
  pickers.length = 0;
  answers.length = 0;
  ran.length = 0;
  viewState = new ViewState(new FakeMemento());
  const accounts = { all: [{ mailbox: { store: new MemoryMessageStore() } }] } as unknown as Accounts;
  closed = new FilterMenu(accounts, viewState, (search) => showFiltered(search, viewState)).show('Alive');
});

function open(): FakeQuickPick {
  const picker = pickers.at(-1);
  assert(picker?.isShown, 'the list is open');
  return picker;
}

/** Chooses an entry that asks something, and answers it. */
async function answer(entry: string, ...given: typeof answers): Promise<void> {
  answers.push(...given);
  const asked = open();
  asked.choose(entry);
  await expect.poll(() => pickers.at(-1)).not.toBe(asked);
}

const setLines = (): readonly string[] => open().lines.filter((line) => !NOTHING_SET.includes(line));

test('while nothing is set, every filter is listed in its section, without a description, a check or a button', () => {
  expect(open().title).toBe('Filter Messages');
  expect(open().placeholder).toBe('Add or change filters');
  expect(open().lines).toEqual(NOTHING_SET);
  expect(open().buttons).toEqual([]);
  expect(open().active).toBe('Text');
});

test('a toggle is checked and unchecked in the open list, takes effect at once, and stays the active item', () => {
  const picker = open();
  picker.value = 'urg';
  picker.choose('Urgent');
  expect(open()).toBe(picker);
  expect(viewState.filter).toEqual({ priority: 'High' });
  expect(setLines()).toEqual(['✓ Urgent: on ✕']);
  expect(picker.active).toBe('Urgent');
  expect(picker.value, 'what would hide the other filters').toBe('');
  expect(picker.keepScrollPosition, 'else the item could stay out of sight').toBe(false);
  picker.choose('Urgent');
  expect(viewState.filter).toEqual({});
  expect(picker.lines).toEqual(NOTHING_SET);
  expect(picker.active).toBe('Urgent');
  expect(picker.keepScrollPosition).toBe(true);
});

test('a question returns to its item, which then says the answer; a dismissed question changes nothing', async () => {
  await answer('Type', ['Voicemail', 'Faxes']);
  expect(viewState.filter).toEqual({ types: ['VoiceMail', 'Fax'] });
  expect(open().active).toBe('Type');
  await answer('Direction', ['Sent']);
  expect(open().active).toBe('Direction');
  await answer('Read Status', undefined);
  expect(open().active).toBe('Read Status');
  expect(setLines()).toEqual(['Type: Voicemail or Faxes ✕', 'Direction: sent ✕']);
});

test('a button on an item clears that filter alone, and the item stays active', async () => {
  await answer('Type', ['Faxes']);
  open().choose('Failed');
  open().choose('With Attachment');
  open().pressOn('Type', 'Clear Filter');
  expect(viewState.filter).toEqual({ failed: true, hasAttachment: true });
  expect(setLines()).toEqual(['✓ With Attachment: on ✕', '✓ Failed: on ✕']);
  expect(open().active).toBe('Type');
  open().pressOn('Failed', 'Clear Filter');
  expect(viewState.filter).toEqual({ hasAttachment: true });
});

test('the button of the title clears all filters of the view, and the active item stays', async () => {
  await answer('Type', ['Faxes']);
  open().choose('Failed');
  open().press('Clear All Filters');
  expect(viewState.filter).toEqual({});
  expect(open().lines).toEqual(NOTHING_SET);
  expect(open().buttons).toEqual([]);
  expect(open().active).toBe('Failed');
});

test('Deleted Messages turns to the filter of Deleted, which starts as the one of Messages and is changed alone', async () => {
  open().choose('Failed');
  await answer('Deleted Messages');
  expect(ran).toContain(`${View.Deleted}.focus`);
  expect(open().title).toBe('Filter Deleted Messages');
  expect(setLines()).toEqual(['✓ Failed: on ✕', '✓ Deleted Messages: on']);
  expect(open().active).toBe('Deleted Messages');
  ran.length = 0;
  open().choose('Urgent');
  expect(viewState.deletedFilter).toEqual({ failed: true, priority: 'High' });
  expect(viewState.filter).toEqual({ failed: true });
  expect(ran, 'the focus, without which the list would close, stays in it').not.toContain(
    `${View.Deleted}.focus`,
  );
  open().press('Clear All Filters');
  expect(viewState.deletedFilter).toEqual({});
  expect(viewState.filter).toEqual({ failed: true });
});

test('a filter that a toggle cannot express is described, and choosing the toggle replaces it', async () => {
  viewState.setFilter({ hasAttachment: false });
  await answer('Text', undefined);
  expect(setLines()).toEqual(['With Attachment: without attachment ✕']);
  open().choose('With Attachment');
  expect(viewState.filter).toEqual({ hasAttachment: true });
});

test('what strangers wrote is no icon in the list', async () => {
  await answer('Text', '$(trash)');
  const [line] = setLines();
  expect(line).not.toContain('$(');
  expect(line?.replaceAll('\u2060', '')).toBe('Text: "$(trash)" ✕');
});

test('closing the list ends the command and leaves the filters as they are', async () => {
  open().choose('Urgent');
  open().hide();
  await closed;
  expect(pickers).toHaveLength(1);
  expect(viewState.filter).toEqual({ priority: 'High' });
});
