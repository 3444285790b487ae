import type { Attachment, Message, Party } from '../api/schema';
import { formatPhoneNumber, normalizePhoneNumber } from './phoneNumber';

/** The types that RingCentral threads into conversations; voicemail and fax have none (FACTS, Messages). */
export function isConversational(message: Message): boolean {
  return message.type === 'SMS' || message.type === 'Pager' || message.type === 'Text';
}

export function isUnread(message: Message): boolean {
  return message.readStatus === 'Unread';
}

export function isInbound(message: Message): boolean {
  return message.direction !== 'Outbound';
}

/**
 * Everybody on the other side: the sender and, in a group, the recipients other than us. May be empty when the record
 * does not say.
 */
export function otherParties(message: Message): readonly Party[] {
  if (!isInbound(message)) return message.to;
  const others = message.to.length > 1 ? message.to.filter((party) => !party.target) : [];
  // In a group whose record does not mark which recipient we are, the first one is as good as any to leave out.
  const group = others.length === message.to.length ? others.slice(1) : others;
  return message.from ? [message.from, ...group] : group;
}

/** Identity of a party: its number, else its extension, else its name. */
export function partyKey(party: Party): string {
  if (party.phoneNumber) return normalizePhoneNumber(party.phoneNumber);
  if (party.extensionNumber) return `ext:${party.extensionNumber}`;
  if (party.extensionId) return `id:${party.extensionId}`;
  return party.name ? `name:${party.name}` : '';
}

/** Identity of the other side as a whole; the same for everybody's messages in a group. Empty if unknown. */
export function otherPartyKey(message: Message): string {
  return otherParties(message).map(partyKey).filter(Boolean).sort().join(',');
}

/**
 * Identity of what a message belongs to within its type: its conversation, or the other side where there is none. Empty
 * if unknown.
 */
export function threadKey(message: Message): string {
  return (isConversational(message) && message.conversationId) || otherPartyKey(message);
}

/** The party's number or extension, written for people; empty if the record has neither. */
export function partyNumber(party: Party): string {
  if (party.phoneNumber) return formatPhoneNumber(party.phoneNumber);
  return party.extensionNumber ?? '';
}

/** Numbers (E.164 where it can be told) or extensions of the other side, as one would dial them. */
export function dialableNumbers(message: Message): readonly string[] {
  return otherParties(message)
    .map(({ phoneNumber, extensionNumber }) =>
      phoneNumber ? normalizePhoneNumber(phoneNumber) : extensionNumber,
    )
    .filter((number) => number !== undefined);
}

/** Names over numbers: the party's name, else its number or extension, else its place; empty if nothing is known. */
export function partyName(party: Party): string {
  return party.name?.trim() || partyNumber(party) || party.location || '';
}

/** Milliseconds since the epoch; 0 for a record without a readable creation time, so that it sorts as the oldest. */
export function creationTime(message: Message): number {
  const time = Date.parse(message.creationTime ?? '');
  // A negative one, or one of a year of five digits, would have no place in any calendar of ours.
  return time > 0 && time < LATEST ? time : 0;
}

const LATEST = Date.parse('9999-12-31T00:00:00.000Z');

/** Attachments worth opening on their own: not the text that the message itself shows already. */
export function openableAttachments(message: Message): readonly Attachment[] {
  return message.attachments.filter(
    (attachment) => attachment.type !== 'Text' && attachment.type !== 'AudioTranscription',
  );
}

/** The recording of a voicemail, if there is one. */
export function audioRecording(message: Message): Attachment | undefined {
  return message.attachments.find((attachment) => attachment.type === 'AudioRecording');
}

/** The text of a voicemail as an attachment, if RingCentral made one. */
export function audioTranscription(message: Message): Attachment | undefined {
  return message.attachments.find((attachment) => attachment.type === 'AudioTranscription');
}

/**
 * Why a message failed, as the code that the server gave; undefined if it did not fail. Faxes carry one per recipient
 * (`to[].faxErrorCode`), texts one per message (`deliveryErrorCode`).
 */
export function failureCode(message: Message): string | undefined {
  const failed = message.messageStatus === 'DeliveryFailed' || message.messageStatus === 'SendingFailed';
  const faxError = message.to.find((party) => party.faxErrorCode)?.faxErrorCode;
  if (!failed && !faxError) return undefined;
  return faxError ?? message.deliveryErrorCode ?? message.messageStatus;
}
