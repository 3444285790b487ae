import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ActionOutcome } from '../../../src/mailbox/mailboxActions';
import { ManualClock } from '../api/fakes';
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
import { type HeldRequest, TokenGate } from './tokenGate';

/** Nothing of an operation waits in a queue any more: its request is about to be sent. */
function isSending({ mailbox }: EmulatedMailbox): boolean {
  return mailbox.store.operations().some(({ items }) => items.some(({ state }) => state === 'sending'));
}

/** Longer than what the server says of a message lets it be deleted, and shorter than a lease. */
function passTime(): void {
  const now = Date.now.bind(Date);
  const spy = vi.spyOn(Date, 'now').mockImplementation(() => now() + 3_000);
  onTestFinished(() => spy.mockRestore());
}

/** Deletions, synchronizations and the renewal of tokens, as the server has received them. */
async function wire({ admin }: EmulatedMailbox): Promise<string[]> {
  return (await admin.requests())
    .filter(({ method, path }) => method === 'DELETE' || /message-sync|oauth\/token/.test(path))
    .map(({ method, path, status }) => `${method === 'DELETE' ? method : path.split('/').at(-1)} ${status}`);
}

async function open(options: MailboxTestOptions = {}): Promise<{ opened: EmulatedMailbox; gate: TokenGate }> {
  const gate = new TokenGate();
  const opened = await openEmulatedMailbox(IN_SQLITE, { settledAfter: 0, tokens: gate.tokens, ...options });
  await quiet(opened);
  return { opened, gate };
}

/** Waits until nothing is fetched in the background any more. */
async function quiet({ mailbox, admin }: EmulatedMailbox): Promise<void> {
  await expect.poll(() => mailbox.store.missingDetails(1)).toEqual([]);
  await admin.resetRequests();
}

/** Has `act` wait for its access token, `meanwhile` happen at the server, and time pass. */
async function heldBack(
  { opened, gate }: { opened: EmulatedMailbox; gate: TokenGate },
  act: () => Promise<ActionOutcome>,
  meanwhile: () => Promise<unknown>,
): Promise<ActionOutcome> {
  const held = gate.hold('accessToken', () => isSending(opened));
  const outcome = act();
  await held.waits;
  await meanwhile();
  passTime();
  held.release();
  return outcome;
}

describe('a deletion that has waited since the last synchronization', () => {
  it('does not purge a message that was deleted elsewhere meanwhile', async () => {
    const { opened, gate } = await open();
    const [id = ''] = alive(opened).map((message) => message.id);
    await heldBack(
      { opened, gate },
      () => opened.mailbox.actions.delete([id]),
      () => opened.admin.change(id, { availability: 'Deleted' }),
    );
    expect(await wire(opened)).toEqual(['message-sync 200', 'message-sync 200']);
    expect((await opened.serverState())[id]).toBe('Deleted');
    expect(opened.mailbox.store.operations()).toEqual([]);
  });

  it('does not purge a message that was restored elsewhere meanwhile', async () => {
    const { opened, gate } = await open();
    const [id = ''] = deleted(opened).map((message) => message.id);
    await heldBack(
      { opened, gate },
      () => opened.mailbox.actions.deletePermanently([id]),
      () => opened.admin.change(id, { availability: 'Alive' }),
    );
    expect(await wire(opened)).toEqual(['message-sync 200', 'message-sync 200']);
    expect((await opened.serverState())[id]).toBe('Alive');
  });

  it('does not purge the messages of a conversation that were deleted elsewhere meanwhile', async () => {
    const { opened, gate } = await open();
    const { store, actions } = opened.mailbox;
    const { conversationId = '' } =
      alive(opened).find(
        (message) =>
          message.conversationId !== undefined &&
          conversation(store, message.conversationId).length > 1 &&
          conversation(store, message.conversationId, 'Deleted').length === 0 &&
          !message.owner,
      ) ?? {};
    const ids = conversation(store, conversationId).map(({ id }) => id);
    await heldBack(
      { opened, gate },
      () => actions.deleteConversation(conversationId, ids),
      () => opened.admin.change(ids[0] ?? '', { availability: 'Deleted' }),
    );
    expect(await wire(opened)).toEqual(['message-sync 200', 'message-sync 200', 'DELETE 204']);
    const state = await opened.serverState();
    expect(new Set(ids.map((id) => state[id]))).toEqual(new Set(['Deleted']));
  });

  it('synchronizes again and is sent at once', async () => {
    const { opened, gate } = await open();
    const [id = ''] = alive(opened).map((message) => message.id);
    const outcome = await heldBack(
      { opened, gate },
      () => opened.mailbox.actions.delete([id]),
      () => Promise.resolve(),
    );
    expect(outcome).toMatchObject({ changed: [id], waiting: [] });
    expect(await wire(opened)).toEqual(['message-sync 200', 'message-sync 200', 'DELETE 204']);
  });

  it('synchronizes again if it waited for the rate limits', async () => {
    const clock = new ManualClock();
    const { opened, gate } = await open({ clock });
    const { api, actions } = opened.mailbox;
    const [id = '', other = ''] = alive(opened).map((message) => message.id);
    const useUp = async (count: number): Promise<void> => {
      for (let used = 0; used < count; used++) await api.updateMessage([other], { readStatus: 'Read' });
    };
    await opened.admin.setRateLimits({ enabled: true, limits: { medium: 3 } });
    await useUp(1);
    const look = gate.hold('accessToken');
    const outcome = actions.delete([id]);
    await look.waits;
    await useUp(2);
    look.release();
    await expect.poll(() => isSending(opened) && clock.pending.length).toBe(1);
    await opened.admin.change(id, { availability: 'Deleted' });
    passTime();
    clock.advance(60_000);
    await outcome;
    expect(await wire(opened)).toEqual(['message-sync 200', 'message-sync 200']);
    expect((await opened.serverState())[id]).toBe('Deleted');
  });
});

