import type { ConversationHost } from './conversationHost';
import type { LoadedPart } from './loadedPart';
import type { Selection } from './selection';
import type { Trouble } from './trouble';

/** Selects messages that may be anywhere in the conversation: the host knows those that are not here. */
export class Choosing {
  constructor(
    private readonly selection: Selection,
    private readonly part: LoadedPart,
    private readonly host: Pick<ConversationHost, 'listIds' | 'keepIds'>,
    private readonly trouble: Pick<Trouble, 'reading'>,
  ) {}

  /**
   * Selects from where the range began to a message.
   * @param from where one was before: the range goes on if it ended there, else it begins there
   */
  async selectTo(messageId: string, from = this.selection.head): Promise<void> {
    const { anchor, head } = this.selection;
    // What the range began with may be gone.
    for (const begin of [from === head ? anchor : from, from, messageId]) {
      const ids = begin === undefined ? [] : await this.#idsBetween(begin, messageId);
      if (ids?.length === 0) continue;
      if (ids) this.selection.replace(ids, begin, messageId);
      return;
    }
  }

  async selectAll(): Promise<void> {
    const ids = await this.trouble.reading(() => this.host.listIds());
    if (ids) this.selection.replace(ids);
  }

  /** Only what is shown is selected. */
  async prune(): Promise<void> {
    const asked = this.selection.ids;
    if (asked.length === 0) return;
    const kept = await this.trouble.reading(() => this.host.keepIds(asked));
    if (kept) this.selection.retain(asked, kept);
  }

  /** None if one of the two is gone; undefined if that cannot be found out. */
  async #idsBetween(one: string, other: string): Promise<readonly string[] | undefined> {
    return (
      this.part.idsBetween(one, other) ?? (await this.trouble.reading(() => this.host.listIds([one, other])))
    );
  }
}
