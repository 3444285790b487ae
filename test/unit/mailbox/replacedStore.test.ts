import { describe, expect, it } from 'vitest';
import { removeDatabase } from '../../../src/storage/databaseFile';
import type { Damage } from '../../../src/mailbox/store/mendingMessageStore';
import {
  alive,
  type EmulatedMailbox,
  notPurged,
  openUnsynchronized,
  shown,
  synchronize,
  whenComplete,
} from './openEmulator';
import { openFiles, scribble } from './stores';

/** Windows look at each other once a second. */
const LONG = { timeout: 60_000 };

const SOON = { timeout: 10_000, interval: 20 };

/** Longer than a window takes to see that its file is another one. */
const SLOW_ANSWER = 2_500;

const NO_DAMAGE = ({ error }: Damage): void => {
  throw error;
};

/** The next request of a synchronization takes its time; resolves when it is on its way. */
async function slowDownSync({ admin }: EmulatedMailbox): Promise<() => Promise<unknown>> {
  await admin.resetRequests();
  await admin.fail({ kind: 'delay', milliseconds: SLOW_ANSWER, path: 'message-sync' });
  return () =>
    expect
      .poll(async () => (await admin.requests()).filter(({ path }) => path.endsWith('/message-sync')), SOON)
      .not.toEqual([]);
}

async function expectAll(opened: EmulatedMailbox): Promise<void> {
  const expected = notPurged(await opened.serverState());
  await expect.poll(() => Object.keys(shown(opened)).length, SOON).toBe(Object.keys(expected).length);
  await whenComplete(opened.mailbox);
  expect(shown(opened)).toEqual(expected);
}

describe('a file that another window has cleared', LONG, () => {
  it('while the history was being fetched is filled with all of it', async () => {
    const { open, file } = openFiles(NO_DAMAGE);
    const opened = await openUnsynchronized(open, { messages: 3_000 });
    await opened.mailbox.refresh();
    const isSlow = await slowDownSync(opened);
    await isSlow();
    removeDatabase(file);
    const other = { ...opened, mailbox: opened.openAnother(open()) };
    await other.mailbox.refresh();
    await expectAll(opened);
    await expectAll(other);
    await expect.poll(() => other.mailbox.state, SOON).toEqual({ kind: 'ready' });
  });

  it('is filled at once by the window that synchronizes, without anybody asking it to', async () => {
    const { open, file } = openFiles(NO_DAMAGE);
    const opened = await openUnsynchronized(open);
    await synchronize(opened.mailbox);
    // Nothing is under way any more.
    await expect.poll(() => opened.mailbox.store.missingDetails(1), SOON).toEqual([]);
    const other = open();
    removeDatabase(file);
    const cleared = open();
    expect(cleared.store.isEmpty).toBe(true);
    await expectAll(opened);
    for (const { store, shared } of [other, cleared]) {
      store.dispose();
      shared.database.close();
    }
  });

  it('while it was brought up to date does not seem to hold whole conversations', async () => {
    const { open, file } = openFiles(NO_DAMAGE);
    const opened = await openUnsynchronized(open, { messages: 0 });
    const conversationId = '777777';
    const texts = (count: number): Record<string, string>[] =>
      Array.from({ length: count }, () => ({ type: 'SMS', conversationId }));
    await opened.admin.deliverAll(texts(20));
    await synchronize(opened.mailbox);
    // The server repeats what is hardly older than the last synchronization.
    await opened.admin.advanceClock(100);
    await opened.mailbox.refresh();
    await opened.admin.advanceClock(100);
    await opened.admin.deliverAll(texts(2));
    const isSlow = await slowDownSync(opened);
    const refreshing = opened.mailbox.refresh();
    await isSlow();
    removeDatabase(file);
    const other = { ...opened, mailbox: opened.openAnother(open()) };
    await refreshing;
    await other.mailbox.refresh();
    await whenComplete(other.mailbox);
    const agreed = other.mailbox.store.ids({ availability: 'Alive', filter: { conversationId } });
    await other.mailbox.actions.deleteConversation(conversationId, agreed);
    const state = Object.entries(await opened.serverState());
    const deleted = state.filter(([, availability]) => availability !== 'Alive').map(([id]) => id);
    expect(new Set(deleted)).toEqual(new Set(agreed));
    expect(agreed).toHaveLength(22);
  });
});

describe('an operation of a file that another window has cleared', LONG, () => {
  it('is not taken for one of the new file', async () => {
    const { open, file } = openFiles(NO_DAMAGE);
    const opened = await openUnsynchronized(open, { messages: 0, settledAfter: 0 });
    await opened.admin.deliverAll([{ type: 'Fax' }, { type: 'Fax', readStatus: 'Unread' }]);
    await synchronize(opened.mailbox);
    const [read, purged] = alive(opened);
    if (!read || !purged) throw new Error('There is nothing to purge.');
    const isSlow = await slowDownSync(opened);
    const purging = opened.mailbox.actions.deletePermanently([purged.id]);
    await isSlow();
    removeDatabase(file);
    const other = open();
    other.store.apply({ put: [read, purged] });
    other.store.enqueue({ kind: 'markRead', window: 'other', messageIds: [read.id] });
    expect(await purging).toMatchObject({ changed: [], failed: [] });
    const readStatus = async (): Promise<unknown> =>
      (await opened.admin.state()).messages.find(({ id }) => id === read.id)?.readStatus;
    await expect.poll(readStatus, SOON).toBe('Read');
    expect(await opened.serverState()).toEqual({ [read.id]: 'Alive', [purged.id]: 'Alive' });
    other.store.dispose();
    other.shared.database.close();
  });
});

describe('a file that turns out to be damaged', LONG, () => {
  it('while it is brought up to date is fetched anew as a whole', async () => {
    const damages: Damage[] = [];
    const { open, file } = openFiles((damage) => damages.push(damage));
    const opened = await openUnsynchronized(open, { messages: 3_000 });
    await synchronize(opened.mailbox);
    await opened.admin.deliver({ text: 'New' });
    const isSlow = await slowDownSync(opened);
    const refreshing = opened.mailbox.refresh();
    await isSlow();
    scribble(file, 3);
    await refreshing;
    await expectAll(opened);
    expect(damages).toHaveLength(1);
    expect(opened.mailbox.state).toEqual({ kind: 'ready' });
  });
});
