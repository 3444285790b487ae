import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Message } from '../../../src/api/schema';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import type { MessageStore } from '../../../src/mailbox/store/messageStore';
import { CLAIMS, SharedClaims } from '../../../src/notifications/claims';
import {
  NewMessages,
  type NewMessagesOptions,
  type NewMessageBatch,
} from '../../../src/notifications/newMessages';
import { quietUntil } from '../../../src/notifications/quietHours';
import { SharedDatabase } from '../../../src/storage/sharedDatabase';
import { Emitter } from '../../../src/util/emitter';
import { aMessage } from '../../builders/message';
import { openFiles } from '../mailbox/stores';
import { FakeClock } from './fakeClock';

const START = Date.parse('2026-06-17T12:00:00.000Z');
const SECOND = 1_000;
const HOUR = 3_600_000;

const SYNCHRONIZED = { generation: 1, syncToken: 'a token' };

/** The file by which the windows of one computer agree, opened once more with each call. */
function claimsFile(): () => SharedDatabase {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailbox-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return () => {
    const database = new SharedDatabase(path.join(folder, 'windows.sqlite'), CLAIMS);
    onTestFinished(() => database.close());
    return database;
  };
}

function accountOf(store: MessageStore, fields: Partial<Account> & { isSyncer?: boolean } = {}): Account {
  const { isSyncer = true, ...rest } = fields;
  return { id: '1@example.com', sample: false, ...rest, mailbox: { store, isSyncer } } as unknown as Account;
}

interface Window {
  readonly told: NewMessageBatch[];
  readonly texts: () => (readonly [received: readonly string[], failed: readonly string[]])[];
  readonly warnings: string[];
  readonly changed: Emitter<void>;
  readonly setAccounts: (...accounts: Account[]) => void;
  isFocused: boolean;
  showing: string | undefined;
  quietHours: string;
}

const subjects = (messages: readonly Message[]): readonly string[] =>
  messages.map(({ subject = '' }) => subject);

/** One window that notices new messages. */
function openWindow(clock: FakeClock, account: Account, options: Partial<NewMessagesOptions> = {}): Window {
  const changed = new Emitter<void>();
  let all: readonly Account[] = [account];
  const accounts = {
    get all() {
      return all;
    },
    onDidChange: changed.event,
  } as unknown as Accounts;
  const window: Window = {
    told: [],
    texts: () => window.told.map(({ received, failed }) => [subjects(received), subjects(failed)]),
    warnings: [],
    changed,
    setAccounts: (...now) => {
      all = now;
      changed.fire();
    },
    isFocused: true,
    showing: undefined,
    quietHours: '',
  };
  const newMessages = new NewMessages({
    accounts,
    claims: new SharedClaims(claimsFile()(), () => clock.now()),
    isFocused: () => window.isFocused,
    isShowing: (_accountId, { subject }) => subject === window.showing,
    quietUntil: (now) => quietUntil(window.quietHours, now),
    tell: (batch) => window.told.push(batch),
    warn: (line) => window.warnings.push(line),
    clock,
    ...options,
  });
  onTestFinished(() => newMessages.dispose());
  return window;
}

/** A mailbox that has been synchronized before, and a window of it. */
function setUp() {
  const clock = new FakeClock(START);
  const store = new MemoryMessageStore();
  store.apply({ put: [aMessage({ creationTime: at(START - HOUR), subject: 'old' })], sync: SYNCHRONIZED });
  const account = accountOf(store);
  const window = openWindow(clock, account);
  /** A message comes at this moment. */
  const deliver = (subject: string, fields: Partial<Message> = {}): Message => {
    const message = aMessage({ creationTime: at(clock.now()), subject, ...fields });
    store.apply({ put: [message] });
    return message;
  };
  return { clock, store, account, window, deliver };
}

function at(time: number): string {
  return new Date(time).toISOString();
}

