import { describe, expect, it } from 'vitest';
import type { Mailbox } from '../../../src/mailbox/mailbox';
import type { ActionOutcome } from '../../../src/mailbox/mailboxActions';
import type { Refusal } from '../../../src/mailbox/outbox/outcomes';
import type { MessageStore } from '../../../src/mailbox/store/messageStore';
import { removeDatabase } from '../../../src/storage/databaseFile';
import type { Damage } from '../../../src/mailbox/store/mendingMessageStore';
import {
  alive,
  count,
  type EmulatedMailbox,
  notPurged,
  openUnsynchronized,
  sendWaiting,
  shown,
  synchronize,
  whenComplete,
} from './openEmulator';
import { openDatabase } from '../../../src/storage/sqlite';
import type { JsonObject } from './networkGate';
import { openFiles, scribble } from './stores';

const NO_DAMAGE = ({ error }: Damage): void => {
  throw error;
};

/** Waits until a window has seen that its file is another one, which `other` has open. */
async function noticed({ mailbox }: Pick<EmulatedMailbox, 'mailbox'>, other: MessageStore): Promise<void> {
  await expect.poll(() => mailbox.store.mark().epoch).toBe(other.mark().epoch);
}

async function expectAll(opened: EmulatedMailbox): Promise<void> {
  const expected = notPurged(await opened.serverState());
  await expect.poll(() => count(opened)).toBe(Object.keys(expected).length);
  await whenComplete(opened.mailbox);
  expect(shown(opened)).toEqual(expected);
}

