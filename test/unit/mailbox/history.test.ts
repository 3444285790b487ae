import { describe, expect, it } from 'vitest';
import type { LoggedRequest } from '../../../src/emulator/requestLog';
import { creationTime } from '../../../src/mailbox/message';
import type { HistoryLimit } from '../../../src/mailbox/sync/history';
import {
  alive,
  deleted,
  type EmulatedMailbox,
  notPurged,
  openEmulatedMailbox,
  openUnsynchronized,
  shown,
  synchronize,
  whenComplete,
} from './openEmulator';
import { IN_SQLITE } from './stores';

const DAY = 24 * 60 * 60 * 1000;

async function syncs({ admin }: EmulatedMailbox, type: 'FSync' | 'ISync'): Promise<LoggedRequest[]> {
  return (await admin.requests()).filter(
    ({ path, query }) => path.endsWith('/message-sync') && query['syncType']?.includes(type),
  );
}

/** Days since the creation of the oldest message that is shown. */
function reach(opened: EmulatedMailbox): number {
  const times = [...alive(opened), ...deleted(opened)].map(creationTime);
  return (Date.now() - Math.min(...times)) / DAY;
}

describe('the history', () => {
  it('begins with the newest messages, after a single request', async () => {
    const opened = await openUnsynchronized(IN_SQLITE.create(), { messages: 1_500 });
    expect(opened.mailbox.state).toEqual({ kind: 'loading' });
    await opened.mailbox.refresh();
    const first = alive(opened);
    expect(first.length).toBeGreaterThanOrEqual(250);
    expect(opened.mailbox.state).toEqual({
      kind: 'ready',
      backfill: {
        oldest: creationTime(first.at(-1) ?? { id: '', availability: 'Alive', to: [], attachments: [] }),
      },
    });
    await whenComplete(opened.mailbox);
    expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
    expect(opened.mailbox.state).toEqual({ kind: 'ready' });
  });

  it('goes back as far as the setting says, and follows when the setting changes', async () => {
    let limit: HistoryLimit = '30 days';
    const opened = await openEmulatedMailbox(IN_SQLITE, { messages: 1_500, history: () => limit });
    expect(reach(opened)).toBeLessThan(30.1);
    const short = alive(opened);

    limit = 'everything';
    await synchronize(opened.mailbox);
    await expect.poll(() => alive(opened).length).toBeGreaterThan(short.length);
    await whenComplete(opened.mailbox);
    await expect.poll(() => shown(opened)).toEqual(notPurged(await opened.serverState()));
    expect(await syncs(opened, 'FSync')).not.toHaveLength(0);

    limit = '30 days';
    await opened.mailbox.refresh();
    expect(reach(opened)).toBeLessThan(30.1);
    // Some may have become older than that meanwhile.
    const since = Date.now() - 30 * DAY;
    const remaining = alive(opened).map(({ id }) => id);
    expect(short.map(({ id }) => id)).toEqual(expect.arrayContaining(remaining));
    expect(remaining).toEqual(
      expect.arrayContaining(short.filter((each) => creationTime(each) >= since).map(({ id }) => id)),
    );
  });

  it('keeps showing the known messages while it is fetched again', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { messages: 1_500 });
    const before = shown(opened);
    await opened.admin.invalidateSyncTokens();
    const states: string[] = [];
    opened.mailbox.onDidChangeState(({ kind }) => states.push(kind));
    const counts = new Set<number>();
    opened.mailbox.store.onDidChange(() =>
      counts.add(opened.mailbox.store.tally({ availability: 'Alive', filter: {} }).total),
    );
    await synchronize(opened.mailbox);
    expect(shown(opened)).toEqual(before);
    expect(states).toEqual([]);
    expect([...counts].filter((count) => count < alive(opened).length)).toEqual([]);
  });
});

describe('the history after a restart', () => {
  it('is shown before the server has answered, and is fetched on from where it stopped', async () => {
    const account = IN_SQLITE.create();
    const opened = await openUnsynchronized(account, { messages: 2_400 });
    await opened.mailbox.refresh();
    const first = opened.network.holdAnswer({ path: '/message-sync' });
    await first.reached;
    const second = opened.network.holdAnswer({ path: '/message-sync' });
    first.release();
    await second.reached;
    const before = alive(opened).length;
    expect(before).toBeGreaterThan(1_000);
    expect(opened.mailbox.store.syncState()).toMatchObject({ backfill: { phase: 'alive' } });
    opened.mailbox.dispose();
    await opened.admin.resetRequests();

    const again = { ...opened, mailbox: opened.openAnother(account()) };
    expect(alive(again).length).toBeGreaterThanOrEqual(before);
    expect(again.mailbox.state.kind).toBe('ready');
    await synchronize(again.mailbox);
    expect(shown(again)).toEqual(notPurged(await opened.serverState()));
    const full = await syncs(opened, 'FSync');
    expect(full).not.toEqual([]);
    expect(full.every(({ query }) => query['dateTo'] !== undefined)).toBe(true);
    expect(full.length).toBeLessThanOrEqual(4);
  });
});
