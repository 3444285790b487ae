import type {
  Change,
  ConversationAnswer,
  ConversationPart,
  ConversationRequest,
  FindStep,
  Found,
  Place,
} from '../../viewers/conversationProtocol';
import type { Host } from '../host';

/** What a conversation's page asks its host. Each throws HostError with a sentence for people. */
export class ConversationHost {
  /** Whether deleted messages are shown among the others. */
  deleted = false;

  constructor(private readonly host: Pick<Host, 'ask'>) {}

  async readPart(place: Place, before: number, after: number): Promise<ConversationPart> {
    return this.#read('part', { kind: 'readPart', place, before, after, deleted: this.deleted });
  }

  async find(text: string, from: string | undefined, step: FindStep): Promise<Found> {
    const request = { kind: 'find', text, step, deleted: this.deleted, ...(from && { from }) } as const;
    return this.#read('found', request);
  }

  /** Ids of all messages, or from one to another. */
  async listIds(between?: readonly [string, string]): Promise<readonly string[]> {
    const request = { kind: 'listIds', deleted: this.deleted, ...(between && { between }) } as const;
    return (await this.#read('ids', request)).ids;
  }

  /** Which of the messages are still shown. */
  async keepIds(messageIds: readonly string[]): Promise<readonly string[]> {
    return (await this.#read('ids', { kind: 'keepIds', messageIds, deleted: this.deleted })).ids;
  }

  async change(change: Change, messageIds: readonly string[]): Promise<void> {
    await this.host.ask({ kind: 'change', change, messageIds });
  }

  async copyText(messageIds: readonly string[]): Promise<void> {
    await this.host.ask({ kind: 'copyText', messageIds });
  }

  /** Takes these messages out, or all that are shown. */
  async takeOut(kind: 'copyAs' | 'export', messageIds: readonly string[] | undefined): Promise<void> {
    await this.host.ask({ kind, deleted: this.deleted, ...(messageIds && { messageIds }) });
  }

  async #read<Kind extends ConversationAnswer['kind']>(
    kind: Kind,
    request: ConversationRequest,
  ): Promise<ConversationAnswer & { readonly kind: Kind }> {
    const { conversation } = await this.host.ask(request);
    if (conversation?.kind !== kind) throw new TypeError(`The host answered without ${kind}.`);
    return conversation as ConversationAnswer & { readonly kind: Kind };
  }
}
