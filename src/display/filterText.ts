import * as vscode from 'vscode';
import { readPhoneNumber } from '../mailbox/phoneNumber';
import type { MessageFilter, TextTerm } from '../mailbox/query';
import { encodeLabel } from './encode';
import { listText, textLanguage } from './language';
import { typeName } from './messageText';
import { dayText } from './relativeTime';

/** What the words of a filter depend on besides it. */
export interface FilterSetting {
  /** The home countries (ISO 3166) of the accounts it is for: each of them reads a number by its own. */
  readonly countries: readonly string[];
  /** Milliseconds since the epoch, for dates. */
  readonly now: number;
}

/** What each part of a filter says, in the order in which people read it. */
const WORDS: {
  readonly [Part in keyof MessageFilter]-?: (
    value: NonNullable<MessageFilter[Part]>,
    setting: FilterSetting,
  ) => string;
} = {
  readStatus: (status) =>
    status === 'Unread'
      ? vscode.l10n.t({ message: 'unread', comment: ['Of the messages that a filter shows.'] })
      : vscode.l10n.t({ message: 'read', comment: ['Of the messages that a filter shows.'] }),
  types: (types) => anyOf(types.map(typeName)),
  direction: (direction) =>
    direction === 'Outbound'
      ? vscode.l10n.t({ message: 'sent', comment: ['Of the messages that a filter shows.'] })
      : vscode.l10n.t({ message: 'received', comment: ['Of the messages that a filter shows.'] }),
  priority: () => vscode.l10n.t({ message: 'urgent', comment: ['Of the messages that a filter shows.'] }),
  failed: (failed) =>
    failed
      ? vscode.l10n.t({ message: 'failed', comment: ['Of the messages that a filter shows.'] })
      : vscode.l10n.t({ message: 'not failed', comment: ['Of the messages that a filter shows.'] }),
  hasAttachment: (has) => (has ? vscode.l10n.t('with attachment') : vscode.l10n.t('without attachment')),
  since: (time, { now }) => vscode.l10n.t('since {0}', dayText(time, now)),
  until: (time, { now }) => vscode.l10n.t('before {0}', dayText(time, now)),
  phoneNumber: (number, { countries }) =>
    vscode.l10n.t('from or to {0}', encodeLabel(phoneNumberText(number, countries))),
  conversationId: () => vscode.l10n.t('one conversation'),
  owner: (owner) => {
    if (owner === 'Personal') return vscode.l10n.t('owned by me');
    return owner === 'Shared'
      ? vscode.l10n.t({ message: 'shared', comment: ['Of the messages that a filter shows.'] })
      : vscode.l10n.t('shared by one owner');
  },
  latestPerConversation: (latest) => (latest ? vscode.l10n.t('latest of each conversation') : ''),
  terms: (terms) => listText(terms.map(termText)),
};

const PARTS = Object.keys(WORDS) as (keyof MessageFilter)[];

/** A filter in words, such as “unread, Voicemail, received, since 3 May, “lease””; empty if everything is shown. */
export function filterText(filter: MessageFilter, setting: FilterSetting): string {
  return listText(PARTS.map((part) => partText(filter, part, setting)));
}

/** One part of a filter in words; empty if it does not matter. */
export function partText(filter: MessageFilter, part: keyof MessageFilter, setting: FilterSetting): string {
  const value = filter[part];
  // TypeScript does not see that the value and the words are of the same part.
  const words = WORDS[part] as (value: unknown, setting: FilterSetting) => string;
  return value === undefined ? '' : words(value, setting);
}

/** As in all of these countries, or else as it was typed. */
function phoneNumberText(number: string, countries: readonly string[]): string {
  const [text, ...others] = new Set(countries.map((country) => readPhoneNumber(number, country).text));
  return text === undefined || others.length > 0 ? number : text;
}

function termText({ in: place, text: words }: TextTerm): string {
  const text = encodeLabel(words);
  switch (place) {
    case 'anywhere':
    case 'text':
      return vscode.l10n.t('"{0}"', text);
    case 'from':
      return vscode.l10n.t('from "{0}"', text);
    case 'to':
      return vscode.l10n.t('to "{0}"', text);
  }
}

function anyOf(names: readonly string[]): string {
  return new Intl.ListFormat(textLanguage(), { type: 'disjunction' }).format(names);
}
