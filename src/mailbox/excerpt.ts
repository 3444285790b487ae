import { throwIfCancelled } from '../api/cancellation';
import type { MessageStoreApi } from '../api/messageStore';
import type { Message } from '../api/schema';
import type { MessageStore } from './store/messageStore';
import { wholeTexts } from './wholeText';

/** Messages that are looked at at a time. */
const PAGE_LENGTH = 200;

export interface ExcerptOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * The messages `ids` with their whole texts, in that order, by page: neither all messages nor all texts are in memory at
 * once. What is no longer there is left out.
 * @throws MailboxError if the rest of a text has to be read, and cannot be; if it was cancelled
 */
export async function* readExcerpt(
  { store, api }: { readonly store: MessageStore; readonly api: MessageStoreApi },
  ids: readonly string[],
  { signal, onProgress }: ExcerptOptions = {},
): AsyncGenerator<readonly { readonly message: Message; readonly text: string }[]> {
  for (let start = 0; start < ids.length; start += PAGE_LENGTH) {
    throwIfCancelled(signal);
    const page = ids.slice(start, start + PAGE_LENGTH);
    const messages = page
      .map((id) => store.get(id))
      .filter((message) => message !== undefined)
      .filter(({ availability }) => availability !== 'Purged');
    const texts = await wholeTexts(api, messages, signal);
    yield messages.map((message, index) => ({
      message,
      // Of a voicemail, what was said.
      text: texts[index] || (store.transcription(message.id) ?? ''),
    }));
    onProgress?.(start + page.length, ids.length);
  }
}
