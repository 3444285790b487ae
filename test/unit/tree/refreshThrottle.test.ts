import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Account, Accounts } from '../../../src/mailbox/accounts';
import { MemoryMessageStore } from '../../../src/mailbox/store/memoryMessageStore';
import { MailboxViews } from '../../../src/tree/mailboxViews';
import { ViewState } from '../../../src/tree/viewState';
import { Emitter } from '../../../src/util/emitter';
import { aMessage } from '../../builders/message';
import { FakeMemento } from '../../fakes/memento';
import { rows } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

/** Views whose rows VS Code is reading. */
function setUp() {
  const store = new MemoryMessageStore();
  const mailbox = { store, onDidChangeState: new Emitter<void>().event };
  const account = { id: '1@example.com', label: 'Rosa Lind', mailbox } as unknown as Account;
  const accounts: Accounts = {
    all: [account],
    current: account,
    onDidChange: new Emitter<void>().event,
    get: () => account,
  };
  const views = new MailboxViews(accounts, new ViewState(new FakeMemento()));
  onTestFinished(() => views.dispose());
  const { promise, resolve } = Promise.withResolvers<void>();
  rows.reading = promise;
  let refreshes = 0;
  views.trees.messages.onDidChangeTreeData(() => (refreshes += 1));
  return { views, store, endReading: resolve, refreshes: () => refreshes };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => {
  vi.useRealTimers();
  rows.reading = Promise.resolve();
});

describe('rows that change while VS Code is reading them', () => {
  test('are read again once, when it has read them', async () => {
    const { store, endReading, refreshes } = setUp();
    for (let change = 0; change < 8; change++) {
      store.apply({ put: [aMessage()] });
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(refreshes()).toBe(1);
    endReading();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refreshes()).toBe(2);
    store.apply({ put: [aMessage()] });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(refreshes()).toBe(3);
  });

  test('are read again all the same if it never tells', async () => {
    const { store, refreshes } = setUp();
    store.apply({ put: [aMessage()] });
    await vi.advanceTimersByTimeAsync(1_000);
    store.apply({ put: [aMessage()] });
    await vi.advanceTimersByTimeAsync(11_000);
    expect(refreshes()).toBe(2);
  });

  test('are not read again when the views are gone', async () => {
    const { views, store, endReading, refreshes } = setUp();
    store.apply({ put: [aMessage()] });
    await vi.advanceTimersByTimeAsync(1_000);
    store.apply({ put: [aMessage()] });
    views.dispose();
    expect(vi.getTimerCount()).toBe(0);
    endReading();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(refreshes()).toBe(1);
  });
});
