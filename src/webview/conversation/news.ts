import type { BubbleView, ConversationView } from '../../viewers/conversationProtocol';
import type { Strings } from '../../viewers/strings';
import { fill, listText } from '../text';

/** Knows what has been the newest message so far. */
export class News {
  #hasBegun = false;
  #latest: { readonly time: number; readonly ids: ReadonlySet<string> } = { time: 0, ids: new Set() };

  /** What the other side has said since the conversation was looked at last; undefined if nothing. */
  in({ newest }: ConversationView): BubbleView | undefined {
    const isFirst = !this.#hasBegun;
    this.#hasBegun = true;
    if (!newest || !this.#isNewer(newest)) return undefined;
    return isFirst || newest.side === 'ours' ? undefined : newest;
  }

  /** A message that was deleted, or others before it, may be the newest again when it is restored. */
  #isNewer({ messageId, time }: BubbleView): boolean {
    const { time: latest, ids } = this.#latest;
    const created = Date.parse(time ?? '') || 0;
    if (created < latest || (created === latest && ids.has(messageId))) return false;
    this.#latest = { time: created, ids: new Set([...(created === latest ? ids : []), messageId]) };
    return true;
  }
}

/** @param title who is on the other side, where the message does not say whose it is */
export function newsText({ sender, text, attachments }: BubbleView, title: string, strings: Strings): string {
  const said =
    text.text ||
    listText(
      attachments.map(({ name }) => name),
      strings,
    );
  return fill(strings.newMessageFrom, sender ?? title, said);
}
