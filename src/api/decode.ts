import {
  countOf,
  defined,
  flagOf,
  idOf,
  type JsonRecord,
  recordOf,
  recordsOf,
  isRecord,
  textOf,
  timeOf,
} from './lenient';
import type { Attachment, Extension, Message, Owner, Party, ReadStatus } from './schema';

/**
 * The wire's JSON as a `Message`: ids become strings, what is missing or of a wrong type is left out, values that we do
 * not know yet are kept. Undefined if there is no id to know it by.
 */
export function decodeMessage(wire: unknown): Message | undefined {
  const record = recordOf(wire);
  const id = idOf(record['id']);
  if (id === undefined || !/^\d+$/.test(id)) return undefined;
  return {
    id,
    ...availabilityOf(record['availability']),
    to: recordsOf(record['to']).map(decodeParty),
    attachments: recordsOf(record['attachments']).flatMap((attachment) => decodeAttachment(attachment, id)),
    ...defined({
      type: textOf(record['type']),
      // The number next to it has lost digits in some clients' hands; the string never.
      conversationId: idOf(recordOf(record['conversation'])['id']) ?? idOf(record['conversationId']),
      direction: textOf(record['direction']),
      readStatus: readStatusOf(record['readStatus']),
      priority: textOf(record['priority']),
      messageStatus: textOf(record['messageStatus']),
      creationTime: timeOf(record['creationTime']),
      lastModifiedTime: timeOf(record['lastModifiedTime']),
      subject: textOf(record['subject']),
      from: isRecord(record['from']) ? decodeParty(record['from']) : undefined,
      deliveryErrorCode: idOf(record['deliveryErrorCode']),
      faxPageCount: countOf(record['faxPageCount']),
      faxResolution: textOf(record['faxResolution']),
      coverPageText: textOf(record['coverPageText']),
      vmTranscriptionStatus: textOf(record['vmTranscriptionStatus']),
      owner: isRecord(record['owner']) ? decodeOwner(record['owner']) : undefined,
      pgToDepartment: flagOf(record['pgToDepartment']),
    }),
  };
}

/** All of `wire` that can be read; undefined if it is not an array at all. */
export function decodeMessages(wire: unknown): Message[] | undefined {
  return Array.isArray(wire) ? wire.map(decodeMessage).filter((message) => message !== undefined) : undefined;
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
      name: textOf(record['name']),
      extensionNumber: idOf(record['extensionNumber']),
    }),
  };
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
    name: textOf(party['name']),
    phoneNumber: idOf(party['phoneNumber']),
    extensionNumber: idOf(party['extensionNumber']),
    extensionId: idOf(party['extensionId']),
    location: textOf(party['location']),
    target: flagOf(party['target']),
    messageStatus: textOf(party['messageStatus']),
    faxErrorCode: textOf(party['faxErrorCode']),
  });
}

function decodeAttachment(attachment: JsonRecord, messageId: string): Attachment[] {
  const id = idOf(attachment['id']);
  if (id === undefined) return [];
  return [
    {
      id,
      uri: textOf(attachment['uri']) ?? contentPath(messageId, id),
      ...defined({
        type: textOf(attachment['type']),
        contentType: textOf(attachment['contentType']),
        fileName: textOf(attachment['fileName']),
        size: countOf(attachment['size']),
        vmDuration: countOf(attachment['vmDuration']),
        width: countOf(attachment['width']),
        height: countOf(attachment['height']),
      }),
    },
  ];
}

/** Where the content of an attachment is by the operation `readMessageContent`. */
function contentPath(messageId: string, attachmentId: string): string {
  return `/restapi/v1.0/account/~/extension/~/message-store/${messageId}/content/${encodeURIComponent(attachmentId)}`;
}

function decodeOwner(owner: JsonRecord): Owner {
  return defined({
    extensionId: idOf(owner['extensionId']),
    extensionType: textOf(owner['extensionType']),
    name: textOf(owner['name']),
  });
}
