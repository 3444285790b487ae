import { isRecord, type JsonRecord, recordsOf } from '../lenient';
import { apiWord, type Finding, mediaTypeWord } from './finding';

/** The fields that RingCentral's API description gives each part of a record. */
const FIELDS = {
  message: [
    ...['id', 'uri', 'extensionId', 'attachments', 'availability', 'conversationId', 'conversation'],
    ...['creationTime', 'deliveryErrorCode', 'segmentCount', 'direction', 'faxPageCount', 'faxResolution'],
    ...['from', 'lastModifiedTime', 'messageStatus', 'pgToDepartment', 'priority', 'readStatus'],
    ...['smsDeliveryTime', 'smsSendingAttemptsCount', 'subject', 'to', 'type', 'vmTranscriptionStatus'],
    ...['coverIndex', 'coverPageText', 'owner', 'private', 'forwarding', 'vmSideRecipients'],
  ],
  party: [
    ...['extensionNumber', 'extensionId', 'location', 'target', 'messageStatus', 'faxErrorCode', 'name'],
    ...['phoneNumber', 'recipientId'],
  ],
  attachment: ['id', 'uri', 'type', 'contentType', 'vmDuration', 'fileName', 'size', 'height', 'width'],
} as const;

type Part = keyof typeof FIELDS;

/** Fields of which only known values are understood, with those. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'message.type': ['Fax', 'SMS', 'VoiceMail', 'Pager', 'Text'],
  'message.direction': ['Inbound', 'Outbound'],
  'message.availability': ['Alive', 'Deleted', 'Purged'],
  'message.readStatus': ['Read', 'Unread'],
  'message.priority': ['Normal', 'High'],
  'message.messageStatus': [
    ...['Queued', 'Sent', 'Delivered', 'DeliveryFailed', 'SendingFailed', 'Received'],
  ],
  'message.vmTranscriptionStatus': [
    ...['NotAvailable', 'InProgress', 'TimedOut', 'Completed', 'CompletedPartially', 'Failed', 'Unknown'],
  ],
  'message.faxResolution': ['High', 'Low'],
  'party.messageStatus': ['Queued', 'Sent', 'Delivered', 'DeliveryFailed', 'SendingFailed', 'Received'],
  'attachment.type': [
    ...[
      'AudioRecording',
      'AudioTranscription',
      'Text',
      'SourceDocument',
      'RenderedDocument',
      'MmsAttachment',
    ],
  ],
};

/** What every message has. */
const NEEDED = ['id', 'type', 'availability', 'creationTime', 'direction', 'readStatus', 'lastModifiedTime'];

/** Names of one kind that are listed at most: there could be any number. */
const MOST_NAMES = 30;

/** How the server's records look, and what of it is not as the API's description says. */
export function recordShapes(records: readonly JsonRecord[]): readonly Finding[] {
  const seen = new Shapes();
  for (const record of records) {
    seen.add('message', record);
    for (const field of NEEDED) if (record[field] === undefined) seen.missing.add(field);
    const parties = [...recordsOf(record['to']), ...(isRecord(record['from']) ? [record['from']] : [])];
    for (const party of parties) seen.add('party', party);
    for (const attachment of recordsOf(record['attachments'])) {
      seen.add('attachment', attachment);
      seen.mediaTypes.add(mediaTypeWord(attachment['contentType']));
    }
    const type = apiWord(record['type']);
    if (seen.types.has(type) || seen.types.size < MOST_NAMES)
      seen.types.set(type, (seen.types.get(type) ?? 0) + 1);
    seen.idTypes.add(typeof record['id']);
  }
  return [
    {
      probe: 'Records: how many of which type',
      expected: 'any',
      found: [...seen.types].map(([type, count]) => `${type}: ${count}`).join(', ') || 'none',
    },
    {
      probe: 'Records: media types of attachments',
      expected: 'any',
      found: list(seen.mediaTypes),
    },
    {
      probe: 'Records: ids',
      expected: 'numbers',
      found: [...seen.idTypes].map((type) => `${type}s`).join(', ') || 'none',
      ...([...seen.idTypes].some((type) => type !== 'number') && { meaning: 'Ids are taken as they are.' }),
    },
    differing(
      'Records: fields that are missing',
      seen.missing,
      'What is missing is left out of what is shown.',
    ),
    differing('Records: fields that are new', seen.newFields, 'They are not shown.'),
    differing('Records: values that are new', seen.newValues, 'They are shown as they are, or passed over.'),
  ];
}

class Shapes {
  readonly types = new Map<string, number>();
  readonly idTypes = new Set<string>();
  readonly mediaTypes = new Set<string>();
  readonly missing = new Set<string>();
  readonly newFields = new Set<string>();
  readonly newValues = new Set<string>();

  add(part: Part, record: JsonRecord): void {
    const known: readonly string[] = FIELDS[part];
    for (const [name, value] of Object.entries(record)) {
      if (!known.includes(name)) this.newFields.add(`${part}.${apiWord(name)}`);
      const values = VALUES[`${part}.${name}`];
      if (values && typeof value === 'string' && !values.includes(value)) {
        this.newValues.add(`${part}.${name}=${apiWord(value)}`);
      }
    }
  }
}

function differing(probe: string, names: ReadonlySet<string>, meaning: string): Finding {
  return { probe, expected: 'none', found: list(names), ...(names.size > 0 && { meaning }) };
}

function list(names: ReadonlySet<string>): string {
  const sorted = [...names].sort();
  const more = sorted.length > MOST_NAMES ? ` and ${sorted.length - MOST_NAMES} more` : '';
  return sorted.length === 0 ? 'none' : sorted.slice(0, MOST_NAMES).join(', ') + more;
}
