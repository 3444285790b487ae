import * as vscode from 'vscode';
import { numberText, plural } from '../display/language';
import { accountLabel } from '../display/accountLabel';
import type { Message } from '../api/schema';
import { encodeLabel } from '../display/encode';
import { failureReason } from '../display/failureText';
import { otherSideText, partiesText } from '../display/messageText';
import { duration } from '../display/relativeTime';
import type { Account } from '../mailbox/accounts';
import { failureOf } from '../mailbox/delivery';
import { audioRecording, faxPages, partyKey, writtenText } from '../mailbox/message';

/** Characters of what somebody has written or said. */
const TEXT_LENGTH = 200;

export interface TextOptions {
  /** Named, because there are several accounts. */
  readonly account?: Account | undefined;
  /** What a message says; undefined if that must not be told. */
  readonly textOf?: ((message: Message) => string | undefined) | undefined;
}

/** Of one new message or several; newest first, never empty. */
export function receivedText(messages: readonly Message[], { account, textOf }: TextOptions): string {
  const [newest] = messages;
  if (!newest) return '';
  if (messages.length > 1) return ofAccount(account, severalText(messages, newest));
  const sentence = singleText(newest);
  const text = encodeLabel(textOf?.(newest), TEXT_LENGTH);
  return ofAccount(account, text ? vscode.l10n.t('{0}: {1}', sentence, text) : sentence);
}

/** Of one message of ours that was not sent, or not to everybody, or of several; never empty. */
export function failedText(messages: readonly Message[], { account }: TextOptions): string {
  const [newest] = messages;
  if (!newest) return '';
  if (messages.length > 1)
    return ofAccount(account, vscode.l10n.t("{0} messages couldn't be sent.", numberText(messages.length)));
  return ofAccount(account, singleFailure(newest));
}

/** What a message says: its text, a voicemail's transcription, a fax's cover page. */
export function contentText(message: Message, account: Account): string | undefined {
  switch (message.type) {
    case 'VoiceMail':
      return account.mailbox.store.transcription(message.id);
    case 'Fax':
      return message.coverPageText;
    default:
      return writtenText(message);
  }
}

function ofAccount(account: Account | undefined, sentence: string): string {
  return account ? vscode.l10n.t('{0}: {1}', encodeLabel(accountLabel(account)), sentence) : sentence;
}

function singleText(message: Message): string {
  const sender = senderText(message);
  const isUrgent = message.priority === 'High';
  switch (message.type) {
    case 'VoiceMail': {
      const seconds = audioRecording(message)?.vmDuration;
      if (seconds === undefined)
        return isUrgent
          ? vscode.l10n.t('New urgent voicemail from {0}', sender)
          : vscode.l10n.t('New voicemail from {0}', sender);
      return isUrgent
        ? vscode.l10n.t('New urgent voicemail from {0} ({1})', sender, duration(seconds))
        : vscode.l10n.t('New voicemail from {0} ({1})', sender, duration(seconds));
    }
    case 'Fax':
      return faxText(message, sender, isUrgent);
    case 'SMS':
      return isUrgent
        ? vscode.l10n.t('New urgent text message from {0}', sender)
        : vscode.l10n.t('New text message from {0}', sender);
    case 'Pager':
      return isUrgent
        ? vscode.l10n.t('New urgent pager message from {0}', sender)
        : vscode.l10n.t('New pager message from {0}', sender);
    default:
      return isUrgent
        ? vscode.l10n.t('New urgent message from {0}', sender)
        : vscode.l10n.t('New message from {0}', sender);
  }
}

function faxText(message: Message, sender: string, isUrgent: boolean): string {
  const pages = faxPages(message);
  if (isUrgent) return vscode.l10n.t('New urgent fax from {0}', sender);
  if (pages === undefined) return vscode.l10n.t('New fax from {0}', sender);
  return plural(pages, {
    one: (number) => vscode.l10n.t('New fax from {0} ({1} page)', sender, number),
    other: (number) => vscode.l10n.t('New fax from {0} ({1} pages)', sender, number),
  });
}

function severalText(messages: readonly Message[], newest: Message): string {
  const sender = senderText(newest);
  const others = new Set(messages.map(senderKey)).size - 1;
  // There are several messages, so that only the others decide about the sentence.
  const count = numberText(messages.length);
  if (messages.every(({ type }) => type === 'VoiceMail')) {
    if (others === 0) return vscode.l10n.t('{0} new voicemails from {1}', count, sender);
    return plural(others, {
      one: (number) => vscode.l10n.t('{0} new voicemails from {1} and {2} other', count, sender, number),
      other: (number) => vscode.l10n.t('{0} new voicemails from {1} and {2} others', count, sender, number),
    });
  }
  if (others === 0) return vscode.l10n.t('{0} new messages from {1}', count, sender);
  return plural(others, {
    one: (number) => vscode.l10n.t('{0} new messages from {1} and {2} other', count, sender, number),
    other: (number) => vscode.l10n.t('{0} new messages from {1} and {2} others', count, sender, number),
  });
}

function singleFailure(message: Message): string {
  const parties = (failureOf(message)?.recipients ?? []).map(({ party }) => party);
  // Of several recipients, others may have got it.
  const unsent = parties.length > 0 ? { ...message, to: parties } : message;
  const to = otherSideText(unsent);
  const reason = failureReason(unsent) ?? vscode.l10n.t('no reason was given');
  switch (message.type) {
    case 'Fax':
      return vscode.l10n.t("A fax to {0} couldn't be sent: {1}.", to, reason);
    case 'SMS':
      return vscode.l10n.t("A text message to {0} couldn't be sent: {1}.", to, reason);
    case 'Pager':
      return vscode.l10n.t("A pager message to {0} couldn't be sent: {1}.", to, reason);
    default:
      return vscode.l10n.t("A message to {0} couldn't be sent: {1}.", to, reason);
  }
}

/** Who has sent it; in a group that is one of them. */
function senderText({ from }: Message): string {
  return partiesText(from ? [from] : []);
}

/** Callers who hide their number are one. */
function senderKey({ from }: Message): string {
  return from ? partyKey(from) : '';
}
