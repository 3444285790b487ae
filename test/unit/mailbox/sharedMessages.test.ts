import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EmulatorAdmin } from '../../builders/emulatorAdmin';
import {
  alive,
  notPurged,
  openEmulatedMailbox,
  openUnsynchronized,
  shown,
  synchronize,
  whenComplete,
} from './openEmulator';
import { pass } from './passTime';
import { IN_MEMORY, IN_SQLITE } from './stores';

const NO_FEATURES = { SharedVoicemail: false, CallQueueSmsRecipient: false };
const HOUR = 60 * 60_000;

function sharedCount(opened: Parameters<typeof alive>[0]): number {
  return alive(opened).filter(({ owner }) => owner?.extensionId !== undefined).length;
}

/** The owners that full synchronizations and lists have asked for. */
async function askedOwners(admin: EmulatorAdmin): Promise<(string | undefined)[]> {
  return (await admin.requests())
    .filter(({ path, query }) => /message-(?:sync|store)$/.test(path) && query['dateFrom'] !== undefined)
    .map(({ query }) => query['owner']?.join());
}

async function featureRequests(admin: EmulatorAdmin): Promise<number> {
  return (await admin.requests()).filter(({ path }) => path.endsWith('/features')).length;
}

describe('shared messages', () => {
  it.each(['SharedVoicemail', 'CallQueueSmsRecipient'] as const)(
    'are asked for if the extension has the feature %s',
    async (feature) => {
      const opened = await openUnsynchronized(IN_MEMORY.create());
      await opened.admin.setFeatures({ ...NO_FEATURES, [feature]: true });
      await synchronize(opened.mailbox);
      expect(new Set(await askedOwners(opened.admin))).toEqual(new Set(['Any']));
      expect(shown(opened)).toEqual(notPurged(await opened.serverState()));
    },
  );

  it('are not asked for if the extension has no feature for them', async () => {
    const opened = await openUnsynchronized(IN_MEMORY.create());
    await opened.admin.setFeatures(NO_FEATURES);
    await synchronize(opened.mailbox);
    expect(new Set(await askedOwners(opened.admin))).toEqual(new Set([undefined]));
    expect(alive(opened).length).toBeGreaterThan(100);
    expect(sharedCount(opened)).toBe(0);
    expect((await opened.admin.requests()).every(({ status = 0 }) => status < 400)).toBe(true);
  });

  it.each([
    { status: 403, errorCode: 'CMN-401' },
    { status: 404, errorCode: 'CMN-102' },
    { status: 503, errorCode: 'CMN-201' },
    { status: 200, errorCode: '', body: '{"records":"none"}' },
    { status: 200, errorCode: '', body: '{"records":[{"id":"SharedVoicemail"},{},7]}' },
  ])('are not asked for if the features are answered with %o', async (fault) => {
    const opened = await openUnsynchronized(IN_MEMORY.create());
    await opened.admin.fail({ kind: 'error', path: '/features', ...fault });
    await synchronize(opened.mailbox);
    expect(new Set(await askedOwners(opened.admin))).toEqual(new Set([undefined]));
    expect(alive(opened).length).toBeGreaterThan(100);
    expect(await featureRequests(opened.admin)).toBe(1);
  });

  it('come when the extension gets the feature, and go when it loses it', async () => {
    const opened = await openUnsynchronized(IN_MEMORY.create());
    const { admin, mailbox } = opened;
    await admin.setFeatures(NO_FEATURES);
    await synchronize(mailbox);
    await admin.setFeatures({ CallQueueSmsRecipient: true });
    await synchronize(mailbox);
    expect(sharedCount(opened)).toBe(0);

    pass(HOUR);
    await synchronize(mailbox);
    await expect.poll(() => sharedCount(opened)).toBeGreaterThan(0);
    await whenComplete(mailbox);
    expect(shown(opened)).toEqual(notPurged(await opened.serverState()));

    await admin.setFeatures(NO_FEATURES);
    pass(HOUR);
    await synchronize(mailbox);
    await expect.poll(() => sharedCount(opened)).toBe(0);
    expect(alive(opened).length).toBeGreaterThan(100);
  });

  it('stay if the features cannot be read later, or an answer does not name them', async () => {
    const opened = await openEmulatedMailbox(IN_MEMORY);
    const count = sharedCount(opened);
    expect(count).toBeGreaterThan(0);
    const failures = [
      { status: 503, errorCode: 'CMN-201' },
      { status: 403, errorCode: 'CMN-401' },
      { status: 200, body: '{"records":[]}' },
    ];
    for (const failure of failures) {
      await opened.admin.fail({ kind: 'error', path: '/features', ...failure });
      await opened.admin.resetRequests();
      pass(HOUR);
      await synchronize(opened.mailbox);
      await expect.poll(() => featureRequests(opened.admin)).toBe(1);
      await synchronize(opened.mailbox);
      expect(await askedOwners(opened.admin)).toEqual([]);
      expect(sharedCount(opened)).toBe(count);
    }
  });

  it('are asked about an hour after the last question, however late its answer came', async () => {
    const opened = await openEmulatedMailbox(IN_MEMORY);
    await opened.admin.fail({ kind: 'delay', path: '/features', milliseconds: 500 });
    await opened.admin.resetRequests();
    for (const questions of [1, 2]) {
      pass(HOUR);
      await synchronize(opened.mailbox);
      await expect.poll(() => featureRequests(opened.admin)).toBe(questions);
    }
  });

  it('are asked for again by the next window, which then knows what the server refuses', async () => {
    const open = IN_SQLITE.create();
    const opened = await openUnsynchronized(open);
    await opened.admin.deviate({ refused: { owner: 'forbidden' } });
    await synchronize(opened.mailbox);
    expect(alive(opened).length).toBeGreaterThan(100);
    opened.mailbox.dispose();

    await opened.admin.resetRequests();
    const mailbox = opened.openAnother(open());
    await opened.admin.invalidateSyncTokens();
    await synchronize(mailbox);
    expect(new Set(await askedOwners(opened.admin))).toEqual(new Set([undefined]));
    expect(await featureRequests(opened.admin)).toBe(1);
  });

  it('are waited for no longer than five seconds, if features are never answered', async () => {
    const patience = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(patience.signal);
    onTestFinished(() => timeout.mockRestore());
    const opened = await openUnsynchronized(IN_MEMORY.create());
    await opened.admin.fail({ kind: 'delay', path: '/features', milliseconds: 600_000 });
    const loaded = synchronize(opened.mailbox);
    await expect.poll(() => featureRequests(opened.admin)).toBe(1);
    expect(timeout).toHaveBeenCalledWith(5_000);
    patience.abort();
    await loaded;
    expect(alive(opened).length).toBeGreaterThan(100);
  });

  it('are left out of a new full synchronization if a token is refused for them', async () => {
    const opened = await openEmulatedMailbox(IN_MEMORY);
    await opened.admin.setFeatures(NO_FEATURES);
    await opened.admin.resetRequests();
    const { id } = await opened.admin.deliver({ text: 'New' });
    await synchronize(opened.mailbox);
    expect(opened.mailbox.store.get(String(id))).toMatchObject({ subject: 'New' });
    expect(sharedCount(opened)).toBe(0);
    expect((await askedOwners(opened.admin)).at(-1)).toBeUndefined();
  });
});