describe('new messages', () => {
  test('are told of together, newest first, ten seconds after the first of them', () => {
    const { clock, window, deliver } = setUp();
    deliver('one');
    clock.pass(6 * SECOND);
    deliver('two');
    clock.pass(3 * SECOND);
    expect(window.told).toEqual([]);
    clock.pass(SECOND);
    expect(window.texts()).toEqual([[['two', 'one'], []]]);
    deliver('three');
    clock.pass(10 * SECOND);
    expect(window.texts()).toHaveLength(2);
    expect(window.texts()[1]).toEqual([['three'], []]);
    expect(window.warnings).toEqual([]);
  });

  test('are not told of if they are history, read, deleted or our own', () => {
    const { clock, window, deliver } = setUp();
    deliver('history', { creationTime: at(START - 2 * 60 * SECOND) });
    deliver('undated', { creationTime: 'none' });
    deliver('read', { readStatus: 'Read' });
    deliver('deleted', { availability: 'Deleted' });
    deliver('ours', { direction: 'Outbound', readStatus: 'Read', messageStatus: 'Sent' });
    clock.pass(HOUR);
    expect(window.told).toEqual([]);
  });

  test('are not told of if they are read, deleted or purged before it is told', () => {
    const { clock, store, window, deliver } = setUp();
    const [one, two, three] = ['one', 'two', 'three'].map((subject) => deliver(subject));
    deliver('four');
    store.apply({
      put: [
        { ...one, readStatus: 'Read' },
        { ...two, availability: 'Deleted' },
      ] as Message[],
      remove: [three?.id ?? ''],
    });
    clock.pass(HOUR);
    expect(window.texts()).toEqual([[['four'], []]]);
  });

  test('are told of once, however often they change or are marked as unread', () => {
    const { clock, store, window, deliver } = setUp();
    const message = deliver('one');
    const read = deliver('read elsewhere', { readStatus: 'Read' });
    clock.pass(HOUR);
    store.apply({ put: [{ ...message, readStatus: 'Read' }] });
    store.apply({ put: [message, { ...read, readStatus: 'Unread' }] });
    clock.pass(HOUR);
    expect(window.texts()).toEqual([[['one'], []]]);
  });

  test('are not told of while somebody looks at them, nor later', () => {
    const { clock, store, window, deliver } = setUp();
    window.showing = 'seen';
    const seen = deliver('seen');
    deliver('unseen');
    window.showing = undefined;
    clock.pass(9 * SECOND);
    const opened = deliver('opened meanwhile');
    window.showing = 'opened meanwhile';
    clock.pass(SECOND);
    window.showing = undefined;
    for (const message of [seen, opened]) store.apply({ put: [{ ...message, subject: 'changed' }] });
    clock.pass(HOUR);
    expect(window.texts()).toEqual([[['unseen'], []]]);
  });

  test('of a first synchronization are not told of; those that come after it are', () => {
    const clock = new FakeClock(START);
    const store = new MemoryMessageStore();
    const window = openWindow(clock, accountOf(store));
    clock.pass(SECOND);
    store.apply({ sync: { generation: 1 } });
    store.apply({ put: [aMessage({ creationTime: at(clock.now()), subject: 'newest of all' })] });
    store.apply({ sync: SYNCHRONIZED });
    clock.pass(20 * SECOND);
    store.apply({ put: [aMessage({ creationTime: at(START - HOUR), subject: 'history' })] });
    store.apply({ put: [aMessage({ creationTime: at(clock.now()), subject: 'new' })] });
    clock.pass(20 * SECOND);
    expect(window.texts()).toEqual([[['new'], []]]);
  });

  test('of a first synchronization are not told of either if they are our own and failed', () => {
    const clock = new FakeClock(START);
    const store = new MemoryMessageStore();
    const window = openWindow(clock, accountOf(store));
    const failed = (time: number, subject: string): Message =>
      aMessage({
        direction: 'Outbound',
        readStatus: 'Read',
        messageStatus: 'SendingFailed',
        creationTime: at(time),
        subject,
      });
    store.apply({ put: [failed(START - 30 * 60 * SECOND, 'history')], sync: SYNCHRONIZED });
    clock.pass(20 * SECOND);
    expect(window.told).toEqual([]);
    store.apply({ put: [failed(clock.now(), 'new')] });
    clock.pass(20 * SECOND);
    expect(window.texts()).toEqual([[[], ['new']]]);
  });

  test('are told of although the server refuses the sync token, and the history is fetched anew', () => {
    const { clock, store, window, deliver } = setUp();
    store.apply({ sync: { generation: 2 } });
    deliver('new');
    store.apply({ sync: SYNCHRONIZED });
    clock.pass(HOUR);
    expect(window.texts()).toEqual([[['new'], []]]);
  });

  test('are found if a change does not say what has changed', () => {
    const { clock, store, window } = setUp();
    const many = Array.from({ length: 2_000 }, () =>
      aMessage({ creationTime: at(START - HOUR), subject: 'history' }),
    );
    store.apply({ put: [...many, aMessage({ creationTime: at(clock.now()), subject: 'new' })] });
    clock.pass(HOUR);
    expect(window.texts()).toEqual([[['new'], []]]);
  });

  test('that came while the computer slept are told of at once, in one notification', () => {
    const { clock, window, deliver } = setUp();
    clock.sleep(8 * HOUR);
    const night = clock.now() - 5 * HOUR;
    for (const hour of [1, 2, 3]) deliver(`at ${hour}`, { creationTime: at(night + hour * HOUR) });
    clock.pass(10 * SECOND);
    expect(window.texts()).toEqual([[['at 3', 'at 2', 'at 1'], []]]);
  });

  test('that failed to be sent are told of apart, those of before not', () => {
    const { clock, store, window, deliver } = setUp();
    const ours = { direction: 'Outbound', readStatus: 'Read', messageStatus: 'Queued' } as const;
    const sent = deliver('ours', ours);
    deliver('failed long ago', {
      ...ours,
      messageStatus: 'SendingFailed',
      creationTime: at(START - 2 * HOUR),
    });
    clock.pass(HOUR);
    store.apply({ put: [{ ...sent, messageStatus: 'SendingFailed' }] });
    deliver('new');
    clock.pass(10 * SECOND);
    store.apply({ put: [{ ...sent, messageStatus: 'SendingFailed', priority: 'High' }] });
    clock.pass(HOUR);
    expect(window.texts()).toEqual([[['new'], ['ours']]]);
  });

  test('that were sent before, and fail now, are told of; those that had failed before are history', () => {
    const clock = new FakeClock(START);
    const store = new MemoryMessageStore();
    const ours = {
      direction: 'Outbound',
      readStatus: 'Read',
      messageStatus: 'Queued',
      creationTime: at(START - HOUR / 2),
    } as const;
    const known = aMessage({ ...ours, subject: 'known' });
    store.apply({ put: [known], sync: SYNCHRONIZED });
    const window = openWindow(clock, accountOf(store));
    const late = aMessage({ ...ours, subject: 'seen only now' });
    store.apply({
      put: [late, aMessage({ ...ours, subject: 'failed before', messageStatus: 'SendingFailed' })],
    });
    clock.pass(HOUR);
    expect(window.texts()).toEqual([]);
    store.apply({ put: [known, late].map((each) => ({ ...each, messageStatus: 'SendingFailed' as const })) });
    clock.pass(HOUR);
    expect(window.texts()).toEqual([[[], ['known', 'seen only now']]]);
  });

  test('of each account are told of by themselves; one that is gone is not told of', () => {
    const { clock, account, window, deliver } = setUp();
    const store = new MemoryMessageStore();
    store.apply({ sync: SYNCHRONIZED });
    const other = accountOf(store, { id: '2@example.com' });
    window.setAccounts(account, other);
    deliver('first');
    store.apply({ put: [aMessage({ creationTime: at(clock.now()), subject: 'second' })] });
    clock.pass(10 * SECOND);
    expect(window.told.map((batch) => [batch.account, subjects(batch.received)])).toEqual([
      [account, ['first']],
      [other, ['second']],
    ]);
    deliver('third');
    window.setAccounts(other);
    clock.pass(HOUR);
    expect(window.told).toHaveLength(2);
  });
});

