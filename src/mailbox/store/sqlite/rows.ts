import type { Message } from '../../../api/schema';
import { storedJson } from '../../../storage/damage';
import { withReadings } from '../../message';

/** Columns to be read of a message that is to be shown. */
export const SHOWN_COLUMNS =
  'message.record, message.availability, message.read_status, message.text, message.transcription';

/** A row of these columns. */
export interface ShownRow {
  readonly record: string;
  readonly availability: Message['availability'];
  readonly read_status: NonNullable<Message['readStatus']> | null;
  readonly text: string | null;
  readonly transcription: string | null;
}

/** @throws DamagedError if it is no record */
export function parseRecord(record: string): Message {
  return storedJson(record, isRecord);
}

/** The message as shown: the record, its numbers as they are read there, the user's unconfirmed changes, and the details. */
export function shownMessage(
  { record, availability, read_status, text, transcription }: ShownRow,
  country: string | undefined,
): Message {
  return {
    ...withReadings(parseRecord(record), country),
    availability,
    ...(read_status !== null && { readStatus: read_status }),
    ...(text !== null && { subject: text }),
    ...(transcription !== null && { transcription }),
  };
}

/** Has what nothing does without. */
function isRecord(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { id, availability, to, attachments } = value as Partial<Message>;
  return (
    typeof id === 'string' &&
    typeof availability === 'string' &&
    Array.isArray(to) &&
    Array.isArray(attachments)
  );
}
