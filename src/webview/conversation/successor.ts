import type { BubbleView, ConversationPart } from '../../viewers/conversationProtocol';

/**
 * The message that the keys go on from when what is loaded changes: the same, unless it has gone from the conversation;
 * then the next one that stays, else the one before.
 * @param before what was loaded
 */
export function successorOf(
  current: string,
  before: readonly BubbleView[],
  { bubbles, start, total }: Pick<ConversationPart, 'bubbles' | 'start' | 'total'>,
): string {
  const index = before.findIndex(({ messageId }) => messageId === current);
  const there = new Set(bubbles.map(({ messageId }) => messageId));
  if (index < 0 || there.has(current)) return current;
  const isThere = ({ messageId }: BubbleView): boolean => there.has(messageId);
  const older = before.slice(0, index).findLast(isThere);
  const newer = before.slice(index + 1).find(isThere);
  // Beyond the edge of what is loaded it may be there still.
  const wouldBeLoaded =
    (older !== undefined || start === 0) && (newer !== undefined || start + bubbles.length === total);
  return (wouldBeLoaded ? (newer ?? older)?.messageId : undefined) ?? current;
}