describe('a deletion on a slow connection', () => {
  /** From now on every synchronization takes three seconds. */
  function slowDown({ network }: EmulatedMailbox): void {
    const now = Date.now.bind(Date);
    let passed = 0;
    const spy = vi.spyOn(Date, 'now').mockImplementation(() => now() + passed);
    onTestFinished(() => spy.mockRestore());
    network.spoilAnswers({ path: '/message-sync' }, (answer) => {
      passed += 3_000;
      return answer;
    });
  }

  it('does not purge a message that is deleted elsewhere while the answer is on its way', async () => {
    const { opened } = await open();
    const [id = ''] = alive(opened).map((message) => message.id);
    const answer = opened.network.holdAnswer({ path: '/message-sync' });
    const deletion = opened.mailbox.actions.delete([id]);
    await answer.reached;
    await opened.admin.change(id, { availability: 'Deleted' });
    passTime();
    answer.release();
    await deletion;
    expect(await wire(opened)).toEqual(['message-sync 200', 'message-sync 200']);
    expect((await opened.serverState())[id]).toBe('Deleted');
  });

  it('waits after three answers that were too old, and says why', async () => {
    const { opened } = await open();
    const [id = ''] = alive(opened).map((message) => message.id);
    slowDown(opened);
    const outcome = await opened.mailbox.actions.delete([id]);
    expect(outcome).toMatchObject({
      changed: [],
      failed: [],
      waiting: [id],
      delay: { kind: 'slowConnection' },
    });
    expect(await wire(opened)).toEqual(Array.from({ length: 3 }, () => 'message-sync 200'));
    expect((await opened.serverState())[id]).toBe('Alive');
    expect(opened.mailbox.store.operations()).toMatchObject([{ delay: { kind: 'slowConnection' } }]);
  });

  it('is sent when the connection is fast again', async () => {
    const { opened } = await open();
    const [id = ''] = alive(opened).map((message) => message.id);
    slowDown(opened);
    await opened.mailbox.actions.delete([id]);
    opened.network.mend();
    await opened.mailbox.refresh();
    await expect.poll(() => opened.mailbox.waitingCount).toBe(0);
    expect((await opened.serverState())[id]).toBe('Deleted');
  });
});

describe('a deletion that has waited until another window has taken over', () => {
  it('is left to the other window', async () => {
    const account = IN_SQLITE.create();
    const gate = new TokenGate();
    const opened = await openUnsynchronized(account, { settledAfter: 0, tokens: gate.tokens });
    await synchronize(opened.mailbox);
    await quiet(opened);
    const [id = ''] = alive(opened).map((message) => message.id);
    const held: HeldRequest = gate.hold('accessToken', () => isSending(opened));
    const outcome = opened.mailbox.actions.delete([id]);
    await held.waits;
    const { shared, store } = account();
    // As if this window had been asleep for longer than its lease lasts.
    shared.database.exec("UPDATE lease SET holder = 'other' WHERE name = 'sync'");
    held.release();
    expect(await outcome).toMatchObject({ changed: [], failed: [], waiting: [id] });
    expect(await wire(opened)).toEqual(['message-sync 200']);
    // Whether it was sent is for the other window to find out.
    expect(store.operations()[0]?.items).toMatchObject([{ messageId: id, state: 'sending' }]);
    shared.database.close();
    store.dispose();
  });
});

