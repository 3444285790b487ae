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
  let repaints = 0;
  views.trees.messages.onDidChangeTreeData(() => (repaints += 1));
  const seen = { isAtRest: false };
  void views.atRest().then(() => (seen.isAtRest = true));
  return { views, store, seen, endReading: resolve, repaints: () => repaints };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => {
  vi.useRealTimers();
  rows.reading = Promise.resolve();
});

describe('what waits until the views are at rest', () => {
  test('goes on when VS Code has read the rows', async () => {
    const { seen, endReading } = setUp();
    await vi.advanceTimersByTimeAsync(500);
    expect(seen.isAtRest).toBe(false);
    endReading();
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.isAtRest).toBe(true);
  });

  test('has changed rows read again only after it has gone on', async () => {
    const { store, seen, endReading, repaints } = setUp();
    store.apply({ put: [aMessage()] });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(repaints()).toBe(0);
    endReading();
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.isAtRest).toBe(true);
    expect(repaints()).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(repaints()).toBe(1);
  });

  test('does not wait for long', async () => {
    const { seen } = setUp();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen.isAtRest).toBe(true);
  });
});
