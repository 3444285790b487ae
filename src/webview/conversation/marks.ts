import type { Unread } from '../../viewers/conversationProtocol';
import type { Page } from '../page';
import { counted } from '../text';

/** What is said above which message about those that are unread. */
export interface UnreadMark {
  readonly messageId: string;
  readonly text: string;
}

/** What messages look like besides what they are. */
export interface Marks {
  /** Who is on the other side. */
  readonly otherSide: string;
  readonly unread: UnreadMark | undefined;
  readonly isSelected: (messageId: string) => boolean;
  /** The message that was found last. */
  readonly found: string | undefined;
}

export function unreadMark(
  unread: Unread | undefined,
  { strings, dates }: Pick<Page, 'strings' | 'dates'>,
): UnreadMark | undefined {
  return (
    unread && {
      messageId: unread.messageId,
      text: counted(unread.count, strings.unreadOne, strings.unreadMany, dates),
    }
  );
}
