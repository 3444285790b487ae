import { expect, onTestFinished, test, vi } from 'vitest';
import { type LogOutputChannel, window } from 'vscode';
import type { MailboxFiles, OpenedStore } from '../../../src/accounts/mailboxFiles';
import { OpenAccounts } from '../../../src/accounts/openAccounts';
import type { StorageSettings } from '../../../src/accounts/storageSettings';
import type { HttpClient } from '../../../src/api/httpClient';
import { CancelledError } from '../../../src/api/errors';
import { RateGroups } from '../../../src/api/rateGroups';
import { MONOTONIC } from '../../../src/api/rateLimits';
import type { MailboxSession, Sessions } from '../../../src/auth/sessions';
import type { Mailbox } from '../../../src/mailbox/mailbox';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { aMessage } from '../../builders/message';
import { FakeMemento } from '../../fakes/memento';
import { httpClient } from '../api/fakes';
import { json, startServer } from '../api/server';

vi.mock('vscode', async () => {
  const { Emitter } = await import('../../../src/util/emitter');
  const never = () => ({ dispose: () => undefined });
  return {
    ...(await import('../fakeVscode')),
    EventEmitter: Emitter,
    ProgressLocation: {},
    window: {
      state: { focused: true },
      onDidChangeWindowState: never,
      withProgress: (_options: unknown, work: () => unknown) => work(),
      showErrorMessage: vi.fn(() => Promise.resolve(undefined)),
    },
  };
});

const HALF_A_MINUTE = 30_000;

const never = () => ({ dispose: () => undefined });

const SESSION: MailboxSession = {
  id: 'session',
  accountId: '1',
  label: 'Ada',
  kind: 'jwt',
  sample: false,
  server: 'another',
  origins: { rest: 'https://platform.example.com', media: 'https://media.example.com' },
  // Nobody is there to ask.
  tokens: {
    accessToken: () => Promise.reject(new CancelledError()),
    renew: () => Promise.reject(new CancelledError()),
  },
  rates: new RateGroups(MONOTONIC),
  isSignInRequired: true,
  onDidChangeSignInRequired: never,
};

/** Opens the accounts of these sessions, until the test is finished. */
function openAccounts(
  signedIn: readonly MailboxSession[],
  files: Pick<MailboxFiles, 'has' | 'canOpen' | 'open'> & Partial<Pick<MailboxFiles, 'openInMemory'>>,
  http = {} as HttpClient,
): OpenAccounts {
  const sessions = { all: () => signedIn, onDidChange: never, onDidSignOut: never };
  const settings = {
    keepOnDisk: true,
    history: 'everything',
    onDidChangeKeepOnDisk: never,
    onDidChangeHistory: never,
  };
  const log = {
    error: () => undefined,
    warn: () => undefined,
    info: () => undefined,
    debug: () => undefined,
  };
  const accounts = new OpenAccounts(
    sessions as unknown as Sessions,
    http,
    files as unknown as MailboxFiles,
    settings as unknown as StorageSettings,
    new FakeMemento(),
    log as unknown as LogOutputChannel,
  );
  onTestFinished(() => accounts.dispose());
  return accounts;
}

/** An account whose messages are in memory, because they cannot be kept on this computer until `makeRoom`. */
function openInMemory(): {
  accounts: OpenAccounts;
  memory: MemoryMessageStore;
  makeRoom: () => MemoryMessageStore;
} {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const [memory, kept] = [new MemoryMessageStore(), new MemoryMessageStore()];
  let isRoom = false;
  const accounts = openAccounts([SESSION], {
    has: () => true,
    canOpen: () => isRoom,
    open: (): OpenedStore => (isRoom ? { store: kept } : { store: memory, isFallback: true }),
  });
  return {
    accounts,
    memory,
    makeRoom: () => {
      isRoom = true;
      return kept;
    },
  };
}

