import type { Place } from '../../viewers/conversationProtocol';
import type { LoadedPart } from './loadedPart';
import type { Anchor, MessageList, Need } from './messageList';
import type { Trouble } from './trouble';

/** More is never needed to fill the list; if it does, something is wrong, and the reader scrolls on. */
const MOST_LOADS = 20;

/** Reads from the host what the reader comes near, goes to or has seen change, and has the list show it. */
export class Reading {
  #filling = false;
  #refreshing = false;
  /** Something changed while the messages were being read. */
  #stale = false;
  /** How many times the reader is on the way to somewhere else. */
  #jumps = 0;

  /** @param onShown the list shows something else */
  constructor(
    private readonly part: LoadedPart,
    private readonly list: Pick<MessageList, 'need' | 'atEnd' | 'anchor' | 'show'>,
    private readonly trouble: Pick<Trouble, 'reading'>,
    private readonly signal: AbortSignal,
    private readonly onShown: () => void,
  ) {}

  /**
   * Goes somewhere else in the conversation. Nothing else is read meanwhile, which would be for where the reader was.
   * @param where the reader shall be then; the caller brings something into sight if it is not given
   * @param retry what is tried again if it fails
   * @returns whether the list shows that place
   */
  async open(
    place: Place,
    where?: Anchor | 'end',
    retry: () => void = () => void this.open(place, where),
  ): Promise<boolean> {
    this.#jumps++;
    try {
      const isRead = await this.trouble.reading(() => this.part.open(place), retry);
      if (isRead !== true) return false;
      this.#show(where);
      return true;
    } finally {
      this.#jumps--;
      if (this.#stale) void this.refresh();
    }
  }

  /** Reads what is missing around the reader. */
  async fill(): Promise<void> {
    if (this.#filling) return;
    this.#filling = true;
    try {
      for (let loads = 0; loads < MOST_LOADS; loads++) {
        const { need } = this.list;
        if (need === undefined || this.#jumps > 0 || this.signal.aborted) break;
        const isRead = await this.trouble.reading(() => this.#load(need));
        if (isRead === undefined) break;
        if (isRead) this.#show();
      }
    } finally {
      this.#filling = false;
    }
  }

  /** Reads again what the page shows; what changes meanwhile is read once more. */
  async refresh(): Promise<void> {
    this.#stale = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    try {
      while (this.#stale && this.#jumps === 0 && !this.signal.aborted) {
        this.#stale = false;
        const { atEnd, anchor } = this.list;
        const isRead = await this.trouble.reading(
          () => this.part.refresh(atEnd ? undefined : anchor?.messageId),
          () => void this.refresh(),
        );
        if (isRead) this.#show();
      }
    } finally {
      this.#refreshing = false;
    }
    void this.fill();
  }

  #load(need: Need): Promise<boolean> {
    return typeof need === 'object'
      ? this.part.open({ kind: 'index', index: need.index })
      : this.part.extend(need);
  }

  #show(where?: Anchor | 'end'): void {
    if (this.signal.aborted) return;
    this.list.show(where);
    this.onShown();
  }
}
