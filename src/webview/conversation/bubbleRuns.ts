import type { BubbleView } from '../../viewers/conversationProtocol';
import { dayKey, type DateFormat } from '../dates';

/** What a message looks like because of the one before it. */
export interface Joint {
  /** The day that begins with it, as a `dayKey`; undefined within a day. */
  readonly day: string | undefined;
  /** It goes on where the one before left off: same side, same sender, same day. */
  readonly continues: boolean;
}

/** @param before undefined if there is none, or it is not on the page */
export function jointOf(before: BubbleView | undefined, bubble: BubbleView, dates: DateFormat): Joint {
  const day = dayKey(bubble.time, dates);
  const isSameDay = before !== undefined && dayKey(before.time, dates) === day;
  return {
    day: isSameDay ? undefined : day,
    continues: isSameDay && before.side === bubble.side && before.sender === bubble.sender,
  };
}
