import type { Change } from '../../viewers/conversationProtocol';
import type { ConversationHost } from './conversationHost';
import type { MessageRows } from './messageRows';
import type { Trouble } from './trouble';
import type { Walking } from './walking';

/** What can be done with messages: with exactly those that are given. */
export class MessageActions {
  constructor(
    private readonly host: ConversationHost,
    private readonly rows: MessageRows,
    private readonly walking: Walking,
    private readonly trouble: Trouble,
  ) {}

  async change(change: Change, messageIds: readonly string[]): Promise<void> {
    if (messageIds.length === 0) return;
    if (change === 'delete' && !this.host.deleted)
      this.walking.leave(new Set(messageIds), this.rows.element.contains(document.activeElement));
    await this.trouble.attempt(() => this.host.change(change, messageIds));
  }

  async copyText(messageIds: readonly string[]): Promise<void> {
    if (messageIds.length > 0) await this.trouble.attempt(() => this.host.copyText(messageIds));
  }

  /** @param messageIds all that are shown if they are not given */
  async takeOut(kind: 'copyAs' | 'export', messageIds?: readonly string[]): Promise<void> {
    await this.trouble.attempt(() => this.host.takeOut(kind, messageIds));
  }
}
