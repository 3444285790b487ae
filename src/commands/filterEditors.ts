import * as vscode from 'vscode';
import type { Direction, MessageType, ReadStatus } from '../api/schema';
import { accountLabel } from '../display/accountLabel';
import { encodeLabel } from '../display/encode';
import { otherSideText, previewText, typeName } from '../display/messageText';
import { searchProblemText } from '../display/searchProblemText';
import { askForText, pickOne, pickSeveral } from '../display/window';
import type { Account } from '../mailbox/accounts';
import { withPart } from '../mailbox/filterPart';
import { conversationOf } from '../mailbox/group';
import type { MessageFilter } from '../mailbox/query';
import { formatSearch } from '../mailbox/search/formatSearch';
import { parseDate } from '../mailbox/search/searchDates';
import { parseSearch, type Search } from '../mailbox/search/searchQuery';

/** Asks for one part of a filter; undefined if the question was dismissed. */
export type FilterEditor = (search: Search, accounts: readonly Account[]) => Promise<Search | undefined>;

interface Choice<Value> extends vscode.QuickPickItem {
  /** Undefined stands for all of them. */
  readonly value: Value | undefined;
}

/** Of so many conversations, the ones with the newest messages, one can be chosen; typing narrows them. */
const CONVERSATIONS = 500;

const TYPES: readonly MessageType[] = ['VoiceMail', 'SMS', 'Fax', 'Pager', 'Text'];

export const editReadStatus: FilterEditor = (search) =>
  choosePart<'readStatus', ReadStatus>(search, 'readStatus', vscode.l10n.t('Filter by Read Status'), [
    { label: vscode.l10n.t('Read and Unread'), value: undefined },
    {
      label: vscode.l10n.t({ message: 'Unread', comment: ['Choice of a filter: messages that are so.'] }),
      value: 'Unread',
    },
    {
      label: vscode.l10n.t({ message: 'Read', comment: ['Choice of a filter: messages that are so.'] }),
      value: 'Read',
    },
  ]);

export const editTypes: FilterEditor = async (search) => {
  const chosen = search.filter.types ?? [];
  const known = [...TYPES, ...chosen.filter((type) => !TYPES.includes(type))];
  const picked = await pickSeveral(
    known.map((type) => ({ label: typeName(type), picked: chosen.includes(type), type })),
    {
      title: vscode.l10n.t('Filter by Type'),
      placeHolder: vscode.l10n.t('Select none to show all types'),
    },
  );
  if (!picked) return undefined;
  return changed(search, 'types', picked.length > 0 ? picked.map(({ type }) => type) : undefined);
};

export const editDirection: FilterEditor = (search) =>
  choosePart<'direction', Direction>(search, 'direction', vscode.l10n.t('Filter by Direction'), [
    { label: vscode.l10n.t('Received and Sent'), value: undefined },
    {
      label: vscode.l10n.t({ message: 'Received', comment: ['Choice of a filter: messages that are so.'] }),
      value: 'Inbound',
    },
    {
      label: vscode.l10n.t({ message: 'Sent', comment: ['Choice of a filter: messages that are so.'] }),
      value: 'Outbound',
    },
  ]);

export const editSince: FilterEditor = (search) =>
  editDate(search, 'since', vscode.l10n.t('Show Messages Since'));

export const editUntil: FilterEditor = (search) =>
  editDate(search, 'until', vscode.l10n.t('Show Messages Before'));

export const editPhoneNumber: FilterEditor = async (search) => {
  const text = await askForText({
    title: vscode.l10n.t('Filter by Phone Number'),
    prompt: vscode.l10n.t(
      'Enter a phone number or an extension in any format, or the name of a sender. Leave empty to clear this filter.',
    ),
    value: search.filter.phoneNumber ?? '',
  });
  return text === undefined ? undefined : changed(search, 'phoneNumber', text.trim() || undefined);
};

export const editConversation: FilterEditor = (search, accounts) => {
  const { availability } = search;
  const conversations = accounts.flatMap((account): Choice<string>[] =>
    account.mailbox.store
      .groups({ availability, filter: {} }, 'thread', { offset: 0, limit: CONVERSATIONS })
      .flatMap((group) => {
        const value = conversationOf(group);
        if (value === undefined) return [];
        const { newest } = group;
        return {
          label: otherSideText(newest),
          description: accounts.length > 1 ? accountLabel(account) : '',
          detail: previewText(newest),
          value,
        };
      }),
  );
  return choosePart<'conversationId', string>(
    search,
    'conversationId',
    vscode.l10n.t('Filter by Conversation'),
    [{ label: vscode.l10n.t('All Conversations'), value: undefined }, ...conversations],
  );
};

