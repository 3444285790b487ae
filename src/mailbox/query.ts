import type { Availability, Direction, Message, MessageType } from '../api/schema';
import { isUnread, otherParties, partyName, partyNumber } from './message';

/** What the user chose to see, besides the view that it is in. */
export interface MessageFilter {
  readonly unreadOnly: boolean;
  /** Empty: every type. */
  readonly types: readonly MessageType[];
  /** Undefined: both. */
  readonly direction?: Direction;
  /** Words that must all occur in the text, names or numbers; empty: anything. */
  readonly text: string;
}

export const NO_FILTER: MessageFilter = { unreadOnly: false, types: [], text: '' };

/** How the tree is arranged. */
export type GroupBy = 'typeAndConversation' | 'otherParty' | 'date';

export interface MessageQuery {
  readonly availability: Availability;
  readonly filter: MessageFilter;
}

/** Case and diacritics do not matter to somebody who looks for a word. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

function searchableText(message: Message): string {
  const parties = otherParties(message).flatMap((party) => [
    partyName(party),
    partyNumber(party),
    party.phoneNumber,
  ]);
  const fileNames = message.attachments.map((attachment) => attachment.fileName);
  return fold(
    [message.subject, message.coverPageText, message.owner?.name, ...parties, ...fileNames].join('\n'),
  );
}

/** A predicate for `query`: built once, so that the words are prepared once. */
export function matcher({ availability, filter }: MessageQuery): (message: Message) => boolean {
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  return (message) => {
    if (message.availability !== availability) return false;
    if (filter.unreadOnly && !isUnread(message)) return false;
    if (filter.types.length > 0 && !filter.types.includes(message.type ?? '')) return false;
    if (filter.direction && message.direction !== filter.direction) return false;
    if (words.length === 0) return true;
    const text = searchableText(message);
    return words.every((word) => text.includes(word));
  };
}
