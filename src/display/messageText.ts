import * as vscode from 'vscode';
import type { Attachment, Message, MessageType, Party } from '../api/schema';
import { faxProgress } from '../mailbox/delivery';
import type { Group } from '../mailbox/group';
import {
  audioRecording,
  faxPages,
  isConversational,
  isInbound,
  isUnread,
  openableAttachments,
  otherParties,
  partyLabels,
  partyName,
  partyNumber,
  writtenText,
} from '../mailbox/message';
import { declaredFormat } from '../mailbox/attachmentFileName';
import { encodeLabel } from './encode';
import { listText, plural } from './language';
import { duration, monthName } from './relativeTime';

/** A tree row shows less than this; longer text costs time to lay out and says no more. */
const PREVIEW_LENGTH = 140;

/** Characters of a name. */
const NAME_LENGTH = 100;

/** How many attachments of a message are named. */
const NAMED_ATTACHMENTS = 10;

/** Name of a message type for a heading; a type that the server adds later is shown by its own name. */
export function typeName(type: MessageType): string {
  switch (type) {
    case 'VoiceMail':
      return vscode.l10n.t('Voicemail');
    case 'Fax':
      return vscode.l10n.t('Faxes');
    case 'SMS':
      return vscode.l10n.t('Text Messages');
    case 'Pager':
      return vscode.l10n.t('Pager Messages');
    case 'Text':
      return vscode.l10n.t('Internal Messages');
    case '':
      return vscode.l10n.t('Other Messages');
    default:
      return encodeLabel(type);
  }
}

/** Name of one message of a type, as used within a sentence. */
export function messageNoun(message: Message): string {
  switch (message.type) {
    case 'VoiceMail':
      return vscode.l10n.t('voicemail');
    case 'Fax':
      return vscode.l10n.t('fax');
    case 'SMS':
      return vscode.l10n.t('text message');
    case 'Pager':
      return vscode.l10n.t('pager message');
    default:
      return vscode.l10n.t('message');
  }
}

/** What a message is, and whom it is from or to. */
export function messageHeading(message: Message): string {
  const who = otherSideText(message);
  const inbound = isInbound(message);
  switch (message.type) {
    case 'VoiceMail':
      return inbound ? vscode.l10n.t('Voicemail from {0}', who) : vscode.l10n.t('Voicemail to {0}', who);
    case 'Fax':
      return inbound ? vscode.l10n.t('Fax from {0}', who) : vscode.l10n.t('Fax to {0}', who);
    case 'SMS':
      return inbound
        ? vscode.l10n.t('Text message from {0}', who)
        : vscode.l10n.t('Text message to {0}', who);
    case 'Pager':
      return inbound
        ? vscode.l10n.t('Pager message from {0}', who)
        : vscode.l10n.t('Pager message to {0}', who);
    default:
      return inbound ? vscode.l10n.t('Message from {0}', who) : vscode.l10n.t('Message to {0}', who);
  }
}

/** `messageHeading`, and whether it is unread. */
export function messageTitle(message: Message): string {
  if (!isInbound(message) || !isUnread(message)) return messageHeading(message);
  const who = otherSideText(message);
  switch (message.type) {
    case 'VoiceMail':
      return vscode.l10n.t('Unread voicemail from {0}', who);
    case 'Fax':
      return vscode.l10n.t('Unread fax from {0}', who);
    case 'SMS':
      return vscode.l10n.t('Unread text message from {0}', who);
    case 'Pager':
      return vscode.l10n.t('Unread pager message from {0}', who);
    default:
      return vscode.l10n.t('Unread message from {0}', who);
  }
}

/** What to call a party, see `partyLabels`; empty if nothing is known. */
export function partyText(party: Party): string {
  const labels = partyLabels(party).map((label) => encodeLabel(label, NAME_LENGTH));
  return labels.filter(Boolean).join(' · ') || partyNumberText(party) || placeText(party);
}

/** Names over numbers; up to three of a group in full. */
export function partiesText(parties: readonly Party[]): string {
  const known = parties.filter((party) => partyName(party) !== '');
  const names = known.slice(0, 3).map(partyText).filter(Boolean);
  if (names.length === 0) return vscode.l10n.t('Unknown');
  if (known.length <= 3) return listText(names);
  return andOthers(names.slice(0, 2), known.length - 2);
}

/** The other side of a message. */
export function otherSideText(message: Message): string {
  return partiesText(otherParties(message));
}

/** A party as "Name, number, place", without what is not known. */
export function partyDetails(party: Party): string {
  return listText([partyText(party), ...furtherDetails(party)]);
}

/** Number and place, as far as they are known and `partyText` does not say them. */
export function furtherDetails(party: Party): readonly string[] {
  const labels = partyLabels(party);
  return [
    labels.includes(partyNumber(party)) ? '' : partyNumberText(party),
    labels.includes(party.location ?? '') ? '' : placeText(party),
  ].filter(Boolean);
}

/** Its number or extension, written for people; empty if it has neither. */
function partyNumberText(party: Party): string {
  return encodeLabel(partyNumber(party), NAME_LENGTH);
}

/** Where it is; empty if that is not known. */
function placeText(party: Party): string {
  return encodeLabel(party.location, NAME_LENGTH);
}

