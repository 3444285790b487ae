import { expect } from 'vitest';
import type { Message } from '../../../src/api/schema';
import type { Mailbox } from '../../../src/mailbox/mailbox';
import type { GroupLevel } from '../../../src/mailbox/group';
import type { OperationKind } from '../../../src/mailbox/outbox/operation';
import type { MessageStore } from '../../../src/mailbox/store/messageStore';
import type { EmulatorState } from '../../builders/emulatorAdmin';
import { Windows } from '../../../src/mailbox/sync/windows';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { alive, deleted, openUnsynchronized, type EmulatedMailbox, synchronize } from './openEmulator';
import type { OpenStore } from './stores';

const ALL = { offset: 0, limit: 10_000 };
const LEVELS: readonly GroupLevel[] = ['type', 'thread', 'party', 'date'];

export type ServerChange = 'read' | 'unread' | 'delete' | 'restore' | 'purge';

/** More than anything asks. */
const ALWAYS = 1e9;

/**
 * An account at the emulator, a window of ours that shows it, and a record of what was meant to be deleted, by whom ever.
 * Whatever of this a random sequence brings about, in the end both must agree, and nothing else may be gone.
 */
export class World {
  mailbox: Mailbox;
  /** Messages that somebody chose to delete, or to lose for good. */
  readonly #deletable = new Set<string>();
  readonly #purgeable = new Set<string>();
  /** Messages of operations that were removed with the file that they were in. */
  readonly #lost = new Set<string>();
  readonly #running = new Set<Promise<unknown>>();
  #isOffline = false;

  private constructor(
    private readonly opened: EmulatedMailbox,
    private readonly openStore: OpenStore,
  ) {
    this.mailbox = opened.mailbox;
  }

  static async open(openStore: OpenStore): Promise<World> {
    const opened = await openUnsynchronized(openStore, {
      messages: 0,
      settledAfter: 0,
      impatient: true,
    });
    const world = new World(opened, openStore);
    await world.deliver({ conversationId: '7000' }, 3);
    await world.deliver({ conversationId: '7001', readStatus: 'Read' }, 2);
    await world.mailbox.refresh();
    return world;
  }

  close(): Promise<void> {
    return this.opened.close();
  }

  async deliver(fields: Readonly<Record<string, unknown>>, count: number): Promise<void> {
    const delivered = await this.opened.admin.deliverAll(Array.from({ length: count }, () => fields));
    // What comes in Deleted, or purged, somebody has put there before we heard of it.
    for (const { id } of delivered) {
      if (fields['availability'] === 'Deleted') this.#deletable.add(String(id));
      if (fields['availability'] === 'Purged') this.#purgeable.add(String(id));
    }
  }

