import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../src/api/errors';
import type { Refusal } from '../../../src/mailbox/outbox/outcomes';
import {
  alive,
  conversation,
  deleted,
  type EmulatedMailbox,
  type MailboxTestOptions,
  openEmulatedMailbox,
  openUnsynchronized,
  synchronize,
} from './openEmulator';
import { IN_SQLITE } from './stores';

const IMPATIENT = { impatient: true, settledAfter: 0 };

function open(options: MailboxTestOptions = {}): Promise<EmulatedMailbox> {
  return openEmulatedMailbox(IN_SQLITE, { ...IMPATIENT, ...options });
}

async function goOffline({ admin }: EmulatedMailbox): Promise<void> {
  await admin.fail({ kind: 'reset', count: 1e9 });
}

/** Online, with everything sent that waits. */
async function goOnline({ admin, mailbox }: EmulatedMailbox): Promise<void> {
  await admin.clearFaults();
  await mailbox.refresh();
  await expect.poll(() => mailbox.waitingCount).toBe(0);
}

function firstAlive(opened: EmulatedMailbox, readStatus?: 'Read' | 'Unread'): string {
  const found = alive(opened).find((message) => !readStatus || message.readStatus === readStatus);
  if (!found) throw new Error('The sample has no such message.');
  return found.id;
}

async function readStatusAtServer({ admin }: EmulatedMailbox, id: string): Promise<string | undefined> {
  return (await admin.state()).messages.find((message) => message.id === id)?.readStatus;
}

function refusalsOf({ mailbox }: Pick<EmulatedMailbox, 'mailbox'>): Refusal[] {
  const refusals: Refusal[] = [];
  mailbox.onDidRefuse((refusal) => refusals.push(refusal));
  return refusals;
}

describe('a change made without a network', () => {
  it('shows at once, waits, and is sent when the server can be reached again', async () => {
    const opened = await open();
    const { mailbox } = opened;
    const id = firstAlive(opened, 'Unread');
    await goOffline(opened);
    const outcome = await mailbox.actions.setReadStatus([id], 'Read');
    expect(outcome).toMatchObject({ changed: [], failed: [], waiting: [id], cancelled: false });
    expect(mailbox.store.get(id)?.readStatus).toBe('Read');
    expect(mailbox.store.isPending(id)).toBe(true);
    expect(mailbox).toMatchObject({ waitingCount: 1, online: false });
    expect(await readStatusAtServer(opened, id)).toBe('Unread');

    await goOnline(opened);
    expect(await readStatusAtServer(opened, id)).toBe('Read');
    expect(mailbox.online).toBe(true);
    expect(mailbox.store.operations()).toEqual([]);
  });

  it('is sent in the order in which the changes were made', async () => {
    const opened = await open();
    const { actions } = opened.mailbox;
    const id = firstAlive(opened, 'Unread');
    await goOffline(opened);
    await actions.delete([id]);
    await actions.setReadStatus([id], 'Read');
    await actions.restore([id]);
    await opened.admin.resetRequests();
    await goOnline(opened);
    const methods = (await opened.changes()).map(({ method }) => method);
    expect(methods.slice(-3)).toEqual(['DELETE', 'PUT', 'PATCH']);
    expect((await opened.serverState())[id]).toBe('Alive');
    expect(await readStatusAtServer(opened, id)).toBe('Read');
  });

  it('is undone and reported once if the server refuses it later', async () => {
    const opened = await open();
    const { actions, store } = opened.mailbox;
    const refusals = refusalsOf(opened);
    const id = firstAlive(opened, 'Unread');
    await goOffline(opened);
    await actions.setReadStatus([id], 'Read');
    await opened.admin.setPermissions({ user: { EditMessages: false } });
    await goOnline(opened);
    expect(refusals).toMatchObject([{ kind: 'markRead', failed: [{ message: { id } }] }]);
    expect(refusals[0]?.failed[0]?.error).toBeInstanceOf(ApiError);
    expect(refusals[0]?.failed[0]?.error).toMatchObject({
      kind: 'userPermission',
      permission: 'EditMessages',
    });
    expect(store.get(id)?.readStatus).toBe('Unread');
    expect(store.operations()).toEqual([]);
  });

  it('does not purge a message that somebody else has deleted meanwhile', async () => {
    const opened = await open();
    const id = firstAlive(opened);
    await goOffline(opened);
    await opened.mailbox.actions.delete([id]);
    await opened.admin.change(id, { availability: 'Deleted' });
    await goOnline(opened);
    expect((await opened.serverState())[id]).toBe('Deleted');
  });

  it('does not purge a message that somebody else has restored meanwhile', async () => {
    const opened = await open();
    const id = deleted(opened)[0]?.id ?? '';
    await goOffline(opened);
    await opened.mailbox.actions.deletePermanently([id]);
    await opened.admin.change(id, { availability: 'Alive' });
    await goOnline(opened);
    expect((await opened.serverState())[id]).toBe('Alive');
    expect(opened.mailbox.store.get(id)?.availability).toBe('Alive');
  });

  it('purges a message that was restored here before it was deleted permanently', async () => {
    const opened = await open();
    const id = deleted(opened)[0]?.id ?? '';
    await goOffline(opened);
    await opened.mailbox.actions.restore([id]);
    await opened.mailbox.actions.deletePermanently([id]);
    await goOnline(opened);
    expect((await opened.serverState())[id]).toBe('Purged');
  });

  it('is dropped when it is cancelled before it is sent', async () => {
    const opened = await open();
    const id = firstAlive(opened, 'Unread');
    const cancelled = AbortSignal.abort();
    const outcome = await opened.mailbox.actions.setReadStatus([id], 'Read', { signal: cancelled });
    expect(outcome).toMatchObject({ changed: [], failed: [], waiting: [], cancelled: true });
    expect(opened.mailbox.store.get(id)?.readStatus).toBe('Unread');
    expect(await opened.changes()).toEqual([]);
  });
});