/** What a message says, in one line; if it has no words, what it is. */
export function previewText(message: Message): string {
  switch (message.type) {
    case 'VoiceMail': {
      const length = voicemailLength(message);
      return (
        wordsText(message) ||
        (length
          ? vscode.l10n.t('Voicemail ({0})', length)
          : vscode.l10n.t({ message: 'Voicemail', comment: ['One message.'] }))
      );
    }
    case 'Fax':
      return wordsText(message) || faxPreview(message);
    default:
      return wordsText(message) || attachmentsText(message) || vscode.l10n.t('(no text)');
  }
}

/** The words of a message in one line: written, spoken, or on the cover page of a fax. Empty if none are known. */
export function wordsText(message: Message): string {
  switch (message.type) {
    case 'VoiceMail':
      return encodeLabel(message.transcription, PREVIEW_LENGTH);
    case 'Fax':
      return encodeLabel(message.coverPageText, PREVIEW_LENGTH);
    default:
      return encodeLabel(writtenText(message), PREVIEW_LENGTH);
  }
}

/** `previewText` with whose words they are, where that is not the one other party. */
export function saidText(message: Message): string {
  const preview = previewText(message);
  if (!isConversational(message)) return preview;
  if (!isInbound(message)) return vscode.l10n.t('You: {0}', preview);
  const isGroup = message.to.length > 1;
  return isGroup && message.from ? vscode.l10n.t('{0}: {1}', partiesText([message.from]), preview) : preview;
}

/** How long a voicemail is, as m:ss; empty if that is not known. */
export function voicemailLength(message: Message): string {
  const seconds = audioRecording(message)?.vmDuration;
  return seconds === undefined ? '' : duration(seconds);
}

/** How many pages a fax has; empty while that is not known. */
export function pagesText(message: Message): string {
  const pages = faxPages(message);
  if (pages === undefined) return '';
  return plural(pages, {
    one: (number) => vscode.l10n.t('{0} page', number),
    other: (number) => vscode.l10n.t('{0} pages', number),
  });
}

/** What a fax is at the moment. */
export function faxName(message: Message): string {
  if (isInbound(message)) return vscode.l10n.t('Fax received');
  switch (faxProgress(message)) {
    case 'queued':
      return vscode.l10n.t('Fax queued');
    case 'sending':
      return vscode.l10n.t('Sending fax');
    case 'sent':
      return vscode.l10n.t('Fax sent');
    case 'failed':
      return vscode.l10n.t('Fax not sent');
    case 'unknown':
      return vscode.l10n.t('Fax');
  }
}

function faxPreview(message: Message): string {
  return listText([faxName(message), pagesText(message)]);
}

/** Names of the attachments worth opening, in one line; empty if there are none. */
export function attachmentsText(message: Message): string {
  const attachments = openableAttachments(message);
  const names = attachments.slice(0, NAMED_ATTACHMENTS).map(attachmentName);
  const others = attachments.length - NAMED_ATTACHMENTS;
  return others > 0 ? andOthers(names, others) : listText(names);
}

/** The first of several names, and how many there are besides. */
export function andOthers(names: readonly string[], others: number): string {
  const named = listText(names);
  return plural(others, {
    one: (number) => vscode.l10n.t('{0} and {1} other', named, number),
    other: (number) => vscode.l10n.t('{0} and {1} others', named, number),
  });
}

/** What the attachment is called, else what it is. Never used as a path: see `attachmentFileName`. */
export function attachmentName(attachment: Attachment): string {
  const name = encodeLabel(attachment.fileName);
  if (name) return name;
  switch (attachment.type) {
    case 'AudioRecording':
      return vscode.l10n.t('Recording');
    case 'AudioTranscription':
      return vscode.l10n.t('Transcription');
    case 'RenderedDocument':
      return vscode.l10n.t('Fax document');
    case 'SourceDocument':
      return vscode.l10n.t('Source document');
    case 'Text':
      return vscode.l10n.t('Text');
    default:
      return kindName(attachment) || encodeLabel(attachment.contentType) || vscode.l10n.t('Attachment');
  }
}

/** What an attachment of a message is, as people call it; empty if that is not known. */
function kindName(attachment: Attachment): string {
  switch (declaredFormat(attachment).kind) {
    case 'image':
      return vscode.l10n.t({ message: 'Picture', comment: ['An attachment without a name.'] });
    case 'video':
      return vscode.l10n.t({ message: 'Video', comment: ['An attachment without a name.'] });
    case 'audio':
      return vscode.l10n.t('Recording');
    case 'pdf':
      return 'PDF';
    case 'text':
      return vscode.l10n.t('Text');
    case 'vcard':
      return vscode.l10n.t({ message: 'Contact card', comment: ['An attachment without a name.'] });
    default:
      return '';
  }
}

/** Heading of a group. */
export function groupName(group: Group): string {
  const { key, newest } = group;
  switch (key.kind) {
    case 'type':
      return typeName(key.type);
    case 'thread':
    case 'party':
      return partiesText(otherParties(newest));
    case 'date':
      return spanName(key.span);
  }
}

function spanName(span: string): string {
  switch (span) {
    case 'today':
      return vscode.l10n.t('Today');
    case 'yesterday':
      return vscode.l10n.t('Yesterday');
    case 'lastWeek':
      return vscode.l10n.t('Last 7 Days');
    case 'undated':
      return vscode.l10n.t('No Date');
    default:
      return monthName(span);
  }
}
