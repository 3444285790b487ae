import { describe, expect, it } from 'vitest';
import {
  alive,
  deleted,
  notPurged,
  openEmulatedMailbox,
  shown,
  synchronize,
  whenComplete,
} from './openEmulator';
import { IN_SQLITE } from './stores';

describe('the first synchronization', () => {
  it('fetches everything, deleted messages included, in as many requests as it takes', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE, { messages: 1_500 });
    expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
  });

  it('fetches more messages of the same moment than fit on a page', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const creationTime = '2026-01-05T10:00:00.000Z';
    await opened.admin.deliverAll(
      Array.from({ length: 1_500 }, () => ({ creationTime, text: 'Same moment' })),
    );
    await opened.admin.invalidateSyncTokens();
    await synchronize(opened.mailbox);
    expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
  });

  it('fetches messages that are shared with the extension', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    expect(alive(opened).some(({ owner }) => owner?.extensionId !== undefined)).toBe(true);
  });
});

describe('later synchronizations', () => {
  it('bring what was delivered, changed, deleted, purged and restored elsewhere', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const [a, b, c] = alive(opened);
    const [d] = deleted(opened);
    await opened.admin.deliverAll([
      { text: 'New' },
      { text: 'New, and gone again', availability: 'Deleted' },
    ]);
    await opened.admin.change(a?.id ?? '', { availability: 'Deleted' });
    await opened.admin.change(b?.id ?? '', { availability: 'Purged' });
    await opened.admin.change(c?.id ?? '', { readStatus: c?.readStatus === 'Read' ? 'Unread' : 'Read' });
    await opened.admin.change(d?.id ?? '', { availability: 'Alive' });
    await opened.mailbox.refresh();
    expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
    expect(opened.mailbox.store.get(c?.id ?? '')?.readStatus).not.toBe(c?.readStatus);
  });

  it.each(['CMN-101', 'MSG-333', 'MSG-411'] as const)(
    'start over when the server refuses the token with %s',
    async (errorCode) => {
      const opened = await openEmulatedMailbox(IN_SQLITE);
      const [gone] = alive(opened);
      await opened.admin.change(gone?.id ?? '', { availability: 'Purged' });
      await opened.admin.deliver({ text: 'New' });
      await opened.admin.invalidateSyncTokens(errorCode);
      await opened.mailbox.refresh();
      expect(opened.mailbox.state).toEqual({ kind: 'ready' });
      await whenComplete(opened.mailbox);
      expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
    },
  );

  it('remove messages that were purged so long ago that the server has forgotten them', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const [gone] = alive(opened);
    await opened.admin.change(gone?.id ?? '', { availability: 'Purged' });
    await opened.admin.advanceClock(6 * 24 * 60 * 60);
    await synchronize(opened.mailbox);
    expect(await opened.serverState()).not.toHaveProperty(gone?.id ?? '');
    expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
  });

  it('keep the known messages when the server fails, and report the failure', async () => {
    const opened = await openEmulatedMailbox(IN_SQLITE);
    const before = shown(opened);
    await opened.admin.fail({ status: 400, errorCode: 'CMN-999', path: 'message-sync' });
    await expect(opened.mailbox.refresh()).rejects.toThrow();
    expect(opened.mailbox.state.kind).toBe('failed');
    expect(shown(opened)).toEqual(before);
    await opened.mailbox.refresh();
    expect(opened.mailbox.state.kind).toBe('ready');
  });
});
