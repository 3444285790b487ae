import type { Strings } from '../../viewers/strings';
import { FindBar } from '../findBar';
import { ConversationFind } from './conversationFind';
import type { ConversationHost } from './conversationHost';
import { FoundHighlights } from './foundHighlights';
import type { KeptState } from './keptState';
import type { MessageRows } from './messageRows';

export interface FindPanelEvents {
  /** @param reveal the message that was found is to come into sight */
  onFound(messageId: string | undefined, reveal: boolean): void;
  onFailure(error: unknown): void;
  /** @param messageId of what was found last */
  onClose(messageId: string | undefined): void;
}

/** Where one says what to find in the conversation, and how it is shown. */
export class FindPanel {
  readonly #bar: FindBar;
  readonly #find: ConversationFind;
  readonly #highlights: FoundHighlights;
  /** What was found before the page was loaded anew. */
  #kept: string | undefined;

  /** @param reader the message that the reader is at when the keys pressed until now are done */
  constructor(
    strings: Strings,
    host: ConversationHost,
    rows: MessageRows,
    private readonly reader: () => Promise<string | undefined>,
    events: FindPanelEvents,
    signal: AbortSignal,
  ) {
    this.#highlights = new FoundHighlights(rows, signal);
    this.#find = new ConversationFind({
      find: (...asked) => host.find(...asked),
      onFound: (state, reveal) => {
        this.#bar.show(state);
        this.#highlights.show(this.#find.text, this.#find.messageId);
        events.onFound(this.#find.messageId, reveal);
      },
      onFailure: (error) => events.onFailure(error),
    });
    this.#bar = new FindBar(
      strings,
      {
        onQuery: (text) => void this.#find.search(text, this.#kept ?? reader()),
        onMove: (step) => void this.#find.move(step, reader()),
        onClose: () => {
          const found = this.#find.messageId;
          this.#find.clear();
          this.#highlights.clear();
          events.onClose(found);
        },
      },
      true,
      strings.findInConversation,
    );
    signal.addEventListener('abort', () => this.#find.clear());
  }

  get element(): HTMLElement {
    return this.#bar.element;
  }

  /** The message that was found last. */
  get messageId(): string | undefined {
    return this.#find.messageId;
  }

  /** What is being looked for, to be kept; undefined if nothing is. */
  get state(): KeptState['find'] {
    const { text, messageId } = this.#find;
    return text === '' ? undefined : { text, ...(messageId !== undefined && { messageId }) };
  }

  open(kept?: KeptState['find']): void {
    this.#kept = kept?.messageId;
    this.#bar.open(kept?.text);
    this.#kept = undefined;
  }

  /** Goes on to the next match, or the one before. */
  move(step: 1 | -1): void {
    if (this.#bar.element.hidden) this.#bar.open();
    else void this.#find.move(step, this.reader());
  }

  /** Counts again, because messages came or went. */
  refresh(): void {
    void this.#find.refresh();
  }
}
