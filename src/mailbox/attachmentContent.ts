import type { MessageStoreApi } from '../api/messageStore';
import type { Attachment } from '../api/schema';

/**
 * An attachment's bytes, whole. RingCentral's own limits (a fax of 200 pages, an MMS of 1.5 MB) keep them small enough.
 * @throws MailboxError if the server refuses or the connection breaks before the end
 */
export async function readAttachment(
  api: MessageStoreApi,
  attachment: Attachment,
  signal: AbortSignal,
  onProgress: (bytes: number) => void = () => undefined,
): Promise<Uint8Array> {
  const { stream } = await api.readMessageContent(attachment, {}, signal);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
    onProgress(chunk.byteLength);
  }
  return Buffer.concat(chunks);
}