describe('a deletion whose answer is lost', () => {
  it('is not repeated if the server has carried it out', async () => {
    const opened = await open();
    const ids = alive(opened)
      .slice(0, 3)
      .map(({ id }) => id);
    await opened.admin.fail({ kind: 'lostAnswer', method: 'DELETE' });
    const outcome = await opened.mailbox.actions.delete(ids);
    expect(outcome.changed).toEqual(ids);
    expect(await opened.changes()).toHaveLength(1);
    const state = await opened.serverState();
    expect(ids.map((id) => state[id])).toEqual(['Deleted', 'Deleted', 'Deleted']);
  });

  it('is repeated if the server has not received it', async () => {
    const opened = await open();
    const id = firstAlive(opened);
    await opened.admin.fail({ kind: 'reset', method: 'DELETE' });
    const outcome = await opened.mailbox.actions.delete([id]);
    expect(outcome.changed).toEqual([id]);
    expect((await opened.serverState())[id]).toBe('Deleted');
  });

  it('waits as long as its first request may still reach the server', async () => {
    const opened = await open({ settledAfter: 60_000 });
    const id = firstAlive(opened);
    await opened.admin.fail({ kind: 'reset', method: 'DELETE' });
    const outcome = await opened.mailbox.actions.delete([id]);
    expect(outcome.waiting).toEqual([id]);
    expect((await opened.changes()).filter(({ method }) => method === 'DELETE').length).toBeLessThanOrEqual(
      1,
    );
    // The request comes to its end after all.
    await opened.admin.change(id, { availability: 'Deleted' });
    await goOnline(opened);
    expect((await opened.serverState())[id]).toBe('Deleted');
  });

  it('is checked message by message if it was of a conversation', async () => {
    const opened = await open();
    const { store, actions } = opened.mailbox;
    const conversationId = alive(opened).find(({ conversationId }) => conversationId)?.conversationId ?? '';
    const ids = conversation(store, conversationId).map(({ id }) => id);
    await opened.admin.fail({ kind: 'lostAnswer', method: 'DELETE' });
    await actions.deleteConversation(conversationId, ids);
    const state = await opened.serverState();
    expect(new Set(ids.map((id) => state[id]))).toEqual(new Set(['Deleted']));
  });
});

