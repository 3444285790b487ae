import { describe, expect, it } from 'vitest';
import { ManualClock } from '../api/fakes';
import {
  alive,
  type EmulatedMailbox,
  notPurged,
  openUnsynchronized,
  shown,
  whenComplete,
} from './openEmulator';
import { IN_SQLITE } from './stores';

/** What a synchronization has sent: what has changed, or a page of the history. */
async function synchronizations({ admin }: EmulatedMailbox): Promise<string[]> {
  return (await admin.requests())
    .filter(({ path }) => path.endsWith('message-sync'))
    .map(({ query }) => (query['dateTo'] ? 'page' : (query['syncType']?.join() ?? '')));
}

/** A mailbox whose history has come to where the rate limits leave no place but for the user, and time stands still. */
async function openThrottled(): Promise<{ opened: EmulatedMailbox; clock: ManualClock }> {
  const clock = new ManualClock();
  const opened = await openUnsynchronized(IN_SQLITE.create(), { messages: 1_500, clock, settledAfter: 0 });
  const { api } = opened.mailbox;
  await opened.admin.setRateLimits({ enabled: true, limits: { light: 8 } });
  for (let used = 0; used < 3; used++) {
    await api.listMessages({ dateFrom: '2020-01-01T00:00:00.000Z', perPage: 1 });
  }
  await opened.mailbox.refresh();
  await expect.poll(() => clock.pending.length).toBe(1);
  expect(await synchronizations(opened)).toEqual(['FSync', 'page']);
  return { opened, clock };
}

describe('a page of the history that waits for the rate limits', () => {
  it("lets the user's own requests go first", async () => {
    const { opened, clock } = await openThrottled();
    const { mailbox, admin } = opened;
    const { id } = await admin.deliver({ text: 'New' });
    await mailbox.refresh();
    expect(mailbox.store.get(String(id))).toBeDefined();
    const [victim = ''] = alive(opened).map((message) => message.id);
    expect(await mailbox.actions.delete([victim])).toMatchObject({
      changed: [victim],
      waiting: [],
    });
    expect(await synchronizations(opened)).toEqual(['FSync', 'page', 'ISync', 'ISync']);

    await admin.setRateLimits({ enabled: false });
    await expect.poll(() => clock.pending.length).toBeGreaterThan(0);
    clock.advance(60_000);
    await whenComplete(mailbox);
    expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
  });

  it("lets the user's own requests go first while it waits for a retry", async () => {
    const clock = new ManualClock();
    const opened = await openUnsynchronized(IN_SQLITE.create(), { messages: 600, clock });
    const { mailbox, admin } = opened;
    await admin.fail({ kind: 'error', path: 'dateTo=' });
    await mailbox.refresh();
    await expect.poll(() => clock.pending.length).toBe(1);
    const { id } = await admin.deliver({ text: 'New' });
    await mailbox.refresh();
    expect(mailbox.store.get(String(id))).toBeDefined();
    await whenComplete(mailbox);
    expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
  });
});
