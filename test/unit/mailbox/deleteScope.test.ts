import { describe, expect, it } from 'vitest';
import {
  alive,
  conversation,
  deleted,
  type EmulatedMailbox,
  notPurged,
  openEmulatedMailbox,
  openUnsynchronized,
  shown,
  synchronize,
  whenComplete,
} from './openEmulator';
import type { JsonObject } from './networkGate';
import { IN_SQLITE } from './stores';

const OPTIONS = { impatient: true, settledAfter: 0 };

const ids = (messages: readonly { readonly id: string }[]): string[] => messages.map(({ id }) => id);

/** What the last path of each DELETE names. */
async function named(opened: EmulatedMailbox): Promise<readonly string[]> {
  return (await opened.changes())
    .filter(({ method }) => method === 'DELETE')
    .flatMap(({ path }) => path.split('/').at(-1)?.split(',') ?? []);
}

/** Availability at the server of everything but these. */
async function others(opened: EmulatedMailbox, chosen: readonly string[]): Promise<Record<string, string>> {
  const state = await opened.serverState();
  return Object.fromEntries(Object.entries(state).filter(([id]) => !chosen.includes(id)));
}

function withSyncInfo(answer: JsonObject, change: JsonObject): JsonObject {
  return { ...answer, syncInfo: { ...(answer['syncInfo'] as JsonObject), ...change } };
}

const recordsIn = (answer: JsonObject): JsonObject[] => (answer['records'] as JsonObject[] | undefined) ?? [];

describe('behind a proxy that drops the bodies of DELETE', () => {
  it.each(['delete', 'deletePermanently'] as const)(
    '%s of 60 of 300 messages spares the others',
    async (action) => {
      const opened = await openEmulatedMailbox(IN_SQLITE, { ...OPTIONS, messages: 300 });
      opened.network.dropBodiesOf('DELETE');
      const chosen = ids(alive(opened)).slice(0, 60);
      const before = await others(opened, chosen);
      const outcome = await opened.mailbox.actions[action](chosen);
      expect(outcome.changed).toHaveLength(60);
      expect(await others(opened, chosen)).toEqual(before);
      const state = await opened.serverState();
      const expected = action === 'delete' ? 'Deleted' : 'Purged';
      expect(new Set(chosen.map((id) => state[id]))).toEqual(new Set([expected]));
    },
  );
});

describe('deleting very many messages', () => {
  it('names every one of them once, 50 in a request', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { ...OPTIONS, messages: 600 });
    const chosen = ids(alive(opened)).slice(0, 210);
    const done: number[] = [];
    await opened.mailbox.actions.delete(chosen, { onProgress: (count) => done.push(count) });
    expect((await named(opened)).toSorted()).toEqual(chosen.toSorted());
    expect(await opened.changes()).toHaveLength(5);
    expect(done.at(-1)).toBe(210);
    expect(done.length).toBeGreaterThanOrEqual(5);
  });

  it('stops before the next 50 when it is cancelled', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { ...OPTIONS, messages: 600 });
    const chosen = ids(alive(opened)).slice(0, 210);
    const cancel = new AbortController();
    const outcome = await opened.mailbox.actions.delete(chosen, {
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    });
    expect(outcome).toMatchObject({ cancelled: true, failed: [], waiting: [] });
    expect(outcome.changed).toHaveLength(50);
    expect(new Set(await named(opened))).toEqual(new Set(outcome.changed));
  });

  it('reads only the messages of the next request while the history is fetched again', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { ...OPTIONS, messages: 600 });
    const chosen = ids(alive(opened)).slice(-120);
    await opened.admin.invalidateSyncTokens();
    // Older messages are not fetched.
    await opened.admin.fail({ kind: 'error', path: 'dateTo=', count: 1e9 });
    await opened.mailbox.refresh();
    await opened.admin.resetRequests();
    const outcome = await opened.mailbox.actions.delete(chosen);
    expect(outcome.changed).toHaveLength(120);
    const deletions = await named(opened);
    const read = (await opened.admin.requests())
      .filter(({ method, path }) => method === 'GET' && /message-store\/[\d,]+$/.test(path))
      .map(({ path }) => path.split('/').at(-1)?.split(',') ?? []);
    // What is told to be deleted by then is read once more.
    const first = [...new Set(read.map((each) => each.join()))].map((each) => each.split(','));
    expect(first.map((each) => each.length)).toEqual([50, 50, 20]);
    expect(first.flat()).toEqual(deletions);
    expect(read.length).toBeLessThanOrEqual(2 * first.length);
  });
});

