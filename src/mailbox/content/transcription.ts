import { readBytes } from '../../api/body';
import type { MessageStoreApi } from '../../api/messageStore';
import type { Attachment } from '../../api/schema';
import { decodeText } from '../../util/decodeText';

/** Bytes of a transcription: a voicemail of hours has less. */
export const LONGEST_TRANSCRIPTION = 1_000_000;

/**
 * The text of a transcription, whole.
 * @throws MailboxError if the server refuses or the connection breaks before the end
 * @throws TooLargeError if there is more of it than of any transcription
 */
export async function readTranscription(
  api: MessageStoreApi,
  attachment: Attachment,
  signal: AbortSignal,
): Promise<string> {
  const { stream } = await api.readMessageContent(attachment, {}, signal);
  return decodeText(await readBytes(stream, LONGEST_TRANSCRIPTION), attachment.contentType);
}
