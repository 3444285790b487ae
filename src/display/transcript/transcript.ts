import type { Message } from '../../api/schema';

/** A message of a transcript, with the whole of its text. */
export interface Entry {
  readonly message: Message;
  readonly text: string;
}

/** A way to write a conversation, or other messages, down. What is written is whole when it is begun, has its entries in order, and is ended. */
export interface TranscriptFormat {
  /** Of files, without the dot. */
  readonly extension: string;
  /** @param message tells who it is with; undefined if messages are with several others */
  begin(message: Message | undefined): string;
  /**
   * @param before what was written before it; undefined for the first
   * @param isMixed whether messages are with several others
   */
  entry(entry: Entry, before: Entry | undefined, isMixed: boolean): string;
  end(): string;
}

/**
 * Writes entries down, oldest first, as they come; nothing at all if there are none.
 * @param isMixed whether they are with several others: then each says who it is to
 */
export async function* transcript(
  pages: AsyncIterable<readonly Entry[]>,
  format: TranscriptFormat,
  isMixed = false,
): AsyncGenerator<string> {
  let before: Entry | undefined;
  for await (const page of pages) {
    let text = '';
    for (const entry of page) {
      if (!before) text += format.begin(isMixed ? undefined : entry.message);
      text += format.entry(entry, before, isMixed);
      before = entry;
    }
    yield text;
  }
  if (before) yield format.end();
}