test('messages that could not be kept on this computer are kept there within half a minute of when they can be', () => {
  const { accounts, memory, makeRoom } = openInMemory();
  vi.advanceTimersByTime(HALF_A_MINUTE);
  expect(accounts.current?.mailbox.store).toBe(memory);
  const kept = makeRoom();
  let changes = 0;
  accounts.onDidChange(() => changes++);
  vi.advanceTimersByTime(HALF_A_MINUTE);
  expect(accounts.current?.mailbox.store).toBe(kept);
  expect(changes).toBe(1);
  vi.advanceTimersByTime(HALF_A_MINUTE);
  expect(changes).toBe(1);
});

test('messages stay in memory as long as something waits there that is nowhere else', () => {
  const { accounts, memory, makeRoom } = openInMemory();
  const message = aMessage();
  memory.apply({ put: [message] });
  const operation = memory.enqueue({ kind: 'markRead', window: 'w', messageIds: [message.id] }) ?? '';
  const kept = makeRoom();
  vi.advanceTimersByTime(HALF_A_MINUTE);
  expect(accounts.current?.mailbox.store).toBe(memory);
  memory.settle(operation, { done: [message.id] });
  vi.advanceTimersByTime(HALF_A_MINUTE);
  expect(accounts.current?.mailbox.store).toBe(kept);
});

test('an account whose messages cannot be opened is told of by name, and the others are open', () => {
  const rosa = { ...SESSION, id: 'other session', accountId: '2', label: 'Rosa' };
  const showError = vi.mocked(window.showErrorMessage).mockClear();
  const accounts = openAccounts([SESSION, rosa], {
    has: () => true,
    canOpen: () => true,
    open: (accountId): OpenedStore => {
      if (accountId === SESSION.accountId) throw new Error('of some kind that nobody has thought of');
      return { store: new MemoryMessageStore() };
    },
  });
  expect(accounts.all.map(({ label }) => label)).toEqual(['Rosa']);
  expect(showError.mock.calls.map(([text]) => text)).toEqual([
    expect.stringMatching(/^Couldn't open Ada\. /),
  ]);
});

test('an account reads numbers as they are dialled where it is at home, as its sign-in says', () => {
  const store = new MemoryMessageStore();
  openAccounts([{ ...SESSION, country: 'GB' }], {
    has: () => true,
    canOpen: () => true,
    open: (): OpenedStore => ({ store }),
  });
  expect(store.country).toBe('GB');
});

async function openOfEarlierVersion(store: MemoryMessageStore): Promise<{
  readonly mailbox: Mailbox;
  /** How often it was asked what extension this is. */
  readonly asked: () => number;
}> {
  const server = await startServer(({ url }, response) => {
    json(
      response,
      200,
      url.pathname.endsWith('/extension/~')
        ? { id: 1, regionalSettings: { homeCountry: { isoCode: 'GB' } } }
        : { records: [], syncInfo: { syncType: 'FSync', syncToken: 'token', olderRecordsExist: false } },
    );
  });
  const session = {
    ...SESSION,
    origins: { rest: server.url, media: server.url },
    tokens: { accessToken: () => Promise.resolve('token'), renew: () => Promise.resolve('token') },
    isSignInRequired: false,
  };
  const accounts = openAccounts(
    [session],
    { has: () => true, canOpen: () => true, open: (): OpenedStore => ({ store }) },
    httpClient(),
  );
  return {
    mailbox: accounts.current?.mailbox ?? expect.unreachable(),
    asked: () => server.requests.filter(({ url }) => url.pathname.endsWith('/extension/~')).length,
  };
}

test('an account that an earlier version has signed in asks once for its home country, and remembers it', async () => {
  const store = new MemoryMessageStore();
  const { mailbox, asked } = await openOfEarlierVersion(store);
  await expect.poll(() => store.country).toBe('GB');
  await mailbox.refresh();
  expect(asked()).toBe(1);
});

test('a home country that was asked for earlier is known to the mailbox, whose store may be begun anew', async () => {
  const store = new MemoryMessageStore();
  store.setCountry('GB');
  const { mailbox, asked } = await openOfEarlierVersion(store);
  const setCountry = vi.spyOn(mailbox, 'setCountry');
  await expect.poll(() => setCountry.mock.calls).toEqual([['GB']]);
  expect(asked()).toBe(0);
});
