import type { BubbleView, ConversationView } from '../../viewers/conversationProtocol';
import type { Strings } from '../../viewers/strings';
import { fill } from '../text';

/** What the other side has said since; undefined if nothing. */
export function newsOf(before: ConversationView, { newest }: ConversationView): BubbleView | undefined {
  const isNew =
    newest !== undefined &&
    newest.messageId !== before.newest?.messageId &&
    Date.parse(newest.time ?? '') >= Date.parse(before.newest?.time ?? newest.time ?? '');
  return isNew && newest.side === 'theirs' ? newest : undefined;
}

/** @param title who is on the other side, where the message does not say whose it is */
export function newsText({ sender, text, attachments }: BubbleView, title: string, strings: Strings): string {
  const said = text.text || attachments.map(({ name }) => name).join(', ');
  return fill(strings.newMessageFrom, sender ?? title, said);
}
