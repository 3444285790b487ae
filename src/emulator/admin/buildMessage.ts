import { createHash } from 'node:crypto';

import type { Attachment, Owner, Party } from '../../api/schema';
import { EXTENSION } from '../account';
import type { EmulatorContext } from '../context';
import { AVAILABILITIES, READ_STATUSES } from '../filter';
import type { Mailbox } from '../mailbox';
import type { AttachmentFile, StoredMessage } from '../record';
import { invalidParameter } from '../requestError';
import type { Fields } from './fields';

/** A correspondent for those who do not care whom; known from the sample mailbox. */
const SOMEBODY: Party = { name: 'Noor Haddad', phoneNumber: '+12065550176', location: 'Seattle, WA' };
const OURSELVES: Party = {
  name: EXTENSION.name,
  phoneNumber: EXTENSION.phoneNumber,
  extensionId: EXTENSION.id,
};

/** What the store itself must understand of a message. All else is passed through to the wire as it is. */
const UNDERSTOOD = [
  'id',
  'availability',
  'type',
  'conversationId',
  'direction',
  'readStatus',
  'creationTime',
  'subject',
  'from',
  'to',
  'owner',
  'attachments',
  'text',
  'oldFormat',
  'rendering',
];

/**
 * A message from the fields of its wire record. All have defaults, so that `{}` is an inbound text message of this
 * moment; `null` keeps a field off the wire. Beside the record's fields: `text` (subject and text attachment),
 * `oldFormat`, `rendering` (its content is refused until that is changed to false), and in each of `attachments` the content, as `text` or as `file` (a path in the folder of sample media).
 * @throws RequestError 400 for a field that cannot be
 */
export function buildMessage(fields: Fields, context: EmulatorContext): StoredMessage {
  const { mailbox, clock } = context;
  const id = fields.id('id') ?? mailbox.nextId();
  if (mailbox.get(id)) throw invalidParameter('id', id);
  const inbound = (fields.string('direction') ?? 'Inbound') === 'Inbound';
  const now = new Date(clock.now()).toISOString();
  const message = changedMessage(
    {
      id,
      availability: 'Alive',
      type: 'SMS',
      direction: 'Inbound',
      readStatus: inbound ? 'Unread' : 'Read',
      priority: 'Normal',
      messageStatus: inbound ? 'Received' : 'Sent',
      from: inbound ? SOMEBODY : OURSELVES,
      to: [inbound ? OURSELVES : SOMEBODY],
      attachments: [],
      creationTime: now,
      lastModifiedTime: now,
      files: new Map(),
    },
    fields,
    context,
  );
  if (message.conversationId !== undefined || !['SMS', 'Pager'].includes(message.type ?? '')) return message;
  return { ...message, conversationId: conversationOf(message, mailbox) };
}

/** `message`, modified now, with other fields, see `buildMessage`. @throws RequestError 400 for a field that cannot be */
export function changedMessage(
  message: StoredMessage,
  fields: Fields,
  context: EmulatorContext,
): StoredMessage {
  const others = Object.entries(fields.values).filter(
    ([name, value]) => value === null || !UNDERSTOOD.includes(name),
  );
  const extra = Object.fromEntries(others.map(([name, value]) => [name, value ?? undefined]));
  const conversationId = fields.id('conversationId') ?? message.conversationId;
  const subject = fields.string('subject') ?? fields.string('text') ?? message.subject;
  const from = (fields.object('from')?.values as Party | undefined) ?? message.from;
  const owner = (fields.object('owner')?.values as Owner | undefined) ?? message.owner;
  const readStatus = fields.oneOf('readStatus', READ_STATUSES) ?? message.readStatus;
  const availability = fields.oneOf('availability', AVAILABILITIES) ?? message.availability;
  const { removedAt, ...kept } = message;
  return {
    ...kept,
    // A step of the life cycle is taken now, not when the one before was.
    ...(removedAt !== undefined && availability === message.availability && { removedAt }),
    ...readAttachments(message.id, fields, context),
    availability,
    type: fields.string('type') ?? message.type ?? 'SMS',
    direction: fields.string('direction') ?? message.direction ?? 'Inbound',
    creationTime: fields.time('creationTime') ?? message.creationTime,
    lastModifiedTime: new Date(context.clock.now()).toISOString(),
    to: fields.objects('to')?.map(({ values }) => values) ?? message.to,
    ...(conversationId !== undefined && { conversationId }),
    ...(subject !== undefined && { subject }),
    ...(from && { from }),
    ...(owner && { owner }),
    ...(readStatus && { readStatus }),
    ...(fields.boolean('oldFormat') && { oldFormat: true }),
    rendering: fields.boolean('rendering') ?? message.rendering ?? false,
    extra: { ...message.extra, ...extra },
  };
}

/** The attachments given, the text first; nothing if none are. */
function readAttachments(
  messageId: string,
  fields: Fields,
  context: EmulatorContext,
): Pick<StoredMessage, 'attachments' | 'files'> | undefined {
  const text = fields.string('text');
  const given = fields.objects('attachments');
  if (text === undefined && given === undefined) return undefined;
  const attachments: Attachment[] = [];
  const files = new Map<string, AttachmentFile>();
  const add = (
    attachment: Omit<Attachment, 'id'> & { id?: string | undefined },
    file: AttachmentFile | undefined,
  ): void => {
    const id = attachment.id ?? (attachments.length === 0 ? messageId : context.mailbox.nextId());
    attachments.push({ ...attachment, id });
    if (file) files.set(id, file);
  };
  if (text !== undefined) add({ type: 'Text', contentType: 'text/plain' }, { kind: 'text', text });
  for (const item of given ?? []) {
    const { text: _text, file: _file, ...attachment } = item.values;
    add({ ...(attachment as Omit<Attachment, 'id'>), id: item.id('id') }, readFile(item, context));
  }
  return { attachments, files };
}

function readFile(attachment: Fields, { media }: EmulatorContext): AttachmentFile | undefined {
  const text = attachment.string('text');
  if (text !== undefined) return { kind: 'text', text };
  const path = attachment.string('file');
  if (path === undefined) return undefined;
  if (!media.has(path)) throw invalidParameter('file', path);
  return { kind: 'file', path };
}

function otherParty(message: StoredMessage): Party | undefined {
  return message.direction === 'Inbound' ? message.from : message.to[0];
}

function addressOf(party: Party | undefined): string | undefined {
  return party?.phoneNumber ?? party?.extensionNumber;
}

/** The newest conversation of a message's type and party; for a new one an id as large as the real ones, always the same. */
function conversationOf(message: StoredMessage, mailbox: Mailbox): string {
  const address = addressOf(otherParty(message));
  for (const other of mailbox.newestFirst()) {
    const isAlone = other.to.length === 1 && other.conversationId !== undefined;
    if (isAlone && other.type === message.type && addressOf(otherParty(other)) === address)
      return other.conversationId;
  }
  const hash = createHash('sha256').update([message.type, address].join(' ')).digest();
  return String(BigInt.asUintN(62, hash.readBigUInt64BE()) | (1n << 62n));
}