describe('an error of the server', () => {
  it('leaves a deletion waiting, and lets no later change overtake it', async () => {
    const opened = await open();
    const { actions } = opened.mailbox;
    const [first, second] = alive(opened).map(({ id }) => id);
    await opened.admin.fail({ kind: 'error', status: 503, method: 'DELETE' });
    expect(await actions.delete([first ?? ''])).toMatchObject({ waiting: [first] });
    await actions.setReadStatus([second ?? ''], 'Unread');
    await goOnline(opened);
    expect((await opened.serverState())[first ?? '']).toBe('Deleted');
  });

  it('counts as success if it refuses to restore a message that is not deleted any more', async () => {
    const opened = await open();
    const id = deleted(opened)[0]?.id ?? '';
    await opened.admin.fail({ kind: 'error', status: 400, errorCode: 'CMN-101', method: 'PATCH' });
    await opened.admin.change(id, { availability: 'Alive' });
    expect(await opened.mailbox.actions.restore([id])).toMatchObject({ changed: [id], failed: [] });
    expect(opened.mailbox.store.confirmed(id)?.availability).toBe('Alive');
  });

  it('counts as failure if it refuses to restore a message that is still deleted', async () => {
    const opened = await open();
    const id = deleted(opened)[0]?.id ?? '';
    await opened.admin.fail({ kind: 'error', status: 400, errorCode: 'CMN-101', method: 'PATCH' });
    expect(await opened.mailbox.actions.restore([id])).toMatchObject({
      changed: [],
      failed: [{ message: { id } }],
    });
    expect(opened.mailbox.store.get(id)?.availability).toBe('Deleted');
  });

  it('removes a message that is gone: deleting it succeeds, and marking it as unread fails', async () => {
    const opened = await open();
    const [first, second] = alive(opened)
      .filter(({ readStatus }) => readStatus === 'Read')
      .map(({ id }) => id);
    const { actions, store } = opened.mailbox;
    await opened.admin.fail({ kind: 'error', status: 404, errorCode: 'CMN-102', method: 'PUT' });
    expect(await actions.setReadStatus([first ?? ''], 'Unread')).toMatchObject({
      failed: [{ message: { id: first } }],
    });
    await opened.admin.fail({ kind: 'error', status: 404, errorCode: 'CMN-102', method: 'DELETE' });
    expect(await actions.delete([second ?? ''])).toMatchObject({ changed: [second] });
    expect([store.get(first ?? ''), store.get(second ?? '')]).toEqual([undefined, undefined]);
  });
});

describe('deleting a conversation', () => {
  /** Deletes a conversation of so many messages. @returns the last part of the path of each DELETE */
  async function deleteOne(count: number, options: MailboxTestOptions = {}): Promise<readonly string[]> {
    const opened = await open({ messages: 0, ...options });
    const conversationId = '7000';
    await opened.admin.deliverAll(Array.from({ length: count }, () => ({ conversationId })));
    await opened.admin.deliver({ conversationId: '7001' });
    await synchronize(opened.mailbox);
    const ids = conversation(opened.mailbox.store, conversationId).map(({ id }) => id);
    const outcome = await opened.mailbox.actions.deleteConversation(conversationId, ids);
    expect([new Set(outcome.changed), ids.length]).toEqual([new Set(ids), count]);
    const state = await opened.serverState();
    expect(
      Object.keys(state)
        .filter((id) => state[id] === 'Deleted')
        .toSorted(),
    ).toEqual(ids.toSorted());
    return (await opened.changes()).map(({ path }) => path.split('/').at(-1) ?? '');
  }

  it('names each message if one request can name them all', async () => {
    expect(await deleteOne(50)).toEqual([expect.stringMatching(/^\d+(,\d+){49}$/)]);
  });

  it('names each message, 50 in a request, if it is long', async () => {
    const requests = await deleteOne(51);
    expect(requests).toEqual([expect.stringMatching(/^\d+(,\d+){49}$/), expect.stringMatching(/^\d+$/)]);
  });
});

describe('deleting while the server refuses the sync token', () => {
  it('does not purge a message that was deleted elsewhere and is not fetched again yet', async () => {
    const opened = await open({ messages: 2_500 });
    const oldest = alive(opened).at(-1)?.id ?? '';
    await opened.admin.change(oldest, { availability: 'Deleted' });
    await opened.admin.invalidateSyncTokens();
    await opened.mailbox.actions.delete([oldest]);
    expect((await opened.serverState())[oldest]).toBe('Deleted');
    expect(await opened.changes()).toEqual([]);
  });
});

