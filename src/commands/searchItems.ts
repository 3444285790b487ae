import * as vscode from 'vscode';
import { attachmentName, messageNoun, otherSideText, previewText, wordsText } from '../display/messageText';
import { accountLabel } from '../display/accountLabel';
import { failureText } from '../display/failureText';
import { encodeLabel } from '../display/encode';
import { encodedItem, type EncodedItem } from '../display/window';
import { relativeTime } from '../display/relativeTime';
import type { Message } from '../api/schema';
import type { Account } from '../mailbox/accounts';
import {
  attachmentsOf,
  creationTime,
  isConversational,
  isInbound,
  isUnread,
  otherParties,
  partyNumber,
  writtenText,
} from '../mailbox/message';
import type { TextTerm } from '../mailbox/query';
import { matchRanges } from '../mailbox/search/matchRanges';
import { bracketed, snippetOf } from '../mailbox/search/snippet';
import { messageIcon } from '../tree/rowIcons';

/** A message that was found. */
export interface Found {
  readonly account: Account;
  readonly message: Message;
}

export interface FoundItem extends EncodedItem, Found {}

/** UTF-16 units of a text in which a match is looked for to be shown, and names of attachments. */
const LONGEST_PLACE = 20_000;
const MOST_NAMES = 20;

/** Characters of a message that an item shows. */
const DETAIL_LENGTH = 160;

/** @param text what was typed, which VS Code itself highlights wherever it is found as it is */
export function foundItem(
  found: Found,
  terms: readonly TextTerm[],
  text: string,
  severalAccounts: boolean,
): FoundItem {
  const { account, message } = found;
  const detail = detailText(found, terms, text);
  const facts = [
    // Without words, the detail is what it is.
    isConversational(message) || wordsText(message) ? messageNoun(message) : '',
    isUnread(message) ? vscode.l10n.t('unread') : '',
    relativeTime(creationTime(message), Date.now()),
    severalAccounts ? accountLabel(account) : '',
  ];
  const item = {
    ...found,
    label: whoText(message, terms),
    description: facts.filter(Boolean).join(' · '),
    detail,
    // In a text, screen readers would say the icon's name.
    iconPath: messageIcon(message, failureText(message) !== undefined),
    // What matches is ours to say: VS Code looks for the query as it is written.
    alwaysShow: true,
  };
  return encodedItem(item);
}

/** The other side, with its number if that is what was looked for. */
function whoText(message: Message, terms: readonly TextTerm[]): string {
  const name = otherSideText(message);
  const number = otherParties(message)
    .slice(0, MOST_NAMES)
    .map(partyNumber)
    .find((each) => !name.includes(each) && matchRanges(each, terms).length > 0);
  const who = number === undefined ? name : `${name} ${encodeLabel(number)}`;
  return isInbound(message) ? who : vscode.l10n.t('To {0}', who);
}

/** What surrounds the first match, else the beginning of the message. */
function detailText({ account, message }: Found, terms: readonly TextTerm[], text: string): string {
  const inText = terms.filter((term) => term.in === 'anywhere');
  for (const place of places(message, account)) {
    const snippet = snippetOf(place, inText, DETAIL_LENGTH);
    if (snippet) return encodeLabel(isHighlighted(snippet.text, text) ? snippet.text : bracketed(snippet));
  }
  return previewText(message);
}

/** Whether VS Code highlights something in `detail` by itself, because it holds the whole of what was typed. */
function isHighlighted(detail: string, text: string): boolean {
  return detail.toLowerCase().includes(text.trim().toLowerCase());
}

/** Everything in which words are found, besides names and numbers. */
function places(message: Message, account: Account): string[] {
  return [
    writtenText(message),
    account.mailbox.store.transcription(message.id),
    message.coverPageText,
    ...attachmentsOf(message).slice(0, MOST_NAMES).map(attachmentName),
    message.owner?.name,
  ].flatMap((place) => place?.slice(0, LONGEST_PLACE) ?? []);
}