const INCOMPLETE: readonly (readonly [string, (answer: JsonObject) => unknown])[] = [
  ['lacks olderRecordsExist', (answer) => withSyncInfo(answer, { olderRecordsExist: undefined })],
  [
    'says olderRecordsExist with a text',
    (answer) => {
      const { olderRecordsExist } = answer['syncInfo'] as JsonObject;
      return withSyncInfo(answer, { olderRecordsExist: String(olderRecordsExist) });
    },
  ],
  [
    'has a record that is dated before 2000',
    (answer) => {
      const [first, ...rest] = recordsIn(answer);
      return {
        ...answer,
        records: first ? [{ ...first, creationTime: '1990-01-01T00:00:00.000Z' }, ...rest] : [],
      };
    },
  ],
  [
    'ends with a record that is dated before 2000',
    (answer) => {
      const records = recordsIn(answer);
      const last = records.at(-1);
      return {
        ...answer,
        records: last ? [...records, { ...last, creationTime: '1990-01-01T00:00:00.000Z' }] : [],
      };
    },
  ],
  [
    'has no readable date',
    (answer) => ({
      ...answer,
      records: recordsIn(answer).map((record) => ({ ...record, creationTime: 'soon' })),
    }),
  ],
];

describe('a server whose answer', () => {
  it.each(INCOMPLETE)('%s does not end the history early', async (_what, spoil) => {
    const opened = await openUnsynchronized(IN_SQLITE.create(), { ...OPTIONS, messages: 1_500 });
    opened.network.spoilAnswers({ path: '/message-sync' }, (answer) => spoil(answer));
    await synchronize(opened.mailbox);
    expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
  });

  it('lists pages without saying how many there are does not hide deleted messages', async () => {
    const opened = await openUnsynchronized(IN_SQLITE.create(), { ...OPTIONS, messages: 0 });
    const fields = Array.from({ length: 1_100 }, () => ({ availability: 'Deleted' }));
    await opened.admin.deliverAll(fields);
    opened.network.spoilAnswers(
      { path: '/message-store' },
      ({ paging: _paging, navigation: _navigation, ...answer }) => answer,
    );
    await synchronize(opened.mailbox);
    expect(deleted(opened)).toHaveLength(1_100);
  });

  it('wrongly says that there is nothing older removes no message here', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { ...OPTIONS, messages: 1_500 });
    const before = shown(opened);
    await opened.admin.invalidateSyncTokens();
    opened.network.spoilAnswers({ path: '/message-sync' }, (answer) =>
      withSyncInfo(answer, { olderRecordsExist: false }),
    );
    await synchronize(opened.mailbox);
    expect(shown(opened)).toEqual(before);
  });

  it('wrongly says that there is nothing older deletes no message of a conversation that was never shown', async () => {
    const opened = await openUnsynchronized(IN_SQLITE.create(), { ...OPTIONS, messages: 0 });
    const conversationId = '7000';
    const old = Array.from({ length: 5 }, () => ({
      conversationId,
      creationTime: '2020-05-05T10:00:00.000Z',
    }));
    await opened.admin.deliverAll(old);
    await opened.admin.deliverAll(Array.from({ length: 260 }, () => ({ conversationId })));
    opened.network.spoilAnswers({ path: '/message-sync' }, (answer) =>
      withSyncInfo(answer, { olderRecordsExist: false }),
    );
    await synchronize(opened.mailbox);
    const chosen = ids(conversation(opened.mailbox.store, conversationId));
    const hidden = Object.keys(await others(opened, chosen));
    expect(hidden.length).toBeGreaterThan(5);
    const outcome = await opened.mailbox.actions.deleteConversation(conversationId, chosen);
    expect(new Set(outcome.changed)).toEqual(new Set(chosen));
    expect(await others(opened, chosen)).toEqual(Object.fromEntries(hidden.map((id) => [id, 'Alive'])));
    await expect.poll(() => ids(alive(opened)).toSorted()).toEqual(hidden.toSorted());
  });

  it.each([
    ['ignores the availability that is asked for', { differences: ['ignoredAvailability'] }],
    ['gives no more than 100 records of anything', { mostRecords: 100 }],
  ] as const)('%s has nothing of a conversation deleted that was never shown', async (_what, deviations) => {
    const opened = await openUnsynchronized(IN_SQLITE.create(), { ...OPTIONS, messages: 0 });
    const { mailbox, admin } = opened;
    const conversationId = '7000';
    const [hidden] = await admin.deliverAll([{ conversationId, availability: 'Deleted' }]);
    await admin.deliverAll(Array.from({ length: 120 }, () => ({ conversationId })));
    await admin.deviate(deviations);
    await synchronize(mailbox);
    const chosen = ids(conversation(mailbox.store, conversationId));
    expect(chosen).toHaveLength(120);
    await mailbox.actions.deleteConversation(conversationId, chosen);
    expect((await named(opened)).toSorted()).toEqual(chosen.toSorted());
    expect((await opened.serverState())[String(hidden?.id)]).toBe('Deleted');
  });

  it.each([undefined, null, 'DELETED', 'deleted'])(
    'tells of a deletion elsewhere with the availability %s has the message deleted by nobody again',
    async (availability) => {
      const opened = await openUnsynchronized(IN_SQLITE.create(), { ...OPTIONS, messages: 0 });
      const id = String((await opened.admin.deliver({})).id);
      await synchronize(opened.mailbox);
      opened.network.spoilAnswers({ path: '/message-sync' }, (answer) => ({
        ...answer,
        records: recordsIn(answer).map((record) => ({ ...record, availability })),
      }));
      await opened.admin.change(id, { availability: 'Deleted' });
      const outcome = await opened.mailbox.actions.delete([id]);
      expect(outcome.changed).toEqual([]);
      expect(await named(opened)).toEqual([]);
      expect((await opened.serverState())[id]).toBe('Deleted');
    },
  );

  it('takes none of its sync tokens lets messages be deleted that were read by their ids', async () => {
    const opened = await openUnsynchronized(IN_SQLITE.create(), { ...OPTIONS, messages: 20 });
    await synchronize(opened.mailbox);
    await opened.admin.fail({ status: 400, errorCode: 'CMN-101', path: 'syncToken=', count: 1e9 });
    const [first, second] = ids(alive(opened));
    await opened.admin.change(second ?? '', { availability: 'Deleted' });
    const outcome = await opened.mailbox.actions.delete([first ?? '', second ?? '']);
    expect(outcome.changed).toEqual([first]);
    expect((await opened.serverState())[second ?? '']).toBe('Deleted');
  });

  it('does not say whether a message is deleted already is not believed', async () => {
    const opened = await openUnsynchronized(IN_SQLITE.create(), { ...OPTIONS, messages: 0 });
    const [silent, other] = (await opened.admin.deliverAll([{}, {}])).map(({ id }) => String(id));
    opened.network.spoilAnswers({ path: '/message-sync' }, (answer) => ({
      ...answer,
      records: recordsIn(answer).map(({ availability, ...record }) =>
        String(record['id']) === silent ? record : { ...record, availability },
      ),
    }));
    await synchronize(opened.mailbox);
    expect(new Set(ids(alive(opened)))).toEqual(new Set([silent, other]));
    const outcome = await opened.mailbox.actions.delete([silent ?? '', other ?? '']);
    expect(outcome).toMatchObject({
      changed: [other],
      failed: [{ message: { id: silent }, error: { kind: 'responseFormat' } }],
    });
    expect(await named(opened)).toEqual([other]);
  });

  it('does not say any more whether a message is deleted leaves it where it was', async () => {
    const opened = await openUnsynchronized(IN_SQLITE.create(), { ...OPTIONS, messages: 0 });
    const id = String((await opened.admin.deliver({ availability: 'Deleted' })).id);
    await synchronize(opened.mailbox);
    await whenComplete(opened.mailbox);
    opened.network.spoilAnswers({}, (answer) =>
      'records' in answer
        ? { ...answer, records: recordsIn(answer).map(({ availability: _unsaid, ...record }) => record) }
        : answer,
    );
    await opened.admin.change(id, { readStatus: 'Read' });
    await opened.mailbox.refresh();
    expect(ids(deleted(opened))).toEqual([id]);
  });
});
