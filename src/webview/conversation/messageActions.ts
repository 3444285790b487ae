import type { Change } from '../../viewers/conversationProtocol';
import type { ConversationHost } from './conversationHost';
import type { Trouble } from './trouble';

/** What can be done with messages: with exactly those that are given. */
export class MessageActions {
  constructor(
    private readonly host: ConversationHost,
    private readonly trouble: Trouble,
  ) {}

  async change(change: Change, messageIds: readonly string[]): Promise<void> {
    if (messageIds.length > 0) await this.trouble.acting(() => this.host.change(change, messageIds));
  }

  async copyText(messageIds: readonly string[]): Promise<void> {
    if (messageIds.length > 0) await this.trouble.acting(() => this.host.copyText(messageIds));
  }

  /** @param messageIds all that are shown if they are not given */
  async takeOut(kind: 'copyAs' | 'export', messageIds?: readonly string[]): Promise<void> {
    await this.trouble.acting(() => this.host.takeOut(kind, messageIds));
  }
}
