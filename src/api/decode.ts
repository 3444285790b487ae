import {
  countOf,
  defined,
  flagOf,
  idOf,
  type JsonRecord,
  recordOf,
  recordsOf,
  shortTextOf,
  isRecord,
  textOf,
  timeOf,
} from './lenient';
import { isMessageId } from './messageId';
import type { Attachment, Extension, Message, Owner, Party, ReadStatus } from './schema';

/** Recipients, and attachments, of one message: more are left out. */
const MOST_PARTS = 2_000;

/** UTF-16 units. */
const LONGEST_ADDRESS = 8_000;

/**
 * The wire's JSON as a `Message`: ids become strings, what is missing or of a wrong type is left out, values that we do
 * not know yet are kept. Undefined if there is no id to know it by.
 */
export function decodeMessage(wire: unknown): Message | undefined {
  const record = recordOf(wire);
  const id = idOf(record['id']);
  if (!isMessageId(id)) return undefined;
  return {
    id,
    ...availabilityOf(record['availability']),
    to: recordsOf(record['to']).slice(0, MOST_PARTS).map(decodeParty),
    attachments: recordsOf(record['attachments'])
      .slice(0, MOST_PARTS)
      .flatMap((attachment) => decodeAttachment(attachment, id)),
    ...defined({
      type: shortTextOf(record['type']),
      // The number next to it has lost digits in some clients' hands; the string never.
      conversationId: idOf(recordOf(record['conversation'])['id']) ?? idOf(record['conversationId']),
      direction: shortTextOf(record['direction']),
      readStatus: readStatusOf(record['readStatus']),
      priority: shortTextOf(record['priority']),
      messageStatus: shortTextOf(record['messageStatus']),
      creationTime: timeOf(record['creationTime']),
      lastModifiedTime: timeOf(record['lastModifiedTime']),
      subject: textOf(record['subject']),
      from: isRecord(record['from']) ? decodeParty(record['from']) : undefined,
      deliveryErrorCode: idOf(record['deliveryErrorCode']),
      faxPageCount: countOf(record['faxPageCount']),
      faxResolution: shortTextOf(record['faxResolution']),
      coverPageText: textOf(record['coverPageText']),
      vmTranscriptionStatus: shortTextOf(record['vmTranscriptionStatus']),
      owner: isRecord(record['owner']) ? decodeOwner(record['owner']) : undefined,
      pgToDepartment: flagOf(record['pgToDepartment']),
    }),
  };
}

/**
 * All of `wire` that can be read; undefined if it is not an array at all.
 * @param onLeftOut told of each record that cannot be, and why, without anything of what it holds
 */
export function decodeMessages(
  wire: unknown,
  onLeftOut: (why: string) => void = () => undefined,
): Message[] | undefined {
  if (!Array.isArray(wire)) return undefined;
  return wire.flatMap((record: unknown) => {
    try {
      const message = decodeMessage(record);
      if (message) return message;
      onLeftOut('it has no id');
    } catch (error) {
      onLeftOut(error instanceof Error ? error.name : 'unknown');
    }
    return [];
  });
}

/** The signed-in extension; undefined if it has no id. */
export function decodeExtension(wire: unknown): Extension | undefined {
  const record = recordOf(wire);
  const id = idOf(record['id']);
  if (id === undefined) return undefined;
  return {
    id,
    ...defined({
      accountId: idOf(recordOf(record['account'])['id']),
      name: shortTextOf(record['name']),
      extensionNumber: idOf(record['extensionNumber']),
      country: countryOf(recordOf(record['regionalSettings'])['homeCountry']),
    }),
  };
}

function countryOf(wire: unknown): string | undefined {
  const code = recordOf(wire)['isoCode'];
  return typeof code === 'string' && /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/** A record without availability is shown as one that the server lists, and it lists what is alive; but it proves nothing. */
function availabilityOf(value: unknown): Pick<Message, 'availability' | 'isAvailabilityAssumed'> {
  return value === 'Alive' || value === 'Deleted' || value === 'Purged'
    ? { availability: value }
    : { availability: 'Alive', isAvailabilityAssumed: true };
}

function readStatusOf(value: unknown): ReadStatus | undefined {
  return value === 'Read' || value === 'Unread' ? value : undefined;
}

function decodeParty(party: JsonRecord): Party {
  return defined({
    name: shortTextOf(party['name']),
    phoneNumber: idOf(party['phoneNumber']),
    extensionNumber: idOf(party['extensionNumber']),
    extensionId: idOf(party['extensionId']),
    location: shortTextOf(party['location']),
    target: flagOf(party['target']),
    messageStatus: shortTextOf(party['messageStatus']),
    faxErrorCode: shortTextOf(party['faxErrorCode']),
  });
}

function decodeAttachment(attachment: JsonRecord, messageId: string): Attachment[] {
  const id = idOf(attachment['id']);
  if (id === undefined) return [];
  return [
    {
      id,
      uri: addressOf(attachment['uri']) ?? contentPath(messageId, id),
      ...defined({
        type: shortTextOf(attachment['type']),
        contentType: shortTextOf(attachment['contentType']),
        fileName: shortTextOf(attachment['fileName']),
        size: countOf(attachment['size']),
        vmDuration: countOf(attachment['vmDuration']),
        width: countOf(attachment['width']),
        height: countOf(attachment['height']),
      }),
    },
  ];
}

/** An address that is longer than any is none. */
function addressOf(value: unknown): string | undefined {
  const address = textOf(value);
  return address !== undefined && address.length <= LONGEST_ADDRESS ? address : undefined;
}

/** Where the content of an attachment is by the operation `readMessageContent`. */
function contentPath(messageId: string, attachmentId: string): string {
  return `/restapi/v1.0/account/~/extension/~/message-store/${messageId}/content/${encodeURIComponent(attachmentId)}`;
}

function decodeOwner(owner: JsonRecord): Owner {
  return defined({
    extensionId: idOf(owner['extensionId']),
    extensionType: shortTextOf(owner['extensionType']),
    name: shortTextOf(owner['name']),
  });
}