describe('a deletion whose access token is refused', () => {
  async function deleteWithRefusedToken(
    meanwhile: (opened: EmulatedMailbox, id: string) => Promise<unknown>,
  ): Promise<{ opened: EmulatedMailbox; id: string; outcome: ActionOutcome }> {
    const { opened, gate } = await open();
    const [id = ''] = alive(opened).map((message) => message.id);
    await opened.admin.fail({ kind: 'error', method: 'DELETE', status: 401, errorCode: 'OAU-129' });
    const held = gate.hold('renew');
    const deletion = opened.mailbox.actions.delete([id]);
    await held.waits;
    await meanwhile(opened, id);
    held.release();
    return { opened, id, outcome: await deletion };
  }

  it('synchronizes again before it is sent with a new token', async () => {
    const { opened, id, outcome } = await deleteWithRefusedToken(() => Promise.resolve());
    expect(outcome).toMatchObject({ changed: [id], waiting: [] });
    expect(await wire(opened)).toEqual([
      'message-sync 200',
      'DELETE 401',
      'token 200',
      'message-sync 200',
      'DELETE 204',
    ]);
  });

  it('does not purge a message that was deleted elsewhere meanwhile', async () => {
    const { opened, id } = await deleteWithRefusedToken(({ admin }, victim) =>
      admin.change(victim, { availability: 'Deleted' }),
    );
    expect((await opened.serverState())[id]).toBe('Deleted');
    expect((await wire(opened)).filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE 401']);
  });

  it('waits if each new token is refused as well', async () => {
    const { opened } = await open();
    const [id = ''] = alive(opened).map((message) => message.id);
    await opened.admin.fail({
      kind: 'error',
      method: 'DELETE',
      status: 401,
      errorCode: 'OAU-129',
      count: 1e9,
    });
    expect(await opened.mailbox.actions.delete([id])).toMatchObject({ changed: [], waiting: [id] });
    expect((await wire(opened)).filter((line) => line.startsWith('DELETE'))).toHaveLength(3);
    expect((await opened.serverState())[id]).toBe('Alive');
  });
});

describe('a deletion while the history is fetched again', () => {
  it('waits as long as the server does not report the state of every message', async () => {
    const { opened } = await open({ messages: 600, impatient: true });
    const [silent, other] = alive(opened).slice(-2);
    if (!silent || !other) throw new Error('The sample has no such messages.');
    await opened.admin.change(silent.id, { availability: 'Deleted' });
    await opened.admin.invalidateSyncTokens();
    // Older messages are not fetched.
    await opened.admin.fail({ kind: 'error', path: 'dateTo=', count: 1e9 });
    await opened.admin.fail({
      kind: 'error',
      method: 'GET',
      path: `message-store/${silent.id},${other.id}`,
      status: 207,
      headers: { 'content-type': 'application/vnd.ringcentral.multipart+json' },
      body: JSON.stringify([
        { resourceId: silent.id, status: 503, body: { errorCode: 'CMN-201' } },
        { resourceId: other.id, status: 200, body: { id: Number(other.id), availability: 'Alive' } },
      ]),
    });
    const outcome = await opened.mailbox.actions.delete([silent.id, other.id]);
    expect(await opened.changes()).toEqual([]);
    expect(outcome).toMatchObject({
      changed: [],
      failed: [],
      waiting: [silent, other].map(({ id }) => id),
    });

    await opened.mailbox.refresh();
    await expect.poll(() => opened.mailbox.waitingCount).toBe(0);
    const state = await opened.serverState();
    expect([state[silent.id], state[other.id]]).toEqual(['Deleted', 'Deleted']);
  });

  it('does not purge a message that is deleted elsewhere while the messages are read', async () => {
    const { opened, gate } = await open({ messages: 600, impatient: true });
    const [id = ''] = alive(opened)
      .map((message) => message.id)
      .slice(-1);
    await opened.admin.invalidateSyncTokens();
    await opened.admin.fail({ kind: 'error', path: 'dateTo=', count: 1e9 });
    const held = gate.hold('accessToken', () => isSending(opened));
    const deletion = opened.mailbox.actions.delete([id]);
    await held.waits;
    await opened.admin.change(id, { availability: 'Deleted' });
    passTime();
    held.release();
    await deletion;
    expect((await opened.serverState())[id]).toBe('Deleted');
    expect(await opened.changes()).toEqual([]);
  });
});
