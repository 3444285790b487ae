import type { Move } from './conversationKeys';
import type { LoadedPart } from './loadedPart';
import type { MessageList } from './messageList';
import type { MessageRows } from './messageRows';
import type { Reading } from './reading';

/** Goes from message to message, wherever in the conversation the next one is. */
export class Walking {
  constructor(
    private readonly part: LoadedPart,
    private readonly list: Pick<MessageList, 'anchor' | 'pageLength' | 'reveal' | 'scrollToEnd'>,
    private readonly rows: Pick<MessageRows, 'current' | 'focused' | 'setCurrent'>,
    private readonly reading: Pick<Reading, 'open' | 'fill'>,
  ) {}

  /**
   * @param retry what is tried again if it fails
   * @returns the message that one is at now; undefined if there is no way to it
   */
  async go(move: Move, retry: () => void): Promise<string | undefined> {
    const { total } = this.part;
    if (total === 0) return undefined;
    const index = Math.max(0, Math.min(total - 1, this.#indexAfter(move)));
    if (!this.part.at(index) && !(await this.reading.open({ kind: 'index', index }, undefined, retry)))
      return undefined;
    const messageId = this.part.at(index)?.messageId;
    if (messageId === undefined) return undefined;
    this.rows.setCurrent(messageId, true);
    void this.reading.fill();
    return messageId;
  }

  /** Brings a message into sight, wherever in the conversation it is. */
  async reveal(messageId: string, focus: boolean): Promise<void> {
    if (this.part.indexOf(messageId) === undefined) {
      const retry = (): void => void this.reveal(messageId, focus);
      const isShown = await this.reading.open({ kind: 'message', messageId }, undefined, retry);
      if (!isShown) return;
    }
    // It may be gone, or not be shown.
    const there = this.part.indexOf(messageId) === undefined ? this.part.asked?.messageId : messageId;
    if (there === undefined) return;
    this.rows.setCurrent(there, focus);
    this.list.reveal(there);
    void this.reading.fill();
  }

  async goToEnd(): Promise<void> {
    if (this.part.end === this.part.total) this.list.scrollToEnd();
    else if (!(await this.reading.open({ kind: 'end' }, 'end', () => void this.goToEnd()))) return;
    this.rows.setCurrent(this.part.bubbles.at(-1)?.messageId, true);
  }

  #indexAfter(move: Move): number {
    if (move === 'first') return 0;
    if (move === 'last') return this.part.total - 1;
    const from = this.#currentIndex;
    if ('page' in move) return from + move.page * this.list.pageLength;
    // The first key only shows where one is.
    return this.rows.focused === undefined ? from : from + move.by;
  }

  /** Where the keys are: at the current message, or where the reader has scrolled to while that is not there. */
  get #currentIndex(): number {
    const { current } = this.rows;
    const index = current === undefined ? undefined : this.part.indexOf(current);
    return index ?? this.list.anchor?.index ?? this.part.total;
  }
}
