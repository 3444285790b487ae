import { describe, expect, it } from 'vitest';
import type { Mailbox } from '../../../src/mailbox/mailbox';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { Windows } from '../../../src/mailbox/sync/windows';
import { type EmulatedMailbox, notPurged, openUnsynchronized, shown, synchronize } from './openEmulator';
import { IN_SQLITE, type OpenStore } from './stores';

interface TwoWindows {
  readonly first: EmulatedMailbox;
  readonly second: EmulatedMailbox;
  readonly account: OpenStore;
}

async function openTwo(): Promise<TwoWindows> {
  const account = IN_SQLITE.create();
  const first = await openUnsynchronized(account);
  const second = { ...first, mailbox: first.openAnother(account()) };
  return { first, second, account };
}

async function fullSyncs({ admin }: EmulatedMailbox): Promise<number> {
  return (await admin.requests()).filter(({ query }) => query['syncType']?.includes('FSync')).length;
}

function anAliveId({ store }: Mailbox): string {
  const [id] = store.ids({ availability: 'Alive', filter: { readStatus: 'Unread' } });
  if (id === undefined) throw new Error('The sample has no such message.');
  return id;
}

describe('two windows of one account', () => {
  it('synchronize only once, and both show what the server has', async () => {
    const { first, second } = await openTwo();
    await Promise.all([synchronize(first.mailbox), second.mailbox.refresh()]);
    const expected = notPurged(await first.serverState());
    expect(shown(first)).toEqual(expected);
    await expect.poll(() => shown(second)).toEqual(expected);
    await expect.poll(() => second.mailbox.state).toEqual({ kind: 'ready' });
    const alone = await openUnsynchronized(IN_SQLITE.create());
    await synchronize(alone.mailbox);
    expect(await fullSyncs(first)).toBe(await fullSyncs(alone));
  });

  it('both see a new message whichever of them is refreshed', async () => {
    const { first, second } = await openTwo();
    await synchronize(first.mailbox);
    const { id } = await first.admin.deliver({ text: 'New' });
    await second.mailbox.refresh();
    expect(second.mailbox.store.get(String(id))).toBeDefined();
    expect(first.mailbox.store.get(String(id))).toBeDefined();
  });

  it('both synchronize and send on their own while one of them has a store of its own', async () => {
    const { first, account } = await openTwo();
    await synchronize(first.mailbox);
    const { shared } = account();
    const apart = {
      ...first,
      mailbox: first.openAnother({
        store: new MemoryMessageStore(),
        ...(shared && { shared: { ...shared, poll: () => undefined, isDetached: () => true } }),
      }),
    };
    await synchronize(apart.mailbox);
    expect(shown(apart)).toEqual(notPurged(await first.serverState()));
    const id = anAliveId(apart.mailbox);
    await apart.mailbox.actions.setReadStatus([id], 'Read');
    expect(apart.mailbox.waitingCount).toBe(0);
    expect([first.mailbox.isSyncer, apart.mailbox.isSyncer]).toEqual([true, true]);
  });

  it('both report why a synchronization has failed', async () => {
    const { first, second } = await openTwo();
    await synchronize(first.mailbox);
    await first.admin.fail({ status: 400, errorCode: 'CMN-999', path: 'message-sync' });
    await expect(second.mailbox.refresh()).rejects.toMatchObject({ status: 400, errorCode: 'CMN-999' });
    expect(first.mailbox.state.kind).toBe('failed');
    expect(second.mailbox.state.kind).toBe('failed');
    await second.mailbox.refresh();
    expect(second.mailbox.state).toEqual({ kind: 'ready' });
    expect(first.mailbox.state).toEqual({ kind: 'ready' });
  });

  it('send what is deleted in either, and report the outcome there', async () => {
    const { first, second } = await openTwo();
    await synchronize(first.mailbox);
    const id = anAliveId(first.mailbox);
    expect(await second.mailbox.actions.delete([id])).toMatchObject({ changed: [id], failed: [] });
    expect((await first.serverState())[id]).toBe('Deleted');
    await expect.poll(() => first.mailbox.store.get(id)?.availability).toBe('Deleted');
    expect(first.mailbox.store.operations()).toEqual([]);
  });

  it('report a refusal only where the change was made', async () => {
    const { first, second } = await openTwo();
    await synchronize(first.mailbox);
    await first.admin.setPermissions({ user: { EditMessages: false } });
    const id = anAliveId(first.mailbox);
    let events = 0;
    for (const { mailbox } of [first, second]) mailbox.onDidRefuse(() => events++);
    const outcome = await second.mailbox.actions.setReadStatus([id], 'Read');
    expect(outcome.failed).toMatchObject([{ message: { id }, error: { permission: 'EditMessages' } }]);
    await second.mailbox.refresh();
    expect(events).toBe(0);
    expect(first.mailbox.store.get(id)?.readStatus).toBe('Unread');
  });

  it('keep synchronizing after the one that synchronizes is closed', async () => {
    const { first, second } = await openTwo();
    await synchronize(first.mailbox);
    expect([first.mailbox.isSyncer, second.mailbox.isSyncer]).toEqual([true, false]);
    first.mailbox.dispose();
    const { id } = await second.admin.deliver({ text: 'New' });
    await second.mailbox.refresh();
    expect(second.mailbox.store.get(String(id))).toBeDefined();
    await expect.poll(() => second.mailbox.isSyncer).toBe(true);
  });
});

describe('a window that has crashed', () => {
  it('loses its lease, and another window sends what it had to send', async () => {
    const account = IN_SQLITE.create();
    const dead = account();
    // It was last heard of so long ago that its leases are about to end.
    const then = (): number => Date.now() - 5_900;
    expect(new Windows(dead.shared.database, 'dead', then).isSyncer()).toBe(true);

    const opened = await openUnsynchronized(account);
    await opened.mailbox.refresh();
    expect(shown(opened)).not.toEqual({});
    const id = anAliveId(opened.mailbox);
    dead.store.enqueue({ kind: 'markRead', window: 'dead', messageIds: [id] });
    await opened.mailbox.refresh();
    await expect
      .poll(async () => (await opened.admin.state()).messages.find((each) => each.id === id)?.readStatus)
      .toBe('Read');
    await expect.poll(() => opened.mailbox.store.operations()).toEqual([]);
    dead.shared.database.close();
    dead.store.dispose();
  });
});
