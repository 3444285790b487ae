import * as vscode from 'vscode';
import type { Attachment, Message, MessageType, Party } from '../api/schema';
import type { Group } from '../mailbox/group';
import {
  audioRecording,
  isInbound,
  openableAttachments,
  otherParties,
  partyName,
  partyNumber,
} from '../mailbox/message';
import { shorten } from '../util/shorten';
import { duration, monthName } from './relativeTime';

/** A tree row shows less than this; longer text costs time to lay out and says no more. */
const PREVIEW_LENGTH = 140;

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
      return vscode.l10n.t('Internal Texts');
    case '':
      return vscode.l10n.t('Other Messages');
    default:
      return type;
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
    case 'Text':
      return vscode.l10n.t('text message');
    case 'Pager':
      return vscode.l10n.t('pager message');
    default:
      return vscode.l10n.t('message');
  }
}

/** Names over numbers; up to three of a group in full. */
export function partiesText(parties: readonly Party[]): string {
  const names = parties.map(partyName).filter(Boolean);
  if (names.length === 0) return vscode.l10n.t('Unknown');
  if (names.length <= 3) return names.join(', ');
  return vscode.l10n.t('{0} and {1} others', names.slice(0, 2).join(', '), names.length - 2);
}

/** The other side of a message. */
export function otherSideText(message: Message): string {
  return partiesText(otherParties(message));
}

/** A party as "Name, number, place", without what is not known. */
export function partyDetails(party: Party): string {
  const name = partyName(party);
  return [name, partyNumber(party), party.location]
    .filter((part, i) => part && (i === 0 || part !== name))
    .join(', ');
}

/** What a message says, in one line. */
export function previewText(message: Message): string {
  const text = message.subject?.replace(/\s+/gu, ' ').trim() ?? '';
  switch (message.type) {
    case 'VoiceMail': {
      const seconds = audioRecording(message)?.vmDuration;
      return seconds === undefined
        ? vscode.l10n.t('Voicemail')
        : vscode.l10n.t('Voicemail ({0})', duration(seconds));
    }
    case 'Fax':
      return faxPreview(message);
    default:
      return text ? shorten(text, PREVIEW_LENGTH) : attachmentsText(message) || vscode.l10n.t('(no text)');
  }
}

function faxPreview(message: Message): string {
  const pages = message.faxPageCount;
  const name = isInbound(message) ? vscode.l10n.t('Fax received') : vscode.l10n.t('Fax sent');
  if (pages === undefined) return name;
  return pages === 1 ? vscode.l10n.t('{0}, 1 page', name) : vscode.l10n.t('{0}, {1} pages', name, pages);
}

/** Names of the attachments worth opening, in one line; empty if there are none. */
export function attachmentsText(message: Message): string {
  return openableAttachments(message)
    .map((attachment) => attachmentName(attachment))
    .join(', ');
}

/** What the attachment is called, else what it is. Never used as a path: see `attachmentFileName`. */
export function attachmentName(attachment: Attachment): string {
  if (attachment.fileName) return attachment.fileName;
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
      return attachment.contentType ?? vscode.l10n.t('Attachment');
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