describe('in quiet hours', () => {
  test('nothing is told; when they end, one notification tells of what is still unread', () => {
    const { clock, store, window, deliver } = setUp();
    const noon = new Date(START);
    const hour = (hours: number): string => String((noon.getHours() + hours) % 24).padStart(2, '0');
    window.quietHours = `${hour(0)}:00-${hour(8)}:00`;
    const one = deliver('one');
    clock.pass(HOUR);
    deliver('two');
    clock.pass(HOUR);
    deliver('three');
    store.apply({ put: [{ ...one, readStatus: 'Read' }] });
    clock.pass(5 * HOUR + 59 * 60 * SECOND);
    expect(window.told).toEqual([]);
    clock.pass(61 * SECOND);
    expect(window.texts()).toEqual([[['three', 'two'], []]]);
  });
});

describe('of several windows', () => {
  /** Windows of one account, whose messages and agreements are in the same files. */
  function openWindows(count: number) {
    const clock = new FakeClock(START);
    const files = openFiles(() => undefined);
    const claims = claimsFile();
    const stores = Array.from({ length: count }, () => {
      const { store, shared } = files.open();
      onTestFinished(() => {
        shared.database.close();
        store.dispose();
      });
      return { store, poll: shared.poll };
    });
    const [first] = stores;
    if (!first) throw new Error('There is no window.');
    first.store.apply({ sync: SYNCHRONIZED });
    const windows = stores.map(({ store }) =>
      openWindow(clock, accountOf(store), { claims: new SharedClaims(claims(), () => clock.now()) }),
    );
    /** One window fetches a message; the others see it when they look. */
    const deliver = (subject: string): void => {
      first.store.apply({ put: [aMessage({ creationTime: at(clock.now()), subject })] });
      for (const { poll } of stores) poll();
    };
    return { clock, windows, deliver };
  }

  test.each([0, 1, 2])('one tells, the focused one: window %i', (focused) => {
    const { clock, windows, deliver } = openWindows(3);
    for (const [index, window] of windows.entries()) window.isFocused = index === focused;
    deliver('one');
    clock.pass(5 * SECOND);
    deliver('two');
    clock.pass(HOUR);
    expect(windows.map((window) => window.texts())).toEqual(
      windows.map((_window, index) => (index === focused ? [[['two', 'one'], []]] : [])),
    );
  });

  test('one tells if none has the focus, or all of them', () => {
    for (const isFocused of [false, true]) {
      const { clock, windows, deliver } = openWindows(3);
      for (const window of windows) window.isFocused = isFocused;
      deliver('one');
      clock.pass(HOUR);
      deliver('two');
      clock.pass(HOUR);
      const received = windows.flatMap((window) => window.texts().map(([texts]) => texts.join(', ')));
      expect(received.sort((a, b) => a.localeCompare(b))).toEqual(['one', 'two']);
    }
  });

  test('the one that has told of the first messages tells of those that follow, too', () => {
    const { clock, windows, deliver } = openWindows(2);
    const [focused, other] = windows;
    if (other) other.isFocused = false;
    deliver('one');
    clock.pass(11 * SECOND);
    deliver('two');
    clock.pass(HOUR);
    expect(focused?.texts()).toEqual([
      [['one'], []],
      [['two'], []],
    ]);
    expect(other?.texts()).toEqual([]);
  });

  test('another tells of what is left if the one that told of the rest is gone', () => {
    const { clock, windows, deliver } = openWindows(2);
    const [focused, other] = windows;
    if (other) other.isFocused = false;
    deliver('one');
    clock.pass(11 * SECOND);
    deliver('two');
    focused?.setAccounts();
    clock.pass(HOUR);
    expect(windows.map((window) => window.texts())).toEqual([[[['one'], []]], [[['two'], []]]]);
  });

  test('none tells of what one of them shows', () => {
    const { clock, windows, deliver } = openWindows(2);
    const [focused, other] = windows;
    if (focused) focused.showing = 'seen';
    if (other) other.isFocused = false;
    deliver('seen');
    clock.pass(HOUR);
    expect(windows.map((window) => window.texts())).toEqual([[], []]);
  });

  test('a window that is reloaded does not tell again of what was told before', () => {
    const { clock, store, account, deliver } = setUp();
    const claims = new SharedClaims(claimsFile()(), () => clock.now());
    const before = openWindow(clock, account, { claims });
    const message = deliver('one');
    clock.pass(10 * SECOND);
    const after = openWindow(clock, account, { claims });
    store.apply({ put: [{ ...message, priority: 'High' }] });
    clock.pass(HOUR);
    expect([before.texts(), after.texts()]).toEqual([[[['one'], []]], []]);
  });

  test('each tells of its own sample mailbox', () => {
    const clock = new FakeClock(START);
    const claims = claimsFile();
    const windows = [0, 1].map(() => {
      const store = new MemoryMessageStore();
      store.apply({ sync: SYNCHRONIZED });
      const account = accountOf(store, { sample: true });
      return { store, window: openWindow(clock, account, { claims: new SharedClaims(claims()) }) };
    });
    for (const { store } of windows)
      store.apply({ put: [aMessage({ id: '5', creationTime: at(START), subject: 'one' })] });
    clock.pass(HOUR);
    expect(windows.map(({ window }) => window.texts())).toEqual([[[['one'], []]], [[['one'], []]]]);
  });

  test('the one that synchronizes tells if they cannot agree, and says why', () => {
    const clock = new FakeClock(START);
    const fail = (): never => {
      throw new Error('disk is full');
    };
    const claims = { claimed: fail, claim: fail };
    const store = new MemoryMessageStore();
    store.apply({ sync: SYNCHRONIZED });
    const windows = [true, false].map((isSyncer) =>
      openWindow(clock, accountOf(store, { isSyncer }), { claims }),
    );
    store.apply({ put: [aMessage({ creationTime: at(START), subject: 'one' })] });
    clock.pass(HOUR);
    expect(windows.map((window) => window.texts())).toEqual([[[['one'], []]], []]);
    expect(windows.flatMap(({ warnings }) => warnings).join()).toContain('disk is full');
  });
});
