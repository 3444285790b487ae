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
    private readonly trouble: Pick<Trouble, 'attempt'>,
  ) {}

  /** Selects from where the range began to a message. @param start where it begins if nothing has begun one */
  async selectTo(messageId: string, start: string | undefined): Promise<void> {
    const anchor = this.selection.anchor ?? start ?? messageId;
    const ids =
      this.part.idsBetween(anchor, messageId) ??
      (await this.trouble.attempt(() => this.host.listIds([anchor, messageId])));
    // One end of the range may be gone.
    if (ids) this.selection.replace(ids.length > 0 ? ids : [messageId], anchor);
  }

  async selectAll(): Promise<void> {
    const ids = await this.trouble.attempt(() => this.host.listIds());
    if (ids) this.selection.replace(ids);
  }

  /** Only what is shown is selected. */
  async prune(): Promise<void> {
    const asked = this.selection.ids;
    if (asked.length === 0) return;
    const kept = await this.trouble.attempt(() => this.host.keepIds(asked));
    if (kept) this.selection.retain(asked, kept);
  }
}