  async changeAtServer(change: ServerChange, index: number): Promise<void> {
    const { messages } = await this.opened.admin.state();
    const candidates = this.#candidates(messages, change);
    const id = candidates[index % candidates.length]?.id;
    if (id === undefined) return;
    if (change === 'delete') {
      this.#deletable.add(id);
      // Two who delete the same at the same moment purge it: the API has no way to tell the second one.
      const isAsked = this.mailbox.store.isPending(id) || this.#lost.has(id);
      if (!this.#isOffline && isAsked) this.#purgeable.add(id);
    }
    if (change === 'purge') this.#purgeable.add(id);
    await this.opened.admin.change(
      id,
      {
        read: { readStatus: 'Read' },
        unread: { readStatus: 'Unread' },
        delete: { availability: 'Deleted' },
        restore: { availability: 'Alive' },
        purge: { availability: 'Purged' },
      }[change],
    );
  }

  /** What is in Deleted long enough is purged by that. */
  async passTime(seconds: number): Promise<void> {
    const before = await this.#purged();
    await this.opened.admin.advanceClock(seconds);
    for (const id of await this.#purged()) if (!before.has(id)) this.#purgeable.add(id);
  }

  /** The user chooses `count` of what is shown, from `index` on, and does something to it; nobody waits for the outcome. */
  act(action: OperationKind, index: number, count: number): readonly string[] {
    const { actions, store } = this.mailbox;
    const list =
      action === 'restore'
        ? deleted(this)
        : action === 'deletePermanently' && index % 2
          ? deleted(this)
          : alive(this);
    const start = list.length > 0 ? index % list.length : 0;
    const ids = list.slice(start, start + count).map(({ id }) => id);
    this.#follow(this.#perform(action, ids, list[start], actions, store));
    return ids;
  }

  /** Without a network the user does something to a message to which meanwhile somebody else does something, too. */
  async actAgainst(action: OperationKind, change: ServerChange, index: number): Promise<void> {
    await this.setOffline(true);
    await this.settle();
    const [id] = this.act(action, index, 1);
    await this.settle();
    const { messages } = await this.opened.admin.state();
    const at = id === undefined ? -1 : this.#candidates(messages, change).findIndex((each) => each.id === id);
    if (at >= 0) await this.changeAtServer(change, at);
    await this.setOffline(false);
  }

  refresh(): void {
    this.#follow(this.mailbox.refresh());
  }

  async setOffline(isOffline: boolean): Promise<void> {
    this.#isOffline = isOffline;
    await this.opened.admin.clearFaults();
    if (isOffline) await this.opened.admin.fail({ kind: 'reset', count: ALWAYS, path: '/restapi/v1.0/' });
  }

  /** The next request of this method goes wrong in this way. */
  async fail(
    kind: 'reset' | 'lostAnswer' | 'truncate' | 'error',
    method: string,
    status: number,
  ): Promise<void> {
    if (!this.#isOffline)
      await this.opened.admin.fail({ kind, method, status, errorCode: status === 503 ? 'CMN-201' : '' });
  }

  async refuseTokens(): Promise<void> {
    await this.opened.admin.invalidateSyncTokens();
  }

  /** The window is closed in the middle of whatever it does, and another is opened. */
  restart(): void {
    this.mailbox.dispose();
    this.#reopen();
  }

  /** The window dies without a word, in the middle of whatever it does; another is opened, and has to wait for its leases. */
  crash(): void {
    this.mailbox.dispose();
    this.#leaveLeases();
    this.#reopen();
  }

  /** The user has what is kept here removed, changes that were not sent included. */
  clear(): void {
    if (!this.openStore.clear) return;
    this.#loseOperations();
    this.mailbox.dispose();
    this.openStore.clear();
    this.#reopen();
  }

  /** The same in another window, which this one notices within a second. */
  clearElsewhere(): void {
    if (!this.openStore.clear) return;
    this.#loseOperations();
    this.openStore.clear();
    const { store, shared } = this.openStore();
    store.dispose();
    shared?.database.close();
  }

  /** Everything that is under way comes to its end. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Back online, with everything sent and fetched, what is shown is what the server has, and nothing is lost. */
  async expectAgreement(): Promise<void> {
    await this.setOffline(false);
    await this.settle();
    await this.#drain();
    const { messages } = await this.opened.admin.state();
    const kept = messages.filter(({ availability }) => availability !== 'Purged');
    const view = ({
      id,
      availability,
      readStatus,
    }: Pick<Message, 'id' | 'availability' | 'readStatus'>): string =>
      `${id} ${availability} ${readStatus ?? ''}`;
    const all = [...alive(this), ...deleted(this)];
    expect(all.map(view).sort()).toEqual(
      kept.map((message) => view(message as Pick<Message, 'id' | 'availability' | 'readStatus'>)).sort(),
    );
    const living = kept.filter(({ availability }) => availability === 'Alive');
    expect(this.mailbox.store.tally({ availability: 'Alive', filter: {} })).toEqual({
      total: living.length,
      unread: living.filter(({ readStatus }) => readStatus === 'Unread').length,
    });
    await this.#expectGroupsOfAFreshWindow();
    for (const { id, availability } of messages) {
      if (availability === 'Deleted') expect(this.#deletable).toContain(id);
      if (availability === 'Purged') expect(this.#purgeable).toContain(id);
    }
  }

  #reopen(): void {
    this.mailbox = this.opened.openAnother({ ...this.openStore(), settledAfter: 0 });
  }

  /** What a window holds that died a moment before its leases end. */
  #leaveLeases(): void {
    const { store, shared } = this.openStore();
    if (shared) {
      const then = (): number => Date.now() - 5_900;
      const dead = new Windows(shared.database, 'dead', then);
      dead.isSyncer();
      for (const { window } of store.operations()) new Windows(shared.database, window, then).renew();
      shared.database.close();
    }
    store.dispose();
  }

  /** A request of theirs may be on its way all the same. */
  #loseOperations(): void {
    for (const { items } of this.mailbox.store.operations())
      for (const { messageId } of items) this.#lost.add(messageId);
  }

  /** What was removed in another window is looked at for up to a second more. */
  async #noticeClearing(): Promise<void> {
    if (!this.openStore.clear) return;
    const { store, shared } = this.openStore();
    const { epoch } = store.mark();
    store.dispose();
    shared?.database.close();
    await expect.poll(() => this.mailbox.store.mark().epoch).toBe(epoch);
  }

  async #drain(): Promise<void> {
    await this.#noticeClearing();
    await expect
      .poll(
        async () => {
          await this.mailbox.refresh();
          return this.mailbox.waitingCount;
        },
        // A window that died keeps the others waiting, and is noticed by them, for a second or so.
      )
      .toBe(0);
    await synchronize(this.mailbox);
  }