describe('a database that another window has cleared', () => {
  it('is filled with the whole history if that was being fetched at the time', async () => {
    const { open, file } = openFiles(NO_DAMAGE);
    const opened = await openUnsynchronized(open, { messages: 1_500 });
    await opened.mailbox.refresh();
    const page = opened.network.holdAnswer({ path: '/message-sync' });
    await page.reached;
    removeDatabase(file);
    const other = { ...opened, mailbox: opened.openAnother(open()) };
    await noticed(opened, other.mailbox.store);
    page.release();
    await other.mailbox.refresh();
    await expectAll(opened);
    await expectAll(other);
    await expect.poll(() => other.mailbox.state).toEqual({ kind: 'ready' });
  });

  it('is filled at once by the window that synchronizes, without being asked to', async () => {
    const { open, file } = openFiles(NO_DAMAGE);
    const opened = await openUnsynchronized(open);
    await synchronize(opened.mailbox);
    opened.mailbox.setCountry('GB');
    // Nothing is under way any more.
    await expect.poll(() => opened.mailbox.store.missingDetails(1)).toEqual([]);
    const other = open();
    removeDatabase(file);
    const cleared = open();
    expect(cleared.store.isEmpty).toBe(true);
    await noticed(opened, cleared.store);
    await expectAll(opened);
    await expect.poll(() => cleared.store.country).toBe('GB');
    for (const { store, shared } of [other, cleared]) {
      store.dispose();
      shared.database.close();
    }
  });

  it('is not taken to hold whole conversations if an incremental sync was under way', async () => {
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
    const changes = opened.network.holdAnswer({ path: '/message-sync' });
    const refreshing = opened.mailbox.refresh();
    await changes.reached;
    removeDatabase(file);
    const other = { ...opened, mailbox: opened.openAnother(open()) };
    await noticed(opened, other.mailbox.store);
    changes.release();
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

describe('an operation in a database that another window has cleared', () => {
  it('is not mistaken for one in the new database', async () => {
    const { open, file } = openFiles(NO_DAMAGE);
    const opened = await openUnsynchronized(open, { messages: 0, settledAfter: 0 });
    await opened.admin.deliverAll([{ type: 'Fax' }, { type: 'Fax', readStatus: 'Unread' }]);
    await synchronize(opened.mailbox);
    const [read, purged] = alive(opened);
    if (!read || !purged) throw new Error('There is nothing to purge.');
    const changes = opened.network.holdAnswer({ path: '/message-sync' });
    const purging = opened.mailbox.actions.deletePermanently([purged.id]);
    await changes.reached;
    removeDatabase(file);
    const other = open();
    other.store.apply({ put: [read, purged] });
    other.store.enqueue({ kind: 'markRead', window: 'other', messageIds: [read.id] });
    await noticed(opened, other.store);
    changes.release();
    expect(await purging).toMatchObject({ changed: [], failed: [] });
    const readStatus = async (): Promise<unknown> =>
      (await opened.admin.state()).messages.find(({ id }) => id === read.id)?.readStatus;
    await expect.poll(readStatus).toBe('Read');
    expect(await opened.serverState()).toEqual({ [read.id]: 'Alive', [purged.id]: 'Alive' });
    other.store.dispose();
    other.shared.database.close();
  });
});

/** Has a change of old messages wait in a file in which then no message can be read any more. */
async function leaveWaiting(
  count: number,
  change: (actions: Mailbox['actions'], ids: readonly string[]) => Promise<ActionOutcome>,
): Promise<{
  opened: EmulatedMailbox;
  damages: readonly Damage[];
  reopen: () => Mailbox;
  ids: readonly string[];
}> {
  const damages: Damage[] = [];
  const { open, file } = openFiles((damage) => damages.push(damage));
  const opened = await openUnsynchronized(open, { messages: 0, settledAfter: 0, impatient: true });
  // More than come at first.
  const messages = await opened.admin.deliverAll(Array.from({ length: 600 }, () => ({})));
  const ids = messages.slice(0, count).map(({ id }) => String(id));
  await synchronize(opened.mailbox);
  await opened.admin.fail({ kind: 'reset', count: 1e9 });
  expect(await change(opened.mailbox.actions, ids)).toMatchObject({ waiting: ids });
  opened.mailbox.dispose();
  const database = openDatabase(file);
  database.exec("UPDATE message SET record = '{'");
  database.close();
  return { opened, damages, reopen: () => opened.openAnother({ ...open(), settledAfter: 0 }), ids };
}

describe('a database that turns out to be damaged', () => {
  it('is fetched again as a whole if an incremental sync was under way', async () => {
    const damages: Damage[] = [];
    const { open, file } = openFiles((damage) => damages.push(damage));
    const opened = await openUnsynchronized(open, { messages: 1_500 });
    await synchronize(opened.mailbox);
    await opened.admin.deliver({ text: 'New' });
    const changes = opened.network.holdAnswer({ path: '/message-sync' });
    const refreshing = opened.mailbox.refresh();
    await changes.reached;
    scribble(file, 3);
    changes.release();
    await refreshing;
    await expectAll(opened);
    expect(damages).toHaveLength(1);
    expect(opened.mailbox.state).toEqual({ kind: 'ready' });
  });

  it.each(['Alive', 'Deleted'])(
    'has a deletion carried out that waited in it, unless the message is deleted by then: it is %s',
    async (availability) => {
      const { opened, damages, reopen, ids } = await leaveWaiting(1, (actions, chosen) =>
        actions.delete(chosen),
      );
      const [id = ''] = ids;
      await opened.admin.change(id, { availability });
      const mailbox = reopen();
      await opened.admin.clearFaults();
      await sendWaiting(mailbox);
      expect(damages).toMatchObject([{ kept: 1, lost: 0 }]);
      expect((await opened.serverState())[id]).toBe('Deleted');
    },
  );

  it('has a change made that waited in it for several messages, but for one that the server does not give', async () => {
    const { opened, reopen, ids } = await leaveWaiting(2, (actions, chosen) =>
      actions.setReadStatus(chosen, 'Read'),
    );
    const [id = '', other = ''] = ids;
    opened.network.spoilAnswers({ method: 'GET', path: `${id},${other}` }, (answer) =>
      (answer as unknown as JsonObject[]).map((item) =>
        String(item['resourceId']) === id ? { ...item, status: 403, body: { errorCode: 'CMN-408' } } : item,
      ),
    );
    const mailbox = reopen();
    const refusals: Refusal[] = [];
    mailbox.onDidRefuse((refusal) => refusals.push(refusal));
    await opened.admin.clearFaults();
    await sendWaiting(mailbox);
    expect(refusals).toMatchObject([{ kind: 'markRead', failed: [{ error: { kind: 'userPermission' } }] }]);
    const { messages } = await opened.admin.state();
    const read = messages.filter(({ readStatus }) => readStatus === 'Read').map((message) => message.id);
    expect(read).toEqual([other]);
  });
});
