import { describe, expect, it } from 'vitest';
import type { EmulatorAdmin } from '../../builders/emulatorAdmin';
import { alive, deleted, type EmulatedMailbox, openEmulatedMailbox } from './openEmulator';
import { IN_SQLITE } from './stores';

const OPTIONS = { impatient: true, settledAfter: 0 };
const ALWAYS = 1e9;
const PAGE = {
  headers: { 'content-type': 'text/html' },
  body: '<h1>Welcome to our hotel. Please sign in.</h1>',
};

/** From now on something in between answers such requests in place of the server. */
function captive(admin: EmulatorAdmin, status: number, method: string): Promise<void> {
  return admin.fail({ kind: 'error', status, method, ...PAGE, path: '/message-store', count: ALWAYS });
}

async function goOn({ admin, mailbox }: EmulatedMailbox): Promise<void> {
  await admin.clearFaults();
  await mailbox.refresh();
  await expect.poll(() => mailbox.waitingCount).toBe(0);
}

const STATUSES = [200, 302, 400, 401, 403, 404, 407, 408, 409, 451, 502, 511];

describe('a page in place of the answer', () => {
  it.each(STATUSES)('with status %i neither refuses a change nor counts as its success', async (status) => {
    const opened = await openEmulatedMailbox(IN_SQLITE, OPTIONS);
    const { actions, store } = opened.mailbox;
    const [marked = '', victim = ''] = alive(opened)
      .filter(({ readStatus }) => readStatus === 'Read')
      .map(({ id }) => id);
    const [restored = ''] = deleted(opened).map(({ id }) => id);
    for (const method of ['PUT', 'PATCH', 'DELETE']) await captive(opened.admin, status, method);
    const outcomes = [
      await actions.setReadStatus([marked], 'Unread'),
      await actions.restore([restored]),
      await actions.delete([victim]),
    ];
    expect(outcomes.map(({ changed, failed, waiting }) => [changed, failed, waiting])).toEqual([
      [[], [], [marked]],
      [[], [], [restored]],
      [[], [], [victim]],
    ]);
    expect([marked, restored, victim].map((id) => store.get(id) !== undefined)).toEqual([true, true, true]);
    const before = await opened.serverState();
    expect([before[restored], before[victim]]).toEqual(['Deleted', 'Alive']);
    await goOn(opened);
    const after = await opened.serverState();
    expect([after[restored], after[victim]]).toEqual(['Alive', 'Deleted']);
    expect(opened.mailbox.store.operations()).toEqual([]);
  });

  it.each([200, 404])('with status %i removes no message that is looked for', async (status) => {
    const opened = await openEmulatedMailbox(IN_SQLITE, OPTIONS);
    const [id = ''] = alive(opened).map((message) => message.id);
    await opened.admin.fail({ kind: 'lostAnswer', method: 'DELETE' });
    await captive(opened.admin, status, 'GET');
    expect(await opened.mailbox.actions.delete([id])).toMatchObject({ changed: [], waiting: [id] });
    expect(opened.mailbox.store.confirmed(id)).toBeDefined();
    await goOn(opened);
    expect((await opened.serverState())[id]).toBe('Deleted');
  });

  it('with a transcription in it is not taken for one', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { ...OPTIONS, messages: 0 });
    await opened.admin.fail({ kind: 'error', status: 200, ...PAGE, path: '/content/', count: ALWAYS });
    const { id } = await opened.admin.deliver({
      type: 'VoiceMail',
      vmTranscriptionStatus: 'Completed',
      attachments: [{ type: 'AudioTranscription', contentType: 'text/plain', text: 'Please call me back' }],
    });
    await opened.mailbox.refresh();
    await expect
      .poll(async () => (await opened.admin.requests()).some(({ path }) => path.includes('/content/')))
      .toBe(true);
    expect(opened.mailbox.store.transcription(String(id))).toBeUndefined();
    expect(opened.mailbox.store.missingDetails(1)).toHaveLength(1);
  });
});

describe('an empty success', () => {
  it.each([
    ['that was one', 'lost'],
    ['that was none', 'never'],
  ] as const)('%s is made sure of by asking', async (_what, what) => {
    const opened = await openEmulatedMailbox(IN_SQLITE, OPTIONS);
    const { network, mailbox } = opened;
    const [id = ''] = alive(opened)
      .filter(({ readStatus }) => readStatus === 'Read')
      .map((message) => message.id);
    if (what === 'lost') network.spoilAnswers({ method: 'PUT' }, () => ({}));
    else
      await opened.admin.fail({
        kind: 'error',
        status: 200,
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: '',
      });
    const outcome = await mailbox.actions.setReadStatus([id], 'Unread');
    if (what === 'lost') expect(outcome).toMatchObject({ changed: [id], waiting: [] });
    else
      expect(outcome).toMatchObject({
        changed: [],
        failed: [],
        waiting: [id],
        delay: { kind: 'responseFormat' },
      });
    network.mend();
    await goOn(opened);
    const { messages } = await opened.admin.state();
    expect(messages.find((message) => message.id === id)?.readStatus).toBe('Unread');
  });
});

describe('a change that cannot be sent', () => {
  async function stuck(): Promise<{ opened: EmulatedMailbox; id: string; other: string }> {
    const opened = await openEmulatedMailbox(IN_SQLITE, OPTIONS);
    const [id = '', other = ''] = alive(opened)
      .filter(({ readStatus }) => readStatus === 'Read')
      .map((message) => message.id);
    await opened.admin.fail({
      kind: 'error',
      status: 500,
      errorCode: 'CMN-201',
      method: 'PUT',
      path: `/message-store/${id}`,
      count: ALWAYS,
    });
    expect(await opened.mailbox.actions.setReadStatus([id], 'Unread')).toMatchObject({
      waiting: [id],
      delay: { kind: 'temporary' },
    });
    return { opened, id, other };
  }

  it('does not hold up the others', async () => {
    const { opened, other } = await stuck();
    const { actions } = opened.mailbox;
    expect(await actions.setReadStatus([other], 'Unread')).toMatchObject({ changed: [other] });
    expect(await actions.delete([other])).toMatchObject({ changed: [other] });
    expect(opened.mailbox.store.hasDelay).toBe(true);
    expect(opened.mailbox.waitingCount).toBe(1);
  });

  it('holds up what comes after it for the same message', async () => {
    const { opened, id, other } = await stuck();
    const outcome = await opened.mailbox.actions.delete([id, other]);
    expect(outcome).toMatchObject({ changed: [], failed: [], waiting: [id, other] });
    expect((await opened.changes()).filter(({ method }) => method === 'DELETE')).toEqual([]);
    await goOn(opened);
    const state = await opened.serverState();
    expect([state[id], state[other]]).toEqual(['Deleted', 'Deleted']);
  });

  it('is taken back when it is discarded, and what comes after it is sent', async () => {
    const { opened, id } = await stuck();
    const { actions, store } = opened.mailbox;
    const outcome = actions.delete([id]);
    await expect.poll(() => store.operations().length).toBe(2);
    await outcome;
    const [first] = store.operations();
    actions.discard(first?.id ?? '');
    await opened.mailbox.refresh();
    await expect.poll(() => opened.mailbox.waitingCount).toBe(0);
    expect((await opened.serverState())[id]).toBe('Deleted');
    expect(store.get(id)?.readStatus).toBe('Read');
    expect(store.operations()).toEqual([]);
  });
});