export const editOwner: FilterEditor = (search, accounts) => {
  const owners = accounts.flatMap(({ mailbox }) => mailbox.store.owners());
  return choosePart<'owner', NonNullable<MessageFilter['owner']>>(
    search,
    'owner',
    vscode.l10n.t('Filter by Owner'),
    [
      { label: vscode.l10n.t('Anyone'), value: undefined },
      { label: vscode.l10n.t('Me'), value: 'Personal' },
      { label: vscode.l10n.t('Shared by Others'), value: 'Shared' },
      ...owners.map(({ extensionId, name }) => ({
        label: encodeLabel(name) || encodeLabel(extensionId),
        value: { extensionId },
      })),
    ],
  );
};

/** Takes the query language, so that other parts of the filter, and the view, can be given along with words. */
export const editText: FilterEditor = async ({ filter, availability }) => {
  const { terms } = filter;
  const text = await askForText({
    title: vscode.l10n.t('Filter by Text'),
    prompt: vscode.l10n.t(
      'Enter words, names, numbers, or file names, or use from:, to:, type:fax, is:unread, and so on. Leave empty to clear this filter.',
    ),
    value: formatSearch({ filter: terms ? { terms } : {}, availability: 'Alive' }),
    validateInput: queryWarning,
  });
  if (text === undefined) return undefined;
  const parsed = parseSearch(text, Date.now());
  return {
    filter: { ...withPart(filter, 'terms', undefined), ...parsed.filter },
    availability: parsed.availability === 'Deleted' ? 'Deleted' : availability,
  };
};

/** What is not understood is looked for as words, so it is no reason to refuse it. */
function queryWarning(text: string): vscode.InputBoxValidationMessage | undefined {
  const [problem] = parseSearch(text, Date.now()).problems;
  return (
    problem && {
      message: searchProblemText(problem),
      severity: vscode.InputBoxValidationSeverity.Warning,
    }
  );
}

async function editDate(search: Search, key: 'since' | 'until', title: string): Promise<Search | undefined> {
  const today = new Date();
  const presets: Choice<number | 'date'>[] = [
    { label: vscode.l10n.t('Any Time'), value: undefined },
    { label: vscode.l10n.t('Today'), value: daysAgo(0) },
    { label: vscode.l10n.t('7 Days Ago'), value: daysAgo(7) },
    { label: vscode.l10n.t('30 Days Ago'), value: daysAgo(30) },
    {
      label: vscode.l10n.t('Start of This Year'),
      value: new Date(today.getFullYear(), 0, 1).getTime(),
    },
    { label: vscode.l10n.t('Other Date…'), value: 'date' },
  ];
  const picked = await pickOne(marked(presets, search.filter[key]), { title });
  if (!picked) return undefined;
  if (picked.value !== 'date') return changed(search, key, picked.value);
  const text = await askForText({
    title,
    prompt: vscode.l10n.t('Enter a date as YYYY-MM-DD.'),
    validateInput: (value) =>
      parseDate(value.trim(), Date.now())
        ? undefined
        : vscode.l10n.t('Enter a date as YYYY-MM-DD, such as 2026-06-17.'),
  });
  const date = text === undefined ? undefined : parseDate(text.trim(), Date.now());
  return date && changed(search, key, date.start);
}

function daysAgo(days: number): number {
  const today = new Date();
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() - days).getTime();
}

async function choosePart<Key extends keyof MessageFilter, Value extends MessageFilter[Key]>(
  search: Search,
  key: Key,
  title: string,
  choices: readonly Choice<Value>[],
): Promise<Search | undefined> {
  const picked = await pickOne(marked(choices, search.filter[key]), {
    title,
    matchOnDetail: true,
  });
  return picked && changed(search, key, picked.value);
}

function marked<Value>(choices: readonly Choice<Value>[], current: unknown): Choice<Value>[] {
  const isCurrent = ({ value }: Choice<Value>): boolean => JSON.stringify(value) === JSON.stringify(current);
  return choices.map((choice) =>
    isCurrent(choice)
      ? {
          ...choice,
          description: [choice.description, vscode.l10n.t('current')].filter(Boolean).join(' · '),
        }
      : choice,
  );
}

function changed<Key extends keyof MessageFilter>(
  search: Search,
  key: Key,
  value: MessageFilter[Key] | undefined,
): Search {
  return { ...search, filter: withPart(search.filter, key, value) };
}
