import type { BubbleView } from '../viewers/protocol';

/** Whether `bubble` goes on where the one before it, on the same day, left off: same side, same sender. */
export function continuesRun(before: BubbleView | undefined, bubble: BubbleView): boolean {
  return before?.side === bubble.side && before.sender === bubble.sender;
}

/** How many bubbles are added to the page at a time. */
export const CHUNK = 100;
/** How many are shown before one that was asked for, so that it does not stand alone. */
const CONTEXT = 20;

/**
 * Index of the first bubble to show at the start: the newest chunk, or from a little before the one asked for.
 * @param target a message id
 */
export function firstShown(bubbles: readonly BubbleView[], target: string | undefined): number {
  const end = Math.max(0, bubbles.length - CHUNK);
  const index = target === undefined ? -1 : bubbles.findIndex(({ messageId }) => messageId === target);
  return index < 0 ? end : Math.max(0, Math.min(end, index - CONTEXT));
}
