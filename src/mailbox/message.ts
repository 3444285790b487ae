import type { Attachment, Message, MessageType, Party } from '../api/schema';
import { formatOf, LAYOUT } from '../formats/mediaTypes';
import { hasVisible } from '../util/hasVisible';
import { isPlaceholderName } from './placeholderName';
import { DEFAULT_COUNTRY, numberDigits, type PhoneNumber, readPhoneNumber } from './phoneNumber';

/** The types that RingCentral threads into conversations; voicemail and fax have none (FACTS, Messages). */
export const CONVERSATIONAL_TYPES: readonly MessageType[] = ['SMS', 'Pager', 'Text'];

/** Whether a message is of a type that is threaded into conversations. */
export function isConversational(message: Message): boolean {
  return CONVERSATIONAL_TYPES.some((type) => type === message.type);
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

/** The number of a party as its account reads it; undefined if the record has none. */
export function readingOf({ phoneNumber, reading }: Party): PhoneNumber | undefined {
  return reading ?? (phoneNumber ? readPhoneNumber(phoneNumber) : undefined);
}

/** `message` with its numbers as they are read in its account's home country (ISO 3166), unless that is the default one. */
export function withReadings(message: Message, country: string | undefined): Message {
  if (country === undefined || country === DEFAULT_COUNTRY) return message;
  const read = (party: Party): Party =>
    party.phoneNumber ? { ...party, reading: readPhoneNumber(party.phoneNumber, country) } : party;
  return { ...message, ...(message.from && { from: read(message.from) }), to: message.to.map(read) };
}

/** Identity of a party: its number, else its extension, else its name. */
export function partyKey(party: Party): string {
  const reading = readingOf(party);
  // The name of a sender is the same however it is written.
  if (reading) return reading.key.toLowerCase();
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
  return readingOf(party)?.text ?? party.extensionNumber ?? '';
}

/**
 * Numbers (E.164 where it can be told), short codes, names of senders or extensions of the other side, as one would dial
 * or write to them. A placeholder for a number is none.
 */
export function dialableNumbers(message: Message): readonly string[] {
  return otherParties(message).flatMap((party) => {
    const number = readingOf(party)?.key ?? party.extensionNumber ?? '';
    return number === '' || isPlaceholderName(number) ? [] : [number];
  });
}

/**
 * What to call a party: its name, else its number or extension, else its place. A placeholder such as "Unknown"
 * or "WIRELESS CALLER" follows the number. Empty if nothing is known.
 */
export function partyLabels(party: Party): readonly string[] {
  const name = hasVisible(party.name ?? '') ? (party.name?.trim() ?? '') : '';
  const number = partyNumber(party);
  if (!name) return [number || party.location || ''].filter(Boolean);
  if (!number || isPlaceholderName(number)) return [name];
  if (isSameNumber(name, party)) return [number];
  return isPlaceholderName(name) ? [number, name] : [name];
}

/** Whether a name is only the number over again. */
function isSameNumber(name: string, party: Party): boolean {
  const key = readingOf(party)?.key ?? party.extensionNumber ?? '';
  if (name === key || name === party.phoneNumber) return true;
  const digits = numberDigits(readPhoneNumber(name).key).replace(/^0+/, '');
  return digits.length >= FEWEST_DIGITS && numberDigits(key).endsWith(digits);
}

/** Digits of the shortest number within a country, of which another country's ends alike only by chance. */
const FEWEST_DIGITS = 7;

/** `partyLabels` in one. */
export function partyName(party: Party): string {
  return partyLabels(party).join(' · ');
}

/** Milliseconds since the epoch; 0 for a record without a readable creation time, so that it sorts as the oldest. */
export function creationTime(message: Message): number {
  const time = Date.parse(message.creationTime ?? '');
  // A negative one, or one of a year of five digits, would have no place in any calendar of ours.
  return time > 0 && time < LATEST ? time : 0;
}

const LATEST = Date.parse('9999-12-31T00:00:00.000Z');

/** What was sent with a message. How its parts are laid out on a screen of a telephone (SMIL) is no attachment. */
export function attachmentsOf(message: Message): readonly Attachment[] {
  return message.attachments.filter((attachment) => !isLayout(attachment));
}

function isLayout({ contentType, fileName }: Attachment): boolean {
  return formatOf(contentType, fileName).type === LAYOUT.type;
}

/** Attachments worth opening on their own: not the text that the message itself shows already. */
export function openableAttachments(message: Message): readonly Attachment[] {
  return attachmentsOf(message).filter(
    (attachment) => attachment.type !== 'Text' && attachment.type !== 'AudioTranscription',
  );
}

/** What was written in a message; nothing if there is nothing to be seen in it, as where only a picture was sent. */
export function writtenText({ subject = '' }: Message): string {
  return hasVisible(subject) ? subject : '';
}

/** Pages of a fax; undefined while that is not known. */
export function faxPages({ faxPageCount }: Message): number | undefined {
  return faxPageCount === undefined || faxPageCount === 0 ? undefined : faxPageCount;
}

/** The recording of a voicemail, if there is one. */
export function audioRecording(message: Message): Attachment | undefined {
  return message.attachments.find((attachment) => attachment.type === 'AudioRecording');
}

/** The text of a voicemail as an attachment, if RingCentral made one. */
export function audioTranscription(message: Message): Attachment | undefined {
  return message.attachments.find((attachment) => attachment.type === 'AudioTranscription');
}
