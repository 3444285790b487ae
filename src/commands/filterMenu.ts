import * as vscode from 'vscode';
import { encodeLabel } from '../display/encode';
import { partText } from '../display/filterText';
import { otherSideText } from '../display/messageText';
import { pickOne } from '../display/window';
import { type Account, homeCountries } from '../mailbox/accounts';
import { withPart } from '../mailbox/filterPart';
import { type MessageFilter, NO_FILTER } from '../mailbox/query';
import type { Search } from '../mailbox/search/searchQuery';
import {
  editConversation,
  editDirection,
  editOwner,
  editPhoneNumber,
  editReadStatus,
  editSince,
  editText,
  editTypes,
  editUntil,
  type FilterEditor,
} from './filterEditors';

interface Entry extends vscode.QuickPickItem {
  readonly edit: FilterEditor;
}

/** Every part of a filter with what it is now. The chosen one is edited; undefined if the list was closed. */
export async function editFilter(search: Search, accounts: readonly Account[]): Promise<Search | undefined> {
  const picked = await pickOne(entries(search, accounts), {
    title: vscode.l10n.t('Filter Messages'),
    placeHolder: vscode.l10n.t('Choose what to change; Escape when it is as you want it'),
    matchOnDescription: true,
  });
  if (!picked) return undefined;
  // Whoever dismisses a question comes back to the list.
  return (await picked.edit(search, accounts)) ?? search;
}

function entries({ filter, availability }: Search, accounts: readonly Account[]): Entry[] {
  const setting = { countries: homeCountries(accounts), now: Date.now() };
  const part = (label: string, key: keyof MessageFilter, edit: FilterEditor, text?: string): Entry => ({
    label,
    description: (text ?? partText(filter, key, setting)) || vscode.l10n.t('any'),
    edit,
  });
  const isDeleted = availability === 'Deleted';
  return [
    {
      label: vscode.l10n.t('View'),
      description: isDeleted ? vscode.l10n.t('Deleted') : vscode.l10n.t('Messages'),
      edit: editAvailability,
    },
    part(vscode.l10n.t('Text'), 'terms', editText),
    part(vscode.l10n.t('Read Status'), 'readStatus', editReadStatus),
    part(vscode.l10n.t('Type'), 'types', editTypes),
    part(vscode.l10n.t('Direction'), 'direction', editDirection),
    part(vscode.l10n.t('Since'), 'since', editSince),
    part(vscode.l10n.t('Before'), 'until', editUntil),
    part(vscode.l10n.t('Phone Number'), 'phoneNumber', editPhoneNumber),
    part(
      vscode.l10n.t('Conversation'),
      'conversationId',
      editConversation,
      conversationName(filter, availability, accounts),
    ),
    part(vscode.l10n.t('Owner'), 'owner', editOwner, ownerName(filter, accounts)),
    part(
      vscode.l10n.t('Latest of Each Conversation'),
      'latestPerConversation',
      toggle('latestPerConversation', true),
    ),
    part(vscode.l10n.t('With Attachment'), 'hasAttachment', toggle('hasAttachment', true)),
    part(vscode.l10n.t('Urgent'), 'priority', toggle('priority', 'High')),
    part(vscode.l10n.t('Failed'), 'failed', toggle('failed', true)),
    {
      label: vscode.l10n.t('Show Everything'),
      iconPath: new vscode.ThemeIcon('clear-all'),
      description: vscode.l10n.t('clears all filters of this view'),
      edit: () => Promise.resolve({ filter: NO_FILTER, availability }),
    },
  ];
}

/** What was chosen so far goes along into the other view. */
const editAvailability: FilterEditor = async (search) => {
  const views = [
    { label: vscode.l10n.t('Messages'), availability: 'Alive' },
    { label: vscode.l10n.t('Deleted'), availability: 'Deleted' },
  ] as const;
  const picked = await pickOne(views, { title: vscode.l10n.t('Filter This View') });
  return picked && { ...search, availability: picked.availability };
};

/** A part that is there or not is changed by choosing it. */
function toggle<Key extends keyof MessageFilter>(
  key: Key,
  value: NonNullable<MessageFilter[Key]>,
): FilterEditor {
  return (search) => {
    const isOn = search.filter[key] !== undefined;
    return Promise.resolve({ ...search, filter: withPart(search.filter, key, isOn ? undefined : value) });
  };
}

function conversationName(
  { conversationId }: MessageFilter,
  availability: Search['availability'],
  accounts: readonly Account[],
): string | undefined {
  if (conversationId === undefined) return undefined;
  const page = { offset: 0, limit: 1 };
  const [message] = accounts.flatMap(({ mailbox }) =>
    mailbox.store.messages({ availability, filter: { conversationId } }, page),
  );
  return message && otherSideText(message);
}

function ownerName({ owner }: MessageFilter, accounts: readonly Account[]): string | undefined {
  if (typeof owner !== 'object') return undefined;
  const owners = accounts.flatMap(({ mailbox }) => mailbox.store.owners());
  const found = owners.find(({ extensionId }) => extensionId === owner.extensionId);
  return encodeLabel(found?.name) || encodeLabel(owner.extensionId);
}