  async #expectGroupsOfAFreshWindow(): Promise<void> {
    const fresh = this.opened.openAnother({ store: new MemoryMessageStore() });
    await synchronize(fresh);
    expect(groupsOf(this.mailbox.store)).toEqual(groupsOf(fresh.store));
    fresh.dispose();
  }

  async #perform(
    action: OperationKind,
    ids: readonly string[],
    first: Message | undefined,
    actions: Mailbox['actions'],
    store: MessageStore,
  ): Promise<void> {
    switch (action) {
      case 'markRead':
        await actions.setReadStatus(ids, 'Read');
        return;
      case 'markUnread':
        await actions.setReadStatus(ids, 'Unread');
        return;
      case 'restore':
        await actions.restore(ids);
        return;
      case 'delete':
        for (const id of ids) this.#deletable.add(id);
        await actions.delete(ids);
        return;
      case 'deletePermanently':
        for (const id of ids) this.#purgeable.add(id);
        await actions.deletePermanently(ids);
        return;
      case 'deleteConversation': {
        const { conversationId } = first ?? {};
        if (conversationId === undefined) return;
        const chosen = store.ids({ availability: 'Alive', filter: { conversationId } });
        for (const id of chosen) this.#deletable.add(id);
        await actions.deleteConversation(conversationId, chosen);
      }
    }
  }

  async #purged(): Promise<ReadonlySet<string>> {
    const { messages } = await this.opened.admin.state();
    return new Set(messages.filter(({ availability }) => availability === 'Purged').map(({ id }) => id));
  }

  /** What the change can be made to. */
  #candidates(messages: EmulatorState['messages'], change: ServerChange): EmulatorState['messages'] {
    return messages.filter(({ availability }) => {
      if (change === 'purge') return availability !== 'Purged';
      return availability === (change === 'restore' ? 'Deleted' : 'Alive');
    });
  }

  #follow(work: Promise<unknown>): void {
    const settled = work.catch(() => undefined).finally(() => this.#running.delete(settled));
    this.#running.add(settled);
  }
}

/** Every group of every level, with its counts; the order of groups of one and the same moment is left open. */
function groupsOf(store: MessageStore): readonly string[] {
  return (['Alive', 'Deleted'] as const).flatMap((availability) =>
    LEVELS.flatMap((level) =>
      store
        .groups({ availability, filter: {} }, level, ALL)
        .map(({ key, total, unread }) => `${availability} ${JSON.stringify(key)} ${total} ${unread}`)
        .sort(),
    ),
  );
}
