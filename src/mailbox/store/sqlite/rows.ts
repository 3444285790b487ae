import type { Message } from '../../../api/schema';

/** Columns to be read of a message that is to be shown. */
export const SHOWN_COLUMNS = 'message.record, message.availability, message.read_status, message.text';

/** A row of these columns. */
export interface ShownRow {
  readonly record: string;
  readonly availability: Message['availability'];
  readonly read_status: NonNullable<Message['readStatus']> | null;
  readonly text: string | null;
}

export function parseRecord(record: string): Message {
  return JSON.parse(record) as Message;
}

/** The message as shown: the record, the user's unconfirmed changes, and the whole text. */
export function shownMessage({ record, availability, read_status, text }: ShownRow): Message {
  return {
    ...parseRecord(record),
    availability,
    ...(read_status !== null && { readStatus: read_status }),
    ...(text !== null && { subject: text }),
  };
}
