import { otherSideText } from '../display/messageText';
import type { Message } from '../api/schema';
import { otherParties } from '../mailbox/message';
import type { MessageQuery } from '../mailbox/query';
import { prepareTerms } from '../mailbox/search/terms';
import { bubbleView } from './bubbleView';
import type {
  ConversationAnswer,
  ConversationPart,
  ConversationRequest,
  ConversationView,
  Found,
  Place,
  Unread,
} from './conversationProtocol';
import { partyDetails } from './partyDetails';
import type { ReadableMessages } from './viewerSource';

type Asked<Kind extends ConversationRequest['kind']> = ConversationRequest & { readonly kind: Kind };

/** Reads a conversation by page, as it is at the moment. */
export class ConversationReader {
  constructor(
    private readonly messages: ReadableMessages,
    private readonly conversationId: string,
  ) {}

  /** Who is on the other side; undefined if no message can be shown. */
  title(): string | undefined {
    const latest = this.latest();
    return latest && otherSideText(latest);
  }

  /** The message that says who is on the other side; undefined if no message can be shown. */
  latest(): Message | undefined {
    return this.#newest(false) ?? this.#newest(true);
  }

  /** Undefined if no message can be shown. */
  view(): Omit<ConversationView, 'unread' | 'dialable' | 'revision'> | undefined {
    const newest = this.#newest(false);
    const last = newest ?? this.#newest(true);
    if (!last) return undefined;
    const alive = this.messages.tally(this.#query(false)).total;
    return {
      title: otherSideText(last),
      details: partyDetails(last),
      alive,
      deleted: this.messages.tally(this.#query(true)).total - alive,
      ...(newest && { newest: bubbleView(newest, isGroup(newest)) }),
    };
  }

  unread(): Unread | undefined {
    const query: MessageQuery = {
      availability: 'Alive',
      filter: { conversationId: this.conversationId, readStatus: 'Unread' },
    };
    const count = this.messages.tally(query).total;
    const [oldest] = count > 0 ? this.messages.messages(query, { offset: count - 1, limit: 1 }) : [];
    return oldest && { count, messageId: oldest.id };
  }

  includes(message: Message | undefined): message is Message {
    return message?.conversationId === this.conversationId && message.availability !== 'Purged';
  }

  answer(request: Asked<'readPart' | 'find' | 'listIds' | 'keepIds'>): ConversationAnswer {
    switch (request.kind) {
      case 'readPart':
        return { kind: 'part', ...this.#part(request) };
      case 'find':
        return { kind: 'found', ...this.#find(request) };
      case 'listIds':
        return { kind: 'ids', ids: this.#listIds(request) };
      case 'keepIds':
        return { kind: 'ids', ids: this.#keepIds(request) };
    }
  }

  /** Asked at every change, of all messages it may be: they are not looked at one by one. */
  #keepIds({ messageIds, deleted }: Asked<'keepIds'>): readonly string[] {
    const shown = new Set(this.messages.ids(this.#query(deleted)));
    return messageIds.filter((id) => shown.has(id));
  }

  #part({ place, before, after, deleted }: Asked<'readPart'>): ConversationPart {
    const query = this.#query(deleted);
    const { total } = this.messages.tally(query);
    const index = Math.max(0, Math.min(this.#indexOf(place, query, total), total - 1));
    const start = Math.max(0, index - before);
    const end = Math.min(total, index + after + 1);
    const newestFirst = this.messages.messages(query, { offset: total - end, limit: end - start });
    const group = newestFirst.some(isGroup);
    return {
      total,
      start,
      index,
      bubbles: newestFirst.reverse().map((message) => bubbleView(message, group)),
    };
  }

  /** Of a message that is not shown, where the one after it is. May lie outside of the conversation. */
  #indexOf(place: Place, query: MessageQuery, total: number): number {
    switch (place.kind) {
      case 'end':
        return total - 1;
      case 'index':
        return place.index;
      case 'message': {
        const newer = this.messages.countBefore(query, place.messageId);
        if (newer === undefined || !this.includes(this.messages.get(place.messageId)))
          return place.index ?? total - 1;
        const isShown = this.#isShown(place.messageId, query.availability !== 'Alive');
        return total - newer - (isShown ? 1 : 0);
      }
    }
  }

  #find({ text, from, step, deleted }: Asked<'find'>): Found {
    const terms = [{ in: 'text', text, phrase: false } as const];
    // Without a word to look for, everything would be found.
    if (prepareTerms(terms).length === 0) return { count: 0 };
    const { availability, filter } = this.#query(deleted);
    const query = { availability, filter: { ...filter, terms } };
    const count = this.messages.tally(query).total;
    if (count === 0) return { count };
    const newer = (from === undefined ? undefined : this.messages.countBefore(query, from)) ?? 0;
    const matchAt = (offset: number): string | undefined =>
      this.messages.messages(query, { offset, limit: 1 })[0]?.id;
    const isMatch = from !== undefined && matchAt(newer) === from;
    const offset = {
      stay: isMatch ? newer : Math.max(0, newer - 1),
      newer: (newer - 1 + count) % count,
      older: (isMatch ? newer + 1 : newer) % count,
    }[step];
    const messageId = matchAt(offset);
    return { count, ...(messageId !== undefined && { match: { messageId, ordinal: count - offset } }) };
  }

  #listIds({ between, deleted }: Asked<'listIds'>): readonly string[] {
    const ids = this.messages.ids(this.#query(deleted)).reverse();
    if (!between) return ids;
    const places = between.map((id) => ids.indexOf(id));
    const [first, last] = [Math.min(...places), Math.max(...places)];
    return first < 0 ? [] : ids.slice(first, last + 1);
  }

  #isShown(id: string, deleted: boolean): boolean {
    const message = this.messages.get(id);
    return this.includes(message) && (deleted || message.availability === 'Alive');
  }

  #newest(deleted: boolean): Message | undefined {
    return this.messages.messages(this.#query(deleted), { offset: 0, limit: 1 })[0];
  }

  #query(deleted: boolean): MessageQuery {
    return {
      availability: deleted ? 'AliveOrDeleted' : 'Alive',
      filter: { conversationId: this.conversationId },
    };
  }
}

function isGroup(message: Message): boolean {
  return otherParties(message).length > 1;
}