describe('a change that a closed window has not sent', () => {
  it('is sent by the next window', async () => {
    const account = IN_SQLITE.create();
    const opened = await openUnsynchronized(account, IMPATIENT);
    await synchronize(opened.mailbox);
    const id = firstAlive(opened, 'Unread');
    await goOffline(opened);
    await opened.mailbox.actions.setReadStatus([id], 'Read');
    opened.mailbox.dispose();

    const mailbox = opened.openAnother(account());
    expect(mailbox.state.kind).toBe('ready');
    expect(mailbox.store.get(id)?.readStatus).toBe('Read');
    await goOnline({ ...opened, mailbox });
    expect(await readStatusAtServer(opened, id)).toBe('Read');
    expect(mailbox.store.operations()).toEqual([]);
  });

  it.each(['markRead', 'delete'] as const)(
    'is made although the message is older than what is to be kept by then: %s',
    async (kind) => {
      const account = IN_SQLITE.create();
      const opened = await openUnsynchronized(account, { ...IMPATIENT, messages: 0 });
      const creationTime = new Date(Date.now() - 90 * 24 * 60 * 60 * 1000).toISOString();
      const [old] = await opened.admin.deliverAll([{ creationTime }, {}, {}]);
      const id = String(old?.id);
      await synchronize(opened.mailbox);
      await goOffline(opened);
      const { actions } = opened.mailbox;
      const made = kind === 'delete' ? actions.delete([id]) : actions.setReadStatus([id], 'Read');
      expect(await made).toMatchObject({ waiting: [id] });
      opened.mailbox.dispose();

      const mailbox = opened.openAnother({ ...account(), settledAfter: 0, history: () => '30 days' });
      await opened.admin.resetRequests();
      await goOnline({ ...opened, mailbox });
      const { messages } = await opened.admin.state();
      const expected = kind === 'delete' ? { availability: 'Deleted' } : { readStatus: 'Read' };
      expect(messages.find((message) => message.id === id)).toMatchObject(expected);
      expect((await opened.admin.requests()).length).toBeLessThan(30);
    },
  );

  it('is shown and sent completely by the next window, even for thousands of messages', async () => {
    const account = IN_SQLITE.create();
    const opened = await openUnsynchronized(account, { ...IMPATIENT, messages: 2_500 });
    await synchronize(opened.mailbox);
    const ids = alive(opened).map(({ id }) => id);
    const others = deleted(opened).map(({ id }) => id);
    await goOffline(opened);
    void opened.mailbox.actions.setReadStatus(ids, 'Read');
    void opened.mailbox.actions.delete(ids);
    opened.mailbox.dispose();

    const mailbox = opened.openAnother(account());
    await expect.poll(() => mailbox.store.tally({ availability: 'Alive', filter: {} }).total).toBe(0);
    expect(mailbox.waitingCount).toBeGreaterThan(ids.length);
    await opened.admin.clearFaults();
    await mailbox.refresh();
    await expect.poll(() => mailbox.waitingCount).toBe(0);
    const state = await opened.serverState();
    const all = Object.keys(state).filter((id) => state[id] === 'Deleted');
    expect(new Set(all)).toEqual(new Set([...ids, ...others]));
    expect(alive({ mailbox })).toEqual([]);
  });

  it('is reported by the next window if the server refuses it', async () => {
    const account = IN_SQLITE.create();
    const opened = await openUnsynchronized(account, IMPATIENT);
    await synchronize(opened.mailbox);
    const id = firstAlive(opened, 'Unread');
    await goOffline(opened);
    await opened.mailbox.actions.setReadStatus([id], 'Read');
    opened.mailbox.dispose();

    const mailbox = opened.openAnother(account());
    const refusals = refusalsOf({ mailbox });
    await opened.admin.setPermissions({ user: { EditMessages: false } });
    await goOnline({ ...opened, mailbox });
    await expect.poll(() => refusals).toMatchObject([{ failed: [{ message: { id } }] }]);
    expect(mailbox.store.get(id)?.readStatus).toBe('Unread');
  });

  it('is not sent again by the next window if the server had carried it out', async () => {
    const account = IN_SQLITE.create();
    const opened = await openUnsynchronized(account, IMPATIENT);
    await synchronize(opened.mailbox);
    const id = firstAlive(opened);
    const answer = opened.network.holdAnswer({ method: 'DELETE' });
    void opened.mailbox.actions.delete([id]);
    await answer.reached;
    expect((await opened.serverState())[id]).toBe('Deleted');
    opened.mailbox.dispose();
    answer.release();

    const mailbox = opened.openAnother(account());
    await goOnline({ ...opened, mailbox });
    expect(await opened.changes()).toHaveLength(1);
    expect((await opened.serverState())[id]).toBe('Deleted');
    expect(mailbox.store.confirmed(id)?.availability).toBe('Deleted');
  });
});
