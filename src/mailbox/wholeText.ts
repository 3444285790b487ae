import { MAX_READ_IDS_PER_REQUEST, type MessageStoreApi } from '../api/messageStore';
import type { Message } from '../api/schema';

/**
 * Where the record does not say how long the whole text is, a text shorter than this is taken to be whole: it fits one
 * SMS segment.
 */
const SURELY_WHOLE = 160;

/** Whether the record may hold only the beginning of the text: lists cut long inbound texts (FACTS, Messages). */
export function mayBeCut({ subject = '', attachments }: Message): boolean {
  const attachment = attachments.find(({ type }) => type === 'Text');
  if (!attachment) return false;
  return attachment.size === undefined
    ? subject.length >= SURELY_WHOLE
    : attachment.size > Buffer.byteLength(subject);
}

/**
 * The whole texts of messages, in their order; those that may be cut are read by themselves (`readMessage`).
 * @throws MailboxError if one has to be read, and cannot be
 */
export async function wholeTexts(
  api: MessageStoreApi,
  messages: readonly Message[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const cut = messages.filter(mayBeCut).map(({ id }) => id);
  const whole = new Map<string, string | undefined>();
  for (let start = 0; start < cut.length; start += MAX_READ_IDS_PER_REQUEST) {
    const results = await api.readMessage(cut.slice(start, start + MAX_READ_IDS_PER_REQUEST), signal);
    for (const { id, message, error } of results) {
      if (error) throw error;
      whole.set(id, message?.subject);
    }
  }
  return messages.map(({ id, subject }) => whole.get(id) ?? subject ?? '');
}
